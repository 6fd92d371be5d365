# TwoLayerNet.m  ->  python
import numpy as np
from numpy import exp, log, zeros, sum as msum, max as mmax, maximum, argmax


def bsxfun(op, A, b):
    return op(A, np.reshape(b, (1, -1)) if np.ndim(b) == 1 else b)


def plus(a, b): return a + b
def minus(a, b): return a - b
def rdivide(a, b): return a / b


def sub2ind(rows, y):
    return np.arange(rows), y


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=0.0001):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        W1 = self.params['W1'];  b1 = self.params['b1']
        W2 = self.params['W2'];  b2 = self.params['b2']

        Z = bsxfun(plus, X @ W1, b1)
        A = maximum(Z, 0)
        S = bsxfun(plus, A @ W2, b2)
        if y is None:
            return S

        m, K = S.shape
        S0 = bsxfun(minus, S, mmax(S, 1, keepdims=True))
        E = exp(S0)
        P = bsxfun(rdivide, E, msum(E, 1, keepdims=True))
        J = (msum(log(msum(E, 1))) - msum(S0[sub2ind(m, y)])) / m
        J = J + reg * (msum(W1[:] ** 2) + msum(W2[:] ** 2))

        # ---- gradient ----
        dS = P / m
        dW2 = A.T @ dS + 2 * reg * W2
        db2 = msum(dS, 0)
        dZ = dS @ W2.T
        dW1 = X.T @ dZ + 2 * reg * W1
        db1 = msum(dZ, 0)
        return J, {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}

    def step(self, grads, learning_rate):
        eta = learning_rate
        for f in ('W1', 'b1', 'W2', 'b2'):
            self.params[f] = self.params[f] - eta * grads[f]

    def predict(self, X):
        S = self.loss(X)
        return argmax(S, 1)
