import numpy as np


def sigmoid(x):
    a = np.asarray(x, dtype=float)
    out = np.zeros(a.shape)
    for pos, v in np.ndenumerate(a):
        out[pos] = 1 / (1 + np.exp(-v)) if v > -700 else 0.0
    return out


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    out = np.array(x)
    for pos, v in np.ndenumerate(out):
        if v < 0:
            out[pos] = 0
    return out


def relu_derivative(x):
    out = np.zeros(np.shape(x))
    for pos, v in np.ndenumerate(x):
        if v > 0:
            out[pos] = 1.0
    return out


def mse_loss(y_pred, y_true):
    total = sum((p - t) ** 2 for p, t in zip(y_pred.flat, y_true.flat))
    return total / y_pred.size


def mse_loss_derivative(y_pred, y_true):
    out = np.zeros(y_pred.shape)
    for pos in np.ndindex(y_pred.shape):
        out[pos] = 2 * (y_pred[pos] - y_true[pos]) / y_pred.size
    return out


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-1, 1, (input_size, hidden_size)) / 5
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-1, 1, (hidden_size, output_size)) / 5
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        m, n = X.shape
        h, k = self.W2.shape
        self.z1 = np.zeros((m, h))
        self.z2 = np.zeros((m, k))
        for j in range(h):
            self.z1[:, j] = self.b1[0, j]
            for i in range(n):
                self.z1[:, j] += self.W1[i, j] * X[:, i]
        self.a1 = sigmoid(self.z1)
        for o in range(k):
            self.z2[:, o] = self.b2[0, o]
            for j in range(h):
                self.z2[:, o] += self.W2[j, o] * self.a1[:, j]
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m, n = X.shape
        h, k = self.W2.shape
        dW1, db1 = np.zeros((n, h)), np.zeros((1, h))
        dW2, db2 = np.zeros((h, k)), np.zeros((1, k))

        # output units
        deltas = []
        for o in range(k):
            error = y_pred[:, o] - y[:, o]
            delta = error * y_pred[:, o] * (1 - y_pred[:, o])
            deltas.append(delta)
            for j in range(h):
                dW2[j, o] = np.sum(delta * self.a1[:, j])
            db2[0, o] = np.sum(delta)

        # hidden units
        for j in range(h):
            back = np.zeros(m)
            for o in range(k):
                back += deltas[o]
            delta = back * self.a1[:, j] * (1 - self.a1[:, j])
            for i in range(n):
                dW1[i, j] = np.sum(delta * X[:, i])
            db1[0, j] = np.sum(delta)

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    for pos in np.ndindex(x.shape):
        value = x[pos]
        both = []
        for sign in (1, -1):
            x[pos] = value + sign * h
            both.append(f(x))
        x[pos] = value
        grad[pos] = (both[0] - both[1]) / (2 * h)
    return grad
