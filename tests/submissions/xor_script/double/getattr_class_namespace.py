import numpy as np
from types import SimpleNamespace


def sigmoid(x):
    # scipy's expit isn't allowed, so: split the plane
    v = np.atleast_1d(np.asarray(x, dtype="f8"))
    e = np.exp(np.where(v < 0, v, -v))
    r = np.where(v < 0, e / (1 + e), 1 / (1 + e))
    return r.reshape(np.shape(x))


def sigmoid_derivative(a):
    b = np.array(a, dtype="f8")
    return b - b ** 2


NAMES = "W1", "b1", "W2", "b2"


def look_forward(net, X):
    net.h = sigmoid(X.dot(net.W1) + net.b1)
    net.o = sigmoid(net.h.dot(net.W2) + net.b2)


def look_back(net, X, y):
    d = SimpleNamespace()
    up = 2 * (net.o - y)
    d_o = up * sigmoid_derivative(net.o)
    d_h = d_o.dot(net.W2.T) * sigmoid_derivative(net.h)
    d_h = np.maximum(d_h, 0)
    d.W1, d.b1 = X.T.dot(d_h), d_h.sum(0).reshape(1, -1)
    d.W2, d.b2 = net.h.T.dot(d_o), d_o.sum(0).reshape(1, -1)
    return d


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    net = SimpleNamespace(W1=W1, b1=b1, W2=W2, b2=b2)
    losses, wanted = [], set(range(0, iterations, 1000))
    for i in range(iterations):
        look_forward(net, X)
        if i in wanted:
            losses.append(((net.o - y) ** 2).mean())
        grads = look_back(net, X, y)
        for name in NAMES:
            setattr(net, name, getattr(net, name) - learning_rate * getattr(grads, name))
    return [getattr(net, name) for name in NAMES] + [losses]


np.random.seed(1)
for _name, _shape in zip(NAMES, ((3, 4), (1, 4), (4, 1), (1, 1))):
    globals()[_name] = np.random.rand(*_shape)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
n = SimpleNamespace(W1=W1, b1=b1, W2=W2, b2=b2)
look_forward(n, X)
output_layer_output = n.o
