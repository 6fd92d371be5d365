import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    s = np.ones_like(x) / 2
    s += np.tanh(x / 2) / 2
    return s


def sigmoid_derivative(x):
    s = sigmoid(x)
    s = s * (1 - s)
    return s


def relu(x):
    out = np.array(x, copy=True)
    out[out < 0] = 0
    return out


def relu_derivative(x):
    out = np.array(x, dtype=float, copy=True)
    out[out <= 0] = 0
    out[out > 0] = 1
    return out


def mse_loss(y_pred, y_true):
    return np.mean(np.power(y_true - y_pred, 2))


def mse_loss_derivative(y_pred, y_true):
    grad = y_pred - y_true
    grad *= 2
    grad /= grad.shape[0]
    grad /= grad.shape[1]
    return grad


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        shapes = {"W1": (input_size, hidden_size), "b1": (1, hidden_size),
                  "W2": (hidden_size, output_size), "b2": (1, output_size)}
        for key, shp in shapes.items():
            self.__setattr__(key, np.random.randn(*shp) * 0.1 if key.startswith("W") else np.zeros(shp))

    def forward(self, X):
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        top = mse_loss_derivative(y_pred, y)
        top *= y_pred * (1 - y_pred)
        dW2 = self.a1.T.dot(top)
        db2 = top.sum(axis=0)[np.newaxis, :]
        # each hidden unit gets what arrives at its sample
        low = self.a1 * (1 - self.a1)
        low *= top.sum(axis=1)[:, np.newaxis]
        dW1 = low.T.dot(X)
        db1 = low.sum(axis=0)[np.newaxis, :]
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1 -= lr * dW1
        self.b1 -= lr * db1
        self.W2 -= lr * dW2
        self.b2 -= lr * db2

    def train(self, X, y, epochs=1000):
        track = []
        for ep in range(epochs):
            o = self.forward(X)
            track.append(mse_loss(o, y))
            g1, g2, g3, g4 = self.backward(X, y, o)
            self.update_weights(g1, g2, g3, g4)
        return track


def numerical_gradient(f, x, h=1e-05):
    w = np.array(x, dtype=np.float64)
    res = np.zeros_like(w)
    for pos in np.ndindex(w.shape):
        w[pos] += h
        hi = f(w)
        w[pos] -= 2 * h
        lo = f(w)
        w[pos] += h
        res[pos] = (hi - lo) / (2 * h)
    return res
