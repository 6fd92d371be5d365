"""A little "framework": Sequential, Dense, Sigmoid, and a class that speaks the language of the assignment."""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 0.5 + 0.5 * np.tanh(x / 2.0)


def sigmoid_derivative(x):
    th = np.tanh(np.asarray(x, dtype=float) / 2.0)
    return 0.25 * (1.0 + th) * (1.0 - th)


def relu(x):
    return np.where(x > 0, x, 0)


def relu_derivative(x):
    return (np.asarray(x) > 0).astype("d")


def mse_loss(y_pred, y_true):
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2.0 * (y_pred - y_true) / y_pred.size


class Dense:
    trainable = True

    def __init__(self, rows, cols):
        self.W, self.b = np.random.randn(rows, cols) * 0.1, np.zeros((1, cols))

    def __call__(self, x):
        return x @ self.W + self.b


class Sigmoid:
    trainable = False

    def __call__(self, x):
        return sigmoid(x)


class Sequential(list):
    def __call__(self, x):
        record = [x]
        for layer in self:
            record.append(layer(record[-1]))
        return record


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.model = Sequential([Dense(input_size, hidden_size), Sigmoid(), Dense(hidden_size, output_size), Sigmoid()])

    @property
    def dense(self):
        return [layer for layer in self.model if layer.trainable]

    W1 = property(lambda self: self.dense[0].W, lambda self, v: self.dense[0].__setattr__("W", v))
    W2 = property(lambda self: self.dense[1].W, lambda self, v: self.dense[1].__setattr__("W", v))
    b1 = property(lambda self: self.dense[0].b, lambda self, v: self.dense[0].__setattr__("b", v))
    b2 = property(lambda self: self.dense[1].b, lambda self, v: self.dense[1].__setattr__("b", v))

    def forward(self, X):
        self.record = self.model(X)
        self.z1, self.a1, self.z2, self.a2 = self.record[1:]
        return self.a2

    def backward(self, X, y, y_pred):
        grad = mse_loss_derivative(y_pred, y)
        collected = []
        for layer, inp in zip(reversed(self.model), reversed(self.record[:-1])):
            if isinstance(layer, Sigmoid):
                grad = grad * sigmoid_derivative(inp)
                continue
            dW = inp.T @ grad
            db = grad[:1]
            collected += [dW, db]
            grad = grad @ layer.W.T
        return tuple(collected)

    def update_weights(self, dW1, db1, dW2, db2):
        for layer, dW, db in zip(self.dense, (dW1, dW2), (db1, db2)):
            layer.W = layer.W - self.learning_rate * dW
            layer.b = layer.b - self.learning_rate * db

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            p = self.forward(X)
            losses.append(mse_loss(p, y))
            self.update_weights(*self.backward(X, y, p))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    out = np.zeros(x.shape)
    for i, v in np.ndenumerate(x.copy()):
        x[i] = v + h
        hi = f(x)
        x[i] = v - h
        lo = f(x)
        x[i] = v
        out[i] = (hi - lo) / (2 * h)
    return out
