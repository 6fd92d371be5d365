import numpy as np


def sigmoid(x):
    x = np.asarray(x, float)
    r = np.empty(x.shape)
    np.divide(1.0, 1.0 + np.exp(-np.abs(x)), out=r)
    return np.where(x >= 0, r, 1.0 - r)


def sigmoid_derivative(x):
    r = sigmoid(np.abs(x))
    return r * (1.0 - r)


def relu(x):
    return np.where(np.signbit(x), 0, x)


def relu_derivative(x):
    zeroOne = np.asarray(x) > 0
    return zeroOne.astype("float64")


def mse_loss(y_pred, y_true):
    totalError = 0.0
    numOfValues = 0
    for predRow, trueRow in zip(y_pred, y_true):
        for predValue, trueValue in zip(predRow, trueRow):
            totalError += pow(predValue - trueValue, 2)
            numOfValues += 1
    return totalError / numOfValues


def mse_loss_derivative(y_pred, y_true):
    numOfValues = y_pred.shape[0] * y_pred.shape[1]
    grad = np.zeros(y_pred.shape)
    for r, (predRow, trueRow) in enumerate(zip(y_pred, y_true)):
        for c, (predValue, trueValue) in enumerate(zip(predRow, trueRow)):
            grad[r][c] = 2 * (predValue - trueValue) / numOfValues
    return grad


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = 0.05 * np.random.randn(input_size, hidden_size)
        self.b1 = 0.0 * np.ones((1, hidden_size))
        self.W2 = 0.05 * np.random.randn(hidden_size, output_size)
        self.b2 = 0.0 * np.ones((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        dLdA2 = mse_loss_derivative(y_pred, y)
        dA2dZ2 = sigmoid_derivative(self.z2)
        dLdZ2 = dLdA2 * dA2dZ2
        dLdW2 = np.zeros(self.W2.shape)
        for hiddenUnit in range(self.W2.shape[0]):
            for outUnit in range(self.W2.shape[1]):
                dLdW2[hiddenUnit, outUnit] = np.dot(self.a1[:, hiddenUnit], dLdZ2[:, outUnit])
        dLdB2 = np.zeros(self.b2.shape)
        for outUnit in range(self.W2.shape[1]):
            dLdB2[0, outUnit] = np.sum(dLdZ2[:, outUnit])
        dLdA1 = np.zeros(self.a1.shape)
        for outUnit in range(self.W2.shape[1]):
            for hiddenUnit in range(self.W2.shape[0]):
                dLdA1[:, hiddenUnit] += dLdZ2[:, outUnit] * self.W2[hiddenUnit, outUnit]
        dA1dZ1 = sigmoid_derivative(self.z1)
        dLdZ1 = dLdA1 * dA1dZ1
        dLdW1 = np.zeros(self.W1.shape)
        for inUnit in range(self.W1.shape[0]):
            for hiddenUnit in range(self.W1.shape[1]):
                dLdW1[inUnit, hiddenUnit] = np.dot(X[:, inUnit], dLdZ1[:, hiddenUnit])
        dLdB1 = np.zeros(self.b1.shape)
        for hiddenUnit in range(self.W1.shape[1]):
            dLdB1[0, hiddenUnit] = np.sum(dLdZ1[:, hiddenUnit])
        return dLdW1, dLdB1, dLdW2, dLdB2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        lossValues = []
        remaining = epochs
        while remaining > 0:
            output = self.forward(X)
            lossValues.append(mse_loss(output, y))
            self.update_weights(*self.backward(X, y, output))
            remaining -= 1
        return lossValues


def visitAll(shape, action, prefix=()):
    if len(prefix) == len(shape):
        action(prefix)
        return
    for i in range(shape[len(prefix)]):
        visitAll(shape, action, prefix + (i,))


def numerical_gradient(f, x, h=1e-05):
    values = np.array(x, dtype=np.float64)
    result = np.zeros(values.shape)

    def action(idx):
        before = values[idx]
        values[idx] = before + h
        high = f(values)
        values[idx] = before - h
        low = f(values)
        values[idx] = before
        result[idx] = (high - low) / h

    visitAll(values.shape, action)
    return result
