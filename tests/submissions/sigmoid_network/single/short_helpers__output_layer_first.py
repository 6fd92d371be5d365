import numpy as np


def _f64(x):
    return np.asarray(x, dtype=np.float64)


def _logistic_prime_of_output(a):
    return a - a * a


def sigmoid(x):
    return 0.5 * (1.0 + np.tanh(0.5 * _f64(x)))


def sigmoid_derivative(x):
    return _logistic_prime_of_output(sigmoid(x))


def relu(x):
    return np.where(x > 0, x, 0)


def relu_derivative(x):
    return np.heaviside(_f64(x), 0.0)


def _err(p, t):
    return p - t


def mse_loss(y_pred, y_true):
    return np.square(_err(y_pred, y_true)).mean()


def mse_loss_derivative(y_pred, y_true):
    return _err(y_pred, y_true) * (2 / np.size(y_pred))


def _affine(x, W, b):
    return x @ W + b


def _affine_grads(inp, delta):
    return inp.T @ delta, delta.sum(axis=0, keepdims=True)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.b1 = self._init(input_size, hidden_size)
        self.W2, self.b2 = self._init(hidden_size, output_size)

    @staticmethod
    def _init(fan_in, fan_out):
        return np.random.randn(fan_in, fan_out) / np.sqrt(fan_in), np.zeros((1, fan_out))

    def forward(self, X):
        self.z1 = _affine(X, self.W1, self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = _affine(self.a1, self.W2, self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        delta_out = mse_loss_derivative(y_pred, y) * _logistic_prime_of_output(y_pred)
        delta_hid = (delta_out @ self.W2.T) * _logistic_prime_of_output(self.a1)
        return *_affine_grads(self.a1, delta_out), *_affine_grads(X, delta_hid)

    def update_weights(self, dW1, db1, dW2, db2):
        for name, g in zip(("W1", "b1", "W2", "b2"), (dW1, db1, dW2, db2)):
            setattr(self, name, getattr(self, name) - self.learning_rate * g)

    def _step(self, X, y):
        out = self.forward(X)
        loss = mse_loss(out, y)
        self.update_weights(*self.backward(X, y, out))
        return loss

    def train(self, X, y, epochs=1000):
        return [self._step(X, y) for _ in range(epochs)]


def numerical_gradient(f, x, h=1e-05):
    x = _f64(x)
    g = np.empty(x.shape)
    for i in np.ndindex(*x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g
