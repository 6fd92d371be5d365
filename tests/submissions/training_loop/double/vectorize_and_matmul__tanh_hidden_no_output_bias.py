"""What surprised me: the biases start at zero and still end up far away from it.
Open question: what if there were more hidden layers?"""
import math

import numpy as np


def _scalar(v):
    v = float(v)
    if v < 0:
        e = math.exp(v)
        return e / (1 + e)
    return 1 / (1 + math.exp(-v))


_many = np.vectorize(_scalar, otypes=[float])


def sigmoid(x):
    if np.isscalar(x):
        return _scalar(x)
    x = np.asarray(x)
    if x.size < 20:
        return _many(x)
    return 0.5 * (1 + np.tanh(0.5 * x))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = _scalar(z1)
    z2 = w2 * a1 + b2
    a2 = _scalar(z2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    r = manual_forward(x, w1, b1, w2, b2)
    A = r["a2"] - y
    B = r["a2"] * (1 - r["a2"])
    C = r["a1"] * (1 - r["a1"])
    return {"dL_da2": A, "da2_dz2": B, "dL_dz2": A * B, "dL_dw2": A * B * r["a1"], "dL_db2": A * B,
            "dL_da1": A * B * w2, "da1_dz1": C, "dL_dz1": A * B * w2 * C, "dL_dw1": A * B * w2 * C * x,
            "dL_db1": A * B * w2 * C}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    r = manual_gradients(x, y, w1, b1, w2, b2)
    pairs = ((w1, r["dL_dw1"]), (b1, r["dL_db1"]), (w2, r["dL_dw2"]), (b2, r["dL_db2"]))
    return tuple(p - learning_rate * g for p, g in pairs)


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.sum1 = np.matmul(X, self.W1) + self.b1
        self.fire1 = np.tanh(self.sum1)
        self.sum2 = np.matmul(self.fire1, self.W2)
        self.fire2 = sigmoid(self.sum2)
        return self.fire2

    def backward(self, X, y):
        blame2 = (self.fire2 - y) / (y.size / 2) * sigmoid_derivative(self.sum2)
        blame1 = np.matmul(blame2, self.W2.T) * sigmoid_derivative(self.sum1)
        self.gradients = {"dW1": np.matmul(X.T, blame1), "dW2": np.matmul(self.fire1.T, blame2),
                          "db1": blame1.sum(axis=0)[np.newaxis], "db2": blame2.sum(axis=0)[np.newaxis]}
        return self.gradients

    def update_weights(self):
        self.W1 = self.W1 - self.gradients["dW1"] * self.learning_rate
        self.W2 = self.W2 - self.gradients["dW2"] * self.learning_rate
        self.b1 = self.b1 - self.gradients["db1"] * self.learning_rate
        self.b2 = self.b2 - self.gradients["db2"] * self.learning_rate

    def compute_loss(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 8, 1, 5)
    return net, [net.train_step(X, y) for _ in range(3000)]


def make_spiral_data(n_samples=300, noise=0.1):
    rows = []
    half = n_samples // 2
    for i in range(n_samples):
        t = 4 * math.pi * (i % half) / (half - 1)
        side = -1 if i >= half else 1
        rows.append([side * t / (2 * math.pi) * math.cos(t), side * t / (2 * math.pi) * math.sin(t), i // half])
    rows = np.array(rows)
    X = rows[:, :2] + np.random.normal(0, noise, (n_samples, 2))
    return X, rows[:, 2:]


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 *= 3
    for e in range(8000):
        net.train_step(X, y)
        if e % 200 == 0 and np.mean((net.fire2 > 0.5) == (y > 0.5)) > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    lines = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for _ in range(epochs):
                loss = net.train_step(X, y)
            lines.append(dict(hidden_size=h, learning_rate=lr, final_loss=loss))
    return lines
