# NETZ.F  ->  PYTHON.   ALL LOOPS WRITTEN OUT SO THAT I SEE WHAT HAPPENS
import math

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    out = np.empty(x.shape)
    for idx in np.ndindex(x.shape):
        v = x[idx]
        if v >= 0.0:
            out[idx] = 1.0 / (1.0 + math.exp(-v))
        else:
            ev = math.exp(v)
            out[idx] = ev / (1.0 + ev)
    return out


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s - s * s


def relu(x):
    r = np.array(x, copy=True)
    r[r < 0] = 0
    return r


def relu_derivative(x):
    d = np.zeros(np.shape(x))
    d[np.asarray(x) > 0] = 1.0
    return d


def mse_loss(y_pred, y_true):
    total = 0.0
    m, k = y_true.shape
    for i in range(m):
        for j in range(k):
            total = total + (y_pred[i, j] - y_true[i, j]) ** 2
    return total / (m * k)


def mse_loss_derivative(y_pred, y_true):
    m, k = y_true.shape
    d = np.zeros((m, k))
    for i in range(m):
        for j in range(k):
            d[i, j] = 2.0 * (y_pred[i, j] - y_true[i, j]) / (m * k)
    return d


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.5, 0.5, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-0.5, 0.5, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        M = X.shape[0]
        N, H = self.W1.shape
        K = self.W2.shape[1]
        self.z1 = np.zeros((M, H))
        self.z2 = np.zeros((M, K))
        for I in range(M):
            for J in range(H):
                S = self.b1[0, J]
                for L in range(N):
                    S = S + X[I, L] * self.W1[L, J]
                self.z1[I, J] = S
        self.a1 = sigmoid(self.z1)
        for I in range(M):
            for J in range(K):
                S = self.b2[0, J]
                for L in range(H):
                    S = S + self.a1[I, L] * self.W2[L, J]
                self.z2[I, J] = S
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        M, N = X.shape
        H, K = self.W2.shape
        DW1 = np.zeros((N, H))
        DB1 = np.zeros((1, H))
        DW2 = np.zeros((H, K))
        DB2 = np.zeros((1, K))
        SP1 = sigmoid_derivative(self.z1)
        SP2 = sigmoid_derivative(self.z2)

        # DO I = 1, M
        for I in range(M):
            ERR = np.zeros(K)
            DEL = np.zeros(K)
            # OUTPUT UNITS
            for J in range(K):
                ERR[J] = 2.0 * (y_pred[I, J] - y[I, J]) / (M * K)
                DEL[J] = ERR[J] * SP2[I, J]
                DB2[0, J] = DB2[0, J] + DEL[J]
                for L in range(H):
                    DW2[L, J] = DW2[L, J] + self.a1[I, L] * DEL[J]
            # HIDDEN UNITS
            for L in range(H):
                S = 0.0
                for J in range(K):
                    S = S + self.W2[L, J] * ERR[J]
                S = S * SP1[I, L]
                DB1[0, L] = DB1[0, L] + S
                for II in range(N):
                    DW1[II, L] = DW1[II, L] + X[I, II] * S
        # END DO
        return DW1, DB1, DW2, DB2

    def update_weights(self, dW1, db1, dW2, db2):
        ETA = self.learning_rate
        self.W1 = self.W1 - ETA * dW1
        self.b1 = self.b1 - ETA * db1
        self.W2 = self.W2 - ETA * dW2
        self.b2 = self.b2 - ETA * db2

    def train(self, X, y, epochs=1000):
        LOSS = []
        for IEPOCH in range(epochs):
            YP = self.forward(X)
            LOSS.append(mse_loss(YP, y))
            DW1, DB1, DW2, DB2 = self.backward(X, y, YP)
            self.update_weights(DW1, DB1, DW2, DB2)
        return LOSS


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    G = np.zeros(x.shape)
    for idx in np.ndindex(x.shape):
        XOLD = x[idx]
        x[idx] = XOLD + h
        FP = f(x)
        x[idx] = XOLD - h
        FM = f(x)
        x[idx] = XOLD
        G[idx] = (FP - FM) / (2.0 * h)
    return G
