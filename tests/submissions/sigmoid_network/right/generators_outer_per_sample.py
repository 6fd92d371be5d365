import math
import itertools as it
import numpy as np

# elementwise things first: I only ever think about ONE number and let vectorize do the rest

def _logistic(t):
    t = float(t)
    if t > 0:
        return 1 / (1 + math.exp(-min(t, 745.0)))
    u = math.exp(max(t, -745.0))
    return u / (u + 1)

_logistic_v = np.vectorize(_logistic, otypes=[np.float64])
_slope_v = np.vectorize(lambda t: _logistic(t) * _logistic(-t), otypes=[np.float64])
_step_v = np.vectorize(lambda t: 1. if t > 0 else 0., otypes=[np.float64])


def sigmoid(x): return _logistic_v(x)
def sigmoid_derivative(x): return _slope_v(x)
def relu(x): return np.clip(x, 0, None)
def relu_derivative(x): return _step_v(x)


def mse_loss(y_pred, y_true):
    gaps = [p - t for p, t in zip(np.ravel(y_pred).tolist(), np.ravel(y_true).tolist())]
    return math.fsum(g * g for g in gaps) / len(gaps)


def mse_loss_derivative(y_pred, y_true):
    rows, cols = y_pred.shape
    table = np.empty((rows, cols))
    for r, c in it.product(range(rows), range(cols)):
        table[r, c] = 2 * (y_pred[r, c] - y_true[r, c]) / rows / cols
    return table


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-.3, .3, (input_size, hidden_size))
        self.W2 = np.random.uniform(-.3, .3, (hidden_size, output_size))
        self.b1 = np.zeros(hidden_size)[None]
        self.b2 = np.zeros(output_size)[None]

    def forward(self, X):
        rows = []
        for sample in X:
            pre_h = np.array([sample.dot(col) for col in self.W1.T]) + self.b1[0]
            hid = sigmoid(pre_h)
            pre_o = np.array([hid.dot(col) for col in self.W2.T]) + self.b2[0]
            rows.append((pre_h, hid, pre_o, sigmoid(pre_o)))
        self.z1, self.a1, self.z2, self.a2 = (np.stack(c) for c in zip(*rows))
        return self.a2

    def _contributions(self, X, y, y_pred):
        """yields what every single sample has to say about (W1, b1, W2, b2)"""
        per_sample = zip(X, y, y_pred, self.z1, self.a1, self.z2)
        for x_i, t_i, o_i, pre_h, hid, pre_o in per_sample:
            blame_out = (o_i - t_i) * _slope_v(pre_o)
            blame_hid = np.fromiter(
                (sum(w * b for w, b in zip(unit, blame_out)) for unit in self.W2),
                dtype=float, count=len(self.W2)) * _slope_v(pre_h)
            yield np.outer(x_i, blame_hid), blame_hid[None, :], np.outer(hid, blame_out), blame_out[None, :]

    def backward(self, X, y, y_pred):
        running = None
        for parts in self._contributions(X, y, y_pred):
            running = parts if running is None else tuple(map(np.add, running, parts))
        weight = 2 / np.size(y)
        return tuple(weight * r for r in running)

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W1 = self.W1 - eta * dW1
        self.W2 = self.W2 - eta * dW2
        self.b1 = self.b1 - eta * db1
        self.b2 = self.b2 - eta * db2

    def _steps(self, X, y):
        while True:
            o = self.forward(X)
            gradient = self.backward(X, y, o)
            self.update_weights(*gradient)
            yield mse_loss(o, y)      # o is from before the step

    def train(self, X, y, epochs=1000):
        return list(it.islice(self._steps(X, y), epochs))


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.full(x.shape, np.nan)
    with np.nditer(x, flags=["multi_index"]) as walker:
        places = [walker.multi_index for _ in walker]
    for place in places:
        a, b = x.copy(), x.copy()
        a[place] += h
        b[place] -= h
        g[place] = 0.5 * (f(a) - f(b)) / h
    return g
