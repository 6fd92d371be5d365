# Translated from my MATLAB solution. Samples are COLUMNS inside, and every weight matrix has the bias as its
# last column:   A = sig(Th1 * [X; 1]),   Th1 is h x (n+1), Th2 is k x (h+1).
import numpy as np
from numpy.random import randn

ones, zeros, vstack, hstack = np.ones, np.zeros, np.vstack, np.hstack


def numel(A):
    return np.size(A)


def sigmoid(x):
    x = np.asarray(x, dtype='double')
    g = exp_(-abs(x))
    return (x >= 0) * (1 / (1 + g)) + (x < 0) * (g / (1 + g))


def exp_(x):
    return np.exp(x)


def sigmoid_derivative(x):
    g = sigmoid(x)
    return g * (1 - g)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.double(np.greater(x, 0))


def mse_loss(y_pred, y_true):
    E = y_pred - y_true
    return np.sum(E**2) / numel(E)


def mse_loss_derivative(y_pred, y_true):
    E = y_pred - y_true
    return 2*E/numel(E)


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.Th1 = hstack([randn(hidden_size, input_size)*0.1, zeros((hidden_size, 1))])
        self.Th2 = hstack([randn(output_size, hidden_size)*0.1, zeros((output_size, 1))])

    # ---- the views that the exercise asks for -------------------------------
    W1 = property(lambda self: self.Th1[:, :-1].T, lambda self, v: self._put(self.Th1, v, slice(None, -1)))
    b1 = property(lambda self: self.Th1[:, -1:].T, lambda self, v: self._put(self.Th1, v, slice(-1, None)))
    W2 = property(lambda self: self.Th2[:, :-1].T, lambda self, v: self._put(self.Th2, v, slice(None, -1)))
    b2 = property(lambda self: self.Th2[:, -1:].T, lambda self, v: self._put(self.Th2, v, slice(-1, None)))

    @staticmethod
    def _put(Th, v, cols):
        Th[:, cols] = np.asarray(v).T

    def forward(self, X):
        m = len(X)
        Z1 = self.Th1 @ vstack([X.T, ones((1, m))])
        A1 = sigmoid(Z1)
        Z2 = self.Th2 @ vstack([A1, ones((1, m))])
        A2 = sigmoid(Z2)
        self.z1 = Z1.T; self.a1 = A1.T; self.z2 = Z2.T; self.a2 = A2.T
        return self.a2

    def backward(self, X, y, y_pred):
        m = len(X)
        E = 2*(y - y_pred)/numel(y); sp2 = sigmoid_derivative(self.z2); sp1 = sigmoid_derivative(self.z1);
        D2 = E * sp2;                       # m x k
        D1 = (D2 @ self.W2.T) * sp1;         # m x h
        G2 = hstack([self.a1, ones((m, 1))]).T @ D2;
        G1 = hstack([X, ones((m, 1))]).T @ D1;
        dW1, db1 = G1[:-1, :], G1[-1:, :]
        dW2, db2 = G2[:-1, :].T, G2[-1:, :]
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        alpha = self.learning_rate
        self.Th1 = self.Th1 - alpha*vstack([dW1, db1]).T
        self.Th2 = self.Th2 - alpha*vstack([dW2, db2]).T

    def train(self, X, y, epochs=1000):
        J = zeros(epochs)
        for it in range(0, epochs):
            h = self.forward(X)
            J[it] = mse_loss(h, y)
            [dW1, db1, dW2, db2] = self.backward(X, y, h)
            self.update_weights(dW1, db1, dW2, db2)
        return list(J)


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype='double')
    theta = x.ravel()                  # x(:)
    numgrad = zeros(numel(theta))
    perturb = zeros(numel(theta))
    for p in range(0, numel(theta)):
        perturb[p] = h
        loss1 = f((theta - perturb).reshape(x.shape))
        loss2 = f((theta + perturb).reshape(x.shape))
        numgrad[p] = (loss2 - loss1) / (2*h)
        perturb[p] = 0
    return numgrad.reshape(x.shape)
