import math
import numpy as np


# ---------------------------------------------------------------
#  helpers
# ---------------------------------------------------------------
def sigmoidScalar(v):
    if v >= 0:
        return 1.0 / (1.0 + math.exp(-v))
    else:
        e = math.exp(v)
        return e / (1.0 + e)


def sigmoid(x):
    arr = np.asarray(x, dtype=float)
    result = np.empty(arr.shape)
    for pos in np.ndindex(arr.shape):
        result[pos] = sigmoidScalar(float(arr[pos]))
    return result


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    arr = np.array(x)          # copy
    arr[arr < 0] = 0
    return arr


def relu_derivative(x):
    arr = np.asarray(x)
    result = np.zeros(arr.shape)
    result[arr > 0] = 1.0
    return result


def mse_loss(y_pred, y_true):
    total = 0.0
    rows, cols = y_true.shape
    for r in range(rows):
        for c in range(cols):
            diff = y_pred[r, c] - y_true[r, c]
            total += diff * diff
    return total / (rows * cols)


def mse_loss_derivative(y_pred, y_true):
    rows, cols = y_true.shape
    result = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            result[r, c] = 2.0 * (y_pred[r, c] - y_true[r, c]) / (rows * cols)
    return result


class SimpleNeuralNetwork(object):

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.inputSize = input_size
        self.hiddenSize = hidden_size
        self.outputSize = output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.5, 0.5, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-0.5, 0.5, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.matmul(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        dW1 = np.zeros((self.inputSize, self.hiddenSize))
        db1 = np.zeros((1, self.hiddenSize))
        dW2 = np.zeros((self.hiddenSize, self.outputSize))
        db2 = np.zeros((1, self.outputSize))
        count = y.shape[0] * y.shape[1]

        for s in range(X.shape[0]):
            hidden = self.z1[s]
            hiddenSlope = sigmoid_derivative(self.z1[s])
            outSlope = sigmoid_derivative(self.z2[s])
            errorOut = [0.0] * self.outputSize

            # output layer
            for k in range(self.outputSize):
                errorOut[k] = 2.0 * (y_pred[s, k] - y[s, k]) / count * outSlope[k]
                db2[0, k] += errorOut[k]
                for j in range(self.hiddenSize):
                    dW2[j, k] += hidden[j] * errorOut[k]

            # hidden layer
            for j in range(self.hiddenSize):
                acc = 0.0
                for k in range(self.outputSize):
                    acc += self.W2[j, k] * errorOut[k]
                errorHidden = acc * hiddenSlope[j]
                db1[0, j] += errorHidden
                for i in range(self.inputSize):
                    dW1[i, j] += X[s, i] * errorHidden

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        epoch = 0
        while epoch < epochs:
            prediction = self.forward(X)
            losses.append(mse_loss(prediction, y))
            dW1, db1, dW2, db2 = self.backward(X, y, prediction)
            self.update_weights(dW1, db1, dW2, db2)
            epoch += 1
        return losses


def numerical_gradient(f, x, h=1e-05):
    work = np.array(x, dtype=np.float64)
    result = np.zeros(work.shape, dtype=np.float64)
    for pos in np.ndindex(work.shape):
        old = work[pos]
        work[pos] = old + h
        up = f(work)
        work[pos] = old - h
        down = f(work)
        work[pos] = old
        result[pos] = (up - down) / (2 * h)
    return result
