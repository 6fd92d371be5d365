import math
import numpy as np


def sigmoidOfNumber(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))


def sigmoid(x):
    x = np.asarray(x)
    result = np.zeros(x.size)
    position = 0
    for z in x.flat:
        result[position] = sigmoidOfNumber(float(z))
        position += 1
    return result.reshape(x.shape)


def sigmoid_derivative(x):
    x = np.asarray(x)
    result = np.zeros(x.size)
    position = 0
    for z in x.flat:
        value = sigmoidOfNumber(float(z))
        slope = value - value * value
        result[position] = value
        position += 1
    return result.reshape(x.shape)


def relu(x):
    result = np.array(x)
    position = 0
    for z in np.array(x).flat:
        if not z > 0:
            result.flat[position] = 0
        position += 1
    return result


def relu_derivative(x):
    x = np.asarray(x)
    result = np.zeros(x.size)
    position = 0
    for z in x.flat:
        if z > 0:
            result[position] = 1
        position += 1
    return result.reshape(x.shape)


def mse_loss(y_pred, y_true):
    position = 0
    total = 0
    while position < y_pred.size:
        total += (y_pred.flat[position] - y_true.flat[position]) ** 2
        position += 1
    return total / position


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / len(y_pred) / len(y_pred[0])


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
        # here I use a * (1 - a), it is faster
        back = mse_loss_derivative(y_pred, y)
        back = back * y_pred * (1 - y_pred)
        dW2, db2 = self.a1.T @ back, back.sum(axis=0).reshape(1, -1)
        back = back @ self.W2.T
        back = back * self.a1 * (1 - self.a1)
        dW1, db1 = X.T @ back, back.sum(axis=0).reshape(1, -1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        parameters = [self.W1, self.b1, self.W2, self.b2]
        gradients = [dW1, db1, dW2, db2]
        for i in range(4):
            parameters[i] -= self.learning_rate * gradients[i]

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    point = np.array(x, dtype=np.float64, order='C')
    line = point.reshape(-1)
    slopes = np.zeros(line.size)
    for i in range(line.size):
        line[i] += h
        slopes[i] = f(point.copy())
        line[i] -= 2 * h
        slopes[i] -= f(point.copy())
        line[i] += h
    slopes /= 2 * h
    return slopes.reshape(point.shape)
