import numpy as np
from numpy import exp, abs, where

N = lambda a: a.shape[0]*a.shape[1]
col = lambda a: a.sum(0)[None]


def sigmoid(x):
    x = np.float64(x)
    q = exp(-abs(x))
    return where(x > 0, 1, q)/(1 + q)

def sigmoid_derivative(x):
    q = exp(-abs(np.float64(x)))
    return q/(1 + q)**2

def relu(x):
    return x*(x > 0)

def relu_derivative(x):
    return np.float64(x > 0)

def mse_loss(y_pred, y_true):
    return ((y_pred - y_true)**2).sum()/N(y_true)

def mse_loss_derivative(y_pred, y_true):
    return 2*(y_pred - y_true)/N(y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        r = np.random.randn
        self.W1, self.b1 = r(input_size, hidden_size)/10, np.zeros((1, hidden_size))
        self.W2, self.b2 = r(hidden_size, output_size)/10, np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = u = X@self.W1 + self.b1
        self.a1 = a = sigmoid(u)
        self.z2 = v = a@self.W2 + self.b2
        self.a2 = f = sigmoid(v)
        return f

    def backward(self, X, y, y_pred):
        f = y_pred
        D = 2/N(y)*(f - y)*f*(1 - f)
        E = D@self.W2.T*self.z1*(1 - self.z1)
        return X.T@E, col(E), self.a1.T@D, col(D)

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W1, self.b1 = self.W1 - eta*dW1, self.b1 - eta*db1
        self.W2, self.b2 = self.W2 - eta*dW2, self.b2 - eta*db2

    def train(self, X, y, epochs=1000):
        L = []
        for _ in range(epochs):
            f = self.forward(X)
            L.append(mse_loss(f, y))
            self.update_weights(*self.backward(X, y, f))
        return L


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, float)
    E = h*np.eye(x.size)
    return np.array([f(x + e.reshape(x.shape)) - f(x - e.reshape(x.shape)) for e in E]).reshape(x.shape)/(2*h)
