"""What questions do I still have? Why everyone uses cross-entropy if the mean squared error works too.
What did I learn: the gradient has the shape of the thing it changes."""
from dataclasses import dataclass, field

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 1.0 / (1.0 + np.exp(-np.maximum(x, -700.0)))


def sigmoid_derivative(x):
    return 1.0 / (2.0 + np.exp(np.clip(x, -700.0, 700.0)) + np.exp(-np.clip(x, -700.0, 700.0)))


@dataclass
class Tiny:
    x: float
    w1: float
    b1: float
    w2: float
    b2: float

    def run(self):
        z1 = self.x * self.w1 + self.b1
        a1 = sigmoid(z1)
        z2 = a1 * self.w2 + self.b2
        return {"z1": z1, "a1": a1, "z2": z2, "a2": sigmoid(z2)}

    def chain(self, y):
        v = self.run()
        p, q = sigmoid_derivative(v["z2"]), sigmoid_derivative(v["z1"])
        d2 = (v["a2"] - y) * p
        d1 = d2 * self.w2 * q
        return {"dL_da2": v["a2"] - y, "da2_dz2": p, "dL_dz2": d2, "dL_dw2": d2 * v["a1"], "dL_db2": d2,
                "dL_da1": d2 * self.w2, "da1_dz1": q, "dL_dz1": d1, "dL_dw1": d1 * self.x, "dL_db1": d1}


def manual_forward(x, w1, b1, w2, b2):
    return Tiny(x, w1, b1, w2, b2).run()


def manual_gradients(x, y, w1, b1, w2, b2):
    return Tiny(x, w1, b1, w2, b2).chain(y)


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    c = Tiny(x, w1, b1, w2, b2).chain(y)
    return (w1 - learning_rate * c["dL_dw1"], b1 - learning_rate * c["dL_db1"],
            w2 - learning_rate * c["dL_dw2"], b2 - learning_rate * c["dL_db2"])


@dataclass
class NeuralNetwork:
    input_size: int
    hidden_size: int
    output_size: int
    learning_rate: float = 0.1
    gradients: dict = field(default_factory=dict)

    def __post_init__(self):
        self.W1 = np.random.randn(self.input_size, self.hidden_size)
        self.b1 = np.zeros((1, self.hidden_size))
        self.W2 = np.random.randn(self.hidden_size, self.output_size)
        self.b2 = np.zeros((1, self.output_size))

    def forward(self, X):
        self.pre_hidden = X @ self.W1 + self.b1
        self.hidden = sigmoid(self.pre_hidden)
        self.pre_out = self.hidden @ self.W2 + self.b2
        self.out = sigmoid(self.pre_out)
        return self.out

    def _output_delta(self, y):
        slope_of_loss = (self.out - y) / y.size
        return slope_of_loss * sigmoid_derivative(self.pre_out)

    def _hidden_delta(self, later):
        return later.dot(self.W2.T) * sigmoid_derivative(self.pre_hidden)

    def backward(self, X, y):
        later = self._output_delta(y)
        earlier = self._hidden_delta(later)
        self.gradients = {
            "dW1": X.T.dot(earlier),
            "db1": earlier.sum(axis=0, keepdims=True),
            "dW2": self.hidden.T.dot(later),
            "db2": later.sum(axis=0, keepdims=True),
        }
        return self.gradients

    def update_weights(self):
        for name in ("W1", "b1", "W2", "b2"):
            new = getattr(self, name) - self.learning_rate * self.gradients[f"d{name}"]
            setattr(self, name, new)

    def compute_loss(self, y_true, y_pred):
        return np.mean(np.square(y_pred - y_true))

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[a, b] for a in (0, 1) for b in (0, 1)])
    y = np.array([[a ^ b] for a in (0, 1) for b in (0, 1)])
    net = NeuralNetwork(2, 8, 1, 5)
    return net, [net.train_step(X, y) for _ in range(3000)]


def make_spiral_data(n_samples=300, noise=0.1):
    angles = np.linspace(0, 4 * np.pi, n_samples // 2)
    turn = np.array([[-1.0, 0.0], [0.0, -1.0]])
    base = np.column_stack([np.cos(angles), np.sin(angles)]) * angles[:, None] / (2 * np.pi)
    X = np.vstack([base, base @ turn])
    X += np.random.normal(0, noise, X.shape)
    return X, np.vstack([np.zeros((len(angles), 1)), np.ones((len(angles), 1))])


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 *= 3
    for epoch in range(8000):
        net.train_step(X, y)
        if epoch % 200 == 0 and np.mean((net.out > 0.5) == (y > 0.5)) > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    found = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for _ in range(epochs):
                final = net.train_step(X, y)
            found.append({"hidden_size": h, "learning_rate": lr, "final_loss": final})
    return found
