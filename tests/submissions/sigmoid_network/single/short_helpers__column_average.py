import numpy as np


def as_float(x):
    return np.asarray(x, dtype=float)


def sigmoid(x):
    return 1 / (1 + np.exp(-as_float(x).clip(-300, 300)))


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    return np.where(x > 0, x, 0)


def relu_derivative(x):
    return as_float(as_float(x) > 0)


def mse_loss(y_pred, y_true):
    return np.mean((y_true - y_pred) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return -2 * (y_true - y_pred) / y_true.size


def linear(x, w, b):
    return x @ w + b


def grad_w(x, d):
    return x.T @ d


def grad_b(d):
    return np.mean(d, axis=0, keepdims=True)


def init(rows, cols):
    return np.random.uniform(-0.5, 0.5, (rows, cols)), np.zeros((1, cols))


class SimpleNeuralNetwork:
    """A network with one hidden layer: sigmoid(sigmoid(X W1 + b1) W2 + b2).

    Attributes:
      W1 (n, h), b1 (1, h), W2 (h, k), b2 (1, k): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1, self.b1 = init(input_size, hidden_size)
        self.W2, self.b2 = init(hidden_size, output_size)
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = linear(X, self.W1, self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = linear(self.a1, self.W2, self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def delta_out(self, y, y_pred):
        return mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)

    def delta_hidden(self, d):
        return sigmoid_derivative(self.z1) * (d @ self.W2.T)

    def backward(self, X, y, y_pred):
        d2 = self.delta_out(y, y_pred)
        d1 = self.delta_hidden(d2)
        return grad_w(X, d1), grad_b(d1), grad_w(self.a1, d2), grad_b(d2)

    def step(self, p, g):
        return p - self.learning_rate * g

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1, self.b1 = self.step(self.W1, dW1), self.step(self.b1, db1)
        self.W2, self.b2 = self.step(self.W2, dW2), self.step(self.b2, db2)

    def train(self, X, y, epochs=1000):
        losses = []
        while len(losses) < epochs:
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return losses


def shifted(x, i, by):
    x = x.copy()
    x[i] += by
    return x


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = (f(shifted(x, i, h)) - f(shifted(x, i, -h))) / (2 * h)
    return g
