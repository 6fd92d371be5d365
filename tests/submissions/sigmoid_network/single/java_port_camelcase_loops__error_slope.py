import math
import numpy as np


# Port of my Java class NeuralNet.java, "double[][]" has become np.ndarray

def _sig(v):
    if v < -700:
        return 0.0
    return 1.0 / (1.0 + math.exp(-v))


def _mapAll(func, arr):
    arr = np.asarray(arr)
    out = np.zeros(arr.shape, dtype=np.float64)
    it = np.nditer(arr, flags=['multi_index', 'zerosize_ok'])
    while not it.finished:
        out[it.multi_index] = func(float(it[0]))
        it.iternext()
    return out


def sigmoid(x):
    return _mapAll(_sig, x)


def sigmoid_derivative(x):
    return _mapAll(lambda v: _sig(v) * (1.0 - _sig(v)), x)


def relu(x):
    return _mapAll(lambda v: v if v > 0 else 0.0, x)


def relu_derivative(x):
    return _mapAll(lambda v: 1.0 if v > 0 else 0.0, x)


def mse_loss(y_pred, y_true):
    total = 0.0
    count = 0
    for i in range(len(y_pred)):
        for j in range(len(y_pred[i])):
            diff = y_pred[i][j] - y_true[i][j]
            total += diff * diff
            count += 1
    return total / count


def mse_loss_derivative(y_pred, y_true):
    rows = len(y_pred)
    cols = len(y_pred[0])
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            result[i][j] = 2.0 * (y_pred[i][j] - y_true[i][j]) / (rows * cols)
    return result


class SimpleNeuralNetwork(object):

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = self.__randomMatrix(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = self.__randomMatrix(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def __randomMatrix(self, rows, cols):
        matrix = np.zeros((rows, cols))
        for i in range(rows):
            for j in range(cols):
                matrix[i][j] = np.random.uniform(-0.2, 0.2)
        return matrix

    def __affine(self, inp, W, b):
        result = np.zeros((len(inp), W.shape[1]))
        for s in range(len(inp)):
            for j in range(W.shape[1]):
                acc = b[0][j]
                for i in range(W.shape[0]):
                    acc += inp[s][i] * W[i][j]
                result[s][j] = acc
        return result

    def forward(self, X):
        self.z1 = self.__affine(X, self.W1, self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = self.__affine(self.a1, self.W2, self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def __outputDeltas(self, y, y_pred):
        lossGrad = mse_loss_derivative(y_pred, y)
        slope = sigmoid_derivative(self.z2)
        deltas = np.zeros(lossGrad.shape)
        for s in range(deltas.shape[0]):
            for j in range(deltas.shape[1]):
                deltas[s][j] = lossGrad[s][j] * slope[s][j]
        return deltas

    def __hiddenDeltas(self, outputDeltas):
        deltas = np.zeros(self.a1.shape)
        for s in range(deltas.shape[0]):
            for i in range(deltas.shape[1]):
                error = 0.0
                for j in range(outputDeltas.shape[1]):
                    error += self.W2[i][j] * outputDeltas[s][j]
                deltas[s][i] = error * (error * (1.0 - error))
        return deltas

    def __accumulate(self, inp, deltas):
        dW = np.zeros((inp.shape[1], deltas.shape[1]))
        db = np.zeros((1, deltas.shape[1]))
        for s in range(inp.shape[0]):
            for j in range(deltas.shape[1]):
                db[0][j] += deltas[s][j]
                for i in range(inp.shape[1]):
                    dW[i][j] += inp[s][i] * deltas[s][j]
        return dW, db

    def backward(self, X, y, y_pred):
        deltasOut = self.__outputDeltas(y, y_pred)
        deltasHid = self.__hiddenDeltas(deltasOut)
        dW2, db2 = self.__accumulate(self.a1, deltasOut)
        dW1, db1 = self.__accumulate(X, deltasHid)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for (param, grad) in [(self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)]:
            for i in range(param.shape[0]):
                for j in range(param.shape[1]):
                    param[i][j] -= self.learning_rate * grad[i][j]

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(0, epochs):
            output = self.forward(X)
            losses.append(mse_loss(output, y))
            (dW1, db1, dW2, db2) = self.backward(X, y, output)
            self.update_weights(dW1, db1, dW2, db2)
        return losses


def numerical_gradient(f, x, h=1e-05):
    point = np.asarray(x, dtype=np.float64).copy()
    gradient = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        original = point[index]
        point[index] = original + h
        fPlus = f(point)
        point[index] = original - h
        fMinus = f(point)
        point[index] = original
        gradient[index] = (fPlus - fMinus) / (2 * h)
    return gradient
