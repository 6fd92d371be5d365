"""Backprop after Nielsen's book: delta^L = grad_a C * sigma'(z^L), delta^l = (delta^{l+1} W^T) * sigma'(z^l).

How does backpropagation enable neural networks to learn? It says how much each weight is to blame for the cost.
What questions do you still have? When is it worth using momentum?
"""
import numpy as np


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0 / (1.0 + e), e / (1.0 + e))


def sigmoid_derivative(z):
    """sigma'(z)."""
    return sigmoid(z) * (1 - sigmoid(z))


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    acts = manual_forward(x, w1, b1, w2, b2)
    z1, a1, z2, a2 = acts["z1"], acts["a1"], acts["z2"], acts["a2"]
    nabla = {}
    # (BP1)
    nabla["dL_da2"] = a2 - y
    nabla["da2_dz2"] = sigmoid_derivative(z2)
    delta2 = nabla["dL_dz2"] = nabla["dL_da2"] * nabla["da2_dz2"]
    # (BP2)
    nabla["dL_da1"] = w2 * delta2
    nabla["da1_dz1"] = sigmoid_derivative(z1)
    delta1 = nabla["dL_dz1"] = nabla["dL_da1"] * nabla["da1_dz1"]
    # (BP3)
    nabla["dL_db1"], nabla["dL_db2"] = delta1, delta2
    # (BP4)
    nabla["dL_dw1"], nabla["dL_dw2"] = x * delta1, a1 * delta2
    return nabla


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    nabla = manual_gradients(x, y, w1, b1, w2, b2)
    w1 = w1 - learning_rate * nabla["dL_dw1"]
    b1 = b1 - learning_rate * nabla["dL_db1"]
    w2 = w2 - learning_rate * nabla["dL_dw2"]
    b2 = b2 - learning_rate * nabla["dL_db2"]
    return w1, b1, w2, b2


class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 1.5
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        self.zs = []
        self.activations = [X]
        for w, b in [(self.W1, self.b1), (self.W2, self.b2)]:
            z = np.dot(self.activations[-1], w) + b
            self.zs.append(z)
            self.activations.append(sigmoid(z))
        return self.activations[-1]

    def cost_derivative(self, a, y):
        """dC/da of the mean squared error."""
        return 2 * (a - y) / a.size

    def backward(self, X, y):
        z1, z2 = self.zs
        # output error
        delta2 = self.cost_derivative(self.activations[-1], y) * sigmoid_derivative(z2)
        # backpropagate the error
        delta1 = (delta2 * self.W2.T) * sigmoid_derivative(z1)
        nabla_b = [np.sum(d, axis=0, keepdims=True) for d in (delta1, delta2)]
        nabla_w = [np.dot(a.T, d) for a, d in zip(self.activations, (delta1, delta2))]
        self.gradients = {"dW1": nabla_w[0], "db1": nabla_b[0], "dW2": nabla_w[1], "db2": nabla_b[1]}
        return self.gradients

    def update_weights(self):
        eta = self.learning_rate
        self.W1 = self.W1 - eta * self.gradients["dW1"]
        self.W2 = self.W2 - eta * self.gradients["dW2"]
        self.b1 = self.b1 - eta * self.gradients["db1"]
        self.b2 = self.b2 - eta * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        return np.sum((y_true - y_pred) ** 2) / y_true.size

    def train_step(self, X, y):
        a = self.forward(X)
        cost = self.compute_loss(y, a)
        self.backward(X, y)
        self.update_weights()
        return cost

    def SGD(self, X, y, epochs, mini_batch_size):
        n = len(X)
        for _ in range(epochs):
            shuffled = np.random.permutation(n)
            for k in range(0, n, mini_batch_size):
                mini_batch = shuffled[k:k + mini_batch_size]
                self.train_step(X[mini_batch], y[mini_batch])


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
    y = np.array([[0.], [1.], [1.], [0.]])
    net = NeuralNetwork(2, 6, 1, learning_rate=5.0)
    costs = []
    for epoch in range(3000):
        costs.append(net.train_step(X, y))
    return net, costs


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    r = t / (2 * np.pi)
    X0 = np.array([r * np.cos(t), r * np.sin(t)]).T
    X1 = np.array([r * np.cos(t + np.pi), r * np.sin(t + np.pi)]).T
    X = np.concatenate([X0, X1]) + np.random.randn(2 * len(t), 2) * noise
    y = np.concatenate([np.zeros((len(t), 1)), np.ones((len(t), 1))])
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 50, 1, learning_rate=2.5)
    net.W1 = 5 * np.random.randn(2, 50)
    net.b1 = 5 * np.random.randn(1, 50)
    net.SGD(X, y, 1200, 25)
    net.learning_rate = 1.0
    net.SGD(X, y, 100, 25)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    table = []
    for h in hidden_sizes:
        for eta in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], eta)
            for _ in range(epochs):
                cost = net.train_step(X, y)
            table.append({"hidden_size": h, "learning_rate": eta, "final_loss": cost})
    return table
