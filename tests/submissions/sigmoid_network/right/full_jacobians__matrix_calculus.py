# Chain rule literally: a row vector dL/dy times a Jacobian for every step, sample after sample.
# With the parameters as vectors (row by row), d(x W)/d vec(W) = x (x) I, the Kronecker product.

import numpy as np

ONE = np.ones((1, 1))


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.where(np.signbit(x), np.exp(-np.abs(x)), 1) / (1 + np.exp(-np.abs(x)))


def sigmoid_derivative(x):
    # d/dx 1/(1+e^-x) = e^-x / (1+e^-x)^2 = 1 / (2 + e^x + e^-x) = 1 / (2 + 2 cosh x)
    x = np.clip(np.asarray(x, dtype=float), -350, 350)
    return 0.5 / (1 + np.cosh(x))


def relu(x):
    return np.maximum(x, 0 * x)


def relu_derivative(x):
    x = np.asarray(x)
    if x.size == 0:
        return np.zeros(x.shape)
    return (np.sign(x) > 0.5).astype(float)


def mse_loss(y_pred, y_true):
    return np.trace((y_pred - y_true).T @ (y_pred - y_true)) / y_true.size


def mse_loss_derivative(y_pred, y_true):
    return np.divide(2 * np.subtract(y_pred, y_true), y_true.size)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        n, h = self.W1.shape
        k = self.W2.shape[1]
        dL_dW1, dL_db1, dL_dW2, dL_db2 = (np.zeros((1, size)) for size in (n * h, h, h * k, k))

        dL_da2_all = mse_loss_derivative(y_pred, y)
        for s in range(len(X)):
            x, a1 = X[s:s + 1], self.a1[s:s + 1]                        # (1, n), (1, h)

            dL_da2 = dL_da2_all[s:s + 1]                                # (1, k)
            da2_dz2 = np.diag(sigmoid_derivative(self.z2[s]))           # (k, k)
            dz2_dW2 = np.kron(a1, np.eye(k))                            # (k, h k)
            dz2_db2 = np.eye(k)                                         # (k, k)
            dz2_da1 = self.W2.T                                         # (k, h)
            da1_dz1 = np.diag(sigmoid_derivative(self.z1[s]))           # (h, h)
            dz1_dW1 = np.kron(x, np.eye(h))                             # (h, n h)
            dz1_db1 = np.eye(h)                                         # (h, h)

            dL_dz2 = dL_da2 @ da2_dz2
            dL_dz1 = dL_dz2 @ dz2_da1 @ da1_dz1
            dL_dW2 += dL_dz2 @ dz2_dW2
            dL_db2 += dL_dz2 @ dz2_db2
            dL_dW1 += dL_dz1 @ dz1_dW1
            dL_db1 += dL_dz1 @ dz1_db1

        return dL_dW1.reshape(n, h), dL_db1, dL_dW2.reshape(h, k), dL_db2

    def update_weights(self, dW1, db1, dW2, db2):
        for name, gradient in (("W1", dW1), ("b1", db1), ("W2", dW2), ("b2", db2)):
            vars(self)[name] = vars(self)[name] + -self.learning_rate * gradient

    def train(self, X, y, epochs=1000):
        if epochs <= 0:
            return []
        y_pred = self.forward(X)
        loss = mse_loss(y_pred, y)
        self.update_weights(*self.backward(X, y, y_pred))
        losses = [loss]
        for _ in range(epochs - 1):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    points = np.array([x.ravel() + s * h * e for e in np.eye(x.size) for s in (-1, 1)])
    values = np.array([f(p.reshape(x.shape)) for p in points], dtype=np.float64)
    return (values @ np.kron(np.eye(x.size), [[-1], [1]]) / (2 * h)).reshape(x.shape) if x.size else x
