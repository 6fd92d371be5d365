"""Week 3 style network (one hidden layer), rows are samples here instead of columns.

Reflection
- The role of the chain rule: every dSomething is the one after it times a local derivative.
- Challenge: keeping cache and grads apart, and remembering which axis is m.
"""
import numpy as np


def sigmoid(x):
    Z = np.asarray(x, dtype=np.float64)
    A = np.where(Z >= 0, 1.0 / (1.0 + np.exp(-np.abs(Z))), np.exp(-np.abs(Z)) / (1.0 + np.exp(-np.abs(Z))))
    return A


def sigmoid_derivative(x):
    A = sigmoid(x)
    return A * (1 - A)


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)
    cache = {"z1": z1, "a1": a1, "z2": z2, "a2": a2}
    return cache


def manual_gradients(x, y, w1, b1, w2, b2):
    cache = manual_forward(x, w1, b1, w2, b2)
    z1, a1, z2, a2 = cache["z1"], cache["a1"], cache["z2"], cache["a2"]

    # output
    dL_da2 = a2 - y
    da2_dz2 = sigmoid_derivative(z2)
    dL_dz2 = dL_da2 * da2_dz2
    dL_dw2 = dL_dz2 * a1
    dL_db2 = dL_dz2

    # hidden
    dL_da1 = dL_dz2 * w2
    da1_dz1 = sigmoid_derivative(z1)
    dL_dz1 = dL_da1 * da1_dz1
    dL_dw1 = dL_dz1 * x
    dL_db1 = dL_dz1

    grads = {"dL_da2": dL_da2, "da2_dz2": da2_dz2, "dL_dz2": dL_dz2, "dL_dw2": dL_dw2, "dL_db2": dL_db2,
             "dL_da1": dL_da1, "da1_dz1": da1_dz1, "dL_dz1": dL_dz1, "dL_dw1": dL_dw1, "dL_db1": dL_db1}
    return grads


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    grads = manual_gradients(x, y, w1, b1, w2, b2)
    w1 = w1 - learning_rate * grads["dL_dw1"]
    b1 = b1 - learning_rate * grads["dL_db1"]
    w2 = w2 - learning_rate * grads["dL_dw2"]
    b2 = b2 - learning_rate * grads["dL_db2"]
    return w1, b1, w2, b2


class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        n_x, n_h, n_y = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(n_x, n_h) * np.sqrt(2.0)
        self.b1 = np.zeros((1, n_h))
        self.W2 = np.random.randn(n_h, n_y)
        self.b2 = np.zeros((1, n_y))
        self.cache = {}
        self.gradients = {}

    def forward(self, X):
        Z1 = np.dot(X, self.W1) + self.b1
        A1 = sigmoid(Z1)
        Z2 = np.dot(A1, self.W2) + self.b2
        A2 = sigmoid(Z2)
        self.cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2

    def backward(self, X, y):
        m, k = y.shape
        A1, A2 = self.cache["A1"], self.cache["A2"]

        dA2 = 2 * (A2 - y) / (m * k)
        dZ2 = dA2 * sigmoid_derivative(self.cache["Z2"])
        dW2 = np.dot(A1.T, dZ2)
        db2 = np.sum(dZ2, axis=0, keepdims=True)

        dA1 = np.dot(dZ2, self.W2.T)
        dZ1 = dA1 * sigmoid_derivative(self.cache["Z1"])
        dW1 = np.dot(X.T, dZ1)
        db1 = np.sum(dZ1, axis=0, keepdims=True)

        self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self):
        # retrieve parameters
        W1, b1, W2, b2 = self.W1, self.b1, self.W2, self.b2
        # retrieve gradients
        dW1, db1 = self.gradients["dW1"], self.gradients["db1"]
        dW2, db2 = self.gradients["dW2"], self.gradients["db2"]
        # update rule
        W1 = W1 - self.learning_rate * dW1
        b1 = b1 - self.learning_rate * db1
        W2 = W2 - self.learning_rate * dW2
        b2 = b2 - self.learning_rate * db2
        # store
        self.W1, self.W2 = W1, W2

    def compute_loss(self, y_true, y_pred):
        cost = np.sum(np.square(y_true - y_pred)) / np.size(y_true)
        return float(np.squeeze(cost))

    def train_step(self, X, y):
        A2 = self.forward(X)
        cost = self.compute_loss(y, A2)
        self.backward(X, y)
        self.update_weights()
        return cost


def train_xor(seed):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    Y = np.array([[0], [1], [1], [0]])
    np.random.seed(seed)
    net = NeuralNetwork(2, 6, 1, learning_rate=5.0)
    costs = []
    for i in range(5000):
        cost = net.train_step(X, Y)
        costs.append(cost)
    return net, costs


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
    net = NeuralNetwork(X.shape[1], 80, 1, learning_rate=3.0)
    net.W1 = np.random.randn(X.shape[1], 80) * 4
    net.b1 = np.random.randn(1, 80) * 4
    net.W2 = np.random.randn(80, 1) * 0.3
    m = X.shape[0]
    batch_size = 50
    for epoch in range(2500):
        permutation = np.random.permutation(m)
        for start in range(0, m, batch_size):
            minibatch = permutation[start:start + batch_size]
            net.train_step(X[minibatch], y[minibatch])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for n_h in hidden_sizes:
        for alpha in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], n_h, y.shape[1], alpha)
            for i in range(epochs):
                cost = net.train_step(X, y)
            results.append({"hidden_size": n_h, "learning_rate": alpha, "final_loss": cost})
    return results
