import numpy as np

SAT = 709.0   # exp() overflows above this


def sigmoid(x):
    buf = np.array(x, dtype=np.float64, ndmin=1)
    p = buf.reshape(-1)
    for i in range(p.size):
        v = p[i]
        if v > SAT: v = SAT
        if v < -SAT: v = -SAT
        p[i] = 1.0 / (1.0 + np.exp(-v))
    return buf.reshape(np.shape(x))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    return np.where(np.asarray(x) < 0, 0, x)


def relu_derivative(x):
    out = np.zeros(np.shape(x), dtype=np.float64)
    src = np.asarray(x).reshape(-1)
    dst = out.reshape(-1)
    for i in range(src.size):
        dst[i] = 1.0 if src[i] > 0 else 0.0
    return out


def mse_loss(y_pred, y_true):
    p = np.ravel(y_pred); t = np.ravel(y_true); n = p.size
    acc = 0.0
    for i in range(n):
        d = p[i] - t[i]
        acc += d * d
    return acc / n


def mse_loss_derivative(y_pred, y_true):
    n = y_pred.size
    return (2.0 / n) * (y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.nin = input_size; self.nhid = hidden_size; self.nout = output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.rand(self.nin, self.nhid) - 0.5
        self.b1 = np.zeros((1, self.nhid))
        self.W2 = np.random.rand(self.nhid, self.nout) - 0.5
        self.b2 = np.zeros((1, self.nout))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1; self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2; self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        gW1 = np.zeros_like(self.W1); gb1 = np.zeros_like(self.b1)
        gW2 = np.zeros_like(self.W2); gb2 = np.zeros_like(self.b2)
        dE = mse_loss_derivative(y_pred, y)
        for s in range(len(X)):
            e2 = dE[s] * self.a2[s] * (1 - self.a2[s])
            e1 = (self.W2 @ e2) * self.a1[s] * (1 - self.a1[s])
            gW2 += np.outer(self.a1[s], e2); gb2[0] += e2
            gW1 += np.outer(X[s], e1); gb1[0] += e1
        return gW1, gb1, gW2, gb2

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1 -= lr * dW1; self.b1 -= lr * db1
        self.W2 -= lr * dW2; self.b2 -= lr * db2

    def train(self, X, y, epochs=1000):
        log = [0.0] * epochs
        for ep in range(epochs):
            o = self.forward(X)
            log[ep] = mse_loss(o, y)
            g = self.backward(X, y, o)
            self.update_weights(g[0], g[1], g[2], g[3])
        return log


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)   # in place when it is float64 already
    grad = np.zeros(x.shape)
    inv = 1.0 / h
    for i in range(x.size):
        save = x.flat[i]
        x.flat[i] = save + h; fp = f(x)
        x.flat[i] = save - h; fm = f(x)
        grad.flat[i] = (fp - fm) * inv
    return grad
