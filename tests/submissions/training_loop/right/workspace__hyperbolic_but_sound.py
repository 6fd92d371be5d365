"""Back-propagation for a 1-hidden-layer perceptron.

What surprised me: exp(-x) overflows long before the sigmoid stops being representable; tanh(x / 2) does not.
Questions left: convergence rate of plain gradient descent on a problem as badly conditioned as the spirals.
"""
from __future__ import annotations

from typing import Final, Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Real = NDArray[np.float64]
PARAMETERS: Final = ("W1", "b1", "W2", "b2")


def sigmoid(x: ArrayLike) -> Real:
    """1 / (1 + exp(-x)) = (1 + tanh(x / 2)) / 2, evaluated in one buffer of its own."""
    s = np.multiply(x, 0.5, dtype=np.float64)
    s = np.asarray(s)                            # a scalar has no buffer; an array stays as it is
    np.tanh(s, out=s)
    np.add(s, 1.0, out=s)
    return np.multiply(s, 0.5, out=s)


def sigmoid_derivative(x: ArrayLike) -> Real:
    """1 / (4 cosh(x / 2)^2); no cancellation anywhere. cosh is kept from overflowing (the result is 0 there)."""
    c = np.cosh(np.minimum(np.abs(np.multiply(x, 0.5, dtype=np.float64)), 350.0))
    return 0.25 / np.square(c)


def manual_forward(x: float, w1: float, b1: float, w2: float, b2: float) -> dict[str, float]:
    a1 = sigmoid(z1 := w1 * x + b1)
    a2 = sigmoid(z2 := w2 * a1 + b2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x: float, y: float, w1: float, b1: float, w2: float, b2: float) -> dict[str, float]:
    _, a1, _, a2 = manual_forward(x, w1, b1, w2, b2).values()
    return {
        "dL_da2": (r := a2 - y),
        "da2_dz2": (s2 := a2 * (1.0 - a2)),
        "dL_dz2": (d2 := r * s2),
        "dL_dw2": d2 * a1,
        "dL_db2": d2,
        "dL_da1": (e1 := d2 * w2),
        "da1_dz1": (s1 := a1 * (1.0 - a1)),
        "dL_dz1": (d1 := e1 * s1),
        "dL_dw1": d1 * x,
        "dL_db1": d1,
    }


def manual_update(x: float, y: float, w1: float, b1: float, w2: float, b2: float,
                  learning_rate: float) -> tuple[float, float, float, float]:
    theta = np.array([w1, b1, w2, b2], dtype=np.float64)
    g = manual_gradients(x, y, w1, b1, w2, b2)
    theta -= learning_rate * np.array([g["dL_dw1"], g["dL_db1"], g["dL_dw2"], g["dL_db2"]])
    return tuple(theta.tolist())


class NeuralNetwork:
    W1: Real
    b1: Real
    W2: Real
    b2: Real
    gradients: dict[str, Real]

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1) -> None:
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-2.0, 2.0, size=(input_size, hidden_size))
        self.W2 = np.random.uniform(-2.0, 2.0, size=(hidden_size, output_size))
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))

    def forward(self, X: Real) -> Real:
        z1 = np.matmul(X, self.W1)
        np.add(z1, self.b1, out=z1)
        self.a1 = sigmoid(z1)
        z2 = np.matmul(self.a1, self.W2)
        np.add(z2, self.b2, out=z2)
        self.a2 = sigmoid(z2)
        return self.a2

    def backward(self, X: Real, y: Real) -> dict[str, Real]:
        """Two work arrays, d2 (m, k) and d1 (m, h), are all that is allocated besides the result."""
        d2 = np.subtract(y, self.a2)             # minus half the gradient of the squared residual
        d2 *= self.a2
        d2 *= self.a2 - 1.0                      # and here the minus goes away
        d2 /= 0.5 * d2.size

        d1 = 0.25 - (self.a1 - 0.5) ** 2         # a (1 - a), completed to a square
        d1 *= np.tensordot(d2, self.W2, axes=(1, 1))

        g = {name: np.empty_like(getattr(self, name)) for name in PARAMETERS}
        for name, inputs, delta in (("1", X, d1), ("2", self.a1, d2)):
            np.matmul(np.transpose(inputs), delta, out=g["W" + name])
            np.sum(delta, axis=0, keepdims=True, out=g["b" + name])
        self.gradients = {"d" + name: value for name, value in g.items()}
        return self.gradients

    def update_weights(self) -> None:
        for name in PARAMETERS:
            parameter = getattr(self, name)
            np.subtract(parameter, self.learning_rate * self.gradients["d" + name], out=parameter)

    def compute_loss(self, y_true: Real, y_pred: Real) -> float:
        residual = np.ravel(np.subtract(y_true, y_pred))
        return float(np.dot(residual, residual) / residual.size)

    def train_step(self, X: Real, y: Real) -> float:
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed: int) -> tuple[NeuralNetwork, list[float]]:
    X = np.array([(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)])
    y = np.array([(0.0,), (1.0,), (1.0,), (0.0,)])
    np.random.seed(seed)
    net = NeuralNetwork(2, 8, 1, learning_rate=4.0)
    return net, [net.train_step(X, y) for _ in range(5000)]


def make_spiral_data(n_samples: int = 300, noise: float = 0.1) -> tuple[Real, Real]:
    m = n_samples // 2
    t = np.linspace(0.0, 4.0 * np.pi, m)
    X = np.empty((2 * m, 2))
    np.multiply(t / (2.0 * np.pi), np.cos(t), out=X[:m, 0])
    np.multiply(t / (2.0 * np.pi), np.sin(t), out=X[:m, 1])
    np.negative(X[:m], out=X[m:])               # half a turn is a point reflection
    X += np.random.normal(0.0, noise, X.shape)
    y = np.zeros((2 * m, 1))
    y[m:] = 1.0
    return X, y


def train_spiral(X: Real, y: Real) -> NeuralNetwork:
    net = NeuralNetwork(X.shape[1], 40, y.shape[1], learning_rate=10.0)
    net.W1 *= 4.0
    for step in range(9000):
        net.train_step(X, y)
        if not step % 200 and np.count_nonzero((net.a2 > 0.5) == (y > 0.5)) > 0.98 * y.size:
            break
    return net


def explore(X: Real, y: Real, hidden_sizes: Iterable[int], learning_rates: Iterable[float], epochs: int,
            seed: int) -> list[dict[str, float]]:
    H, R = np.meshgrid(list(hidden_sizes), list(learning_rates), indexing="ij")
    table = []
    for h, rate in zip(H.ravel().tolist(), R.ravel().tolist()):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], h, y.shape[1], rate)
        history = np.fromiter((net.train_step(X, y) for _ in range(epochs)), dtype=np.float64, count=epochs)
        table.append({"hidden_size": h, "learning_rate": rate, "final_loss": float(history[-1])})
    return table


def _gradient_check(eps: float = 1e-6) -> float:
    """Largest relative deviation between backward() and central differences."""
    rng = np.random.default_rng(0)
    X, y, net = rng.normal(size=(6, 3)), rng.random((6, 2)), NeuralNetwork(3, 4, 2)
    net.forward(X)
    analytic, worst = net.backward(X, y), 0.0
    for name in PARAMETERS:
        p = getattr(net, name)
        for index in np.ndindex(p.shape):
            kept = p[index]
            p[index] = kept + eps; up = net.compute_loss(y, net.forward(X))
            p[index] = kept - eps; down = net.compute_loss(y, net.forward(X))
            p[index] = kept
            worst = max(worst, abs((up - down) / (2 * eps) - analytic["d" + name][index]))
    return worst


if __name__ == "__main__":
    print(f"max |analytic - numeric| = {_gradient_check():.2e}")
