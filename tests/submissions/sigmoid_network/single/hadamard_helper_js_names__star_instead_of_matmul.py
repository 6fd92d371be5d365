"""homework 4 -- written by a web developer"""
import numpy as np


def makeMatrix(rows, cols, fill):
    return np.array([[fill(r, c) for c in range(cols)] for r in range(rows)], dtype=float)


def multiply(A, B):
    return makeMatrix(A.shape[0], B.shape[1], lambda r, c: sum(A[r, t] * B[t, c] for t in range(A.shape[1])))


def hadamard(A, B):
    return A * B


def transpose(A):
    return makeMatrix(A.shape[1], A.shape[0], lambda r, c: A[c, r])


def total(A):
    return makeMatrix(1, A.shape[1], lambda _, c: sum(A[:, c]))


def sigmoid(x):
    t = np.asarray(x, dtype=float)
    return (np.tanh(t / 2) + 1) / 2


def sigmoid_derivative(x):
    const = sigmoid(x)
    return hadamard(const, 1 - const)


def relu(x):
    result = np.array(x)
    for i in np.ndindex(result.shape):
        if result[i] < 0:
            result[i] = 0
    return result


def relu_derivative(x):
    result = np.zeros(np.shape(x))
    for i in np.ndindex(result.shape):
        if x[i] > 0:
            result[i] = 1
    return result


def mse_loss(y_pred, y_true):
    let = 0
    for a, b in zip(np.ravel(y_pred), np.ravel(y_true)):
        let += (a - b) ** 2
    return let / np.size(y_pred)


def mse_loss_derivative(y_pred, y_true):
    rows, cols = y_pred.shape
    return makeMatrix(rows, cols, lambda r, c: 2 * (y_pred[r, c] - y_true[r, c]) / (rows * cols))


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        rand = lambda r, c: np.random.random() - 0.5
        zero = lambda r, c: 0
        self.W1 = makeMatrix(input_size, hidden_size, rand)
        self.b1 = makeMatrix(1, hidden_size, zero)
        self.W2 = makeMatrix(hidden_size, output_size, rand)
        self.b2 = makeMatrix(1, output_size, zero)
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = multiply(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = multiply(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        grad_a2 = mse_loss_derivative(y_pred, y)
        grad_z2 = hadamard(grad_a2, sigmoid_derivative(self.z2))
        grad_a1 = hadamard(grad_z2, transpose(self.W2))
        grad_z1 = hadamard(grad_a1, sigmoid_derivative(self.z1))
        return (
            multiply(transpose(X), grad_z1),
            total(grad_z1),
            multiply(transpose(self.a1), grad_z2),
            total(grad_z2),
        )

    def update_weights(self, dW1, db1, dW2, db2):
        rate = self.learning_rate
        self.W1, self.b1 = self.W1 - rate * dW1, self.b1 - rate * db1
        self.W2, self.b2 = self.W2 - rate * dW2, self.b2 - rate * db2

    def train(self, X, y, epochs=1000):
        history = []
        for i in range(epochs):
            history.append(mse_loss(self.forward(X), y))
            self.update_weights(*self.backward(X, y, self.a2))
        return history


def numerical_gradient(f, x, h=1e-05):
    data = np.array(x, dtype=np.float64)
    out = np.zeros(data.shape, dtype=np.float64)
    for i in np.ndindex(data.shape):
        values = []
        for sign in (1, -1):
            moved = data.copy()
            moved[i] += sign * h
            values.append(f(moved))
        out[i] = (values[0] - values[1]) / (2 * h)
    return out
