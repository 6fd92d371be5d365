"""Lab 5.

Reflection: (1) backprop is bookkeeping; (2) what surprised me is how sensitive the spirals are to the first layer's scale;
(3) I'd like to know when to stop.
"""
from abc import ABC, abstractmethod
import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["sigmoid", "sigmoid_derivative", "NeuralNetwork"]


def sigmoid(x: ArrayLike) -> NDArray:
    x = np.asarray(x, dtype=np.float64)
    return np.exp(x - np.logaddexp(0, x))


def sigmoid_derivative(x: ArrayLike) -> NDArray:
    return sigmoid(x) * (1.0 - sigmoid(x))


def manual_forward(x: float, w1: float, b1: float, w2: float, b2: float) -> dict:
    a1 = sigmoid(z1 := w1 * x + b1)
    a2 = sigmoid(z2 := w2 * a1 + b2)
    return dict(z1=z1, a1=a1, z2=z2, a2=a2)


def manual_gradients(x: float, y: float, w1: float, b1: float, w2: float, b2: float) -> dict:
    fwd = manual_forward(x, w1, b1, w2, b2)
    dL_da2 = fwd["a2"] - y
    da2_dz2 = sigmoid_derivative(fwd["z2"])
    dL_db2 = dL_dz2 = dL_da2 * da2_dz2
    dL_dw2 = dL_dz2 * fwd["a1"]
    dL_da1 = dL_dz2 * w2
    da1_dz1 = sigmoid_derivative(fwd["z1"])
    dL_db1 = dL_dz1 = dL_da1 * da1_dz1
    dL_dw1 = dL_dz1 * x
    return {k: v for k, v in locals().items() if k.startswith("d")}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    grads = manual_gradients(x, y, w1, b1, w2, b2)
    return tuple(v - learning_rate * grads[f"dL_d{k}"] for k, v in dict(w1=w1, b1=b1, w2=w2, b2=b2).items())


class BaseEstimator(ABC):
    _parameter_names = ("W1", "b1", "W2", "b2")

    @abstractmethod
    def forward(self, X): ...

    @abstractmethod
    def backward(self, X, y): ...

    def update_weights(self) -> None:
        for name in self._parameter_names:
            setattr(self, name, getattr(self, name) - self.learning_rate * self.gradients[f"d{name}"])

    def compute_loss(self, y_true, y_pred) -> float:
        return float(((np.asarray(y_true) - np.asarray(y_pred)) ** 2).mean())

    def train_step(self, X, y) -> float:
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        return loss

    def fit(self, X, y, epochs: int) -> "BaseEstimator":
        self.loss_curve_ = []
        for _ in range(epochs):
            self.loss_curve_.append(self.compute_loss(y, self.forward(X)))
            self.backward(X, y)
            self.update_weights()
        return self

    def predict(self, X):
        return (self.forward(X) > 0.5).astype(int)


class NeuralNetwork(BaseEstimator):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.standard_normal((input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.standard_normal((hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.hidden_ = sigmoid(X @ self.W1 + self.b1)
        self.output_ = sigmoid(self.hidden_ @ self.W2 + self.b2)
        return self.output_

    def backward(self, X, y):
        output_grad = 2 * np.subtract(self.output_, y) / np.size(y)
        output_grad = output_grad * self.output_ * (1 - self.output_)
        hidden_grad = output_grad @ self.W2.T
        hidden_grad = hidden_grad * self.hidden_ * (1 - self.hidden_)
        self.gradients = {
            "dW1": np.transpose(X) @ hidden_grad,
            "db1": hidden_grad.sum(axis=0, keepdims=True),
            "dW2": self.hidden_.T @ output_grad,
            "db2": output_grad.sum(axis=0, keepdims=True),
        }
        return self.gradients


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 8, 1, learning_rate=5.0).fit(
        np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]]), epochs=3000)
    return net, net.loss_curve_


def make_spiral_data(n_samples=300, noise=0.1):
    theta = np.linspace(0, 4 * np.pi, n_samples // 2)
    theta = np.tile(theta, 2)
    y = np.repeat([0.0, 1.0], n_samples // 2)
    radius = theta / (2 * np.pi)
    X = np.c_[radius * np.cos(theta + np.pi * y), radius * np.sin(theta + np.pi * y)]
    X += np.random.normal(loc=0.0, scale=noise, size=X.shape)
    return X, y.reshape(-1, 1)


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, learning_rate=5.0)
    net.W1 *= 4
    net.b1 = np.random.standard_normal(net.b1.shape) * 4
    return net.fit(X, y, epochs=5000)


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    out = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate).fit(X, y, epochs)
            out.append(dict(hidden_size=hidden_size, learning_rate=learning_rate, final_loss=net.loss_curve_[-1]))
    return out
