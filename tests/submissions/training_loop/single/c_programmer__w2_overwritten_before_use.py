"""
hw10.py

Q: What challenges did you face?
A: Remembering that numpy arrays are not C arrays. a * b is NOT a matrix product.
Q: What is the role of the chain rule?
A: The loss depends on w1 only through z1, so I multiply the slopes of the stages.
"""
import numpy as np
import math


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    x = np.clip(x, -700.0, 700.0)
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s - s * s


def manual_forward(x, w1, b1, w2, b2):
    r = {}
    r["z1"] = w1 * x + b1
    r["a1"] = sigmoid(r["z1"])
    r["z2"] = w2 * r["a1"] + b2
    r["a2"] = sigmoid(r["z2"])
    return r


def manual_gradients(x, y, w1, b1, w2, b2):
    r = manual_forward(x, w1, b1, w2, b2)
    g = {}
    g["dL_da2"] = r["a2"] - y
    g["da2_dz2"] = sigmoid_derivative(r["z2"])
    g["dL_dz2"] = g["dL_da2"] * g["da2_dz2"]
    g["dL_dw2"] = g["dL_dz2"] * r["a1"]
    g["dL_db2"] = g["dL_dz2"]
    g["dL_da1"] = g["dL_dz2"] * w2
    g["da1_dz1"] = sigmoid_derivative(r["z1"])
    g["dL_dz1"] = g["dL_da1"] * g["da1_dz1"]
    g["dL_dw1"] = g["dL_dz1"] * x
    g["dL_db1"] = g["dL_dz1"]
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    # no structs here, plain doubles, everything in place
    h = sigmoid(w1 * x + b1)
    o = sigmoid(w2 * h + b2)

    # output unit
    d2 = (o - y) * o * (1.0 - o)
    w2 -= learning_rate * d2 * h
    b2 -= learning_rate * d2
    # hidden unit
    d1 = d2 * w2 * h * (1.0 - h)
    w1 -= learning_rate * d1 * x
    b1 -= learning_rate * d1

    return w1, b1, w2, b2


class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.n = input_size
        self.h = hidden_size
        self.k = output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-1.0, 1.0, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-1.0, 1.0, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.gradients = None

    def forward(self, X):
        self.hid = sigmoid(X @ self.W1 + self.b1)
        self.out = sigmoid(self.hid @ self.W2 + self.b2)
        return self.out

    def backward(self, X, y):
        m = X.shape[0]
        k = self.k
        scale = 2.0 / (m * k)

        d_out = np.empty((m, k))
        for c in range(k):
            o = self.out[:, c]
            d_out[:, c] = scale * (o - y[:, c]) * o * (1.0 - o)

        d_hid = np.empty((m, self.h))
        for j in range(self.h):
            s = d_out @ self.W2[j, :]
            a = self.hid[:, j]
            d_hid[:, j] = s * a * (1.0 - a)

        dW1 = np.zeros_like(self.W1)
        dW2 = np.zeros_like(self.W2)
        db1 = np.zeros_like(self.b1)
        db2 = np.zeros_like(self.b2)
        for j in range(self.h):
            for i in range(self.n):
                dW1[i, j] = X[:, i] @ d_hid[:, j]
            db1[0, j] = d_hid[:, j].sum()
        for c in range(k):
            for j in range(self.h):
                dW2[j, c] = self.hid[:, j] @ d_out[:, c]
            db2[0, c] = d_out[:, c].sum()

        self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self):
        lr = self.learning_rate
        self.W1 -= lr * self.gradients["dW1"]
        self.b1 -= lr * self.gradients["db1"]
        self.W2 -= lr * self.gradients["dW2"]
        self.b2 -= lr * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        m, k = y_pred.shape
        total = 0.0
        for c in range(k):
            e = y_true[:, c] - y_pred[:, c]
            total += float(e @ e)
        return total / (m * k)

    def train_step(self, X, y):
        out = self.forward(X)
        loss = self.compute_loss(y, out)
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([[0.0], [1.0], [1.0], [0.0]])
    net = NeuralNetwork(2, 8, 1, 5.0)
    net.W1 *= 2.0
    losses = []
    i = 0
    while i < 4000:
        losses.append(net.train_step(X, y))
        i += 1
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    X = np.zeros((2 * half, 2))
    y = np.zeros((2 * half, 1))
    for i in range(half):
        t = 4.0 * math.pi * i / (half - 1)
        r = t / (2.0 * math.pi)
        X[i, 0] = r * math.cos(t)
        X[i, 1] = r * math.sin(t)
        X[half + i, 0] = -X[i, 0]
        X[half + i, 1] = -X[i, 1]
        y[half + i, 0] = 1.0
    X += noise * np.random.standard_normal(X.shape)
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 60, 1, 3.0)
    net.W1 *= 8.0
    net.b1 = np.random.uniform(-8.0, 8.0, (1, 60))
    # loops over units are too slow here, so the step is written out with matrices
    for it in range(16000):
        p = np.random.randint(0, X.shape[0], 32)
        x, t = X[p], y[p]
        o = net.forward(x)
        d2 = 2.0 / o.size * (o - t) * o * (1.0 - o)
        d1 = (d2 @ net.W2.T) * net.hid * (1.0 - net.hid)
        net.gradients = {"dW1": x.T @ d1, "db1": d1.sum(axis=0, keepdims=True),
                         "dW2": net.hid.T @ d2, "db2": d2.sum(axis=0, keepdims=True)}
        net.update_weights()
        if it % 1000 == 999 and ((net.forward(X) > 0.5) == (y > 0.5)).mean() > 0.98:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    res = []
    for i in range(len(hidden_sizes)):
        for j in range(len(learning_rates)):
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_sizes[i], y.shape[1], learning_rates[j])
            loss = 0.0
            for e in range(epochs):
                loss = net.train_step(X, y)
            res.append({"hidden_size": hidden_sizes[i], "learning_rate": learning_rates[j], "final_loss": loss})
    return res
