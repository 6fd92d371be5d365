"""My notes on reflection.

The chain rule is book-keeping: every box hands the slope it receives, times its own slope, to the box before it.
What surprised me: with tiny weights nothing at all happened for thousands of epochs.
"""
from collections import namedtuple

import numpy as np

Trace = namedtuple("Trace", "z1 a1 z2 a2")


def sigmoid(x):
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    return 0.25 * (1.0 - np.tanh(0.5 * np.asarray(x, dtype=float)) ** 2)


def manual_forward(x, w1, b1, w2, b2):
    z1 = x * w1 + b1
    a1 = sigmoid(z1)
    z2 = a1 * w2 + b2
    return Trace(z1, a1, z2, sigmoid(z2))._asdict()


def manual_gradients(x, y, w1, b1, w2, b2):
    t = Trace(**manual_forward(x, w1, b1, w2, b2))
    out = dict(dL_da2=t.a2 - y, da2_dz2=sigmoid_derivative(t.z2), da1_dz1=sigmoid_derivative(t.z1))
    out["dL_dz2"] = out["dL_db2"] = out["dL_da2"] * out["da2_dz2"]
    out["dL_dw2"] = t.a1 * out["dL_dz2"]
    out["dL_da1"] = w2 * out["dL_dz2"]
    out["dL_dz1"] = out["dL_db1"] = out["dL_da1"] * out["da1_dz1"]
    out["dL_dw1"] = x * out["dL_dz1"]
    return out


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return tuple(p - learning_rate * g["dL_d" + n] for n, p in zip(("w1", "b1", "w2", "b2"), (w1, b1, w2, b2)))


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.W2 = np.random.randn(input_size, hidden_size), np.random.randn(hidden_size, output_size)
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))

    def forward(self, X):
        X = np.asarray(X, dtype=float)
        z1 = np.einsum("mn,nh->mh", X, self.W1) + self.b1
        a1 = sigmoid(z1)
        z2 = np.einsum("mh,hk->mk", a1, self.W2) + self.b2
        self.trace = Trace(z1, a1, z2, sigmoid(z2))
        return self.trace.a2

    def backward(self, X, y):
        t = self.trace
        G2 = np.einsum("mk,mk->mk", t.a2 - y, sigmoid_derivative(t.z2)) * (2.0 / y.size)
        G1 = np.einsum("mk,hk,mh->mh", G2, self.W2, sigmoid_derivative(t.z1))
        self.gradients = {
            "dW1": np.einsum("mn,mh->nh", X, G1),
            "db1": np.einsum("mh->h", G1)[None],
            "dW2": np.einsum("mh,mk->hk", t.a1, G2),
            "db2": np.einsum("mk->k", G2)[None],
        }
        return self.gradients

    def update_weights(self):
        for key, grad in self.gradients.items():
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * grad)

    def compute_loss(self, y_true, y_pred):
        d = (y_true - y_pred).ravel()
        return float(np.einsum("i,i->", d, d) / d.size)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = (X.sum(axis=1, keepdims=True) == 1).astype(float)
    net = NeuralNetwork(2, 8, 1, 5.0)
    return net, [net.train_step(X, y) for _ in range(3000)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    arm = (t / (2 * np.pi))[:, None] * np.stack([np.cos(t), np.sin(t)], axis=1)
    X = np.einsum("s,mc->smc", np.array([1.0, -1.0]), arm).reshape(-1, 2)
    X = X + np.random.normal(0, noise, X.shape)
    return X, np.repeat([0.0, 1.0], n_samples // 2)[:, None]


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5.0)
    net.W1 *= 3
    for epoch in range(8000):
        net.train_step(X, y)
        if epoch % 200 == 0 and np.mean((net.forward(X) > 0.5) == y) > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    table = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for _ in range(epochs):
                last = net.train_step(X, y)
            table.append(dict(hidden_size=h, learning_rate=lr, final_loss=last))
    return table
