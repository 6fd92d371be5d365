# nn.c / nn.h in one file.
#   Reflection (was README): I did not expect that the same 40 lines solve XOR and the spiral; only the numbers at the
#   #defines change. Backpropagation is bookkeeping, the chain rule says which product goes into which cell.
import math

import numpy as np

TWO_PI = 6.283185307179586
XOR_HIDDEN, XOR_RATE, XOR_EPOCHS = 10, 6.0, 2500
SPI_HIDDEN, SPI_RATE, SPI_EPOCHS = 60, 8.0, 5000


def SIGM(v):
    if v >= 0:
        return 1.0 / (1.0 + math.exp(-v))
    t = math.exp(v)
    return t / (1.0 + t)


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    if x.ndim == 0:
        return SIGM(float(x))
    buf = np.negative(np.abs(x))
    np.exp(buf, out=buf)
    num = np.where(x < 0, buf, 1.0)
    buf += 1.0
    np.divide(num, buf, out=num)
    return num


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s - s * s


def manual_forward(x, w1, b1, w2, b2):
    r = {}
    r["z1"] = x * w1 + b1
    r["a1"] = SIGM(r["z1"])
    r["z2"] = r["a1"] * w2 + b2
    r["a2"] = SIGM(r["z2"])
    return r


def manual_gradients(x, y, w1, b1, w2, b2):
    r = manual_forward(x, w1, b1, w2, b2)
    g = {}
    g["dL_da2"] = r["a2"] - y
    g["da2_dz2"] = r["a2"] * (1.0 - r["a2"])
    g["dL_db2"] = g["dL_dz2"] = g["dL_da2"] * g["da2_dz2"]
    g["dL_dw2"] = g["dL_dz2"] * r["a1"]
    g["dL_da1"] = g["dL_dz2"] * w2
    g["da1_dz1"] = r["a1"] * (1.0 - r["a1"])
    g["dL_db1"] = g["dL_dz1"] = g["dL_da1"] * g["da1_dz1"]
    g["dL_dw1"] = g["dL_dz1"] * x
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
        self.W1 = np.random.uniform(-3, 3, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-1, 1, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.gradients = None

    def forward(self, X):
        self.hid = sigmoid(np.dot(X, self.W1) + self.b1)
        self.out = sigmoid(np.dot(self.hid, self.W2) + self.b2)
        return self.out

    def backward(self, X, y):
        n_out = self.out.shape[1]
        d_hid = np.zeros(self.hid.shape)
        d_out = np.zeros(self.out.shape)
        for o in range(n_out):
            d_out[:, o] = 2.0 * (self.out[:, o] - y[:, o]) * self.out[:, o] * (1.0 - self.out[:, o])
            d_hid += np.outer(d_out[:, o], self.W2[:, o])
        d_hid *= self.hid
        d_hid *= 1.0 - self.hid
        scale = 1.0 / (len(y) * n_out)
        self.gradients = {
            "dW1": np.dot(np.transpose(X), d_hid) * scale,
            "db1": np.add.reduce(d_hid, 0, keepdims=True) * scale,
            "dW2": np.dot(np.transpose(self.hid), d_out) * scale,
            "db2": np.add.reduce(d_out, 0, keepdims=True) * scale,
        }
        return self.gradients

    def update_weights(self):
        self.W1 -= self.learning_rate * self.gradients["dW1"]
        self.b1 -= self.learning_rate * self.gradients["db1"]
        self.W2 -= self.learning_rate * self.gradients["dW2"]
        self.b2 -= self.learning_rate * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        total = 0.0
        rows, cols = np.shape(y_true)
        for r in range(rows):
            for c in range(cols):
                total += (y_true[r][c] - y_pred[r][c]) ** 2
        return total / cols

    def train_step(self, X, y):
        self.forward(X)
        loss = self.compute_loss(y, self.out)
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([[0.0], [1.0], [1.0], [0.0]])
    nn = NeuralNetwork(2, XOR_HIDDEN, 1, XOR_RATE)
    losses = []
    for _ in range(XOR_EPOCHS):
        losses.append(nn.train_step(X, y))
    return nn, losses


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    X = np.zeros((n_samples, 2))
    y = np.zeros((n_samples, 1))
    for i in range(n_samples):
        arm, j = divmod(i, half)
        t = 2.0 * TWO_PI * j / (half - 1)
        sign = -1.0 if arm else 1.0
        X[i, 0] = sign * t / TWO_PI * math.cos(t) + noise * np.random.randn()
        X[i, 1] = sign * t / TWO_PI * math.sin(t) + noise * np.random.randn()
        y[i, 0] = arm
    return X, y


def train_spiral(X, y):
    nn = NeuralNetwork(2, SPI_HIDDEN, 1, SPI_RATE)
    nn.W1 *= 2.0
    nn.W2 *= 0.7
    for _ in range(SPI_EPOCHS):
        nn.forward(X)
        nn.backward(X, y)
        nn.update_weights()
    return nn


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    out = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            nn = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            e = 0
            while e < epochs:
                loss = nn.train_step(X, y)
                e += 1
            out.append({"hidden_size": h, "learning_rate": lr, "final_loss": loss})
    return out
