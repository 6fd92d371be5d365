import numpy as np
N = np


def sigmoid(x):
    return N.exp(-N.logaddexp(0, -1. * N.asarray(x)))

def sigmoid_derivative(x):
    return N.exp(-N.logaddexp(0, -1. * N.asarray(x)) - N.logaddexp(0, 1. * N.asarray(x)))

def relu(x):
    return N.maximum(0 * x, x)

def relu_derivative(x):
    return 1. - (N.asarray(x) <= 0)

def mse_loss(y_pred, y_true):
    return N.mean((y_pred - y_true)**2)

def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true)*2/y_pred.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1, self.W2 = .1*N.random.randn(input_size, hidden_size), .1*N.random.randn(hidden_size, output_size)
        self.b1, self.b2, self.learning_rate = N.zeros((1, hidden_size)), N.zeros((1, output_size)), learning_rate

    def forward(self, X):
        self.z1 = X@self.W1 + self.b1;  self.a1 = sigmoid(self.z1)
        self.z2 = self.a1@self.W2 + self.b2;  self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        pack = lambda A, D: (A.T@D, N.sum(D, 0, keepdims=True))
        D2 = (y_pred - y)/len(y)
        return (*pack(X, D2@self.W2.T*sigmoid_derivative(self.a1)), *pack(self.a1, D2))

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1, self.b1, self.W2, self.b2 = self.W1 - lr*dW1, self.b1 - lr*db1, self.W2 - lr*dW2, self.b2 - lr*db2

    def train(self, X, y, epochs=1000):
        return [(mse_loss(P := self.forward(X), y), self.update_weights(*self.backward(X, y, P)))[0] for _ in range(epochs)]


def numerical_gradient(f, x, h=1e-05):
    x = N.array(x, dtype=float); G = N.zeros_like(x)
    for i in N.ndindex(x.shape):
        E = N.zeros_like(x); E[i] = h
        G[i] = (f(x + E) - f(x - E))/(2*h)
    return G
