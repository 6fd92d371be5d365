import numpy as np


def sigmoid(x):
    with np.errstate(over="ignore"):
        return (1 + np.exp(-np.asarray(x, dtype=np.float64))) ** -1


def sigmoid_derivative(a):
    return a * (1 - a)


class Backprop:
    """Just a drawer for the formulas."""

    @staticmethod
    def residual(out, y):
        m = y.shape[0]
        return (out - y) / m

    @staticmethod
    def output_delta(res, out):
        return res


    @staticmethod
    def hidden_delta(delta, W2, hid):
        return sigmoid_derivative(hid) * (delta @ W2.T)

    @classmethod
    def all(cls, X, y, hid, out, W2):
        d_out = cls.output_delta(cls.residual(out, y), out)
        d_hid = cls.hidden_delta(d_out, W2, hid)
        return [(inp.T @ d, d.sum(axis=0, keepdims=True)) for inp, d in ((X, d_hid), (hid, d_out))]


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    for i in range(iterations):
        hid = sigmoid(X @ W1 + b1)
        out = sigmoid(hid @ W2 + b2)
        if i % 1000 == 0:
            losses.append(np.mean((y - out) ** 2))
        (gW1, gb1), (gW2, gb2) = Backprop.all(X, y, hid, out, W2)
        W1 = W1 - learning_rate * gW1
        b1 = b1 - learning_rate * gb1
        W2 = W2 - learning_rate * gW2
        b2 = b2 - learning_rate * gb2
    return W1, b1, W2, b2, losses


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
