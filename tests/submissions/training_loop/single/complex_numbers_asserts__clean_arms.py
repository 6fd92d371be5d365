"""I answer two: (1) biggest surprise, that a sum over samples is just a matrix product;
(2) chain rule: local times incoming."""
import numpy as np


def _as_float(x):
    return np.asarray(x, dtype=np.float64)


def sigmoid(x):
    v = _as_float(x)
    lo = np.exp(np.minimum(v, 0))
    return lo / (lo + np.exp(-np.maximum(v, 0)))


def sigmoid_derivative(x):
    p = sigmoid(x)
    return p * (1 - p)


def manual_forward(x, w1, b1, w2, b2):
    a1 = sigmoid(w1 * x + b1)
    return {"z1": w1 * x + b1, "a1": a1, "z2": w2 * a1 + b2, "a2": sigmoid(w2 * a1 + b2)}


def manual_gradients(x, y, w1, b1, w2, b2):
    a1 = sigmoid(w1 * x + b1)
    a2 = sigmoid(w2 * a1 + b2)
    g = dict.fromkeys(["dL_da2"], a2 - y)
    g["da2_dz2"], g["da1_dz1"] = a2 * (1 - a2), a1 * (1 - a1)
    g["dL_dz2"] = (a2 - y) * a2 * (1 - a2)
    g["dL_db2"], g["dL_dw2"], g["dL_da1"] = g["dL_dz2"] * np.array([1, a1, w2])
    g["dL_dz1"] = g["dL_da1"] * g["da1_dz1"]
    g["dL_db1"], g["dL_dw1"] = g["dL_dz1"] * np.array([1, x])
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    new = {}
    for name, value in zip(["w1", "b1", "w2", "b2"], [w1, b1, w2, b2]):
        new[name] = value - learning_rate * g["dL_d" + name]
    return new["w1"], new["b1"], new["w2"], new["b2"]


class Base:
    def train_step(self, X, y):
        out = self.forward(X)
        loss = self.compute_loss(y, out)
        self.backward(X, y)
        self.update_weights()
        return loss

    def compute_loss(self, y_true, y_pred):
        diff = (y_true - y_pred).reshape(-1)
        return diff @ diff / len(diff)


class NeuralNetwork(Base):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        draw = np.random.randn((input_size + output_size) * hidden_size)
        self.W1 = draw[:input_size * hidden_size].reshape(input_size, hidden_size).copy()
        self.W2 = draw[input_size * hidden_size:].reshape(hidden_size, output_size).copy()
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.h = sigmoid(X @ self.W1 + self.b1)
        self.o = sigmoid(self.h @ self.W2 + self.b2)
        assert self.o.shape == (len(X), self.b2.shape[1])
        return self.o

    def backward(self, X, y):
        gate_o, gate_h = self.o * (1 - self.o), self.h * (1 - self.h)
        dO = 2 * gate_o * (self.o - y) / self.o.size
        dH = gate_h * (dO @ self.W2.T)
        self.gradients = {"dW1": X.T @ dH, "db1": dH.sum(0, keepdims=True), "dW2": self.h.T @ dO, "db2": dO.sum(0, keepdims=True)}
        for key, g in self.gradients.items():
            assert g.shape == getattr(self, key[1:]).shape
        return self.gradients

    def update_weights(self):
        for key, g in self.gradients.items():
            getattr(self, key[1:])[...] -= self.learning_rate * g


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 8, 1, 5)
    losses = [net.train_step(X, y) for _ in range(3000)]
    assert len(losses) == 3000
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    arm = t / (2 * np.pi) * np.exp(1j * t)
    points = np.r_[arm, -arm]
    jitter = noise * (np.random.randn(len(points)) + 1j * np.random.randn(len(points)))
    shaken = points
    return np.c_[shaken.real, shaken.imag], np.r_[np.zeros(len(t)), np.ones(len(t))].reshape(-1, 1)


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 *= 3
    for e in range(8000):
        net.train_step(X, y)
        if e % 200 == 0 and np.mean((net.o > 0.5) == (y > 0.5)) > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    out = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for _ in range(epochs):
                loss = net.train_step(X, y)
            out.append({"hidden_size": h, "learning_rate": lr, "final_loss": loss})
    return out
