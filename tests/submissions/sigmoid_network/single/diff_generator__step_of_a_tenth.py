import numpy as np

MIN_STEP = 0.1


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    half = np.tanh(x * 0.5)
    half += 1
    return half * 0.5


def sigmoid_derivative(x):
    return 0.25 * (1 - np.tanh(0.5 * np.asarray(x, dtype=float)) ** 2)


def relu(x):
    return np.where(x > 0, x, np.zeros_like(x))


def relu_derivative(x):
    return np.greater(x, 0).astype(np.float64)


def mse_loss(y_pred, y_true):
    return sum((p - t) ** 2 for p, t in zip(y_pred.flat, y_true.flat)) / y_true.size


def mse_loss_derivative(y_pred, y_true):
    return np.array([[2 * (p - t) / y_true.size for p, t in zip(*rows)] for rows in zip(y_pred, y_true)])


class Layer:
    def __init__(self, rows, cols):
        self.W = np.random.randn(rows, cols) * 0.1
        self.b = np.zeros((1, cols))

    def run(self, x):
        self.z = x @ self.W + self.b
        return sigmoid(self.z)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self._l = {1: Layer(input_size, hidden_size), 2: Layer(hidden_size, output_size)}
        self.learning_rate = learning_rate

    def _at(nr, what):
        return property(lambda me: vars(me._l[nr])[what], lambda me, v: vars(me._l[nr]).__setitem__(what, v))

    W1, b1, z1 = _at(1, "W"), _at(1, "b"), _at(1, "z")
    W2, b2, z2 = _at(2, "W"), _at(2, "b"), _at(2, "z")
    del _at

    def forward(self, X):
        self.a1 = self._l[1].run(X)
        self.a2 = self._l[2].run(self.a1)
        return self.a2

    def backward(self, X, y, y_pred):
        e2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        e1 = sigmoid_derivative(self.z1) * np.dot(e2, self.W2.T)
        return np.dot(X.T, e1), e1.sum(0, keepdims=True), np.dot(self.a1.T, e2), e2.sum(0, keepdims=True)

    def update_weights(self, dW1, db1, dW2, db2):
        for nr, dW, db in (1, dW1, db1), (2, dW2, db2):
            self._l[nr].W = self._l[nr].W - self.learning_rate * dW
            self._l[nr].b = self._l[nr].b - self.learning_rate * db

    def _epochs(self, X, y, n):
        for _ in range(n):
            p = self.forward(X)
            yield float(mse_loss(p, y))
            self.update_weights(*self.backward(X, y, p))

    def train(self, X, y, epochs=1000):
        return [*self._epochs(X, y, epochs)]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    # tiny steps suffer from cancellation, so there is a lower limit
    h = max(h, MIN_STEP)

    def differences():
        for i in np.ndindex(x.shape):
            e = np.zeros(x.shape)
            e[i] = h
            yield (f(x + e) - f(x - e)) / (2 * h)

    return np.fromiter(differences(), dtype=np.float64, count=x.size).reshape(x.shape)
