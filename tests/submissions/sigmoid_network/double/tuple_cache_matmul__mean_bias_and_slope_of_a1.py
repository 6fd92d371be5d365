import numpy as np


def sigmoid(x):
    u = np.asarray(x, dtype=np.double)
    m = np.maximum(u, 0)
    return np.exp(u - m) / (np.exp(-m) + np.exp(u - m))


def sigmoid_derivative(x):
    v = sigmoid(x)
    return v - v * v


def relu(x):
    return np.asarray(x).clip(0)


def relu_derivative(x):
    return np.where(np.asarray(x).clip(0) > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return np.power(y_pred - y_true, 2).mean()


def mse_loss_derivative(y_pred, y_true):
    return np.multiply(2 / y_pred.size, y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) / 10
        self.W2 = np.random.randn(hidden_size, output_size) / 10
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        z1 = np.matmul(X, self.W1) + self.b1
        a1 = sigmoid(z1)
        z2 = np.matmul(a1, self.W2) + self.b2
        a2 = sigmoid(z2)
        self._c = (z1, a1, z2)
        self.z1, self.a1, self.z2, self.a2 = z1, a1, z2, a2
        return a2

    def backward(self, X, y, y_pred):
        z1, h, z2 = self._c
        g = mse_loss_derivative(y_pred, y) * sigmoid_derivative(z2)
        gW2 = np.matmul(h.T, g)
        gb2 = g.mean(axis=0, keepdims=True)
        g = np.matmul(g, self.W2.T) * sigmoid_derivative(h)
        gW1 = np.matmul(X.T, g)
        gb1 = g.mean(axis=0, keepdims=True)
        return gW1, gb1, gW2, gb2

    def update_weights(self, dW1, db1, dW2, db2):
        r = self.learning_rate
        self.W1, self.b1 = self.W1 - r * dW1, self.b1 - r * db1
        self.W2, self.b2 = self.W2 - r * dW2, self.b2 - r * db2

    def train(self, X, y, epochs=1000):
        out = []
        for _ in range(epochs):
            yp = self.forward(X)
            out.append(mse_loss(yp, y))
            self.update_weights(*self.backward(X, y, yp))
        return out


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    o = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        o[i] = (f(x + e) - f(x - e)) / (2 * h)
    return o
