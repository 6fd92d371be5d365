import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.where(x < 0, np.exp(-np.logaddexp(0, -x)), 1 / (1 + np.exp(-np.maximum(x, 0))))


def sigmoid_derivative(x):
    # quotient rule, with cosh so that there is no overflow trouble for normal numbers
    half = np.clip(np.asarray(x, dtype=float) / 2, -300, 300)
    return 1 / (2 * np.cosh(half)) ** 2


def relu(x):
    return np.where(np.asarray(x) < 0, 0, x)


def relu_derivative(x):
    return np.where(np.asarray(x) <= 0, 0.0, 1.0)


def mse_loss(y_pred, y_true):
    return ((y_true - y_pred) ** 2).mean()


def mse_loss_derivative(y_pred, y_true):
    # inner derivative of (y_true - y_pred) is -1
    return -2 * (y_true - y_pred) / y_true.size


class Linear:
    """Does not own the parameters, the network does. It only looks them up."""

    def __init__(self, net, number):
        self.net = net
        self.weight_name = f"W{number}"
        self.bias_name = f"b{number}"

    def __call__(self, inp):
        self.inp = inp
        return inp @ getattr(self.net, self.weight_name) + getattr(self.net, self.bias_name)

    def pull_back(self, grad_out):
        self.grad_weight = self.inp.T @ grad_out
        self.grad_bias = np.ones((1, len(grad_out))) @ grad_out
        return grad_out @ getattr(self.net, self.weight_name).T


class Sigmoid:
    def __call__(self, inp):
        self.inp = inp
        self.out = sigmoid(inp)
        return self.out

    def pull_back(self, grad_out, at):
        return grad_out * sigmoid_derivative(at)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.4, 0.4, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-0.4, 0.4, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.fc1, self.act1 = Linear(self, 1), Sigmoid()
        self.fc2, self.act2 = Linear(self, 2), Sigmoid()

    def forward(self, X):
        self.z1 = self.fc1(X)
        self.a1 = self.act1(self.z1)
        self.z2 = self.fc2(self.a1)
        self.a2 = self.act2(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        grad = mse_loss_derivative(y_pred, y)
        grad = self.act2.pull_back(grad, at=self.act2.inp)
        grad = self.fc2.pull_back(grad)
        grad = self.act1.pull_back(grad, at=self.fc2.inp)
        self.fc1.pull_back(grad)
        return self.fc1.grad_weight, self.fc1.grad_bias, self.fc2.grad_weight, self.fc2.grad_bias

    def update_weights(self, dW1, db1, dW2, db2):
        gradient = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
        for name, value in gradient.items():
            setattr(self, name, getattr(self, name) - self.learning_rate * value)

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            self.update_weights(dW1, db1, dW2, db2)
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    for where in np.ndindex(x.shape):
        values = []
        for sign in (+1, -1):
            probe = x.copy()
            probe[where] += sign * h
            values.append(f(probe))
        grad[where] = (values[0] - values[1]) / (2 * h)
    return grad
