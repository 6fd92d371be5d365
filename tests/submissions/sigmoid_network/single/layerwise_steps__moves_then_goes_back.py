import numpy as np


def sigmoid(x):
    """1 / (1 + exp(-x)), safe for big |x|."""
    x = np.asarray(x, dtype=float)
    z = np.exp(-abs(x))
    return np.where(x < 0, z, 1.0) / (1.0 + z)


def sigmoid_derivative(x):
    return sigmoid(x) - sigmoid(x) ** 2


def relu(x):
    return np.where(x >= 0, x, 0)


def relu_derivative(x):
    return np.where(x > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return np.mean(np.square(y_true - y_pred))


def mse_loss_derivative(y_pred, y_true):
    return -2 * (y_true - y_pred) / y_true.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = 0.1 * np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = 0.1 * np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def _delta2(self, y, y_pred):
        return mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)

    def _delta1(self, delta2):
        return (delta2 @ self.W2.T) * sigmoid_derivative(self.z1)

    def backward(self, X, y, y_pred):
        delta2 = self._delta2(y, y_pred)
        delta1 = self._delta1(delta2)
        dW1 = X.T @ delta1
        db1 = delta1.sum(axis=0, keepdims=True)
        dW2 = self.a1.T @ delta2
        db2 = delta2.sum(axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        lr = self.learning_rate
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))

            # layer by layer from the back, so that no gradient has to be kept
            delta2 = self._delta2(y, y_pred)
            self.W2 = self.W2 - lr * self.a1.T @ delta2
            self.b2 = self.b2 - lr * delta2.sum(axis=0, keepdims=True)

            delta1 = self._delta1(delta2)
            self.W1 = self.W1 - lr * X.T @ delta1
            self.b1 = self.b1 - lr * delta1.sum(axis=0, keepdims=True)
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        x[i] += h
        right = f(x)
        x[i] -= 2 * h
        left = f(x)
        x[i] += h
        grad[i] = (right - left) / (2 * h)
    return grad
