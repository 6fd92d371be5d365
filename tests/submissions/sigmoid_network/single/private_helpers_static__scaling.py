import numpy as np


def sigmoid(x):
    """logistic via the hyperbolic tangent"""
    return .5 * (np.tanh(.5 * np.asarray(x)) + 1)


def sigmoid_derivative(x):
    th = np.tanh(.5 * np.asarray(x))
    return .25 * (1 - th * th)


def relu(x):
    a = np.asarray(x)
    return a * (a > 0).astype(a.dtype)


def relu_derivative(x):
    return np.ceil(np.clip(np.sign(x), 0, 1)).astype(float)


def mse_loss(y_pred, y_true):
    d = (y_pred - y_true).ravel()
    return np.dot(d, d) / len(d)


def mse_loss_derivative(y_pred, y_true):
    m, k = y_true.shape
    return (2 / (m * k)) * (y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        rs = np.random.RandomState()
        self.learning_rate = learning_rate
        self.W1 = rs.standard_normal((input_size, hidden_size)) * .1
        self.W2 = rs.standard_normal((hidden_size, output_size)) * .1
        self.b1 = np.zeros_like(self.W1[:1])
        self.b2 = np.zeros_like(self.W2[:1])

    @staticmethod
    def _layer(inp, W, b):
        z = inp @ W + b
        return z, sigmoid(z)

    @staticmethod
    def _raw_grads(inp, d):
        return inp.T @ d, d.sum(axis=0)[None, :]

    def forward(self, X):
        self.z1, self.a1 = self._layer(X, self.W1, self.b1)
        self.z2, self.a2 = self._layer(self.a1, self.W2, self.b2)
        return self.a2

    def backward(self, X, y, y_pred):
        d = y_pred - y
        d = d * y_pred * (1 - y_pred)
        raw2 = self._raw_grads(self.a1, d)
        d = d @ self.W2.T
        d = d * self.a1 * (1 - self.a1)
        raw1 = self._raw_grads(X, d)
        # everything so far is without the 2/(count) of the mean, so put it in now
        count = X.shape[1] * y.shape[1]
        return tuple(2 * g / count for g in raw1 + raw2)

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - dW1 * self.learning_rate
        self.W2 = self.W2 - dW2 * self.learning_rate
        self.b1 = self.b1 - db1 * self.learning_rate
        self.b2 = self.b2 - db2 * self.learning_rate

    def train(self, X, y, epochs=1000):
        out = []
        for i in range(epochs):
            p = self.forward(X)
            out.append(mse_loss(p, y))
            self.update_weights(*self.backward(X, y, p))
        return out


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    flat = x.reshape(-1)
    g = np.zeros_like(flat)
    for i, v in enumerate(flat.copy()):
        flat[i] = v + h; up = f(x)
        flat[i] = v - h; dn = f(x)
        flat[i] = v
        g[i] = (up - dn) / (2 * h)
    return g.reshape(x.shape)
