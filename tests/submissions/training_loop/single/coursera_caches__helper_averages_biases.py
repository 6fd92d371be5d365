"""Week 3 programming exercise (I did the Deep Learning Specialization before this class).

* Backpropagation enables learning because it tells for all parameters at once which direction lowers the cost.
* Surprise: how important the initialisation is. Zeros for W never break the symmetry!
"""

import numpy as np


def sigmoid(x):
    """Compute the sigmoid of x (numerically stable)."""
    z = np.array(x, dtype=float)
    A = np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))
    return A


def sigmoid_derivative(x):
    s = sigmoid(x)
    ds = s * (1 - s)
    return ds


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)
    cache = {"z1": z1, "a1": a1, "z2": z2, "a2": a2}
    return cache


def manual_gradients(x, y, w1, b1, w2, b2):
    cache = manual_forward(x, w1, b1, w2, b2)
    da2 = -(y - cache["a2"])
    g2 = sigmoid_derivative(cache["z2"])
    dz2 = da2 * g2
    dw2, db2 = dz2 * cache["a1"], dz2
    da1 = w2 * dz2
    g1 = sigmoid_derivative(cache["z1"])
    dz1 = da1 * g1
    dw1, db1 = dz1 * x, dz1
    return {
        "dL_da2": da2, "da2_dz2": g2, "dL_dz2": dz2, "dL_dw2": dw2, "dL_db2": db2,
        "dL_da1": da1, "da1_dz1": g1, "dL_dz1": dz1, "dL_dw1": dw1, "dL_db1": db1,
    }


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    grads = manual_gradients(x, y, w1, b1, w2, b2)
    return (
        w1 - learning_rate * grads["dL_dw1"],
        b1 - learning_rate * grads["dL_db1"],
        w2 - learning_rate * grads["dL_dw2"],
        b2 - learning_rate * grads["dL_db2"],
    )


def initialize_parameters(n_x, n_h, n_y):
    W1 = np.random.randn(n_x, n_h)
    b1 = np.zeros((1, n_h))
    W2 = np.random.randn(n_h, n_y)
    b2 = np.zeros((1, n_y))
    return W1, b1, W2, b2


def linear_backward(dZ, linear_cache):
    """dZ -> (dA_prev, dW, db) of one linear layer."""
    A_prev, W, b = linear_cache
    dW = np.dot(A_prev.T, dZ)
    db = np.mean(dZ, axis=0, keepdims=True)
    dA_prev = np.dot(dZ, W.T)
    assert dW.shape == W.shape and db.shape == b.shape
    return dA_prev, dW, db


def sigmoid_backward(dA, activation_cache):
    Z = activation_cache
    return dA * sigmoid_derivative(Z)


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.b1, self.W2, self.b2 = initialize_parameters(input_size, hidden_size, output_size)
        self.gradients = {}
        self.caches = []

    def forward(self, X):
        Z1 = np.dot(X, self.W1) + self.b1
        A1 = sigmoid(Z1)
        Z2 = np.dot(A1, self.W2) + self.b2
        A2 = sigmoid(Z2)
        self.caches = [((np.asarray(X), self.W1, self.b1), Z1), ((A1, self.W2, self.b2), Z2)]
        self.A2 = A2
        return A2

    def backward(self, X, y):
        dA2 = 2 * (self.A2 - y) / self.A2.size
        # layer 2
        linear_cache, activation_cache = self.caches[1]
        dZ2 = sigmoid_backward(dA2, activation_cache)
        dA1, dW2, db2 = linear_backward(dZ2, linear_cache)
        # layer 1
        linear_cache, activation_cache = self.caches[0]
        dZ1 = sigmoid_backward(dA1, activation_cache)
        _, dW1, db1 = linear_backward(dZ1, linear_cache)

        self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self):
        for name in ["W1", "b1", "W2", "b2"]:
            new = getattr(self, name) - self.learning_rate * self.gradients["d" + name]
            setattr(self, name, new)

    def compute_loss(self, y_true, y_pred):
        cost = np.mean(np.square(np.subtract(y_true, y_pred)))
        return np.squeeze(cost)

    def train_step(self, X, y):
        A2 = self.forward(X)
        cost = self.compute_loss(y, A2)
        self.backward(X, y)
        self.update_weights()
        return cost


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    Y = np.array([[0], [1], [1], [0]])
    model = NeuralNetwork(2, 8, 1, learning_rate=5)
    costs = []
    for i in range(6000):
        costs.append(model.train_step(X, Y))
    return model, costs


def make_spiral_data(n_samples=300, noise=0.1):
    N = n_samples // 2
    X = np.zeros((2 * N, 2))
    Y = np.zeros((2 * N, 1))
    for j in range(2):
        ix = range(N * j, N * (j + 1))
        t = np.linspace(0, 4 * np.pi, N)
        r = t / (2 * np.pi)
        X[ix] = np.c_[r * np.cos(t + j * np.pi), r * np.sin(t + j * np.pi)]
        Y[ix] = j
    X = X + np.random.randn(2 * N, 2) * noise
    return X, Y


def train_spiral(X, y):
    model = NeuralNetwork(2, 64, 1, learning_rate=3)
    model.W1 = np.random.randn(2, 64) * 5
    model.b1 = np.random.randn(1, 64) * 5
    minibatch_size = 30
    for epoch in range(1600):
        permutation = np.random.permutation(X.shape[0])
        for start in range(0, X.shape[0], minibatch_size):
            chosen = permutation[start:start + minibatch_size]
            model.train_step(X[chosen], y[chosen])
        if epoch % 50 == 49:
            accuracy = np.mean((model.forward(X) > 0.5) == (y > 0.5))
            if accuracy > 0.98:
                break
    return model


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for n_h in hidden_sizes:
        for alpha in learning_rates:
            np.random.seed(seed)
            model = NeuralNetwork(X.shape[1], n_h, y.shape[1], alpha)
            for i in range(epochs):
                cost = model.train_step(X, y)
            results.append({"hidden_size": n_h, "learning_rate": alpha, "final_loss": cost})
    return results
