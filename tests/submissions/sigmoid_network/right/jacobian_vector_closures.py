import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    out = np.empty_like(x)
    pos = x >= 0
    out[pos] = 1.0 / (1.0 + np.exp(-x[pos]))
    ex = np.exp(x[~pos])
    out[~pos] = ex / (1.0 + ex)
    return out


def sigmoid_derivative(x):
    """sigma' written with the hyperbolic cosine would overflow, so sigma(1 - sigma)."""
    sig = sigmoid(x)
    return np.multiply(sig, 1 - sig)


def relu(x):
    return (x + np.abs(x)) / 2


def relu_derivative(x):
    return np.sign(np.maximum(x, 0)).astype(float)


def mse_loss(y_pred, y_true):
    return np.average((y_true - y_pred) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return -2 * (y_true - y_pred) / np.size(y_true)


def _affine(x, W, b):
    def vjp(g):
        return g @ W.T, x.T @ g, g.sum(0)[np.newaxis, :]
    return x @ W + b, vjp


def _squash(z):
    a = sigmoid(z)
    return a, lambda g: g * a * (1 - a)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        sizes = (input_size, hidden_size, output_size)
        (self.W1, self.b1), (self.W2, self.b2) = [
            (np.random.normal(scale=0.3, size=(i, o)), np.zeros((1, o)))
            for i, o in zip(sizes, sizes[1:])
        ]
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1, aff1 = _affine(X, self.W1, self.b1)
        self.a1, sq1 = _squash(self.z1)
        self.z2, aff2 = _affine(self.a1, self.W2, self.b2)
        self.a2, sq2 = _squash(self.z2)
        self._tape = [(aff1, sq1), (aff2, sq2)]
        return self.a2

    def backward(self, X, y, y_pred):
        g, grads = mse_loss_derivative(y_pred, y), []
        for aff, sq in reversed(self._tape):
            g, dW, db = aff(sq(g))
            grads = [dW, db] + grads
        return tuple(grads)

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * dW1; self.W2 = self.W2 - lr * dW2
        self.b1 = self.b1 - lr * db1; self.b2 = self.b2 - lr * db2

    def train(self, X, y, epochs=1000):
        trace = []
        for _ in range(epochs):
            prediction = self.forward(X)
            trace.append(float(mse_loss(prediction, y)))
            self.update_weights(*self.backward(X, y, prediction))
        return trace


def numerical_gradient(f, x, h=1e-05):
    base = np.array(x, np.float64)

    def partial(index):
        up, down = base.copy(), base.copy()
        up[index] += h
        down[index] -= h
        return (f(up) - f(down)) / (2 * h)

    flat = [partial(ix) for ix in np.ndindex(base.shape)]
    return np.reshape(np.array(flat, dtype=np.float64), base.shape)
