import numpy as np
import math


class Util:
    @staticmethod
    def sig(v):
        try:
            return 1.0 / (1.0 + math.exp(-v))
        except OverflowError:
            return 0.0

    @staticmethod
    def forEach(x, fn):
        arr = np.asarray(x)
        return np.fromiter((fn(v) for v in arr.flat), dtype=float, count=arr.size).reshape(arr.shape)


def sigmoid(x):
    return Util.forEach(x, Util.sig)


def sigmoid_derivative(x):
    return Util.forEach(x, lambda v: Util.sig(v) * (1.0 - Util.sig(v)))


def relu(x):
    return Util.forEach(x, lambda v: v if v > 0 else 0)


def relu_derivative(x):
    return Util.forEach(x, lambda v: 1 if v > 0 else 0)


def mse_loss(y_pred, y_true):
    return float(np.sum(Util.forEach(y_pred - y_true, lambda v: v * v))) / y_pred.size


def mse_loss_derivative(y_pred, y_true):
    return Util.forEach(y_pred - y_true, lambda v: v * 2.0) / y_pred.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.random_sample((input_size, hidden_size)) - 0.5
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.random_sample((hidden_size, output_size)) - 0.5
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        numSamples, numIn = X.shape
        numHid, numOut = self.W2.shape
        outError = mse_loss_derivative(y_pred, y)
        hidError = np.zeros((numSamples, numHid))
        slopeOut = sigmoid_derivative(self.z2)
        slopeHid = sigmoid_derivative(self.z1)
        for s in range(numSamples):
            for o in range(numOut):
                outError[s, o] *= slopeOut[s, o]
            for j in range(numHid):
                sumBack = 0.0
                for o in range(numOut):
                    sumBack += outError[s, o] * self.W2[j, o]
                hidError[s, j] = sumBack

        dW1 = np.zeros((numIn, numHid))
        dW2 = np.zeros((numHid, numOut))
        db1 = np.zeros((1, numHid))
        db2 = np.zeros((1, numOut))
        for s in range(numSamples):
            for j in range(numHid):
                db1[0, j] += hidError[s, j] / numSamples
                for i in range(numIn):
                    dW1[i, j] += X[s, i] * hidError[s, j]
                for o in range(numOut):
                    dW2[j, o] += self.a1[s, j] * outError[s, o]
            for o in range(numOut):
                db2[0, o] += outError[s, o] / numSamples
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        lossTrace = []
        for step in range(epochs):
            out = self.forward(X)
            lossTrace.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return lossTrace


def numerical_gradient(f, x, h=1e-05):
    pos = np.array(x, dtype=np.float64)
    neg = np.array(x, dtype=np.float64)
    grad = np.zeros(pos.shape)
    for i in np.ndindex(pos.shape):
        keep = pos[i]
        pos[i] = keep + h
        neg[i] = keep - h
        grad[i] = (f(pos) - f(neg)) / (2 * h)
        pos[i] = keep
        neg[i] = keep
    return grad
