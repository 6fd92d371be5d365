import numpy as np
from types import SimpleNamespace as Struct


def sigmoid(x):
    x = np.array(x, dtype=np.float64)      # copy, then work on the copy
    np.negative(x, out=x)
    with np.errstate(over="ignore"):
        np.exp(x, out=x)
    x += 1
    np.reciprocal(x, out=x)
    return x if x.ndim else x[()]


def sigmoid_derivative(x):
    s = np.array(sigmoid(x))
    s *= 1 - s
    return s


def relu(x):
    x = np.array(x)
    x *= x > 0
    return x


def relu_derivative(x):
    out = np.ones(np.shape(x))
    out[np.asarray(x) <= 0] = 0
    return out


def mse_loss(y_pred, y_true):
    e = y_pred - y_true
    e *= e
    return e.mean()


def mse_loss_derivative(y_pred, y_true):
    e = y_pred - y_true
    e *= 2 / e.size
    return e


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        rnd = np.random.default_rng()
        self.W1 = rnd.normal(0, 0.25, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = rnd.normal(0, 0.25, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1
        self.z1 += self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2
        self.z2 += self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        g = Struct()
        buf = mse_loss_derivative(y_pred, y)
        buf *= self.a2
        buf *= 1 - self.a2
        g.W2 = self.z1.T @ buf
        g.b2 = np.add.reduce(buf, axis=0, keepdims=True)
        buf = buf @ self.W2.T
        buf *= (buf > 0) * self.a1
        buf *= 1 - self.a1
        g.W1 = X.T @ buf
        g.b1 = np.add.reduce(buf, axis=0, keepdims=True)
        return g.W1, g.b1, g.W2, g.b2

    def update_weights(self, dW1, db1, dW2, db2):
        for tick, delta in {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}.items():
            target = getattr(self, tick)
            target -= self.learning_rate * delta

    def train(self, X, y, epochs=1000):
        frames = []
        for frame in range(epochs):
            out = self.forward(X)
            frames.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return frames


def numerical_gradient(f, x, h=1e-05):
    pos = np.array(x, dtype=np.float64)
    vel = np.zeros_like(pos)
    for cell in np.ndindex(*pos.shape):
        home = float(pos[cell])
        pos[cell] = home + h
        ahead = f(pos)
        pos[cell] = home - h
        behind = f(pos)
        pos[cell] = home
        vel[cell] = (ahead - behind) / (2 * h)
    return vel
