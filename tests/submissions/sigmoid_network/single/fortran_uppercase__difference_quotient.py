#     PROGRAM BACKPROP  (translated from my F77 code)
import numpy as np

ZERO, HALF, ONE, TWO = 0.0, 0.5, 1.0, 2.0


def sigmoid(x):
    X = np.asarray(x, dtype=np.float64)
    E = np.exp(-np.abs(X))
    S = ONE / (ONE + E)
    return np.where(X >= ZERO, S, E * S)


def sigmoid_derivative(x):
    S = sigmoid(x)
    return S * (ONE - S)


def relu(x):
    X = np.asarray(x)
    return np.where(X > ZERO, X, 0 * X)


def relu_derivative(x):
    return np.where(np.asarray(x) > ZERO, ONE, ZERO)


def mse_loss(y_pred, y_true):
    M, K = y_pred.shape
    SSE = ZERO
    for I in range(M):
        for J in range(K):
            SSE = SSE + (y_pred[I, J] - y_true[I, J]) ** 2
    return SSE / (M * K)


def mse_loss_derivative(y_pred, y_true):
    M, K = y_pred.shape
    return TWO / (M * K) * (y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = (np.random.rand(input_size, hidden_size) - HALF)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = (np.random.rand(hidden_size, output_size) - HALF)
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        M = X.shape[0]
        E2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        E1 = np.zeros_like(self.a1)
        for J in range(E1.shape[1]):
            for K in range(E2.shape[1]):
                E1[:, J] += E2[:, K] * self.W2[J, K]
        E1 = E1 * sigmoid_derivative(self.z1)
        dW1, dW2 = np.zeros_like(self.W1), np.zeros_like(self.W2)
        db1, db2 = np.zeros_like(self.b1), np.zeros_like(self.b2)
        for I in range(M):
            dW1 += X[I:I+1].T * E1[I:I+1]
            dW2 += self.a1[I:I+1].T * E2[I:I+1]
            db1 += E1[I:I+1]
            db2 += E2[I:I+1]
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        ETA = self.learning_rate
        self.W1 = self.W1 - ETA * dW1
        self.W2 = self.W2 - ETA * dW2
        self.b1 = self.b1 - ETA * db1
        self.b2 = self.b2 - ETA * db2

    def train(self, X, y, epochs=1000):
        ALOSS = []
        for IEPOCH in range(1, epochs + 1):
            OUT = self.forward(X)
            ALOSS.append(mse_loss(OUT, y))
            DW1, DB1, DW2, DB2 = self.backward(X, y, OUT)
            self.update_weights(DW1, DB1, DW2, DB2)
        return ALOSS


def numerical_gradient(f, x, h=1e-05):
    A = np.array(x, dtype=np.float64).reshape(-1)
    SHP = np.shape(x)
    G = np.zeros(A.size)
    for I in range(A.size):
        A[I] = A[I] + h
        FP = f(A.reshape(SHP).copy())
        A[I] = A[I] - TWO * h
        FM = f(A.reshape(SHP).copy())
        G[I] = (FP - FM) / (TWO * h)
    return G.reshape(SHP)
#     END
