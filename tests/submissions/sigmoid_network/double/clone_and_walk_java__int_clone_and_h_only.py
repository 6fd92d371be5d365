import numpy as np


def clone(arr):
    return np.array(arr, copy=True)


def toDouble(arr):
    return np.array(arr, dtype=np.float64)


def sigmoid(x):
    d = toDouble(x)
    ePos = np.exp(-np.maximum(d, 0))
    eNeg = np.exp(np.minimum(d, 0))
    return eNeg / (eNeg + ePos)


def sigmoid_derivative(x):
    s = sigmoid(x)
    t = sigmoid(-toDouble(x))
    return s * t


def relu(x):
    y = clone(x)
    y *= y > 0
    return y


def relu_derivative(x):
    return toDouble(toDouble(x) > 0)


def mse_loss(y_pred, y_true):
    delta = toDouble(y_pred) - toDouble(y_true)
    return float(np.einsum("ij,ij->", delta, delta)) / delta.size


def mse_loss_derivative(y_pred, y_true):
    delta = toDouble(y_pred) - toDouble(y_true)
    delta *= 2.0
    delta /= delta.size
    return delta


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = toDouble(np.random.randn(input_size, hidden_size)) * 0.2
        self.b1 = toDouble([[0] * hidden_size])
        self.W2 = toDouble(np.random.randn(hidden_size, output_size)) * 0.2
        self.b2 = toDouble([[0] * output_size])

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return clone(self.a2)

    def backward(self, X, y, y_pred):
        outputErrors = mse_loss_derivative(y_pred, y)
        outputErrors *= sigmoid_derivative(self.z2)
        hiddenErrors = outputErrors @ self.W2.transpose()
        hiddenErrors *= sigmoid_derivative(self.z1)
        dW1 = np.zeros(self.W1.shape)
        dW2 = np.zeros(self.W2.shape)
        db1 = np.zeros(self.b1.shape)
        db2 = np.zeros(self.b2.shape)
        for s in range(len(X)):
            for j in range(self.W1.shape[1]):
                db1[0, j] += hiddenErrors[s, j]
                for i in range(self.W1.shape[0]):
                    dW1[i, j] += X[s, i] * hiddenErrors[s, j]
            for o in range(self.W2.shape[1]):
                db2[0, o] += outputErrors[s, o]
                for j in range(self.W2.shape[0]):
                    dW2[j, o] += self.a1[s, j] * outputErrors[s, o]
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for target, gradient in [(self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)]:
            step = clone(gradient)
            step *= self.learning_rate
            target -= step

    def train(self, X, y, epochs=1000):
        losses = []
        for e in range(epochs):
            result = self.forward(X)
            losses.append(mse_loss(result, y))
            dW1, db1, dW2, db2 = self.backward(X, y, result)
            self.update_weights(dW1, db1, dW2, db2)
        return losses


def numerical_gradient(f, x, h=1e-05):
    work = clone(x)
    slopes = np.zeros(work.shape, dtype=np.float64)
    for idx in np.ndindex(work.shape):
        middle = work[idx]
        work[idx] = middle + h
        above = f(work)
        work[idx] = middle - h
        below = f(work)
        work[idx] = middle
        slopes[idx] = (above - below) / h
    return slopes
