import numpy as np

# global scratch memory, keyed by (tag, shape), so that nothing is allocated twice
_POOL = {}


def _scratch(tag, shape):
    if (buf := _POOL.get((tag, shape))) is None:
        buf = _POOL[tag, shape] = np.empty(shape)
    return buf


def sigmoid(x):
    y = np.array(x, dtype=np.float64)        # copy, x stays
    np.clip(y, -709.0, 709.0, out=y)
    np.negative(y, out=y)
    np.exp(y, out=y)
    y += 1.0
    np.reciprocal(y, out=y)
    return y


def sigmoid_derivative(x):
    y = sigmoid(x)
    y -= 0.5
    y *= y
    y *= -1
    y += 0.25            # s(1-s) = 1/4 - (s-1/2)^2
    return y


def relu(x):
    r = np.array(x, copy=True)
    r[r < 0] = 0
    return r


def relu_derivative(x):
    d = np.zeros(np.shape(x))
    np.greater(x, 0, out=d, casting="unsafe")
    return d


def mse_loss(y_pred, y_true):
    d = np.array(y_pred, dtype=np.float64)
    d -= y_true
    d = d.ravel()
    return np.vdot(d, d) / len(d)


def mse_loss_derivative(y_pred, y_true):
    d = np.array(y_pred, dtype=np.float64)
    d -= y_true
    d += d
    d /= d.size
    return d


class SimpleNeuralNetwork(object):

    names = "W1 b1 W2 b2".split()

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        n, h, k = input_size, hidden_size, output_size
        # one flat vector, the parameters are copies of slices of it
        flat = np.random.standard_normal(n * h + h + h * k + k) * 0.15
        cuts = np.cumsum([n * h, h, h * k])
        pieces = np.split(flat, cuts)
        for name, piece, shape in zip(self.names, pieces, [(n, h), (1, h), (h, k), (1, k)]):
            setattr(self, name, piece.reshape(shape).copy())
        for b in [self.b1, self.b2]:
            b[...] = 0
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1
        self.z1 += self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2
        self.z2 += self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        top = _scratch("top", y_pred.shape)
        mid = _scratch("mid", self.a1.shape)
        tmp = _scratch("tmp", self.a1.shape)

        # top = (p - y) * p * (1 - p)      (counts are put in at the very end)
        np.subtract(1.0, y_pred, out=top)
        top *= y_pred
        top *= y_pred - y

        # mid = top W2' * a1 * (1 - a1)
        np.matmul(top, self.W2.T, out=mid)
        np.multiply(self.a1, self.a1, out=tmp)
        np.subtract(self.a1, tmp, out=tmp)
        mid *= tmp

        grads = [X.T @ mid, mid.sum(0, keepdims=True), self.a1.T @ top, top.sum(0, keepdims=True)]
        half_count = y_pred.size / 2
        for g in grads:
            g /= half_count
        return tuple(grads)

    def update_weights(self, dW1, db1, dW2, db2):
        grads = dict(zip(self.names, (dW1, db1, dW2, db2)))
        for name in self.names[::-1]:
            p = getattr(self, name).copy()
            p -= np.multiply(grads[name], self.learning_rate)
            setattr(self, name, p)

    def train(self, X, y, epochs=1000):
        losses = [None] * epochs
        e = -1
        while (e := e + 1) < epochs:
            losses[e] = mse_loss(self.forward(X), y)
            self.update_weights(*self.backward(X, y, self.a2))
        return losses


def numerical_gradient(f, x, h=1e-05):
    probe = np.array(x, dtype=np.float64, order="C")
    line = probe.reshape(-1)                 # a view
    samples = np.empty(2 * line.size)        # plus, minus, plus, minus ...
    for i, here in enumerate(line.tolist()):
        line[i] = here + h
        samples[2 * i] = f(probe)
        line[i] = here - h
        samples[2 * i + 1] = f(probe)
        line[i] = here
    g = samples[::2] - samples[1::2]
    g /= 2 * h
    return g.reshape(probe.shape)
