"""Right ways to write each function and method of the pack sigmoid_network, to be put together by tests/rewrites.py.

Conventions, which the edits of tests/rewrite_edits.py rely on: what starts with an underscore is private and may get
another name; m, n, h, k and what starts with `c_` are numbers, so that they may move through a product; `np.float64`
stands wherever an array is made, so that a module can be turned to float32 throughout; a method ends with `return`.
"""

from __future__ import annotations

import random

HELPERS = {
    "_cells": "def _cells(a):\n    return [float(v) for v in np.asarray(a).ravel()]",
    "_logistic": """
def _logistic(v):
    if v >= 0:
        return 1 / (1 + math.exp(-v))
    e = math.exp(v)
    return e / (1 + e)
""",
    "_t": """
def _t(x):
    if isinstance(x, torch.Tensor):
        return x
    return torch.as_tensor(np.asarray(x), dtype=torch.float64)
""",
    "_affine": "def _affine(a, w, b):\n    return np.dot(a, w) + b",
    "_slope": "def _slope(a):\n    return a * (1 - a)",
    "_column_sums": "def _column_sums(d):\n    return d.sum(axis=0).reshape(1, -1)",
    "_layer_gradients": """
def _layer_gradients(a, d):
    return a.T @ d, np.sum(d, axis=0, keepdims=True)
""",
    "_through": "def _through(d, w, z):\n    return np.dot(d, w.T) * sigmoid_derivative(z)",
    "_with_ones": "def _with_ones(a):\n    return np.hstack([a, np.ones((len(a), 1), np.float64)])",
    "_product": """
def _product(a, b):
    return [[sum(p * q for p, q in zip(row, column)) for column in zip(*b)] for row in a]
""",
    "_moved": """
def _moved(x, i, by):
    y = x.copy()
    y[i] += by
    return y
""",
    "_stepped": "def _stepped(w, g, c_rate):\n    return w - c_rate * g",
}

SIGMOID = [
    """
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1, e) / (1 + e)
""",
    "def sigmoid(x):\n    return 1 / (1 + np.exp(-np.asarray(x, np.float64)))",
    "def sigmoid(x):\n    x = np.clip(np.asarray(x, np.float64), -500, 500)\n    return 1 / (1 + np.exp(-x))",
    "def sigmoid(x):\n    return 0.5 * (1 + np.tanh(0.5 * np.asarray(x, np.float64)))",
    "def sigmoid(x):\n    return np.exp(-np.logaddexp(0, -np.asarray(x, np.float64)))",
    "def sigmoid(x):\n    return np.exp(-np.log1p(np.exp(-np.asarray(x, np.float64))))",
    """
def sigmoid(x):
    flat = np.atleast_1d(np.asarray(x, np.float64))
    out = np.empty_like(flat)
    where = flat >= 0
    out[where] = 1 / (1 + np.exp(-flat[where]))
    e = np.exp(flat[~where])
    out[~where] = e / (1 + e)
    return out.reshape(np.shape(x))
""",
    """
def sigmoid(x):
    return np.array([_logistic(v) for v in _cells(x)], np.float64).reshape(np.shape(x))
""",
    """
def sigmoid(x):
    values = _cells(x)
    for i in range(len(values)):
        values[i] = _logistic(values[i])
    return np.array(values, dtype=np.float64).reshape(np.shape(x))
""",
    """
def sigmoid(x):
    out = np.array(x, np.float64)
    np.negative(out, out=out)
    np.exp(out, out=out)
    out += 1
    np.reciprocal(out, out=out)
    return out
""",
    "def sigmoid(x):\n    return np.vectorize(_logistic, otypes=[np.float64])(x)",
    """
def sigmoid(x):
    x = np.asarray(x, np.float64)
    return np.piecewise(x, [x >= 0], [lambda v: 1 / (1 + np.exp(-v)), lambda v: np.exp(v) / (1 + np.exp(v))])
""",
    "sigmoid = lambda x: np.reciprocal(1 + np.exp(np.multiply(-1.0, x)))",
]

SIGMOID_DERIVATIVE = [
    "def sigmoid_derivative(x):\n    s = sigmoid(x)\n    return s * (1 - s)",
    "def sigmoid_derivative(x):\n    s = sigmoid(x)\n    return s - s**2",
    "def sigmoid_derivative(x):\n    s = sigmoid(x)\n    return np.subtract(s, np.square(s))",
    "def sigmoid_derivative(x):\n    return sigmoid(x) * sigmoid(np.negative(x))",
    "def sigmoid_derivative(x):\n    return sigmoid(x) * (1 - sigmoid(x))",
    "def sigmoid_derivative(x):\n    e = np.exp(-np.abs(x))\n    return e / (1 + e) ** 2",
    "def sigmoid_derivative(x):\n    return 0.25 / np.cosh(np.asarray(x, np.float64) / 2) ** 2",
    "def sigmoid_derivative(x):\n    return (1 - np.tanh(np.asarray(x, np.float64) / 2) ** 2) / 4",
    "def sigmoid_derivative(x):\n    return 0.25 - (sigmoid(x) - 0.5) ** 2",
    "def sigmoid_derivative(x):\n    x = np.asarray(x, np.float64)\n    return 1 / (2 + np.exp(x) + np.exp(-x))",
    """
def sigmoid_derivative(x):
    slopes = []
    for v in _cells(x):
        s = _logistic(v)
        slopes.append(s * (1 - s))
    return np.array(slopes, np.float64).reshape(np.shape(x))
""",
    """
def sigmoid_derivative(x):
    s = sigmoid(x)
    rest = 1 - s
    rest *= s
    return rest
""",
    "def sigmoid_derivative(x):\n    s = sigmoid(x)\n    return np.einsum('...,...->...', s, 1 - s)",
    "sigmoid_derivative = lambda x: (lambda s: s * (1 - s))(sigmoid(x))",
]

RELU = [
    "def relu(x):\n    return np.maximum(0, x)",
    "def relu(x):\n    return np.where(np.asarray(x) > 0, x, 0)",
    "def relu(x):\n    x = np.asarray(x)\n    return x * (x > 0)",
    "def relu(x):\n    y = np.array(x)\n    y[y < 0] = 0\n    return y",
    "def relu(x):\n    return (x + np.abs(x)) / 2",
    "def relu(x):\n    return np.clip(x, 0, None)",
    "def relu(x):\n    return np.array([max(0.0, v) for v in _cells(x)], np.float64).reshape(np.shape(x))",
    """
def relu(x):
    out = np.zeros(np.shape(x), np.float64)
    np.copyto(out, x, where=np.greater(x, 0))
    return out
""",
    """
def relu(x):
    out = np.array(x, np.float64)
    for i in np.ndindex(out.shape):
        if out[i] < 0:
            out[i] = 0
    return out
""",
    "relu = lambda x: np.fmax(x, 0.0)",
]

RELU_DERIVATIVE = [
    "def relu_derivative(x):\n    return (np.asarray(x) > 0).astype(np.float64)",
    "def relu_derivative(x):\n    return np.where(np.asarray(x) > 0, 1.0, 0.0)",
    "def relu_derivative(x):\n    return np.heaviside(np.asarray(x, np.float64), 0)",
    "def relu_derivative(x):\n    return np.greater(x, 0) * 1.0",
    "def relu_derivative(x):\n    return np.sign(relu(np.asarray(x, np.float64)))",
    "def relu_derivative(x):\n    return np.asarray(relu(x) > 0, np.float64)",
    """
def relu_derivative(x):
    out = np.zeros(np.shape(x), np.float64)
    out[np.asarray(x) > 0] = 1
    return out
""",
    """
def relu_derivative(x):
    return np.array([1.0 if v > 0 else 0.0 for v in _cells(x)], np.float64).reshape(np.shape(x))
""",
    "relu_derivative = lambda x: 1.0 - np.asarray(np.less_equal(x, 0), np.float64)",
]

MSE_LOSS = [
    "def mse_loss(y_pred, y_true):\n    return np.mean((y_pred - y_true) ** 2)",
    "def mse_loss(y_pred, y_true):\n    d = y_true - y_pred\n    return np.sum(d * d) / d.size",
    "def mse_loss(y_pred, y_true):\n    return float(np.square(np.subtract(y_pred, y_true)).mean())",
    "def mse_loss(y_pred, y_true):\n    d = y_pred - y_true\n    return np.einsum('ij,ij->', d, d) / d.size",
    "def mse_loss(y_pred, y_true):\n    d = (y_pred - y_true).ravel()\n    return np.dot(d, d) / len(d)",
    """
def mse_loss(y_pred, y_true):
    m, k = y_true.shape
    c_sum = 0.0
    for i in range(m):
        for j in range(k):
            c_sum += (y_pred[i, j] - y_true[i, j]) ** 2
    return c_sum / (m * k)
""",
    """
def mse_loss(y_pred, y_true):
    rows = [np.mean((p - t) ** 2) for p, t in zip(y_pred, y_true)]
    return sum(rows) / len(rows)
""",
    "def mse_loss(y_pred, y_true):\n    return np.linalg.norm(y_pred - y_true) ** 2 / y_pred.size",
    "def mse_loss(y_pred, y_true):\n    d = y_pred - y_true\n    return np.trace(d @ d.T) / d.size",
    """
def mse_loss(y_pred, y_true):
    m = len(y_pred)
    c_total = 0.0
    for i in range(m):
        d = y_pred[i] - y_true[i]
        c_total += d.dot(d) / (m * len(d))
    return c_total
""",
    "def mse_loss(y_pred, y_true):\n    return math.fsum((p - t) ** 2 for p, t in zip(_cells(y_pred), _cells(y_true))) / y_true.size",
    "mse_loss = lambda y_pred, y_true: np.average(np.power(np.abs(y_pred - y_true), 2))",
]

MSE_LOSS_DERIVATIVE = [
    "def mse_loss_derivative(y_pred, y_true):\n    return 2 * (y_pred - y_true) / y_pred.size",
    "def mse_loss_derivative(y_pred, y_true):\n    return (y_pred - y_true) * (2 / y_true.size)",
    "def mse_loss_derivative(y_pred, y_true):\n    return (y_pred - y_true) / (0.5 * y_true.size)",
    "def mse_loss_derivative(y_pred, y_true):\n    d = y_pred - y_true\n    return (d + d) / d.size",
    "def mse_loss_derivative(y_pred, y_true):\n    return -2 * (y_true - y_pred) / y_pred.size",
    """
def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    c_scale = 2.0 / m
    return c_scale * (y_pred - y_true) / k
""",
    """
def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    out = np.empty((m, k), np.float64)
    for i in range(m):
        for j in range(k):
            out[i, j] = 2 * (y_pred[i, j] - y_true[i, j]) / (m * k)
    return out
""",
    """
def mse_loss_derivative(y_pred, y_true):
    out = np.subtract(y_pred, y_true)
    out *= 2
    out /= y_true.shape[0]
    out /= y_true.shape[1]
    return out
""",
    """
def mse_loss_derivative(y_pred, y_true):
    c_scale = 2 / math.prod(y_pred.shape)
    return np.array([[c_scale * (p - t) for p, t in zip(*rows)] for rows in zip(y_pred, y_true)], np.float64)
""",
    """
def mse_loss_derivative(y_pred, y_true):
    m = y_pred.shape[0]
    k = y_pred.shape[1]
    rows = []
    for p, t in zip(y_pred, y_true):
        rows.append((p - t) * 2 / k)
    return np.stack(rows) / m
""",
    "def mse_loss_derivative(y_pred, y_true):\n    return np.einsum('ij,->ij', y_pred - y_true, 2 / y_pred.size)",
    "mse_loss_derivative = lambda y_pred, y_true: np.divide(y_pred - y_true, y_pred.size / 2)",
]

INIT = [
    """
def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
    self.W1 = 0.1 * np.random.randn(input_size, hidden_size)
    self.b1 = np.zeros((1, hidden_size), np.float64)
    self.W2 = 0.1 * np.random.randn(hidden_size, output_size)
    self.b2 = np.zeros((1, output_size), np.float64)
    self.learning_rate = learning_rate
""",
    """
def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
    rng = np.random.default_rng()
    self.learning_rate = learning_rate
    self.W1, self.W2 = (rng.normal(0, 0.3, size) for size in [(input_size, hidden_size), (hidden_size, output_size)])
    self.b1, self.b2 = np.zeros([1, hidden_size]), np.zeros([1, output_size])
""",
    """
def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
    self.learning_rate = learning_rate
    sizes = [input_size, hidden_size, output_size]
    for i in (1, 2):
        setattr(self, f"W{i}", np.random.uniform(-0.5, 0.5, (sizes[i - 1], sizes[i])))
        setattr(self, "b" + str(i), np.zeros((1, sizes[i])))
""",
    """
def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
    self.learning_rate = learning_rate
    self.W1 = np.random.standard_normal((input_size, hidden_size)) / np.sqrt(input_size)
    self.W2 = np.random.standard_normal((hidden_size, output_size)) / np.sqrt(hidden_size)
    self.b1 = np.zeros((1, hidden_size))
    self.b2 = np.zeros((1, output_size))
    self.z1 = self.a1 = self.z2 = self.a2 = None
""",
]

FORWARD = [
    """
def forward(self, X):
    self.z1 = X @ self.W1 + self.b1
    self.a1 = sigmoid(self.z1)
    self.z2 = self.a1 @ self.W2 + self.b2
    self.a2 = sigmoid(self.z2)
    return self.a2
""",
    """
def forward(self, X):
    z1 = np.dot(X, self.W1) + self.b1
    a1 = sigmoid(z1)
    z2 = np.dot(a1, self.W2) + self.b2
    a2 = sigmoid(z2)
    self.z1, self.a1, self.z2, self.a2 = z1, a1, z2, a2
    return a2
""",
    """
def forward(self, X):
    self.z1 = np.einsum("mn,nh->mh", X, self.W1) + self.b1
    self.a1 = sigmoid(self.z1)
    self.z2 = np.einsum("mh,hk->mk", self.a1, self.W2) + self.b2
    self.a2 = sigmoid(self.z2)
    return self.a2
""",
    """
def forward(self, X):
    rows = {"z1": [], "a1": [], "z2": [], "a2": []}
    for x in X:
        z = x @ self.W1 + self.b1[0]
        a = sigmoid(z)
        rows["z1"].append(z)
        rows["a1"].append(a)
        u = a @ self.W2 + self.b2[0]
        rows["z2"].append(u)
        rows["a2"].append(sigmoid(u))
    for name, value in rows.items():
        setattr(self, name, np.array(value))
    return self.a2
""",
    """
def forward(self, X):
    m, n = X.shape
    h, k = self.W2.shape
    self.z1 = np.zeros((m, h), np.float64)
    self.z2 = np.zeros((m, k), np.float64)
    for i in range(m):
        for j in range(h):
            total = self.b1[0, j]
            for p in range(n):
                total = total + X[i, p] * self.W1[p, j]
            self.z1[i, j] = total
    self.a1 = sigmoid(self.z1)
    for i in range(m):
        for j in range(k):
            total = self.b2[0, j]
            for p in range(h):
                total = total + self.a1[i, p] * self.W2[p, j]
            self.z2[i, j] = total
    self.a2 = sigmoid(self.z2)
    return self.a2
""",
    """
def forward(self, X):
    a = X
    for i in (1, 2):
        z = a @ getattr(self, f"W{i}") + getattr(self, f"b{i}")
        a = sigmoid(z)
        setattr(self, f"z{i}", z)
        setattr(self, f"a{i}", a)
    return a
""",
    """
def forward(self, X):
    self.z1 = _affine(X, self.W1, self.b1)
    self.a1 = sigmoid(self.z1)
    self.z2 = _affine(self.a1, self.W2, self.b2)
    self.a2 = sigmoid(self.z2)
    return self.a2
""",
    """
def forward(self, X):
    self.z1 = _with_ones(X) @ np.vstack([self.W1, self.b1])
    self.a1 = sigmoid(self.z1)
    self.z2 = _with_ones(self.a1) @ np.vstack([self.W2, self.b2])
    self.a2 = sigmoid(self.z2)
    return self.a2
""",
    """
def forward(self, X):
    z1 = np.empty((X.shape[0], self.W1.shape[1]), np.float64)
    np.matmul(X, self.W1, out=z1)
    z1 += self.b1
    a1 = sigmoid(z1)
    z2 = np.empty((X.shape[0], self.W2.shape[1]), np.float64)
    np.matmul(a1, self.W2, out=z2)
    z2 += self.b2
    self.z1, self.a1 = z1, a1
    self.z2, self.a2 = z2, sigmoid(z2)
    return self.a2
""",
    """
def forward(self, X):
    self.z1 = np.add(np.tensordot(X, self.W1, axes=1), self.b1)
    self.a1 = sigmoid(self.z1)
    self.z2 = np.add(np.tensordot(self.a1, self.W2, axes=(1, 0)), self.b2)
    self.a2 = sigmoid(self.z2)
    return self.a2
""",
    """
def forward(self, X):
    self.z1 = (self.W1.T @ X.T + self.b1.T).T
    self.a1 = sigmoid(self.z1)
    self.z2 = (self.W2.T.dot(self.a1.T) + self.b2.reshape(-1, 1)).T
    self.a2 = sigmoid(self.z2)
    return self.a2
""",
    """
def _step_forward(self, i, a):
    w, b = (self.W1, self.b1) if i == 1 else (self.W2, self.b2)
    z = (a[:, :, None] * w[None]).sum(axis=1) + b
    return z, sigmoid(z)

def forward(self, X):
    self.z1, self.a1 = self._step_forward(1, X)
    self.z2, self.a2 = self._step_forward(2, self.a1)
    return self.a2
""",
    """
def forward(self, X):
    z = _product(X.tolist(), self.W1.tolist())
    self.z1 = np.array([[v + b for v, b in zip(row, self.b1[0])] for row in z], np.float64)
    self.a1 = sigmoid(self.z1)
    z = _product(self.a1.tolist(), self.W2.tolist())
    self.z2 = np.array([[v + b for v, b in zip(row, self.b2[0])] for row in z], np.float64)
    self.a2 = sigmoid(self.z2)
    return self.a2
""",
]

# What forward keeps besides, and what a backward pass asks for by its name.
CACHES = {
    "_cache": 'self._cache = {"X": X, "z1": self.z1, "a1": self.a1, "z2": self.z2, "a2": self.a2}',
    "_saved": "self._saved = (X, self.z1, self.a1, self.z2, self.a2)",
    "_layers": "self._layers = [(X, self.z1, self.a1), (self.a1, self.z2, self.a2)]",
}

BACKWARD = [
    """
def backward(self, X, y, y_pred):
    da2 = mse_loss_derivative(y_pred, y)
    dz2 = da2 * sigmoid_derivative(self.z2)
    dW2 = self.a1.T @ dz2
    db2 = np.sum(dz2, axis=0, keepdims=True)
    da1 = dz2 @ self.W2.T
    dz1 = da1 * sigmoid_derivative(self.z1)
    dW1 = X.T @ dz1
    db1 = np.sum(dz1, axis=0, keepdims=True)
    return dW1, db1, dW2, db2
""",
    """
def backward(self, X, y, y_pred):
    dz2 = mse_loss_derivative(y_pred, y) * y_pred * (1 - y_pred)
    dz1 = np.dot(dz2, self.W2.T) * self.a1 * (1 - self.a1)
    return np.dot(X.T, dz1), dz1.sum(0)[None, :], np.dot(self.a1.T, dz2), dz2.sum(0)[None, :]
""",
    """
def backward(self, X, y, y_pred):
    return (
        X.T @ ((mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)) @ self.W2.T * sigmoid_derivative(self.z1)),
        np.sum((2 * (y_pred - y) / y.size * sigmoid_derivative(self.z2)) @ self.W2.T * self.a1 * (1 - self.a1), 0, keepdims=True),
        self.a1.T @ (mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)),
        (mse_loss_derivative(y_pred, y) * self.a2 * (1 - self.a2)).sum(axis=0, keepdims=True),
    )
""",
    """
def backward(self, X, y, y_pred):
    m, k = y.shape
    c_scale = 2 / (m * k)
    d2 = (y_pred - y) * sigmoid_derivative(self.z2)
    d1 = d2 @ self.W2.T * sigmoid_derivative(self.z1)
    grads = [X.T @ d1, d1.sum(axis=0, keepdims=True), self.a1.T @ d2, d2.sum(axis=0, keepdims=True)]
    return tuple(g * c_scale for g in grads)
""",
    """
def backward(self, X, y, y_pred):
    d2 = (y_pred - y) * _slope(self.a2)
    d1 = (d2 @ self.W2.T) * _slope(self.a1)
    gw1, gb1 = _layer_gradients(X, d1)
    gw2, gb2 = _layer_gradients(self.a1, d2)
    for g in (gw1, gb1, gw2, gb2):
        g *= 2
        g /= y.size
    return gw1, gb1, gw2, gb2
""",
    """
def backward(self, X, y, y_pred):
    m, k = y.shape
    dW1, db1 = np.zeros_like(self.W1), np.zeros_like(self.b1)
    dW2, db2 = np.zeros_like(self.W2), np.zeros_like(self.b2)
    for i in range(m):
        d2 = 2 * (y_pred[i] - y[i]) / (m * k) * sigmoid_derivative(self.z2[i])
        dW2 += np.outer(self.a1[i], d2)
        db2 += d2
        d1 = (self.W2 @ d2) * sigmoid_derivative(self.z1[i])
        dW1 += np.outer(X[i], d1)
        db1 += d1
    return dW1, db1, dW2, db2
""",
    """
def backward(self, X, y, y_pred):
    m, k = y.shape
    dW1, db1, dW2, db2 = 0, 0, 0, 0
    for x, a, p, t in zip(X, self.a1, y_pred, y):
        d2 = (p - t) * p * (1 - p)
        d1 = self.W2.dot(d2) * a * (1 - a)
        dW1 = dW1 + x[:, None] * d1
        db1 = db1 + d1[None]
        dW2 = dW2 + a[:, None] * d2
        db2 = db2 + d2[None]
    c_scale = 2 / k
    return dW1 * c_scale / m, db1 * c_scale / m, dW2 * c_scale / m, db2 * c_scale / m
""",
    """
def backward(self, X, y, y_pred):
    m, n = X.shape
    h, k = self.W2.shape
    gw1 = [[0.0] * h for _ in range(n)]
    gb1 = [0.0] * h
    gw2 = [[0.0] * k for _ in range(h)]
    gb2 = [0.0] * k
    A, P, T, W, S = self.a1.tolist(), y_pred.tolist(), y.tolist(), self.W2.tolist(), X.tolist()
    for i in range(m):
        e = [0.0] * k
        for o in range(k):
            e[o] = 2 * (P[i][o] - T[i][o]) * P[i][o] * (1 - P[i][o]) / (m * k)
            gb2[o] += e[o]
        for j in range(h):
            back = 0.0
            for o in range(k):
                gw2[j][o] += A[i][j] * e[o]
                back += W[j][o] * e[o]
            back *= A[i][j] * (1 - A[i][j])
            gb1[j] += back
            for q in range(n):
                gw1[q][j] += S[i][q] * back
    return np.array(gw1, np.float64), np.array([gb1], np.float64), np.array(gw2, np.float64), np.array([gb2], np.float64)
""",
    """
def backward(self, X, y, y_pred):
    d2 = np.einsum("mk,mk->mk", mse_loss_derivative(y_pred, y), sigmoid_derivative(self.z2))
    d1 = np.einsum("mk,hk,mh->mh", d2, self.W2, sigmoid_derivative(self.z1))
    return (
        np.einsum("mn,mh->nh", X, d1),
        np.einsum("mh->h", d1)[np.newaxis],
        np.einsum("mh,mk->hk", self.a1, d2),
        np.einsum("mk->k", d2)[np.newaxis],
    )
""",
    """
def backward(self, X, y, y_pred):
    e = y_pred - y
    s2 = self.a2 * (1 - self.a2)
    s1 = self.a1 * (1 - self.a1)
    c_scale = 2 / e.size
    dW2 = c_scale * np.einsum("mh,mk,mk->hk", self.a1, e, s2)
    db2 = c_scale * np.einsum("mk,mk->k", e, s2).reshape(1, -1)
    dW1 = c_scale * np.einsum("mn,mk,mk,hk,mh->nh", X, e, s2, self.W2, s1)
    db1 = c_scale * np.einsum("mk,mk,hk,mh->h", e, s2, self.W2, s1).reshape(1, -1)
    return dW1, db1, dW2, db2
""",
    """
def backward(self, X, y, y_pred):
    c = self._cache
    g = {}
    g["z2"] = mse_loss_derivative(c["a2"], y) * sigmoid_derivative(c["z2"])
    g["W2"] = c["a1"].T @ g["z2"]
    g["b2"] = g["z2"].sum(axis=0, keepdims=True)
    g["a1"] = g["z2"] @ self.W2.T
    g["z1"] = g["a1"] * sigmoid_derivative(c["z1"])
    g["W1"] = c["X"].T @ g["z1"]
    g["b1"] = g["z1"].sum(axis=0, keepdims=True)
    return tuple(g[name] for name in ("W1", "b1", "W2", "b2"))
""",
    """
def backward(self, X, y, y_pred):
    x, z1, a1, z2, a2 = self._saved
    m, k = a2.shape
    g = (a2 - y) * 2 / m
    g = g * sigmoid_derivative(z2) / k
    dW2, db2 = a1.T @ g, np.ones((1, m), np.float64) @ g
    g = g @ self.W2.T
    g = g * sigmoid_derivative(z1)
    dW1, db1 = x.T @ g, np.ones((1, m), np.float64) @ g
    return dW1, db1, dW2, db2
""",
    """
def backward(self, X, y, y_pred):
    grads = []
    g = mse_loss_derivative(y_pred, y)
    for (a_in, z, a_out), w in zip(reversed(self._layers), (self.W2, self.W1)):
        d = g * sigmoid_derivative(z)
        grads = [a_in.T @ d, d.sum(axis=0, keepdims=True), *grads]
        g = d @ w.T
    return tuple(grads)
""",
    """
def backward(self, X, y, y_pred):
    inputs = {1: X, 2: self.a1}
    result = {}
    g = 2 * (y_pred - y)
    for i in (2, 1):
        a = getattr(self, f"a{i}")
        g = g * (a - a**2)
        result[f"dW{i}"] = inputs[i].T @ g / y.size
        result[f"db{i}"] = g.sum(axis=0, keepdims=True) / y.size
        g = g @ getattr(self, f"W{i}").T
    return result["dW1"], result["db1"], result["dW2"], result["db2"]
""",
    """
def backward(self, X, y, y_pred):
    d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
    d1 = _through(d2, self.W2, self.z1)
    dW1, db1 = _layer_gradients(X, d1)
    dW2, db2 = _layer_gradients(self.a1, d2)
    return dW1, db1, dW2, db2
""",
    """
def backward(self, X, y, y_pred):
    d2 = mse_loss_derivative(y_pred, y) * _slope(y_pred)
    d1 = (d2[:, None, :] * self.W2[None, :, :]).sum(axis=2) * _slope(self.a1)
    dW2 = (self.a1[:, :, None] * d2[:, None, :]).sum(axis=0)
    dW1 = (X[:, :, None] * d1[:, None, :]).sum(axis=0)
    return dW1, _column_sums(d1), dW2, _column_sums(d2)
""",
    """
def backward(self, X, y, y_pred):
    d2 = np.subtract(y_pred, y)
    d2 *= self.a2
    d2 *= 1 - self.a2
    d2 *= 2 / d2.size
    d1 = np.empty(self.a1.shape, np.float64)
    np.matmul(d2, self.W2.T, out=d1)
    d1 *= self.a1
    np.multiply(d1, 1 - self.a1, out=d1)
    dW1 = np.empty(self.W1.shape, np.float64)
    dW2 = np.empty(self.W2.shape, np.float64)
    np.dot(X.T, d1, out=dW1)
    np.dot(self.a1.T, d2, out=dW2)
    return dW1, np.add.reduce(d1, axis=0, keepdims=True), dW2, np.add.reduce(d2, axis=0, keepdims=True)
""",
    """
def backward(self, X, y, y_pred):
    d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
    G2 = _with_ones(self.a1).T @ d2
    d1 = d2 @ self.W2.T * sigmoid_derivative(self.z1)
    G1 = _with_ones(X).T @ d1
    return G1[:-1], G1[-1:], G2[:-1], G2[-1:]
""",
    """
def backward(self, X, y, y_pred):
    m, k = y.shape
    parts = []
    for i in range(m):
        x = X[i : i + 1]
        a = self.a1[i : i + 1]
        J2 = np.diag(sigmoid_derivative(self.z2[i]))
        J1 = np.diag(sigmoid_derivative(self.z1[i]))
        d2 = 2 / k * (y_pred[i : i + 1] - y[i : i + 1]) @ J2
        d1 = d2 @ self.W2.T @ J1
        parts.append((x.T @ d1, d1, a.T @ d2, d2))
    return tuple(sum(part) / m for part in zip(*parts))
""",
    """
def _output_delta(self, y, y_pred):
    return mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)

def _hidden_delta(self, d):
    return (d @ self.W2.T) * sigmoid_derivative(self.z1)

def backward(self, X, y, y_pred):
    d2 = self._output_delta(y, y_pred)
    d1 = self._hidden_delta(d2)
    return X.T @ d1, d1.sum(0, keepdims=True), self.a1.T @ d2, d2.sum(0, keepdims=True)
""",
    """
def _one_sample(self, i, X, y, y_pred):
    d2 = (y_pred[i] - y[i]) * sigmoid_derivative(self.z2[i])
    d1 = self.W2 @ d2 * sigmoid_derivative(self.z1[i])
    return np.outer(X[i], d1), d1[None], np.outer(self.a1[i], d2), d2[None]

def backward(self, X, y, y_pred):
    m, k = y.shape
    samples = [self._one_sample(i, X, y, y_pred) for i in range(m)]
    return tuple(2 / k * np.mean(np.stack(part), axis=0) for part in zip(*samples))
""",
    """
def backward(self, X, y, y_pred):
    h, k = self.W2.shape
    d2 = mse_loss_derivative(y_pred, y) * _slope(self.a2)
    dW2, db2 = np.empty((h, k), np.float64), np.empty((1, k), np.float64)
    back = np.zeros(self.a1.shape, np.float64)
    for o in range(k):
        column = d2[:, o]
        db2[0, o] = column.sum()
        for j in range(h):
            dW2[j, o] = self.a1[:, j] @ column
            back[:, j] += self.W2[j, o] * column
    dW1, db1 = np.empty(self.W1.shape, np.float64), np.empty((1, h), np.float64)
    for j in range(h):
        column = back[:, j] * _slope(self.a1[:, j])
        db1[0, j] = np.sum(column)
        dW1[:, j] = column @ X
    return dW1, db1, dW2, db2
""",
    """
def backward(self, X, y, y_pred):
    def into_output(g):
        d = g * sigmoid_derivative(self.z2)
        return d @ self.W2.T, self.a1.T @ d, d.sum(axis=0, keepdims=True)

    def into_hidden(g):
        d = g * sigmoid_derivative(self.z1)
        return X.T @ d, d.sum(axis=0, keepdims=True)

    g, dW2, db2 = into_output(mse_loss_derivative(y_pred, y))
    dW1, db1 = into_hidden(g)
    return dW1, db1, dW2, db2
""",
    """
def _deltas(self, y, y_pred):
    d = mse_loss_derivative(y_pred, y) * self.a2 * (1 - self.a2)
    yield d, self.a1
    yield np.dot(d, self.W2.T) * (self.a1 - np.square(self.a1)), None

def backward(self, X, y, y_pred):
    grads = []
    for d, a in self._deltas(y, y_pred):
        source = X if a is None else a
        grads.append((np.tensordot(source, d, axes=(0, 0)), np.sum(d, axis=0, keepdims=True)))
    return (*grads[1], *grads[0])
""",
    """
def backward(self, X, y, y_pred):
    d2 = (mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)).T
    d1 = self.W2 @ d2 * sigmoid_derivative(self.z1).T
    dW2 = (d2 @ self.a1).T
    dW1 = (d1 @ X).T
    return dW1, d1.sum(axis=1).reshape(1, -1), dW2, d2.sum(axis=1).reshape(1, -1)
""",
    """
def backward(self, X, y, y_pred):
    m = len(X)
    c_k = y.shape[1]
    d2 = 2 * (y_pred - y) / c_k * sigmoid_derivative(self.z2)
    d1 = d2 @ self.W2.T * sigmoid_derivative(self.z1)
    return X.T @ d1 / m, d1.mean(axis=0, keepdims=True), self.a1.T @ d2 / m, d2.mean(axis=0, keepdims=True)
""",
]


def scaled_backward(rng: random.Random) -> str:
    """A backward pass with the parts of 2 / (m k) each at a place of its own."""
    early: list[str] = []
    late: list[str] = []
    hidden: list[str] = []
    last: list[str] = []
    for factor in rng.sample([" * 2", " / m", " / k"], 3):
        if rng.random() < 0.4:
            early.append(factor)
        else:
            late.append(factor)
            rng.choice([hidden, last]).append(factor)
    s0, s1, s2, s3 = ("".join(factors) for factors in (early, late, hidden, last))
    slope2 = rng.choice(["sigmoid_derivative(self.z2)", "self.a2 * (1 - self.a2)", "_slope(y_pred)"])
    slope1 = rng.choice(["sigmoid_derivative(self.z1)", "self.a1 * (1 - self.a1)", "(self.a1 - self.a1**2)"])
    return f"""
def backward(self, X, y, y_pred):
    m, k = y.shape
    d2 = (y_pred - y) * {slope2}{s0}
    dW2 = self.a1.T @ d2{s1}
    db2 = np.sum(d2, axis=0, keepdims=True){s1}
    d1 = d2 @ self.W2.T * {slope1}{s2}
    dW1 = X.T @ d1{s3}
    db1 = np.sum(d1, axis=0, keepdims=True){s3}
    return dW1, db1, dW2, db2
"""


UPDATE_WEIGHTS = [
    """
def update_weights(self, dW1, db1, dW2, db2):
    self.W1 = self.W1 - self.learning_rate * dW1
    self.b1 = self.b1 - self.learning_rate * db1
    self.W2 = self.W2 - self.learning_rate * dW2
    self.b2 = self.b2 - self.learning_rate * db2
""",
    """
def update_weights(self, dW1, db1, dW2, db2):
    c_rate = self.learning_rate
    self.W1 -= c_rate * dW1
    self.b1 -= c_rate * db1
    self.W2 -= c_rate * dW2
    self.b2 -= c_rate * db2
""",
    """
def update_weights(self, dW1, db1, dW2, db2):
    for name, g in zip(("W1", "b1", "W2", "b2"), (dW1, db1, dW2, db2)):
        setattr(self, name, getattr(self, name) - self.learning_rate * g)
""",
    """
def update_weights(self, dW1, db1, dW2, db2):
    steps = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
    for name in steps:
        vars(self)[name] = vars(self)[name] + (-self.learning_rate) * steps[name]
""",
    """
def update_weights(self, dW1, db1, dW2, db2):
    for w, g in [(self.W1, dW1), (self.W2, dW2), (self.b1, db1), (self.b2, db2)]:
        np.subtract(w, self.learning_rate * g, out=w)
""",
    """
def update_weights(self, dW1, db1, dW2, db2):
    c_rate = self.learning_rate
    self.W1, self.b1 = _stepped(self.W1, dW1, c_rate), _stepped(self.b1, db1, c_rate)
    self.W2, self.b2 = _stepped(self.W2, dW2, c_rate), _stepped(self.b2, db2, c_rate)
""",
    """
def update_weights(self, dW1, db1, dW2, db2):
    for w, g in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)):
        rows, columns = w.shape
        for i in range(rows):
            for j in range(columns):
                w[i, j] -= self.learning_rate * g[i, j]
""",
    """
def _descend(self, name, g):
    new = getattr(self, name).copy()
    new -= self.learning_rate * g
    setattr(self, name, new)

def update_weights(self, dW1, db1, dW2, db2):
    self._descend("W1", dW1)
    self._descend("b1", db1)
    self._descend("W2", dW2)
    self._descend("b2", db2)
""",
    """
def update_weights(self, *gradients):
    new = [w - g * self.learning_rate for w, g in zip([self.W1, self.b1, self.W2, self.b2], gradients)]
    self.W1, self.b1, self.W2, self.b2 = new
""",
]

TRAIN = [
    """
def train(self, X, y, epochs=1000):
    losses = []
    for _ in range(epochs):
        y_pred = self.forward(X)
        losses.append(mse_loss(y_pred, y))
        dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
        self.update_weights(dW1, db1, dW2, db2)
    return losses
""",
    """
def train(self, X, y, epochs=1000):
    def step():
        p = self.forward(X)
        c_loss = mse_loss(p, y)
        self.update_weights(*self.backward(X, y, p))
        return c_loss

    return [step() for _ in range(epochs)]
""",
    """
def train(self, X, y, epochs=1000):
    history = [0.0] * epochs
    i = 0
    while i < epochs:
        p = self.forward(X)
        history[i] = float(mse_loss(p, y))
        grads = self.backward(X, y, p)
        self.update_weights(*grads)
        i += 1
    return history
""",
    """
def train(self, X, y, epochs=1000):
    history = np.empty(epochs, np.float64)
    for i in range(epochs):
        self.forward(X)
        d = self.a2 - y
        history[i] = np.mean(d * d)
        self.update_weights(*self.backward(X, y, self.a2))
    return history.tolist()
""",
    """
def _epochs(self, X, y):
    while True:
        p = self.forward(X)
        c_loss = mse_loss(p, y)
        self.update_weights(*self.backward(X, y, p))
        yield c_loss

def train(self, X, y, epochs=1000):
    steps = self._epochs(X, y)
    return [next(steps) for _ in range(epochs)]
""",
    """
def train(self, X, y, epochs=1000):
    losses = []
    for epoch in range(1, epochs + 1):
        p = self.forward(X)
        grads = self.backward(X, y, p)
        losses += [mse_loss(p, y)]
        self.update_weights(*grads)
        if epoch % 100 == 0 or epoch == 1:
            print(f"epoch {epoch}: {losses[-1]:.4f}")
    return losses
""",
    """
def _epoch(self, X, y):
    p = self.forward(X)
    self.update_weights(*self.backward(X, y, p))
    return mse_loss(p, y)

def train(self, X, y, epochs=1000):
    losses = list()
    while len(losses) < epochs:
        losses.append(self._epoch(X, y))
    return losses
""",
    """
def train(self, X, y, epochs=1000):
    losses = []
    y_pred = self.forward(X)
    while len(losses) < epochs:
        losses.append(mse_loss(y_pred, y))
        self.update_weights(*self.backward(X, y, y_pred))
        y_pred = self.forward(X)
    return losses
""",
]

NUMERICAL_GRADIENT = [
    """
def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up = x.copy()
        down = x.copy()
        up[i] += h
        down[i] -= h
        grad[i] = (f(up) - f(down)) / (2 * h)
    return grad
""",
    """
def numerical_gradient(f, x, h=1e-05):
    w = np.array(x, dtype=np.float64)
    flat = w.reshape(-1)
    grad = np.empty(flat.size)
    for i in range(flat.size):
        old = flat[i]
        flat[i] = old + h
        above = f(w)
        flat[i] = old - h
        below = f(w)
        flat[i] = old
        grad[i] = (above - below) / (2 * h)
    return grad.reshape(w.shape)
""",
    """
def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)
    basis = np.eye(x.size).reshape((x.size,) + x.shape)
    return np.array([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in basis]).reshape(x.shape)
""",
    """
def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        e = np.zeros_like(x)
        e[i] = h
        grad[i] = 0.5 * (f(x + e) - f(x - e)) / h
        it.iternext()
    return grad
""",
    """
def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        grad[i] = (f(_moved(x, i, h)) - f(_moved(x, i, -h))) / (h + h)
    return grad
""",
    """
def numerical_gradient(f, x, h=1e-05):
    values = _cells(x)
    shape = np.shape(x)
    slopes = []
    for i in range(len(values)):
        sides = []
        for c_sign in (1, -1):
            moved = list(values)
            moved[i] += c_sign * h
            sides.append(f(np.array(moved).reshape(shape)))
        slopes.append((sides[0] - sides[1]) / (2 * h))
    return np.array(slopes).reshape(shape)
""",
    """
def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)

    def along(i):
        e = np.zeros(x.size)
        e[i] = h
        e = e.reshape(x.shape)
        return (f(x + e) - f(x - e)) / 2 / h

    return np.array([along(i) for i in range(x.size)]).reshape(x.shape)
""",
]

FUNCTIONS = [SIGMOID, SIGMOID_DERIVATIVE, RELU, RELU_DERIVATIVE, MSE_LOSS, MSE_LOSS_DERIVATIVE, NUMERICAL_GRADIENT]

# Parameters in a dict, seen as attributes.
PROPERTIES = """
W1 = property(lambda self: self._all["W1"], lambda self, value: self._put("W1", value))
b1 = property(lambda self: self._all["b1"], lambda self, value: self._put("b1", value))
W2 = property(lambda self: self._all["W2"], lambda self, value: self._put("W2", value))
b2 = property(lambda self: self._all["b2"], lambda self, value: self._put("b2", value))

def _put(self, name, value):
    if not hasattr(self, "_all"):
        self._all = {}
    self._all[name] = value
"""

TORCH_FUNCTIONS = [
    [
        "def sigmoid(x):\n    return torch.sigmoid(_t(x))",
        "def sigmoid(x):\n    return 1 / (1 + torch.exp(-_t(x)))",
        "def sigmoid(x):\n    return torch.special.expit(_t(x)).numpy()",
        "def sigmoid(x):\n    return (torch.tanh(_t(x) / 2) + 1) * 0.5",
    ],
    [
        "def sigmoid_derivative(x):\n    s = _t(sigmoid(x))\n    return s * (1 - s)",
        "def sigmoid_derivative(x):\n    s = torch.sigmoid(_t(x))\n    return (s - s**2).numpy()",
        """
def sigmoid_derivative(x):
    z = _t(x).clone().requires_grad_()
    torch.sigmoid(z).sum().backward()
    return z.grad
""",
    ],
    [
        "def relu(x):\n    return torch.relu(_t(x))",
        "def relu(x):\n    return _t(x).clamp(min=0)",
        "def relu(x):\n    return torch.nn.functional.relu(_t(x)).numpy()",
    ],
    [
        "def relu_derivative(x):\n    return (_t(x) > 0).double()",
        "def relu_derivative(x):\n    return torch.where(_t(x) > 0, 1.0, 0.0)",
    ],
    [
        "def mse_loss(y_pred, y_true):\n    return torch.nn.functional.mse_loss(_t(y_pred), _t(y_true))",
        "def mse_loss(y_pred, y_true):\n    return ((_t(y_pred) - _t(y_true)) ** 2).mean().item()",
        "def mse_loss(y_pred, y_true):\n    d = _t(y_pred) - _t(y_true)\n    return (d * d).sum() / d.numel()",
    ],
    [
        "def mse_loss_derivative(y_pred, y_true):\n    d = _t(y_pred) - _t(y_true)\n    return 2 * d / d.numel()",
        "def mse_loss_derivative(y_pred, y_true):\n    p = _t(y_pred)\n    return (p - _t(y_true)) * (2 / (p.shape[0] * p.shape[1]))",
    ],
    [
        """
def numerical_gradient(f, x, h=1e-05):
    x = torch.as_tensor(np.array(x, dtype=np.float64))
    grad = torch.zeros_like(x)
    for i in np.ndindex(*x.shape):
        up, down = x.clone(), x.clone()
        up[i] += h
        down[i] -= h
        grad[i] = (f(up.numpy()) - f(down.numpy())) / (2 * h)
    return grad
""",
        NUMERICAL_GRADIENT[0],
    ],
]

TORCH_METHODS = [
    [
        """
def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
    self.learning_rate = learning_rate
    self.W1 = torch.randn(input_size, hidden_size, dtype=torch.float64) * 0.1
    self.b1 = torch.zeros(1, hidden_size, dtype=torch.float64)
    self.W2 = torch.randn(hidden_size, output_size, dtype=torch.float64) * 0.1
    self.b2 = torch.zeros(1, output_size, dtype=torch.float64)
"""
    ],
    [
        """
def forward(self, X):
    self.z1 = _t(X) @ _t(self.W1) + _t(self.b1)
    self.a1 = _t(sigmoid(self.z1))
    self.z2 = self.a1 @ _t(self.W2) + _t(self.b2)
    self.a2 = _t(sigmoid(self.z2))
    return self.a2
""",
        """
def forward(self, X):
    self.z1 = torch.addmm(_t(self.b1), _t(X), _t(self.W1))
    self.a1 = torch.sigmoid(self.z1)
    self.z2 = torch.nn.functional.linear(self.a1, _t(self.W2).T, _t(self.b2).reshape(-1))
    self.a2 = torch.sigmoid(self.z2)
    return self.a2
""",
    ],
    [
        """
def backward(self, X, y, y_pred):
    d2 = _t(mse_loss_derivative(y_pred, y)) * _t(sigmoid_derivative(self.z2))
    d1 = (d2 @ _t(self.W2).T) * _t(sigmoid_derivative(self.z1))
    return _t(X).T @ d1, d1.sum(0, keepdim=True), self.a1.T @ d2, d2.sum(0, keepdim=True)
""",
        """
def backward(self, X, y, y_pred):
    leaves = [_t(w).clone().requires_grad_() for w in (self.W1, self.b1, self.W2, self.b2)]
    w1, b1, w2, b2 = leaves
    out = torch.sigmoid(torch.sigmoid(_t(X) @ w1 + b1) @ w2 + b2)
    loss = ((out - _t(y)) ** 2).mean()
    return torch.autograd.grad(loss, leaves)
""",
        """
def backward(self, X, y, y_pred):
    d2 = (_t(y_pred) - _t(y)) * self.a2 * (1 - self.a2)
    d1 = torch.einsum("mk,hk->mh", d2, _t(self.W2)) * self.a1 * (1 - self.a1)
    c_scale = 2 / d2.numel()
    grads = torch.einsum("mn,mh->nh", _t(X), d1), d1.sum(0)[None], self.a1.T @ d2, d2.sum(0)[None]
    return tuple((c_scale * g).numpy() for g in grads)
""",
    ],
    [
        """
def update_weights(self, dW1, db1, dW2, db2):
    for name, g in zip(("W1", "b1", "W2", "b2"), (dW1, db1, dW2, db2)):
        setattr(self, name, _t(getattr(self, name)) - self.learning_rate * _t(g))
""",
        """
def update_weights(self, dW1, db1, dW2, db2):
    with torch.no_grad():
        self.W1 = _t(self.W1).sub(_t(dW1), alpha=self.learning_rate)
        self.b1 = _t(self.b1).sub(_t(db1), alpha=self.learning_rate)
        self.W2 = _t(self.W2).sub(_t(dW2), alpha=self.learning_rate)
        self.b2 = _t(self.b2).sub(_t(db2), alpha=self.learning_rate)
""",
    ],
    [
        """
def train(self, X, y, epochs=1000):
    losses = []
    for _ in range(epochs):
        p = self.forward(X)
        losses.append(float(mse_loss(p, y)))
        self.update_weights(*self.backward(X, y, p))
    return losses
""",
        TRAIN[0],
    ],
]

DEMOS = [
    "",
    """
if __name__ == "__main__":
    net = SimpleNeuralNetwork(2, 4, 1, 0.5)
    data = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    print(net.train(data, np.array([[0.0], [1.0], [1.0], [0.0]]), 5)[-1])
""",
    """
print("sigmoid(0) =", sigmoid(np.array([0.0])))
demo = SimpleNeuralNetwork(3, 2, 2)
print(demo.forward(np.ones((2, 3))))
""",
    """
try:
    spot = np.array([0.3, -0.7])
    slope = numerical_gradient(lambda v: float(np.sum(np.asarray(v) ** 2)), spot)
    assert np.allclose(slope, 2 * spot, atol=1e-6)
    print("the gradient is right")
except AssertionError as error:
    print("something is off", error)
""",
]
