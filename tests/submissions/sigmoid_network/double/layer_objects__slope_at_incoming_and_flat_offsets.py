"""A network of one hidden layer, put together from layer objects."""

import numpy as np


def sigmoid(x):
    """Logistic function."""
    return np.exp(-np.logaddexp(0.0, -np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    """Derivative of the logistic function at x."""
    return sigmoid(x) * sigmoid(-np.asarray(x))


def relu(x):
    """max(0, x)."""
    return np.clip(x, 0, None)


def relu_derivative(x):
    """Derivative of relu at x."""
    return np.greater(x, 0).astype(float)


def mse_loss(y_pred, y_true):
    """Mean squared error."""
    return ((y_pred - y_true) ** 2).sum() / y_pred.size


def mse_loss_derivative(y_pred, y_true):
    """Its derivative."""
    return (y_pred - y_true) * (2 / y_pred.size)


class Dense:
    """z = x W + b"""

    def __init__(self, fan_in, fan_out):
        self.W = np.random.randn(fan_in, fan_out) * 0.1
        self.b = np.zeros((1, fan_out))
        self.dW = None
        self.db = None

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = np.sum(grad, axis=0)
        return grad @ self.W.T


class Sigmoid:
    """a = sigmoid(z)"""

    def forward(self, z):
        self.z = z
        self.a = sigmoid(z)
        return self.a

    def backward(self, grad):
        return grad * sigmoid_derivative(grad)


def _param(layer, field):
    """W1, b1, W2 and b2 live in the dense layers; this makes them look like attributes of the network."""

    def get(net):
        return getattr(getattr(net, layer), field)

    def put(net, value):
        setattr(getattr(net, layer), field, value)

    return property(get, put)


class SimpleNeuralNetwork:
    """Dense, Sigmoid, Dense, Sigmoid."""

    W1 = _param("dense1", "W")
    b1 = _param("dense1", "b")
    W2 = _param("dense2", "W")
    b2 = _param("dense2", "b")
    z1 = _param("act1", "z")
    a1 = _param("act1", "a")
    z2 = _param("act2", "z")
    a2 = _param("act2", "a")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.dense1, self.act1 = Dense(input_size, hidden_size), Sigmoid()
        self.dense2, self.act2 = Dense(hidden_size, output_size), Sigmoid()
        self.layers = [self.dense1, self.act1, self.dense2, self.act2]

    def forward(self, X):
        out = X
        for layer in self.layers:
            out = layer.forward(out)
        return out

    def backward(self, X, y, y_pred):
        grad = mse_loss_derivative(y_pred, y)
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return self.dense1.dW, self.dense1.db, self.dense2.dW, self.dense2.db

    def update_weights(self, dW1, db1, dW2, db2):
        for dense, dW, db in ((self.dense1, dW1, db1), (self.dense2, dW2, db2)):
            dense.W = dense.W - self.learning_rate * dW
            dense.b = dense.b - self.learning_rate * db

    def train(self, X, y, epochs=1000):
        history = []
        for _ in range(epochs):
            out = self.forward(X)
            history.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return history


def numerical_gradient(f, x, h=1e-05):
    """Central differences."""
    x = np.array(x, dtype=np.float64, order="C")
    flat = x.reshape(-1)          # a view
    grad = np.zeros(flat.size)
    for i, v in enumerate(flat.tolist()):
        flat[i] = v + h
        hi = f(x)
        flat[i] = v - h
        lo = f(x)
        flat[i] = v
        grad[i] = (hi - lo) / (2 * h)
    return grad.reshape(x.shape)
