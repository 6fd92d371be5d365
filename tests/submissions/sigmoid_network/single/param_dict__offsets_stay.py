import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    return np.exp(-np.log1p(np.exp(-np.clip(x, -700, None))))


def sigmoid_derivative(x):
    sig = sigmoid(x)
    return sig * (1.0 - sig)


def relu(x):
    return x.clip(min=0)


def relu_derivative(x):
    return (x > 0) * 1.0


def mse_loss(y_pred, y_true):
    return float(((y_true - y_pred) ** 2).mean())


def mse_loss_derivative(y_pred, y_true):
    return 2.0 * np.subtract(y_pred, y_true) / len(y_pred) / y_pred.shape[1]


class SimpleNeuralNetwork:
    """Two layers of sigmoids."""

    NAMES = ("W1", "b1", "W2", "b2")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        sizes = [input_size, hidden_size, output_size]
        for i in (1, 2):
            setattr(self, f"W{i}", np.random.randn(sizes[i - 1], sizes[i]) * 0.1)
            setattr(self, f"b{i}", np.zeros((1, sizes[i])))

    def forward(self, X):
        a = X
        for i in (1, 2):
            z = a @ getattr(self, f"W{i}") + getattr(self, f"b{i}")
            a = sigmoid(z)
            setattr(self, f"z{i}", z)
            setattr(self, f"a{i}", a)
        return a

    def backward(self, X, y, y_pred):
        inputs = {1: X, 2: self.a1}
        grads = {}
        da = mse_loss_derivative(y_pred, y)
        for i in (2, 1):
            dz = da * sigmoid_derivative(getattr(self, f"z{i}"))
            grads[f"W{i}"] = inputs[i].T @ dz
            grads[f"b{i}"] = dz.sum(axis=0, keepdims=True)
            da = dz @ getattr(self, f"W{i}").T
        return tuple(grads[name] for name in self.NAMES)

    def update_weights(self, dW1, db1, dW2, db2):
        grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
        for name in ("W1", "W2"):
            setattr(self, name, getattr(self, name) - self.learning_rate * grads[name])

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[i] = h
        grad[i] = (f(x + step) - f(x - step)) / (2 * h)
    return grad
