import numpy as np


class M:
    # my tiny "math.js"
    def __init__(self, data):
        self.d = np.array(data, dtype=float)

    def mul(self, other):
        return M(self.d @ other.d)

    def each(self, other):
        return M(self.d * other.d)

    def flip(self):
        return M(self.d.T)

    def sumCols(self):
        sums = []
        for c in range(self.d.shape[1]):
            s = 0.0
            for r in range(self.d.shape[0]):
                s += self.d[r, c]
            sums.append(s)
        return np.array(sums)

    def toArray(self):
        return self.d


def sigmoid(x):
    v = M(x).d
    e = np.exp(-abs(v))
    return (v >= 0) * (1 / (1 + e)) + (v < 0) * (e / (1 + e))


def sigmoid_derivative(x):
    return M(sigmoid(x)).each(M(sigmoid(-M(x).d))).toArray()


def relu(x):
    return np.fmax(x, 0)


def relu_derivative(x):
    return np.array([1.0 if v > 0 else 0.0 for v in np.ravel(x)]).reshape(np.shape(x))


def mse_loss(y_pred, y_true):
    diff = M(y_pred).d - M(y_true).d
    return M(diff).each(M(diff)).toArray().mean()


def mse_loss_derivative(y_pred, y_true):
    diff = M(y_pred).d - M(y_true).d
    return diff * (2 / diff.size)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = (np.random.random((input_size, hidden_size)) * 2 - 1) / 4
        self.W2 = (np.random.random((hidden_size, output_size)) * 2 - 1) / 4
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = M(X).mul(M(self.W1)).toArray() + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = M(self.a1).mul(M(self.W2)).toArray() + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        err = M(mse_loss_derivative(y_pred, y)).each(M(sigmoid_derivative(self.z2)))
        gW2 = M(self.a1).flip().mul(err).toArray()
        gb2 = err.sumCols()
        errHidden = err.mul(M(self.W2).flip()).each(M(sigmoid_derivative(self.z1)))
        gW1 = M(X).flip().mul(errHidden).toArray()
        gb1 = errHidden.sumCols()[None, :]
        return gW1, gb1, gW2, gb2

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * dW1
        self.W2 = self.W2 - lr * dW2
        self.b1 = self.b1 - lr * db1
        self.b2 = self.b2 - lr * db2

    def train(self, X, y, epochs=1000):
        losses = []
        i = 0
        while i < epochs:
            guess = self.forward(X)
            losses.append(mse_loss(guess, y))
            self.update_weights(*self.backward(X, y, guess))
            i = i + 1
        return losses


def numerical_gradient(f, x, h=1e-05):
    orig = M(x).d
    g = np.zeros(orig.shape)
    for idx in np.ndindex(orig.shape):
        more = M(orig).d
        less = M(orig).d
        more[idx] += h
        less[idx] -= h
        g[idx] = (f(more) - f(less)) / (2 * h)
    return g
