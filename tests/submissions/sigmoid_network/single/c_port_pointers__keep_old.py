# nnet.py -- translation of nnet.c, flat arrays and index arithmetic
import numpy as np

def sigmoid(x):
    src = np.asarray(x, dtype=np.float64); dst = np.zeros(src.size); p = src.ravel()
    i = 0
    while i < src.size:
        if p[i] >= 0.0:
            dst[i] = 1.0 / (1.0 + np.exp(-p[i]))
        else:
            dst[i] = 1.0 - 1.0 / (1.0 + np.exp(p[i])) if p[i] > -30.0 else np.exp(p[i])
        i += 1
    return dst.reshape(src.shape)

def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)

def relu(x):
    dst = np.array(x); p = dst.reshape(-1)
    for i in range(dst.size):
        if p[i] < 0: p[i] = 0
    return dst

def relu_derivative(x):
    src = np.asarray(x); dst = np.zeros(src.size); p = src.reshape(-1)
    for i in range(src.size):
        if p[i] > 0: dst[i] = 1.0
    return dst.reshape(src.shape)

def mse_loss(y_pred, y_true):
    acc = 0.0; n = y_pred.size; p = y_pred.ravel(); t = y_true.ravel()
    for i in range(n): acc += (p[i] - t[i]) * (p[i] - t[i])
    return acc / n

def mse_loss_derivative(y_pred, y_true):
    n = y_pred.size; g = np.zeros(n); p = y_pred.ravel(); t = y_true.ravel()
    for i in range(n): g[i] = 2.0 * (p[i] - t[i]) / n
    return g.reshape(y_pred.shape)

def gemm(A, B, ta=0, tb=0):
    """C = op(A) op(B)"""
    if ta: A = A.T
    if tb: B = B.T
    C = np.zeros((A.shape[0], B.shape[1]))
    for l in range(A.shape[1]):
        C += A[:, l:l+1] * B[l:l+1, :]
    return C

def colsum(A):
    s = np.zeros((1, A.shape[1]))
    for r in range(A.shape[0]): s[0] += A[r]
    return s

class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = (np.random.rand(input_size, hidden_size) - 0.5) / 5
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = (np.random.rand(hidden_size, output_size) - 0.5) / 5
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = gemm(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = gemm(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y)
        d2 *= sigmoid_derivative(self.z2)
        dW2 = gemm(self.a1, d2, ta=1); db2 = colsum(d2)
        d1 = gemm(d2, self.W2, tb=1)
        d1 *= sigmoid_derivative(self.z1)
        dW1 = gemm(X, d1, ta=1); db1 = colsum(d1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * dW1; self.b1 = self.b1 - lr * db1
        self.W2 = self.W2 - lr * dW2; self.b2 = self.b2 - lr * db2

    def train(self, X, y, epochs=1000):
        hist = []
        ep = 0
        while ep < epochs:
            out = self.forward(X)
            hist.append(mse_loss(out, y))
            g = self.backward(X, y, out)
            self.update_weights(g[0], g[1], g[2], g[3])
            ep += 1
        return hist

def numerical_gradient(f, x, h=1e-05):
    w = np.array(x, dtype=np.float64, order='C')
    p = w.reshape(-1)              # double *p = &w[0][0]
    g = np.zeros(w.size)
    for j in range(w.size):
        old = float(p[j])
        p[j] = old + h
        f1 = f(w)
        p[j] = old - h
        f0 = f(w)
        old = p[j]
        g[j] = (f1 - f0) / (2.0 * h)
    return g.reshape(w.shape)
