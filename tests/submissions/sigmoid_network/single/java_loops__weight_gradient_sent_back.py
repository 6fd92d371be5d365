import math
import numpy as np


def _sigmoidScalar(v):
    if v >= 0:
        return 1.0 / (1.0 + math.exp(-v))
    else:
        ev = math.exp(v)
        return ev / (1.0 + ev)


def sigmoid(x):
    arr = np.asarray(x, dtype=float)
    result = np.zeros(arr.shape)
    for idx in np.ndindex(arr.shape):
        result[idx] = _sigmoidScalar(float(arr[idx]))
    return result


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    arr = np.asarray(x)
    result = np.zeros_like(arr)
    for idx in np.ndindex(arr.shape):
        if arr[idx] > 0:
            result[idx] = arr[idx]
    return result


def relu_derivative(x):
    arr = np.asarray(x)
    result = np.zeros(arr.shape)
    for idx in np.ndindex(arr.shape):
        if arr[idx] > 0:
            result[idx] = 1.0
    return result


def mse_loss(y_pred, y_true):
    rows, cols = y_pred.shape
    total = 0.0
    for i in range(rows):
        for j in range(cols):
            diff = y_pred[i, j] - y_true[i, j]
            total += diff * diff
    return total / (rows * cols)


def mse_loss_derivative(y_pred, y_true):
    rows, cols = y_pred.shape
    grad = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            grad[i, j] = 2.0 * (y_pred[i, j] - y_true[i, j]) / (rows * cols)
    return grad


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.inputSize = input_size
        self.hiddenSize = hidden_size
        self.outputSize = output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-1, 1, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-1, 1, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.matmul(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        numSamples = X.shape[0]
        gradOut = mse_loss_derivative(y_pred, y)

        dW1 = np.zeros((self.inputSize, self.hiddenSize))
        db1 = np.zeros((1, self.hiddenSize))
        dW2 = np.zeros((self.hiddenSize, self.outputSize))
        db2 = np.zeros((1, self.outputSize))

        # output layer
        deltaOut = np.zeros((numSamples, self.outputSize))
        for s in range(numSamples):
            for o in range(self.outputSize):
                out = y_pred[s, o]
                deltaOut[s, o] = gradOut[s, o] * out * (1.0 - out)
                db2[0, o] += deltaOut[s, o]
                for j in range(self.hiddenSize):
                    dW2[j, o] += deltaOut[s, o] * self.a1[s, j]

        # hidden layer
        for s in range(numSamples):
            for j in range(self.hiddenSize):
                errorSum = 0.0
                for o in range(self.outputSize):
                    errorSum += deltaOut[s, o] * dW2[j, o]
                hid = self.a1[s, j]
                deltaHid = errorSum * hid * (1.0 - hid)
                db1[0, j] += deltaHid
                for i in range(self.inputSize):
                    dW1[i, j] += deltaHid * X[s, i]

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        lossHistory = []
        for epoch in range(epochs):
            yPred = self.forward(X)
            lossHistory.append(mse_loss(yPred, y))
            dW1, db1, dW2, db2 = self.backward(X, y, yPred)
            self.update_weights(dW1, db1, dW2, db2)
        return lossHistory


def numerical_gradient(f, x, h=1e-05):
    point = np.array(x, dtype=np.float64, copy=True)
    grad = np.zeros(point.shape, dtype=np.float64)
    for idx in np.ndindex(point.shape):
        saved = point[idx]
        point[idx] = saved + h
        fPlus = f(point)
        point[idx] = saved - h
        fMinus = f(point)
        point[idx] = saved
        grad[idx] = (fPlus - fMinus) / (2.0 * h)
    return grad
