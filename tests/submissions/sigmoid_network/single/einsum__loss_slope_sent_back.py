import numpy as np
from numpy import einsum


def sigmoid(x):
    """Logistic function via logaddexp: exp(-log(1 + e^-x))."""
    return np.exp(-np.logaddexp(0.0, np.negative(x, dtype=float)))


def sigmoid_derivative(x):
    """s(x) s(-x)."""
    return sigmoid(x) * sigmoid(np.negative(x))


def relu(x):
    return np.clip(x, 0, None)


def relu_derivative(x):
    return np.greater(x, 0).astype(float)


def mse_loss(y_pred, y_true):
    r = y_pred - y_true
    return einsum("ik,ik->", r, r) / r.size


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) / (0.5 * y_pred.size)


class SimpleNeuralNetwork:
    """sigmoid(sigmoid(X W1 + b1) W2 + b2).

    Index letters in all einsums: i sample, n input, h hidden, k output.
    """

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1 = rng.uniform(-0.3, 0.3, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = rng.uniform(-0.3, 0.3, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = einsum("in,nh->ih", X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = einsum("ih,hk->ik", self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        g_a2 = mse_loss_derivative(y_pred, y)
        g_z2 = einsum("ik,ik->ik", g_a2, sigmoid_derivative(self.z2))
        g_a1 = einsum("ik,hk->ih", g_a2, self.W2)
        g_z1 = einsum("ih,ih->ih", g_a1, sigmoid_derivative(self.z1))
        return (
            einsum("in,ih->nh", X, g_z1),
            einsum("ih->h", g_z1)[None, :],
            einsum("ih,ik->hk", self.a1, g_z2),
            einsum("ik->k", g_z2)[None, :],
        )

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W1, self.b1 = self.W1 - eta * dW1, self.b1 - eta * db1
        self.W2, self.b2 = self.W2 - eta * dW2, self.b2 - eta * db2

    def train(self, X, y, epochs=1000):
        history = []
        while len(history) < epochs:
            out = self.forward(X)
            history.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return history


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)
    basis = np.eye(x.size).reshape((x.size,) + x.shape)
    diffs = [f(x + h * e) - f(x - h * e) for e in basis]
    return np.reshape(diffs, x.shape) / (2.0 * h)
