import numpy as np

EPS_H = 1e-05


def sigmoid(x):
    clipped = np.asarray(x, dtype=np.float64).clip(-650, 650)
    return (1 + np.exp(-clipped)) ** -1


def sigmoid_derivative(x):
    out = sigmoid(x)
    return (1 - out) * out


def relu(x):
    result = np.zeros_like(x)
    np.copyto(result, x, where=np.asarray(x) > 0)
    return result


def relu_derivative(x):
    result = np.zeros(np.shape(x), dtype=np.float64)
    np.copyto(result, 1.0, where=np.asarray(x) > 0)
    return result


def mse_loss(y_pred, y_true):
    return np.add.reduce(np.square(y_pred - y_true), axis=None) / np.size(y_true)


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) * (2.0 / np.size(y_true))


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(size=(input_size, hidden_size), scale=0.1)
        self.W2 = np.random.normal(size=(hidden_size, output_size), scale=0.1)
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        self._store = dict()

    def forward(self, X):
        self.z1 = np.inner(X, self.W1.T) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.inner(self.a1, self.W2.T) + self.b2
        self.a2 = sigmoid(self.z2)
        self._store.update(slope1=self.a1 * (1 - self.a1), slope2=self.a2 * (1 - self.a2))
        return self.a2

    def _send_back(self, signal):
        blame = np.sum(signal, axis=1, keepdims=True)
        return blame * self._store["slope1"]

    def backward(self, X, y, y_pred):
        batch = y.shape[0]
        signal_out = mse_loss_derivative(y_pred, y) * self._store["slope2"]
        signal_hid = self._send_back(signal_out)
        raw = (
            np.inner(X.T, signal_hid.T),
            signal_hid.sum(axis=0, keepdims=True),
            np.inner(self.a1.T, signal_out.T),
            signal_out.sum(axis=0, keepdims=True),
        )
        return tuple(np.divide(g, batch) for g in raw)

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - np.multiply(self.learning_rate, dW1)
        self.b1 = self.b1 - np.multiply(self.learning_rate, db1)
        self.W2 = self.W2 - np.multiply(self.learning_rate, dW2)
        self.b2 = self.b2 - np.multiply(self.learning_rate, db2)

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            estimate = self.forward(X)
            losses.append(mse_loss(estimate, y))
            self.update_weights(*self.backward(X, y, estimate))
        return losses


def numerical_gradient(f, x, h=EPS_H):
    x = np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    for where in np.argwhere(np.ones(x.shape)):
        i = tuple(where)
        mid = x[i]
        x[i] = mid + h
        a = f(x)
        x[i] = mid - h
        b = f(x)
        x[i] = mid
        g[i] = (a - b) / (2 * h)
    return g
