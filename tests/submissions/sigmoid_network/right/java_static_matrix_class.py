import math
import numpy as np


class Mat:
    """static helpers, like my old Matrix.java"""

    @staticmethod
    def zeros(rows, cols):
        return np.zeros((rows, cols))

    @staticmethod
    def mul(A, B):
        rows, inner, cols = A.shape[0], A.shape[1], B.shape[1]
        C = Mat.zeros(rows, cols)
        for i in range(rows):
            for j in range(cols):
                total = 0.0
                for t in range(inner):
                    total += A[i, t] * B[t, j]
                C[i, j] = total
        return C

    @staticmethod
    def transpose(A):
        T = Mat.zeros(A.shape[1], A.shape[0])
        for i in range(A.shape[0]):
            for j in range(A.shape[1]):
                T[j, i] = A[i, j]
        return T

    @staticmethod
    def columnSums(A):
        S = Mat.zeros(1, A.shape[1])
        for i in range(A.shape[0]):
            for j in range(A.shape[1]):
                S[0, j] += A[i, j]
        return S

    @staticmethod
    def apply(A, fn):
        src = np.asarray(A)
        dst = np.zeros(src.shape)
        for index in np.ndindex(src.shape):
            dst[index] = fn(float(src[index]))
        return dst


def _logistic(v):
    if v >= 0:
        return 1.0 / (1.0 + math.exp(-v))
    ev = math.exp(v)
    return ev / (1.0 + ev)


def _logisticSlope(v):
    s = _logistic(v)
    return s * (1.0 - s)


def sigmoid(x):
    return Mat.apply(x, _logistic)


def sigmoid_derivative(x):
    return Mat.apply(x, _logisticSlope)


def relu(x):
    return Mat.apply(x, lambda v: v if v > 0 else 0.0)


def relu_derivative(x):
    return Mat.apply(x, lambda v: 1.0 if v > 0 else 0.0)


def mse_loss(y_pred, y_true):
    total = 0.0
    count = 0
    for i in range(y_pred.shape[0]):
        for j in range(y_pred.shape[1]):
            diff = y_pred[i, j] - y_true[i, j]
            total += diff * diff
            count += 1
    return total / count


def mse_loss_derivative(y_pred, y_true):
    result = Mat.zeros(*y_pred.shape)
    count = y_pred.shape[0] * y_pred.shape[1]
    for i in range(y_pred.shape[0]):
        for j in range(y_pred.shape[1]):
            result[i, j] = 2.0 * (y_pred[i, j] - y_true[i, j]) / count
    return result


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.5
        self.b1 = Mat.zeros(1, hidden_size)
        self.W2 = np.random.randn(hidden_size, output_size) * 0.5
        self.b2 = Mat.zeros(1, output_size)

    def forward(self, X):
        self.z1 = Mat.mul(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = Mat.mul(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        lossGrad = mse_loss_derivative(y_pred, y)
        outSlope = sigmoid_derivative(self.z2)
        outDelta = lossGrad * outSlope
        gradW2 = Mat.mul(Mat.transpose(self.a1), outDelta)
        gradB2 = Mat.columnSums(outDelta)
        hidUpstream = Mat.mul(outDelta, Mat.transpose(self.W2))
        hidDelta = hidUpstream * sigmoid_derivative(self.z1)
        gradW1 = Mat.mul(Mat.transpose(X), hidDelta)
        gradB1 = Mat.columnSums(hidDelta)
        return gradW1, gradB1, gradW2, gradB2

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * dW1
        self.b1 = self.b1 - lr * db1
        self.W2 = self.W2 - lr * dW2
        self.b2 = self.b2 - lr * db2

    def train(self, X, y, epochs=1000):
        history = []
        for epoch in range(epochs):
            out = self.forward(X)
            history.append(mse_loss(out, y))
            g1, g2, g3, g4 = self.backward(X, y, out)
            self.update_weights(g1, g2, g3, g4)
        return history


def numerical_gradient(f, x, h=1e-05):
    base = np.array(x, dtype=np.float64)
    grad = np.zeros(base.shape)
    for index in np.ndindex(base.shape):
        plus = base.copy()
        minus = base.copy()
        plus[index] += h
        minus[index] -= h
        grad[index] = (f(plus) - f(minus)) / (2 * h)
    return grad
