import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(np.clip(-np.asarray(x, dtype=float), -700.0, 700.0)))


def sigmoid_derivative(x):
    return sigmoid(x) - np.square(sigmoid(x))


def relu(x):
    copyArr = np.array(x)
    it = copyArr.flat
    for i in range(copyArr.size):
        it[i] = it[i] if it[i] > 0 else 0
    return copyArr


def relu_derivative(x):
    return np.minimum(np.ceil(np.maximum(np.asarray(x, dtype=float), 0.0)), 1.0)


def mse_loss(y_pred, y_true):
    m = len(y_pred)
    k = len(y_pred[0])
    s = 0.0
    for i in range(m):
        for j in range(k):
            s = s + (y_true[i][j] - y_pred[i][j]) ** 2
    return s / m / k


def mse_loss_derivative(y_pred, y_true):
    m = len(y_pred)
    k = len(y_pred[0])
    d = np.zeros((m, k))
    for i in range(m):
        for j in range(k):
            d[i][j] = -2.0 * (y_true[i][j] - y_pred[i][j]) / m / k
    return d


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.uniform(-1, 1, (input_size, hidden_size)) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-1, 1, (hidden_size, output_size)) * 0.1
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m, n = X.shape
        h = self.W1.shape[1]
        k = self.W2.shape[1]
        scale = 2.0 / (m * k)
        gradW1 = np.zeros((n, h))
        gradb1 = np.zeros((1, h))
        gradW2 = np.zeros((h, k))
        gradb2 = np.zeros((1, k))
        for i in range(m):
            d2 = np.zeros(k)
            for j in range(k):
                out = y_pred[i][j]
                d2[j] = scale * 2 * (out - y[i][j]) * out * (1 - out)
                gradb2[0][j] += d2[j]
            d1 = np.zeros(h)
            for q in range(h):
                for j in range(k):
                    d1[q] += self.W2[q][j] * d2[j]
                    gradW2[q][j] += self.z1[i][q] * d2[j]
                d1[q] *= self.a1[i][q] * (1 - self.a1[i][q])
                gradb1[0][q] += d1[q]
                for p in range(n):
                    gradW1[p][q] += X[i][p] * d1[q]
        return gradW1, gradb1, gradW2, gradb2

    def update_weights(self, dW1, db1, dW2, db2):
        a = self.learning_rate
        self.W1, self.b1, self.W2, self.b2 = (
            self.W1 - a * dW1,
            self.b1 - a * db1,
            self.W2 - a * dW2,
            self.b2 - a * db2,
        )

    def train(self, X, y, epochs=1000):
        lossHistory = [None] * epochs
        for i in range(epochs):
            p = self.forward(X)
            lossHistory[i] = mse_loss(p, y)
            gw1, gb1, gw2, gb2 = self.backward(X, y, p)
            self.update_weights(gw1, gb1, gw2, gb2)
        return lossHistory


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    twoH = 2 * h
    df = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += h
        df[index] = f(x.copy())
        x[index] -= twoH
        df[index] -= f(x.copy())
        x[index] += h
    df /= twoH
    return df
