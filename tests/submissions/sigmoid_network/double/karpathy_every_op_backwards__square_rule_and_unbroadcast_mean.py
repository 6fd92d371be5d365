# makemore-part-4 style: every op of the forward pass on its own line, then backwards through all of them
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))


def sigmoid_derivative(x):
    sx = sigmoid(x)
    return sx * (1 - sx)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.asarray(x > np.zeros_like(x), dtype=np.float64)


def mse_loss(y_pred, y_true):
    return ((y_pred - y_true) ** 2).mean()


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) * 2 / y_pred.size


def unbroadcast(g, like):
    # (1, h) was stretched to (m, h) on the way in, so undo that on the way out
    for ax, width in enumerate(like.shape):
        if width == 1 and g.shape[ax] != 1:
            g = g.mean(axis=ax, keepdims=True)
    return g


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.randn(input_size, hidden_size) * (1 / input_size) ** 0.5
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        diff = y_pred - y
        # sq = diff**2
        # loss = sq.mean()
        dloss = 1.0
        dsq = np.ones_like(diff) / diff.size * dloss
        ddiff = diff * dsq
        da2 = ddiff.copy()
        dz2 = (1.0 - y_pred) * y_pred * da2
        da1 = dz2 @ self.W2.T
        dW2 = self.a1.T @ dz2
        db2 = unbroadcast(dz2, self.b2)
        dz1 = (1.0 - self.a1) * self.a1 * da1
        dW1 = X.T @ dz1
        db1 = unbroadcast(dz1, self.b1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for p, grad in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)):
            p += -self.learning_rate * grad

    def train(self, X, y, epochs=1000):
        lossi = []
        for i in range(epochs):
            out = self.forward(X)
            lossi.append(mse_loss(out, y).item())
            self.update_weights(*self.backward(X, y, out))
        return lossi


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    for ix in np.ndindex(x.shape):
        up = x.copy(); up[ix] += h
        dn = x.copy(); dn[ix] -= h
        g[ix] = (f(up) - f(dn)) / (2 * h)
    return g
