from __future__ import annotations
import numpy as np
Array = np.ndarray


def sigmoid(x) -> Array:
    x = np.asarray(x, dtype=float)
    return np.piecewise(x, [x >= 0, x < 0],
                        [lambda t: 1 / (1 + np.exp(-t)), lambda t: np.exp(t) / (1 + np.exp(t))])


def sigmoid_derivative(x) -> Array:
    # symmetrical form e^-|x| / (1 + e^-|x|)^2
    q = np.exp(-np.abs(np.asarray(x, dtype=float)))
    return q / (1 + q) ** 2


def relu(x: Array) -> Array:
    result = np.zeros_like(x)
    np.copyto(result, x, where=np.asarray(x) > 0)
    return result


def relu_derivative(x: Array) -> Array:
    result = np.zeros(np.shape(x))
    np.copyto(result, 1.0, where=np.asarray(x) > 0)
    return result


def mse_loss(y_pred: Array, y_true: Array) -> float:
    return float(np.average((y_true - y_pred) ** 2))


def mse_loss_derivative(y_pred: Array, y_true: Array) -> Array:
    result = np.empty(y_pred.shape)
    result[...] = y_pred
    result[...] -= y_true
    result[...] *= 2 / result.size
    return result


class SimpleNeuralNetwork:
    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1):
        self.learning_rate = learning_rate
        self.W1: Array = np.random.uniform(-0.1, 0.1, (input_size, hidden_size))
        self.b1: Array = np.zeros((1, hidden_size))
        self.W2: Array = np.random.uniform(-0.1, 0.1, (hidden_size, output_size))
        self.b2: Array = np.zeros((1, output_size))

    def forward(self, X: Array) -> Array:
        m = X.shape[0]
        self.z1 = np.empty((m, self.W1.shape[1]))
        self.z2 = np.empty((m, self.W2.shape[1]))
        self.z1[:, :] = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2[:, :] = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X: Array, y: Array, y_pred: Array):
        gW1, gb1, gW2, gb2 = [np.zeros_like(p) for p in (self.W1, self.b1, self.W2, self.b2)]
        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        d1 = (d2 @ self.W2.T) * sigmoid_derivative(self.z1)
        gW2[:, :] = self.a1.T @ d2
        gb2[0, :] = np.sum(d2, axis=0)
        gW1[:, :] = X.T @ d1
        gb1[0, :] = np.sum(d1)
        return gW1, gb1, gW2, gb2

    def update_weights(self, dW1, db1, dW2, db2) -> None:
        self.W1[...] -= self.learning_rate * dW1
        self.b1[...] -= self.learning_rate * db1
        self.W2[...] -= self.learning_rate * dW2
        self.b2[...] -= self.learning_rate * db2

    def train(self, X: Array, y: Array, epochs: int = 1000) -> list[float]:
        losses = np.full(epochs, np.nan)
        for t in range(epochs):
            out = self.forward(X)
            losses[t] = mse_loss(out, y)
            self.update_weights(*self.backward(X, y, out))
        return losses.tolist()


def numerical_gradient(f, x, h: float = 1e-05) -> Array:
    xx = np.array(x, dtype=np.float64)
    result = np.empty(xx.shape, dtype=np.float64)
    for pos in np.ndindex(xx.shape):
        shifted = xx.copy()
        shifted[pos] = xx[pos] + h
        plus = f(shifted)
        shifted[pos] = xx[pos] - h
        result[pos] = (plus - f(shifted)) / (2 * h)
    return result
