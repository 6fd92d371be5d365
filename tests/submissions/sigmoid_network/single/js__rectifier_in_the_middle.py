# Ported from nn.js
import numpy as np
from types import SimpleNamespace

Num = SimpleNamespace(
    exp=np.exp,
    zeros=lambda r, c: np.zeros((r, c)),
    random=lambda r, c: np.random.random((r, c)) * 2 - 1,
)


def freeze(**kw):
    return SimpleNamespace(**kw)


def makeLogistic():
    def fn(x):
        x = np.asarray(x, dtype=float)
        e = Num.exp(-np.absolute(x))
        return np.where(x >= 0, 1 / (1 + e), e / (1 + e))

    def prime(x):
        y = fn(x)
        return y * (1 - y)

    return freeze(fn=fn, prime=prime)


def makeRectifier():
    def fn(x):
        return np.maximum(x, 0)

    def prime(x):
        return 1.0 * (np.asarray(x) > 0)

    return freeze(fn=fn, prime=prime)


Activations = {"sigmoid": makeLogistic(), "relu": makeRectifier()}

sigmoid = Activations["sigmoid"].fn
sigmoid_derivative = Activations["sigmoid"].prime
relu = Activations["relu"].fn
relu_derivative = Activations["relu"].prime


def mse_loss(y_pred, y_true):
    squares = [(p - t) ** 2 for p, t in zip(y_pred.flat, y_true.flat)]
    return sum(squares) / len(squares)


def mse_loss_derivative(y_pred, y_true):
    length = y_pred.size
    return (lambda d: 2 * d / length)(y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(this, input_size, hidden_size, output_size, learning_rate=0.1):
        this.learning_rate = learning_rate
        this.sizes = {"in": input_size, "hidden": hidden_size, "out": output_size}
        n, h, k = this.sizes["in"], this.sizes["hidden"], this.sizes["out"]
        this.W1, this.b1 = Num.random(n, h), Num.zeros(1, h)
        this.W2, this.b2 = Num.random(h, k), Num.zeros(1, k)

    def forward(this, X):
        layer = lambda a, W, b, act: {"z": (z := a @ W + b), "a": Activations[act].fn(z)}
        hidden = layer(X, this.W1, this.b1, "relu")
        output = layer(hidden["a"], this.W2, this.b2, "sigmoid")
        this.z1, this.a1 = hidden["z"], hidden["a"]
        this.z2, this.a2 = output["z"], output["a"]
        return this.a2

    def backward(this, X, y, y_pred):
        prime = Activations["sigmoid"].prime
        d2 = freeze(value=mse_loss_derivative(y_pred, y) * prime(this.z2))
        d1 = freeze(value=d2.value @ this.W2.T * prime(this.z1))
        grad = {
            "W1": X.T @ d1.value,
            "b1": d1.value.sum(axis=0, keepdims=True),
            "W2": this.a1.T @ d2.value,
            "b2": d2.value.sum(axis=0, keepdims=True),
        }
        return (*grad.values(),)

    def update_weights(this, dW1, db1, dW2, db2):
        this.W1 = this.W1 - this.learning_rate * dW1
        this.b1 = this.b1 - this.learning_rate * db1
        this.W2 = this.W2 - this.learning_rate * dW2
        this.b2 = this.b2 - this.learning_rate * db2

    def train(this, X, y, epochs=1000):
        log = []
        i = 0
        while i < epochs:
            out = this.forward(X)
            log.append(mse_loss(out, y))
            this.update_weights(*this.backward(X, y, out))
            i += 1
        return log


def numerical_gradient(f, x, h=1e-05):
    base = np.array(x, dtype=np.float64)

    def partial(index):
        def at(offset):
            copy = base.copy()
            copy[index] += offset
            return f(copy)
        return (at(h) - at(-h)) / (2 * h)

    out = np.zeros(base.shape)
    for index in np.ndindex(base.shape):
        out[index] = partial(index)
    return out
