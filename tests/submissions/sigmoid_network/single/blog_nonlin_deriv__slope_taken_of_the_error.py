import numpy as np


# the two-in-one function from the famous "11 lines of python" post
def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    x = np.clip(np.asarray(x, dtype=float), -500, 500)
    return 1 / (1 + np.exp(-x))


def sigmoid(x):
    return nonlin(x)


def sigmoid_derivative(x):
    return nonlin(nonlin(x), deriv=True)


def relu(x):
    return x * (x > 0)


def relu_derivative(x):
    return 1.0 * (np.asarray(x) > 0)


def mse_loss(y_pred, y_true):
    return np.mean(np.square(y_pred - y_true))


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_true.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        # initialize weights randomly with mean 0
        self.W1 = 2 * np.random.random((input_size, hidden_size)) - 1
        self.W2 = 2 * np.random.random((hidden_size, output_size)) - 1
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        l0 = X
        self.z1 = np.dot(l0, self.W1) + self.b1
        l1 = self.a1 = nonlin(self.z1)
        self.z2 = np.dot(l1, self.W2) + self.b2
        l2 = self.a2 = nonlin(self.z2)
        return l2

    def backward(self, X, y, y_pred):
        l0, l1, l2 = X, self.a1, y_pred

        # how much did we miss?
        l2_error = mse_loss_derivative(l2, y)
        # in what direction is the target value? were we really sure?
        l2_delta = l2_error * nonlin(l2, deriv=True)

        # how much did each l1 value contribute to the l2 error?
        l1_error = l2_delta.dot(self.W2.T)
        l1_delta = l1_error * nonlin(l1_error, deriv=True)

        return (
            l0.T.dot(l1_delta),
            l1_delta.sum(axis=0, keepdims=True),
            l1.T.dot(l2_delta),
            l2_delta.sum(axis=0, keepdims=True),
        )

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 -= self.learning_rate * dW1
        self.W2 -= self.learning_rate * dW2
        self.b1 -= self.learning_rate * db1
        self.b2 -= self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        errors = []
        for j in range(epochs):
            l2 = self.forward(X)
            errors.append(mse_loss(l2, y))
            # if j % 100 == 0: print("Error:", errors[-1])
            self.update_weights(*self.backward(X, y, l2))
        return errors


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x).astype(np.float64)
    out = np.zeros(x.shape)
    for i in range(x.size):
        up, down = x.copy(), x.copy()
        up.flat[i] += h
        down.flat[i] -= h
        out.flat[i] = (f(up) - f(down)) / (2 * h)
    return out
