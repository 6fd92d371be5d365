# Reflection
# My key concept: a network is a function of its parameters; backprop is that function's derivative.
# My difficulty: which numbers to divide by.
import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-np.clip(np.asarray(x, dtype=float), -600.0, 600.0)))


def sigmoid_derivative(x):
    return bump(sigmoid(x))


def bump(v):
    return v * (1.0 - v)


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    z2 = w2 * sigmoid(z1) + b2
    return {"z1": z1, "a1": sigmoid(z1), "z2": z2, "a2": sigmoid(z2)}


def manual_gradients(x, y, w1, b1, w2, b2):
    o = manual_forward(x, w1, b1, w2, b2)
    out, hid = bump(o["a2"]), bump(o["a1"])
    at_z2 = (o["a2"] - y) * out
    at_z1 = at_z2 * w2 * hid
    return {"dL_da2": o["a2"] - y, "dL_dz2": at_z2, "dL_da1": at_z2 * w2, "dL_dz1": at_z1,
            "da2_dz2": out, "da1_dz1": hid,
            "dL_dw2": at_z2 * o["a1"], "dL_db2": at_z2, "dL_dw1": at_z1 * x, "dL_db1": at_z1}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    d = manual_gradients(x, y, w1, b1, w2, b2)
    return (w1 - learning_rate * d["dL_dw1"], b1 - learning_rate * d["dL_db1"],
            w2 - learning_rate * d["dL_dw2"], b2 - learning_rate * d["dL_db2"])


def net_forward(p, X):
    z1 = X @ p["W1"] + p["b1"]
    a1 = sigmoid(z1)
    a2 = sigmoid(a1 @ p["W2"] + p["b2"])
    return z1, a1, a2


def column_total(d):
    return d.sum(axis=0, keepdims=True)


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def params(self):
        return {n: getattr(self, n) for n in ("W1", "b1", "W2", "b2")}

    def forward(self, X):
        self.saved = net_forward(self.params(), X)
        return self.saved[-1]

    def backward(self, X, y):
        z1, a1, a2 = self.saved
        scale = 2.0 / y.shape[1]
        at_z2 = scale * (a2 - y) * bump(a2)
        at_z1 = at_z2 @ self.W2.T * bump(z1)
        self.gradients = {"dW1": X.T @ at_z1, "db1": column_total(at_z1), "dW2": a1.T @ at_z2, "db2": column_total(at_z2)}
        return self.gradients

    def update_weights(self):
        for n, value in self.params().items():
            setattr(self, n, value - self.learning_rate * self.gradients["d" + n])

    def compute_loss(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        out = self.forward(X)
        self.backward(X, y)
        self.update_weights()
        return self.compute_loss(y, out)


def fit(net, X, y, epochs):
    return [net.train_step(X, y) for _ in range(epochs)]


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 8, 1, 5)
    losses = fit(net, np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]]), 3000)
    return net, losses


def arm(t, start):
    return np.stack([np.cos(t + start), np.sin(t + start)], axis=1) * t[:, None] / (2 * np.pi)


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    X = np.vstack([arm(t, 0), arm(t, np.pi)])
    y = np.vstack([np.zeros((len(t), 1)), np.ones((len(t), 1))])
    return X + noise * np.random.randn(*X.shape), y


def hits(net, X, y):
    return np.mean((net.forward(X) > 0.5) == (y > 0.5))


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 *= 3
    for _ in range(32):
        fit(net, X, y, 250)
        if hits(net, X, y) > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def final(h, lr):
        np.random.seed(seed)
        return fit(NeuralNetwork(X.shape[1], h, y.shape[1], lr), X, y, epochs)[-1]

    return [{"hidden_size": h, "learning_rate": lr, "final_loss": final(h, lr)} for h in hidden_sizes for lr in learning_rates]
