import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.double)
    return np.exp(-np.log1p(np.exp(-np.abs(x))) + np.minimum(x, 0))


def sigmoid_derivative(x):
    p = sigmoid(x)
    q = sigmoid(-np.asarray(x, dtype=np.double))
    return p * q


def relu(x):
    r = np.array(x)
    for i in range(r.size):
        if r.flat[i] < 0:
            r.flat[i] = 0
    return r


def relu_derivative(x):
    r = np.zeros(np.shape(x), dtype=np.double)
    for i in range(r.size):
        if np.asarray(x).flat[i] > 0:
            r.flat[i] = 1.0
    return r


def mse_loss(y_pred, y_true):
    e = np.ravel(y_pred - y_true)
    return np.dot(e, e) / e.size


def mse_loss_derivative(y_pred, y_true):
    e = y_pred - y_true
    return e / e.size * 2


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        count = len(X)
        delta2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        delta1 = delta2.dot(self.W2.T) * sigmoid_derivative(self.z1)
        dW1 = np.zeros_like(self.W1)
        dW2 = np.zeros_like(self.W2)
        db1 = np.zeros_like(self.b1)
        db2 = np.zeros_like(self.b2)
        for p in range(1, count):
            dW1 += np.outer(X[p], delta1[p])
            dW2 += np.outer(self.a1[p], delta2[p])
        p = 0
        while p < count:
            db1[0] += delta1[p]
            db2[0] += delta2[p]
            p += 1
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        res = []
        for t in range(epochs):
            o = self.forward(X)
            res.append(mse_loss(o, y))
            self.update_weights(*self.backward(X, y, o))
        return res


def numerical_gradient(f, x, h=1e-05):
    w = np.array(x, dtype=np.float64)
    g = np.zeros(w.shape)
    for i in range(w.size):
        old = w.flat[i]
        w.flat[i] = old + h
        r = f(w)
        w.flat[i] = old - h
        l = f(w)
        w.flat[i] = old
        g.flat[i] = (r - l) / (2 * h)
    return g
