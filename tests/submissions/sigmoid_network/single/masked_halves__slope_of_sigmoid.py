import functools
import numpy as np


def as_floats(fn):
    @functools.wraps(fn)
    def wrapper(x, *args, **kwargs):
        return fn(np.array(x, dtype=float), *args, **kwargs)
    return wrapper


@as_floats
def sigmoid(x):
    big = np.ma.masked_less(x, 0)
    right_half = 1 / (1 + np.exp(-np.abs(x)))
    return np.where(np.ma.getmaskarray(big), 1 - right_half, right_half)


def _bump(p):
    return p * (1 - p)


@as_floats
def sigmoid_derivative(x):
    act = sigmoid(x)
    return _bump(sigmoid(act))


@as_floats
def relu(x):
    return np.fmax(x, 0.0)


@as_floats
def relu_derivative(x):
    return np.where(x > 0.0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return np.mean((y_true - y_pred) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_true.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        init = functools.partial(np.random.normal, 0.0, 0.1)
        self.W1, self.W2 = init((input_size, hidden_size)), init((hidden_size, output_size))
        self.b1, self.b2 = (np.zeros((1, d)) for d in (hidden_size, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        grad_z2 = mse_loss_derivative(y_pred, y) * _bump(self.a2)
        grad_z1 = grad_z2.dot(self.W2.T) * _bump(self.a1)
        total = functools.partial(np.sum, axis=0, keepdims=True)
        return X.T.dot(grad_z1), total(grad_z1), self.a1.T.dot(grad_z2), total(grad_z2)

    def update_weights(self, dW1, db1, dW2, db2):
        for attr, g in dict(W1=dW1, b1=db1, W2=dW2, b2=db2).items():
            setattr(self, attr, getattr(self, attr) - self.learning_rate * g)

    def train(self, X, y, epochs=1000):
        def one(history, _):
            out = self.forward(X)
            history.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
            return history
        return functools.reduce(one, range(epochs), [])


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=float)
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        hi, lo = x.copy(), x.copy()
        hi[i] = x[i] + h
        lo[i] = x[i] - h
        slopes[i] = (f(hi) - f(lo)) / (2 * h)
    return slopes
