# No temporaries where they can be avoided: ufuncs write into preallocated buffers.
import numpy as np

f8 = np.float64


def sigmoid(x, out=None):
    x = np.asarray(x, dtype=f8)
    if out is None:
        out = np.empty(x.shape, f8)
    np.multiply(x, 0.5, out=out)
    np.tanh(out, out=out)
    np.add(out, 1.0, out=out)
    np.multiply(out, 0.5, out=out)
    return out


def _dsig_from_sig(s, out):
    """out <- s - s*s"""
    np.multiply(s, s, out=out)
    np.subtract(s, out, out=out)
    return out


def sigmoid_derivative(x):
    s = sigmoid(x)
    return _dsig_from_sig(s, np.empty_like(s))


def relu(x):
    x = np.asarray(x)
    out = np.zeros_like(x)
    np.copyto(out, x, where=x > 0)
    return out


def relu_derivative(x):
    out = np.zeros(np.shape(x), f8)
    np.copyto(out, 1.0, where=np.asarray(x) > 0)
    return out


def mse_loss(y_pred, y_true):
    r = np.subtract(y_pred, y_true)
    np.square(r, out=r)
    return np.add.reduce(r, axis=None) / r.size


def mse_loss_derivative(y_pred, y_true):
    r = np.subtract(y_pred, y_true)
    r *= 2.0
    r /= r.size
    return r


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.standard_normal((input_size, hidden_size))
        self.W1 *= 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.standard_normal((hidden_size, output_size))
        self.W2 *= 0.1
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        m, h, k = X.shape[0], self.W1.shape[1], self.W2.shape[1]
        self.z1, self.a1 = np.empty((2, m, h))
        self.z2, self.a2 = np.empty((2, m, k))

        np.matmul(X, self.W1, out=self.z1)
        self.z1 += self.b1
        sigmoid(self.z1, out=self.a1)
        np.matmul(self.a1, self.W2, out=self.z2)
        self.z2 += self.b2
        sigmoid(self.z2, out=self.a2)
        return self.a2

    def backward(self, X, y, y_pred):
        grads = [np.empty_like(p) for p in (self.W1, self.b1, self.W2, self.b2)]
        d1, s1 = np.empty((2, *self.z1.shape))
        d2, s2 = np.empty((2, *self.z2.shape))

        # output layer
        np.subtract(y_pred, y, out=d2)
        d2 *= 2.0 / y.size
        d2 *= _dsig_from_sig(y_pred, out=s2)
        np.matmul(self.a1.T, d2, out=grads[2])
        np.sum(d2, axis=0, keepdims=True, out=grads[3])

        # hidden layer
        np.matmul(d2, self.W2.T, out=d1)
        d1 *= _dsig_from_sig(self.a1, out=s1)
        np.maximum(d1, 0.0, out=d1)
        np.matmul(X.T, d1, out=grads[0])
        np.sum(d1, axis=0, keepdims=True, out=grads[1])

        return tuple(grads)

    def update_weights(self, dW1, db1, dW2, db2):
        for p, g in zip([self.W1, self.b1, self.W2, self.b2], [dW1, db1, dW2, db2]):
            np.subtract(p, np.multiply(g, self.learning_rate), out=p)

    def train(self, X, y, epochs=1000):
        losses = np.zeros(epochs)
        for i in range(losses.size):
            out = self.forward(X)
            losses[i] = mse_loss(out, y)
            self.update_weights(*self.backward(X, y, out))
        return losses.tolist()


def numerical_gradient(f, x, h=1e-05):
    w = np.array(x, dtype=f8)
    g = np.empty(w.shape, f8)
    it = np.nditer([w, g], flags=["multi_index", "zerosize_ok"], op_flags=[["readwrite"], ["writeonly"]])
    with it:
        for wi, gi in it:
            keep = wi.copy()
            np.add(keep, h, out=wi); hi = f(w)
            np.subtract(keep, h, out=wi); lo = f(w)
            wi[...] = keep
            gi[...] = (hi - lo) / (2.0 * h)
    return g
