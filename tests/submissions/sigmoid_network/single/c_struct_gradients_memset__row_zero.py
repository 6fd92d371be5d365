import numpy as np


class Gradients:
    """struct Gradients { double *w1, *b1, *w2, *b2; };"""

    __slots__ = ("w1", "b1", "w2", "b2")

    def __init__(self, net):
        self.w1 = np.zeros(net.W1.shape)
        self.b1 = np.zeros(net.b1.shape)
        self.w2 = np.zeros(net.W2.shape)
        self.b2 = np.zeros(net.b2.shape)

    def asTuple(self):
        return self.w1, self.b1, self.w2, self.b2


def sigmoid(x):
    buf = np.array(x, dtype=np.double)
    np.clip(buf, -600, 600, out=buf)
    np.negative(buf, out=buf)
    np.exp(buf, out=buf)
    buf += 1
    return 1 / buf


def sigmoid_derivative(x):
    buf = sigmoid(x)
    return buf * (1 - buf)


def relu(x):
    buf = np.array(x)
    np.maximum(buf, 0, out=buf)
    return buf


def relu_derivative(x):
    return np.double(np.array(x) > 0)


def mse_loss(y_pred, y_true):
    sse = 0.0
    for i in range(y_pred.size):
        d = y_pred.flat[i] - y_true.flat[i]
        sse += d * d
    return sse / y_pred.size


def mse_loss_derivative(y_pred, y_true):
    buf = np.zeros(y_pred.shape)
    for i in range(y_pred.size):
        buf.flat[i] = 2.0 * (y_pred.flat[i] - y_true.flat[i]) / y_pred.size
    return buf


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = 0.2 * (np.random.rand(input_size, hidden_size) - 0.5)
        self.W2 = 0.2 * (np.random.rand(hidden_size, output_size) - 0.5)
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = np.zeros((X.shape[0], self.W1.shape[1]))
        for i in range(self.W1.shape[0]):
            self.z1 += X[:, i : i + 1] * self.W1[i : i + 1, :]
        self.z1 += self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.zeros((X.shape[0], self.W2.shape[1]))
        for j in range(self.W2.shape[0]):
            self.z2 += self.a1[:, j : j + 1] * self.W2[j : j + 1, :]
        self.z2 += self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        grads = Gradients(self)
        d2 = mse_loss_derivative(y_pred, y)
        d2 *= sigmoid_derivative(self.z2)
        d1 = np.zeros(self.z1.shape)
        for j in range(d1.shape[1]):
            for o in range(d2.shape[1]):
                d1[:, j] += d2[:, o] * self.W2[j, o]
        d1 *= sigmoid_derivative(self.z1)
        grads.b1[0, :] = d1[0, :]
        grads.b2[0, :] = d2[0, :]
        for s in range(X.shape[0]):
            for i in range(X.shape[1]):
                grads.w1[i, :] += X[s, i] * d1[s, :]
            for j in range(self.a1.shape[1]):
                grads.w2[j, :] += self.a1[s, j] * d2[s, :]
        return grads.asTuple()

    def update_weights(self, dW1, db1, dW2, db2):
        np.subtract(self.W1, self.learning_rate * dW1, out=self.W1)
        np.subtract(self.b1, self.learning_rate * db1, out=self.b1)
        np.subtract(self.W2, self.learning_rate * dW2, out=self.W2)
        np.subtract(self.b2, self.learning_rate * db2, out=self.b2)

    def train(self, X, y, epochs=1000):
        losses = []
        for it in range(epochs):
            self.forward(X)
            losses.append(mse_loss(self.a2, y))
            self.update_weights(*self.backward(X, y, self.a2))
        return losses


def numerical_gradient(f, x, h=1e-05):
    p = np.array(x, dtype=np.double)
    g = np.zeros(p.shape, dtype=np.double)
    for i in range(p.size):
        old = p.flat[i]
        p.flat[i] = old + h
        g.flat[i] = f(p)
        p.flat[i] = old - h
        g.flat[i] = (g.flat[i] - f(p)) / (2 * h)
        p.flat[i] = old
    return g
