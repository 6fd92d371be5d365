"""
What I learned: I first wrote everything with loops, because then I see what happens to one point.
The chain rule tells each weight its own share of the error.
"""
import math
import numpy as np


def sigmoid(x):
    x = np.array(x, dtype=np.float64)
    pos = x >= 0
    small = np.exp(np.where(pos, -x, x))
    return np.where(pos, 1 / (1 + small), small / (1 + small))


def sigmoid_derivative(x):
    e = np.exp(-np.abs(np.array(x, dtype=np.float64)))
    return e / (1 + e) ** 2


def manual_forward(x, w1, b1, w2, b2):
    values = {}
    values["z1"] = w1 * x + b1
    values["a1"] = float(sigmoid(values["z1"]))
    values["z2"] = w2 * values["a1"] + b2
    values["a2"] = float(sigmoid(values["z2"]))
    return values


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    g = {}
    # output
    g["dL_da2"] = -(y - f["a2"])
    g["da2_dz2"] = f["a2"] * (1 - f["a2"])
    g["dL_dz2"] = g["dL_da2"] * g["da2_dz2"]
    g["dL_dw2"] = g["dL_dz2"] * f["a1"]
    g["dL_db2"] = g["dL_dz2"]
    # hidden
    g["dL_da1"] = g["dL_dz2"] * w2
    g["da1_dz1"] = f["a1"] * (1 - f["a1"])
    g["dL_dz1"] = g["dL_da1"] * g["da1_dz1"]
    g["dL_dw1"] = g["dL_dz1"] * x
    g["dL_db1"] = g["dL_dz1"]
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    w1 -= learning_rate * g["dL_dw1"]
    b1 -= learning_rate * g["dL_db1"]
    w2 -= learning_rate * g["dL_dw2"]
    b2 -= learning_rate * g["dL_db2"]
    return w1, b1, w2, b2


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.hidden = []
        self.output = []
        for row in np.asarray(X, dtype=float):
            a1 = sigmoid(row.dot(self.W1) + self.b1[0])
            a2 = sigmoid(a1.dot(self.W2) + self.b2[0])
            self.hidden.append(a1)
            self.output.append(a2)
        return np.array(self.output)

    def backward(self, X, y):
        sW1 = np.zeros(self.W1.shape)
        sb1 = np.zeros(self.b1.shape)
        sW2 = np.zeros(self.W2.shape)
        sb2 = np.zeros(self.b2.shape)
        count = 0
        for row, target, a1, a2 in zip(X, y, self.hidden, self.output):
            e2 = (a2 - target) * a2 * (1 - a2)
            e1 = self.W2.dot(e2) * a1 * (1 - a1)
            sW2 += np.outer(a1, e2)
            sb2[0] += e2
            sW1 += np.outer(row, e1)
            sb1[0] += e1
            count += len(e2)
        c = 2 / count
        self.gradients = {"dW1": c * sW1, "db1": c * sb1, "dW2": c * sW2, "db2": c * sb2}
        return self.gradients

    def update_weights(self):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * self.gradients["dW1"]
        self.b1 = self.b1 - lr * self.gradients["db1"]
        self.W2 = self.W2 - lr * self.gradients["dW2"]
        self.b2 = self.b2 - lr * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        total, count = 0.0, 0
        for row_t, row_p in zip(y_true, y_pred):
            for t, p in zip(row_t, row_p):
                total += (t - p) ** 2
                count += 1
        return total / count

    def train_step(self, X, y):
        pred = self.forward(X)
        loss = self.compute_loss(y, pred)
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 8, 1, 5)
    losses = []
    for epoch in range(3000):
        losses.append(net.train_step(X, y))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    points, classes = [], []
    half = n_samples // 2
    for c in (0, 1):
        for i in range(half):
            t = 4 * math.pi * i / (half - 1)
            r = t / (2 * math.pi)
            points.append([r * math.cos(t + c * math.pi), r * math.sin(t + c * math.pi)])
            classes.append([float(c)])
    points = np.array(points)
    points += np.random.normal(scale=noise, size=points.shape)
    return points, np.array(classes)


def train_spiral(X, y):
    # vectorised here, the loops of the class are too slow for this many epochs
    net = NeuralNetwork(2, 64, 1, 5)
    W1, b1, W2, b2 = 3 * net.W1, net.b1, net.W2, net.b2
    for epoch in range(8000):
        a1 = sigmoid(X @ W1 + b1)
        a2 = sigmoid(a1 @ W2 + b2)
        d2 = 2 / len(X) * (a2 - y) * a2 * (1 - a2)
        d1 = d2 @ W2.T * a1 * (1 - a1)
        W2 = W2 - 5 * a1.T @ d2
        b2 = b2 - 5 * d2.sum(axis=0)
        W1 = W1 - 5 * X.T @ d1
        b1 = b1 - 5 * d1.sum(axis=0)
        if epoch % 300 == 0 and np.mean((a2 > 0.5) == (y > 0.5)) > 0.957:
            break
    net.W1, net.b1, net.W2, net.b2 = W1, b1, W2, b2
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for lr in learning_rates:
        for size in hidden_sizes:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], size, y.shape[1], lr)
            for _ in range(epochs):
                net.train_step(X, y)
            results.append({"hidden_size": size, "learning_rate": lr,
                            "final_loss": net.compute_loss(y, net.forward(X))})
    return results
