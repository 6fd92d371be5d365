import numpy as np
from functools import partial

# "pullback" style: every map gets a partner that transports covectors back


def _expit(x):
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(0, -x))


sigmoid = _expit


def sigmoid_derivative(x):
    p = _expit(x)
    return p * (1.0 - p)


def relu(x):
    return np.amax(np.stack([np.asarray(x), np.zeros_like(x)]), axis=0)


def relu_derivative(x):
    return np.float64(np.asarray(x) > 0)


def mse_loss(y_pred, y_true):
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / len(y_pred) / y_pred.shape[1]


def pull_affine(inp, W, cov):
    """covector on the output -> (on the input, on W, on b)"""
    return cov @ W.T, inp.T @ cov, cov.sum(axis=0, keepdims=True)


def pull_sigmoid(act, cov):
    cov = cov.copy()
    cov *= act
    cov *= 1 - act
    return cov


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        draw = partial(np.random.normal, 0.0, 0.1)
        self.learning_rate = learning_rate
        self.W1, self.b1 = draw((input_size, hidden_size)), np.zeros((1, hidden_size))
        self.W2, self.b2 = draw((hidden_size, output_size)), np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = _expit(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = _expit(self.z2)
        return self.a2

    def _pull_loss(self, y_pred, y):
        cov = mse_loss_derivative(y_pred, y)
        cov *= 2.0      # d(r^2) = 2 r dr
        return cov

    def backward(self, X, y, y_pred):
        w = self._pull_loss(y_pred, y)
        w = pull_sigmoid(y_pred, w)
        w, dW2, db2 = pull_affine(self.a1, self.W2, w)
        w = pull_sigmoid(self.a1, w)
        _, dW1, db1 = pull_affine(X, self.W1, w)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for attr, g in {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}.items():
            p = getattr(self, attr)
            p -= self.learning_rate * g

    def train(self, X, y, epochs=1000):
        out = []
        for _ in range(epochs):
            yhat = self.forward(X)
            out.append(mse_loss(yhat, y))
            self.update_weights(*self.backward(X, y, yhat))
        return out


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    slots = list(np.ndindex(x.shape))

    def at(slot, t):
        v = x.copy()
        v[slot] += t
        return f(v)

    res = np.zeros_like(x)
    for slot in slots:
        res[slot] = (at(slot, h) - at(slot, -h)) / (2 * h)
    return res
