import numpy as np

DTYPE = np.float32  # like pytorch's default
_two = DTYPE(2)


def as32(v):
    return np.asarray(v, dtype=DTYPE)


def sigmoid(x):
    z = as32(x)
    with np.errstate(over="ignore"):
        return np.reciprocal(np.exp(-z) + DTYPE(1))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return (DTYPE(1) - s) * s


def relu(x):
    keep = np.array(x)
    keep[keep < 0] = 0
    return keep


def relu_derivative(x):
    return as32(np.greater(x, 0))


def mse_loss(y_pred, y_true):
    r = as32(y_pred) - as32(y_true)
    return np.mean(np.square(r))


def mse_loss_derivative(y_pred, y_true):
    r = as32(y_pred) - as32(y_true)
    return r * _two / DTYPE(r.size)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        rng = np.random.default_rng()
        self.W1 = rng.standard_normal((input_size, hidden_size), dtype=DTYPE) * DTYPE(0.05)
        self.W2 = rng.standard_normal((hidden_size, output_size), dtype=DTYPE) * DTYPE(0.05)
        self.b1 = np.zeros((1, hidden_size), DTYPE)
        self.b2 = np.zeros((1, output_size), DTYPE)
        self.learning_rate = learning_rate

    def __setattr__(self, name, value):
        # whatever arrives is stored in single precision
        if name != "learning_rate":
            value = as32(value)
        object.__setattr__(self, name, value)

    def forward(self, X):
        self.z1 = as32(X) @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        X = as32(X)
        g = mse_loss_derivative(y_pred, y)
        g = g * self.a2 * (1 - self.a2)
        gW2 = np.matmul(self.a1.T, g)
        gb2 = g.sum(0)[np.newaxis]
        g = np.matmul(g, self.W2.T) * self.a1 * (1 - self.a1)
        gW1 = np.matmul(X.T, g)
        gb1 = g.sum(0)[np.newaxis]
        return gW1, gb1, gW2, gb2

    def update_weights(self, dW1, db1, dW2, db2):
        eta = DTYPE(self.learning_rate)
        self.W1 = self.W1 - eta * as32(dW1)
        self.b1 = self.b1 - eta * as32(db1)
        self.W2 = self.W2 - eta * as32(dW2)
        self.b2 = self.b2 - eta * as32(db2)

    def train(self, X, y, epochs=1000):
        losses = [0.0] * epochs
        for e in range(epochs):
            p = self.forward(X)
            losses[e] = float(mse_loss(p, y))
            grads = self.backward(X, y, p)
            self.update_weights(*grads)
        return losses


def numerical_gradient(f, x, h=1e-05):
    # here single precision would be a disaster, so double
    x64 = np.asarray(x).astype(np.float64)
    out = np.zeros(x64.shape, np.float64)
    it = np.nditer(x64, flags=["multi_index", "zerosize_ok"])
    for _ in it:
        i = it.multi_index
        plus, minus = x64.copy(), x64.copy()
        plus[i] += h
        minus[i] -= h
        out[i] = (f(plus) - f(minus)) / (2.0 * h)
    return out
