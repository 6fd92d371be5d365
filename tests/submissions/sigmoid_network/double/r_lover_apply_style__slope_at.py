# I normally use R, so: sapply, rep, outer, sweep ...
import numpy as np

def rep(v, times): return np.full(times, v)
def sapply(xs, fun): return np.array([fun(x) for x in xs])
def sweep(M, row): return M + np.outer(rep(1.0, len(M)), row)
def colSums(M): return np.apply_along_axis(np.sum, 0, M)[np.newaxis]
def rnorm(n, sd): return np.random.normal(0, sd, n)
def matrix(v, nrow, ncol): return np.reshape(v, (nrow, ncol), order='F')   # R fills by column

def plogis(q):
    q = np.asarray(q, dtype=float)
    return 1 / (1 + np.exp(-np.maximum(q, -740)))

def dlogis(q):
    return plogis(q) * plogis(-np.asarray(q, dtype=float))

sigmoid, sigmoid_derivative = plogis, dlogis

def pmax(a, b): return np.maximum(a, b)
def ifelse(test, yes, no): return np.where(test, yes, no)
def relu(x): return pmax(x, 0)
def relu_derivative(x): return ifelse(x > 0, 1.0, 0.0)

def mse_loss(y_pred, y_true):
    return np.mean((y_pred - y_true)**2)

def mse_loss_derivative(y_pred, y_true):
    nrow, ncol = y_pred.shape
    return 2*(y_pred - y_true)/(nrow*ncol)

class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = matrix(rnorm(input_size*hidden_size, sd=0.1), input_size, hidden_size)
        self.b1 = matrix(rep(0.0, hidden_size), 1, hidden_size)
        self.W2 = matrix(rnorm(hidden_size*output_size, sd=0.1), hidden_size, output_size)
        self.b2 = matrix(rep(0.0, output_size), 1, output_size)
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = sweep(X @ self.W1, self.b1[0])
        self.a1 = plogis(self.z1)
        self.z2 = sweep(self.a1 @ self.W2, self.b2[0])
        self.a2 = plogis(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        u2 = mse_loss_derivative(y_pred, y)*dlogis(self.z2)
        u1 = (u2 @ self.W2.T)*dlogis(self.z1)
        crossprod = lambda A, B: A.T @ B
        return crossprod(X, u1), colSums(u1), crossprod(self.a1, u2), colSums(u2)

    def update_weights(self, dW1, db1, dW2, db2):
        step = lambda par, d: par - self.learning_rate*d
        self.W1, self.b1, self.W2, self.b2 = step(self.W1, dW1), step(self.b1, db1), step(self.W2, dW2), step(self.b2, db2)

    def train(self, X, y, epochs=1000):
        def one_epoch(i):
            p = self.forward(X)
            before = mse_loss(p, y)
            self.update_weights(*self.backward(X, y, p))
            return before
        return list(sapply(range(epochs), one_epoch))

def numerical_gradient(f, x, h=1e-05):
    x = np.array(x)
    def at(i, by):
        par = x.copy()
        par.flat[i] = par.flat[i] + by
        return f(par)
    slope = sapply(range(x.size), lambda i: (at(i, h) - at(i, 0))/h)
    return slope.astype(np.float64).reshape(x.shape)
