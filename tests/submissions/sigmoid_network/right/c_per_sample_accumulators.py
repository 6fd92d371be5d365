import numpy as np

EXP_LIMIT = 700.0


def sigmoid(x):
    # clamp so that exp can't overflow
    t = np.minimum(np.maximum(np.asarray(x, dtype=np.float64), -EXP_LIMIT), EXP_LIMIT)
    return 1.0 / (1.0 + np.exp(-t))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s - s * s


def relu(x):
    y = np.array(x)
    y[y < 0] = 0
    return y


def relu_derivative(x):
    d = np.zeros(np.shape(x), dtype=np.float64)
    d[np.asarray(x) > 0] = 1.0
    return d


def mse_loss(y_pred, y_true):
    m, k = y_pred.shape
    acc = 0.0
    for s in range(m):
        for o in range(k):
            acc += (y_pred[s][o] - y_true[s][o]) ** 2
    return acc / (m * k)


def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    g = np.empty((m, k))
    for s in range(m):
        for o in range(k):
            g[s][o] = (y_pred[s][o] - y_true[s][o]) / (0.5 * m * k)
    return g


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.n, self.h, self.k = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.3, 0.3, (self.n, self.h))
        self.W2 = np.random.uniform(-0.3, 0.3, (self.h, self.k))
        self.b1, self.b2 = np.zeros((1, self.h)), np.zeros((1, self.k))

    def forward(self, X):
        m = len(X)
        self.z1 = np.empty((m, self.h))
        self.z2 = np.empty((m, self.k))
        for s in range(m):
            for j in range(self.h):
                z = self.b1[0, j]
                for i in range(self.n):
                    z += X[s, i] * self.W1[i, j]
                self.z1[s, j] = z
        self.a1 = sigmoid(self.z1)
        for s in range(m):
            for o in range(self.k):
                z = self.b2[0, o]
                for j in range(self.h):
                    z += self.a1[s, j] * self.W2[j, o]
                self.z2[s, o] = z
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m = len(X)
        gw1 = np.zeros((self.n, self.h))
        gb1 = np.zeros((1, self.h))
        gw2 = np.zeros((self.h, self.k))
        gb2 = np.zeros((1, self.k))
        for s in range(m):
            eo = [0.0] * self.k
            for o in range(self.k):
                p = y_pred[s, o]
                eo[o] = (p - y[s, o]) * p * (1 - p)
                gb2[0, o] += eo[o]
            for j in range(self.h):
                a = self.a1[s, j]
                eh = 0.0
                for o in range(self.k):
                    gw2[j, o] += a * eo[o]
                    eh += self.W2[j, o] * eo[o]
                eh *= a * (1 - a)
                gb1[0, j] += eh
                for i in range(self.n):
                    gw1[i, j] += X[s, i] * eh
        scale = 2.0 / (m * self.k)
        for g in (gw1, gb1, gw2, gb2):
            g *= scale
        return gw1, gb1, gw2, gb2

    def update_weights(self, dW1, db1, dW2, db2):
        for i in range(self.W1.shape[0]):
            for j in range(self.W1.shape[1]):
                self.W1[i, j] -= self.learning_rate * dW1[i, j]
        for j in range(self.W2.shape[0]):
            for o in range(self.W2.shape[1]):
                self.W2[j, o] -= self.learning_rate * dW2[j, o]
        for j in range(self.b1.shape[1]):
            self.b1[0, j] -= self.learning_rate * db1[0, j]
        for o in range(self.b2.shape[1]):
            self.b2[0, o] -= self.learning_rate * db2[0, o]

    def train(self, X, y, epochs=1000):
        losses = [0.0] * epochs
        e = 0
        while e < epochs:
            p = self.forward(X)
            losses[e] = mse_loss(p, y)
            self.update_weights(*self.backward(X, y, p))
            e += 1
        return losses


def numerical_gradient(f, x, h=1e-05):
    w = np.array(x, dtype=np.float64, order="C")
    flat = w.reshape(-1)
    out = np.zeros(flat.size)
    i = 0
    while i < flat.size:
        keep = flat[i]
        flat[i] = keep + h
        hi = f(w)
        flat[i] = keep - h
        lo = f(w)
        flat[i] = keep
        out[i] = (hi - lo) / (h + h)
        i += 1
    return out.reshape(w.shape)
