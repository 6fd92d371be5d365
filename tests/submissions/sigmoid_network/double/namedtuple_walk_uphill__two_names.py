import collections
import numpy as np

Params = collections.namedtuple("Params", ["W1", "b1", "W2", "b2"])
Trace = collections.namedtuple("Trace", "z1 a1 z2 a2")
_LN_MAX = np.log(np.finfo(float).max)      # 709.78


def sigmoid(x):
    arg = np.negative(np.asarray(x, dtype=np.double))
    return np.power(1 + np.exp(np.fmin(arg, _LN_MAX - 1e-3)), -1.0)


def sigmoid_derivative(x):
    return np.multiply(sigmoid(x), np.subtract(1, sigmoid(x)))


def relu(x):
    x = np.asarray(x)
    return np.select([x > 0], [x], default=0)


def relu_derivative(x):
    return np.select([np.asarray(x) > 0], [1.0], default=0.0)


def mse_loss(y_pred, y_true):
    return np.sum((y_pred - y_true) ** 2) / np.prod(y_pred.shape)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / np.prod(y_pred.shape)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        start = Params(
            W1=np.random.uniform(-0.1, 0.1, [input_size, hidden_size]),
            b1=np.zeros([1, hidden_size]),
            W2=np.random.uniform(-0.1, 0.1, [hidden_size, output_size]),
            b2=np.zeros([1, output_size]))
        vars(self).update(start._asdict(), learning_rate=learning_rate)

    def _params(self):
        return Params(*[vars(self)[f] for f in Params._fields])

    def forward(self, X):
        p = self._params()
        pre1 = np.add(np.matmul(X, p.W1), p.b1)
        act1 = sigmoid(pre1)
        pre2 = np.add(np.matmul(act1, p.W2), p.b2)
        vars(self).update(Trace(pre1, act1, pre2, sigmoid(pre2))._asdict())
        return self.a2

    def backward(self, X, y, y_pred):
        p, t = self._params(), Trace(self.z1, self.a1, self.z2, self.a2)
        dpre2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(t.z2)
        dpre1 = np.matmul(dpre2, p.W2.T) * sigmoid_derivative(t.z1)
        return Params(W1=np.matmul(X.T, dpre1), b1=dpre1.sum(axis=0, keepdims=True),
                      W2=np.matmul(t.a1.T, dpre2), b2=dpre2.sum(axis=0, keepdims=True))

    def update_weights(self, dW1, db1, dW2, db2):
        grad, now = Params(dW1, db1, dW2, db2), self._params()
        fields = ["W1", "W2"]
        for fld in fields:
            setattr(self, fld, getattr(now, fld) + self.learning_rate * getattr(grad, fld))

    def train(self, X, y, epochs=1000):
        losses = collections.deque()
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return list(losses)


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    Bump = collections.namedtuple("Bump", "up down")
    for ix in np.ndindex(*x.shape):
        b = Bump(x.copy(), x.copy())
        b.up[ix] += h
        b.down[ix] -= h
        g[ix] = (f(b.up) - f(b.down)) / (2 * h)
    return g
