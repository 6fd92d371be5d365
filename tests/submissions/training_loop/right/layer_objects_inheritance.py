"""Answers:
1) I think the most important idea is that backward only reuses numbers of forward.
2) Hardest: finding out why my bias gradients had shape (h,) instead of (1, h).
"""
import itertools
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0, -np.asarray(x, dtype=np.float64)))


def sigmoid_derivative(x):
    x = np.asarray(x, dtype=np.float64)
    return np.exp(-np.logaddexp(0, -x) - np.logaddexp(0, x))


def manual_forward(x, w1, b1, w2, b2):
    (z1, a1) = _unit(x, w1, b1)
    (z2, a2) = _unit(a1, w2, b2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def _unit(value, weight, bias):
    z = value * weight + bias
    return z, sigmoid(z)


def manual_gradients(x, y, w1, b1, w2, b2):
    s = manual_forward(x, w1, b1, w2, b2)
    res = {"dL_da2": s["a2"] - y}
    back = res["dL_da2"]
    for i, inp, w in ((2, s["a1"], w2), (1, x, w1)):
        res[f"da{i}_dz{i}"] = sigmoid_derivative(s[f"z{i}"])
        back = back * res[f"da{i}_dz{i}"]
        res[f"dL_dz{i}"] = back
        res[f"dL_dw{i}"] = back * inp
        res[f"dL_db{i}"] = back
        back = back * w
        if i == 2:
            res["dL_da1"] = back
    return res


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    r = manual_gradients(x, y, w1, b1, w2, b2)
    return (w1 - learning_rate * r["dL_dw1"], b1 - learning_rate * r["dL_db1"],
            w2 - learning_rate * r["dL_dw2"], b2 - learning_rate * r["dL_db2"])


class Dense:
    def __init__(self, fan_in, fan_out):
        self.W = np.random.randn(fan_in, fan_out)
        self.b = np.zeros((1, fan_out))

    def __call__(self, A):
        self.A = A
        self.z = A @ self.W + self.b
        return sigmoid(self.z)

    def pull(self, upstream):
        local = upstream * sigmoid_derivative(self.z)
        self.dW, self.db = self.A.T @ local, local.sum(0, keepdims=True)
        return local @ self.W.T


class _Params:
    def _make(i, attr):
        return property(lambda self: getattr(self.layers[i], attr),
                        lambda self, v: setattr(self.layers[i], attr, v))

    W1, b1, W2, b2 = _make(0, "W"), _make(0, "b"), _make(1, "W"), _make(1, "b")


class NeuralNetwork(_Params):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.layers = [Dense(input_size, hidden_size), Dense(hidden_size, output_size)]

    def forward(self, X):
        A = np.asarray(X, dtype=np.float64)
        for layer in self.layers:
            A = layer(A)
        self.a2 = A
        return A

    def backward(self, X, y):
        up = 2 * (self.a2 - y) / self.a2.size
        for layer in reversed(self.layers):
            up = layer.pull(up)
        self.gradients = {f"d{p}{i}": getattr(layer, "d" + p) for i, layer in enumerate(self.layers, 1) for p in "Wb"}
        return self.gradients

    def update_weights(self):
        for i, layer in enumerate(self.layers, 1):
            layer.W = layer.W - self.learning_rate * self.gradients[f"dW{i}"]
            layer.b = layer.b - self.learning_rate * self.gradients[f"db{i}"]

    def compute_loss(self, y_true, y_pred):
        return np.linalg.norm(y_true - y_pred) ** 2 / np.size(y_pred)

    def train_step(self, X, y):
        prediction = self.forward(X)
        self.backward(X, y)
        self.update_weights()
        return self.compute_loss(y, prediction)


def train_xor(seed):
    np.random.seed(seed)
    X = np.array(list(itertools.product([0, 1], repeat=2)), dtype=float)
    y = np.logical_xor(X[:, :1], X[:, 1:]).astype(float)
    net = NeuralNetwork(2, 8, 1, 5)
    return net, [net.train_step(X, y) for _ in range(3000)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    z = t / (2 * np.pi) * np.exp(1j * t)
    z = np.concatenate([z, z * np.exp(1j * np.pi)])
    X = np.column_stack([z.real, z.imag])
    y = np.concatenate([np.zeros_like(t), np.ones_like(t)]).reshape(-1, 1)
    return X + noise * np.random.standard_normal(X.shape), y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 = net.W1 * 3
    for epoch in range(1, 8001):
        net.train_step(X, y)
        if epoch % 200 == 0 and ((net.forward(X) > 0.5) == (y == 1)).mean() > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    out = []
    for h, lr in itertools.product(hidden_sizes, learning_rates):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
        loss = None
        for _ in range(epochs):
            loss = net.train_step(X, y)
        out.append({"hidden_size": h, "learning_rate": lr, "final_loss": loss})
    return out
