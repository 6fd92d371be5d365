"""sigmoid net, minimal allocations (out= wherever ufuncs allow it)"""
import numpy as np

_F = np.float64


def sigmoid(x):
    x = np.asarray(x, _F)
    buf = np.empty_like(x)
    np.negative(np.abs(x), out=buf)
    np.exp(buf, out=buf)                       # e^{-|x|}
    den = np.add(buf, 1.0)
    return np.divide(np.where(x < 0, buf, 1.0), den)


def sigmoid_derivative(x):
    s = np.array(sigmoid(x))
    t = np.subtract(1.0, s)
    return np.multiply(s, t)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.greater(x, 0).astype(_F)


def mse_loss(y_pred, y_true):
    r = np.subtract(y_pred, y_true, dtype=_F)
    np.square(r, out=r)
    return r.mean()


def mse_loss_derivative(y_pred, y_true):
    r = np.subtract(y_pred, y_true, dtype=_F)
    np.multiply(r, 2.0, out=r)
    np.divide(r, r.size, out=r)
    return r


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.05, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0, 0.05, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.matmul(X, self.W1)
        np.add(self.z1, self.b1, out=self.z1)
        self.a1 = sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2)
        np.add(self.z2, self.b2, out=self.z2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        dW1, db1, dW2, db2 = map(np.empty_like, (self.W1, self.b1, self.W2, self.b2))
        d = mse_loss_derivative(y_pred, y)
        d *= y_pred
        d *= 1.0 - y_pred
        np.matmul(self.a1.T, d, out=dW2)
        np.sum(d, axis=0, keepdims=True, out=db2)
        u = np.empty_like(self.a1)
        np.matmul(d, self.W2.T, out=u)
        u *= self.a1
        u *= 1.0 - self.a1
        np.matmul(X.T, u, out=dW1)
        np.sum(u, axis=0, keepdims=True, out=db1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for p, g in zip((self.W1, self.b1, self.W2, self.b2), (dW1, db1, dW2, db2)):
            np.subtract(p, np.multiply(g, self.learning_rate), out=p)

    def train(self, X, y, epochs=1000):
        losses = [None] * epochs
        for t in range(epochs):
            self.forward(X)
            losses[t] = mse_loss(self.a2, y)
            self.update_weights(*self.backward(X, y, self.a2))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=_F)
    g = np.empty_like(x)
    for i in range(x.size):
        keep = x.flat[i]
        x.flat[i] = keep + h
        g.flat[i] = f(x)
        x.flat[i] = keep - h
        g.flat[i] -= f(x)
        x.flat[i] = keep
    np.divide(g, 2 * h, out=g)
    return g
