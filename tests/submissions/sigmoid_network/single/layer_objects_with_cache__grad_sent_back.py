import numpy as np


def sigmoid(x):
    x = np.asarray(x) * 1.0
    e = np.exp(-np.abs(x))
    return np.where(x > 0, 1, e) / (1 + e)


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-np.asarray(x))


def relu(x):
    mask = x > 0
    return x * mask


def relu_derivative(x):
    mask = np.zeros(x.shape, dtype=float)
    mask[np.nonzero(x > 0)] = 1
    return mask


def mse_loss(y_pred, y_true):
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    out = y_pred - y_true
    out = out * 2
    out = out / m
    out = out / k
    return out


def sumOverSamples(M):
    acc = np.zeros((1, M.shape[1]))
    for r in range(M.shape[0]):
        acc[0, :] += M[r, :]
    return acc


def timesTransposed(D, W):
    """D times W-transposed with loops"""
    R = np.zeros((D.shape[0], W.shape[0]))
    for r in range(R.shape[0]):
        for c in range(R.shape[1]):
            for t in range(D.shape[1]):
                R[r, c] += D[r, t] * W[c, t]
    return R


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.standard_normal((input_size, hidden_size)) * 0.01
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.standard_normal((hidden_size, output_size)) * 0.01
        self.b2 = np.zeros((1, output_size))
        self.cache = {}

    def forward(self, X):
        cache = {"in": X}
        cache["z1"] = self.z1 = X @ self.W1 + self.b1
        cache["a1"] = self.a1 = sigmoid(self.z1)
        cache["z2"] = self.z2 = self.a1 @ self.W2 + self.b2
        cache["a2"] = self.a2 = sigmoid(self.z2)
        self.cache = cache
        return self.a2

    def backward(self, X, y, y_pred):
        g = {}
        g["z2"] = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.cache["z2"])
        g["W2"] = self.cache["a1"].T @ g["z2"]
        g["b2"] = sumOverSamples(g["z2"])
        g["a1"] = timesTransposed(g["z2"], g["W2"])
        g["z1"] = g["a1"] * sigmoid_derivative(self.cache["z1"])
        g["W1"] = X.T @ g["z1"]
        g["b1"] = sumOverSamples(g["z1"])
        return g["W1"], g["b1"], g["W2"], g["b2"]

    def update_weights(self, dW1, db1, dW2, db2):
        step = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
        for key in step:
            self.__dict__[key] = self.__dict__[key] - self.learning_rate * step[key]

    def train(self, X, y, epochs=1000):
        lossLog = []
        for i in range(1, epochs + 1):
            out = self.forward(X)
            lossLog.append(mse_loss(out, y))
            grads = self.backward(X, y, out)
            self.update_weights(*grads)
        return lossLog


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64, copy=True)
    res = np.zeros(x.shape)
    counter = 0
    while counter < x.size:
        pos = np.unravel_index(counter, x.shape)
        backup = x[pos]
        x[pos] = backup + h
        a = f(x)
        x[pos] = backup - h
        b = f(x)
        x[pos] = backup
        res[pos] = (a - b) / (2 * h)
        counter = counter + 1
    return res
