# PROGRAM BACKPROP
# Everything is a subroutine with output arguments, as I am used to. Loops run over 0..M-1.
import numpy as np

ONE = 1.0e0
TWO = 2.0e0
HALF = 0.5e0


def SIGSUB(X, Y):
    # Y(I) = 1/(1+EXP(-X(I)))
    XF = X.reshape(-1)
    YF = Y.reshape(-1)
    for I in range(XF.size):
        if XF[I] >= 0:
            YF[I] = ONE / (ONE + np.exp(-XF[I]))
        else:
            T = np.exp(XF[I])
            YF[I] = T / (ONE + T)


def sigmoid(x):
    X = np.array(x, dtype=np.float64, order='C')
    Y = np.zeros(X.shape)
    SIGSUB(X, Y)
    return Y


def sigmoid_derivative(x):
    Y = sigmoid(x)
    return Y*(ONE - Y)


def relu(x):
    X = np.asarray(x)
    return np.where(X > 0, X, np.zeros_like(X))


def relu_derivative(x):
    return np.where(np.asarray(x) > 0, ONE, 0.0e0)


def mse_loss(y_pred, y_true):
    M, K = y_pred.shape
    S = 0.0e0
    for I in range(M):
        S = S + np.dot(y_pred[I, :] - y_true[I, :], y_pred[I, :] - y_true[I, :])
    return S/(M*K)


def mse_loss_derivative(y_pred, y_true):
    M, K = y_pred.shape
    return TWO*(y_pred - y_true)/(M*K)


def GRADSUB(M, K, X, Y, A1, A2, W2, DW1, DB1, DW2, DB2):
    # IN: M, K, X, Y, A1, A2, W2     INOUT: DW1, DB1, DW2, DB2 (zero on entry)
    C = TWO/(M*K)
    for I in range(0, M):
        E = A2[I, :] - Y[I, :]
        SP = E*(ONE - E)
        D2 = TWO*C*E*SP
        D1 = np.dot(W2, D2)*A1[I, :]*(ONE - A1[I, :])
        DW2 += np.outer(A1[I, :], D2)
        DB2 += D2
        DW1 += np.outer(X[I, :], D1)
        DB1 += D1
    return


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        N, H, K = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.W1 = HALF*np.random.randn(N, H)
        self.b1 = np.zeros((1, H))
        self.W2 = HALF*np.random.randn(H, K)
        self.b2 = np.zeros((1, K))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        M, K = y.shape
        DW1 = np.zeros(self.W1.shape)
        DB1 = np.zeros(self.b1.shape)
        DW2 = np.zeros(self.W2.shape)
        DB2 = np.zeros(self.b2.shape)
        GRADSUB(M, K, X, y, self.a1, y_pred, self.W2, DW1, DB1, DW2, DB2)
        return DW1, DB1, DW2, DB2

    def update_weights(self, dW1, db1, dW2, db2):
        ETA = self.learning_rate
        self.W1 = self.W1 - ETA*dW1
        self.b1 = self.b1 - ETA*db1
        self.W2 = self.W2 - ETA*dW2
        self.b2 = self.b2 - ETA*db2

    def train(self, X, y, epochs=1000):
        ERRS = []
        for IT in range(0, epochs):
            A2 = self.forward(X)
            ERRS.append(mse_loss(A2, y))
            DW1, DB1, DW2, DB2 = self.backward(X, y, A2)
            self.update_weights(DW1, DB1, DW2, DB2)
        return ERRS


def numerical_gradient(f, x, h=1e-05):
    X = np.array(x, dtype=np.float64)
    G = np.zeros(X.shape)
    D = np.zeros(X.shape)
    for I in np.ndindex(X.shape):
        D[I] = h
        G[I] = (f(X + D) - f(X - D))/(TWO*h)
        D[I] = 0.0e0
    return G

# END PROGRAM
