"""One-hidden-layer logistic network; careful about dtypes, overflow and copies."""

import numpy as np

_FLOAT = np.float64


def sigmoid(x):
    """Logistic function via logaddexp: log s(x) = -log(1 + exp(-x))."""
    return np.exp(-np.logaddexp(0.0, -np.asarray(x, dtype=_FLOAT)))


def sigmoid_derivative(x):
    """s(x) s(-x); no cancellation in 1 - s for large positive x."""
    x = np.asarray(x, dtype=_FLOAT)
    return sigmoid(x) * sigmoid(-x)


def relu(x):
    """Positive part."""
    x = np.asarray(x)
    return np.maximum(x, x.dtype.type(0))


def relu_derivative(x):
    """Indicator of x > 0."""
    return np.asarray(np.asarray(x) > 0, dtype=_FLOAT)


def mse_loss(y_pred, y_true):
    """Mean square of the residual."""
    r = np.ravel(np.subtract(y_pred, y_true, dtype=_FLOAT))
    return float(np.dot(r, r) / r.size)


def mse_loss_derivative(y_pred, y_true):
    """Gradient of the above w.r.t. y_pred."""
    r = np.subtract(y_pred, y_true, dtype=_FLOAT)
    r *= 2.0 / r.size
    return r


class SimpleNeuralNetwork:
    """f(X) = s(s(X W1 + b1) W2 + b2)."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        gen = np.random.default_rng(12345)
        self.learning_rate = learning_rate
        # Glorot-ish scale keeps the pre-activations of order one
        self.W1 = gen.standard_normal((input_size, hidden_size)) / np.sqrt(input_size)
        self.b1 = np.zeros((1, hidden_size), dtype=_FLOAT)
        self.W2 = gen.standard_normal((hidden_size, output_size)) / np.sqrt(hidden_size)
        self.b2 = np.zeros((1, output_size), dtype=_FLOAT)

    def forward(self, X):
        self.z1 = np.matmul(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # adjoints of z2 and z1
        z2_bar = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        z1_bar = np.matmul(z2_bar, self.W2.T) * sigmoid_derivative(self.z1)
        ones = np.ones((1, z1_bar.shape[0]))
        return (
            np.matmul(X.T, z1_bar),
            np.matmul(ones, z1_bar),
            np.matmul(self.a1.T, z2_bar),
            np.matmul(ones, z2_bar),
        )

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        for theta, g in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)):
            theta -= eta * g  # ndarray: in place

    def train(self, X, y, epochs=1000):
        losses = np.empty(epochs, dtype=_FLOAT)
        for t in range(epochs):
            y_pred = self.forward(X)
            gradient = self.backward(X, y, y_pred)
            self.update_weights(*gradient)
            losses[t] = mse_loss(self.forward(X), y)
        return losses.tolist()


def numerical_gradient(f, x, h=1e-05):
    """Central differences, O(h^2)."""
    x0 = np.array(x, dtype=_FLOAT, order="C", copy=True)
    flat = x0.reshape(-1)  # a view, since x0 is contiguous
    g = np.empty(flat.size, dtype=_FLOAT)
    for j in range(flat.size):
        centre = flat[j]
        flat[j] = centre + h
        hi = f(x0)
        flat[j] = centre - h
        lo = f(x0)
        flat[j] = centre
        g[j] = (hi - lo) / (2.0 * h)
    return g.reshape(x0.shape)
