import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    return (x + abs(x)) / 2


def relu_derivative(x):
    return np.heaviside(np.asarray(x, float), 0)


def mse_loss(y_pred, y_true):
    return float(((y_pred - y_true) ** 2).sum() / y_pred.size)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_pred.size


class Optimizer:
    def __init__(self, beta=0.9):
        self.beta = beta
        self.state = {}

    def step(self, name, value, grad, lr):
        v = self.state.get(name, 0.0)
        v = self.beta * v + (1 - self.beta) * grad
        self.state[name] = v
        return value - lr * v


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.opt = Optimizer()
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) / 20
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) / 20
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        gz = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        gW2, gb2 = self.a1.T @ gz, gz.sum(0, keepdims=True)
        gz = gz @ self.W2.T * sigmoid_derivative(self.z1)
        gW1, gb1 = X.T @ gz, gz.sum(0, keepdims=True)
        return gW1, gb1, gW2, gb2

    def update_weights(self, dW1, db1, dW2, db2):
        for name, grad in (("W1", dW1), ("b1", db1), ("W2", dW2), ("b2", db2)):
            new = self.opt.step(name, getattr(self, name), grad, self.learning_rate)
            setattr(self, name, new)

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        keep = x[i]
        x[i] = keep + h
        one = f(x)
        x[i] = keep - h
        two = f(x)
        x[i] = keep
        grad[i] = (one - two) / (2 * h)
    return grad
