import numpy as np; from functools import reduce
A = np.asarray

sigmoid = lambda x: (1 + np.tanh(A(x, float) / 2)) / 2
sigmoid_derivative = lambda x: (s := sigmoid(x)) * (1 - s)
relu = lambda x: A(x).clip(0)
relu_derivative = lambda x: 1. * (A(x) > 0)

def mse_loss(y_pred, y_true):
    # frobenius norm = root of the sum of squares, so no explicit sum needed
    r = A(y_pred) - A(y_true); N = r.size
    return np.linalg.norm(r) / N ** .5

def mse_loss_derivative(y_pred, y_true): return 2 * (r := A(y_pred) - A(y_true)) / r.size

class SimpleNeuralNetwork:
    P = "W1", "b1", "W2", "b2"

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        n, h, k = input_size, hidden_size, output_size
        self.learning_rate, R = learning_rate, np.random.randn
        self.W1, self.b1, self.W2, self.b2 = R(n, h) / 3, np.zeros((1, h)), R(h, k) / 3, np.zeros((1, k))

    def forward(self, X):
        self.a1 = sigmoid(z := X @ self.W1 + self.b1); self.z1 = z
        self.a2 = sigmoid(z := self.a1 @ self.W2 + self.b2); self.z2 = z
        return self.a2

    def backward(self, X, y, y_pred):
        col = lambda d: d.sum(0, keepdims=True)
        e = mse_loss_derivative(y_pred, y) * (o := y_pred) * (1 - o)
        d = e @ self.W2.T * (a := self.a1) * (1 - a)
        return X.T @ d, col(d), a.T @ e, col(e)

    def update_weights(self, dW1, db1, dW2, db2):
        for p, g in zip(self.P, (dW1, db1, dW2, db2)): setattr(self, p, getattr(self, p) - self.learning_rate * g)

    def train(self, X, y, epochs=1000):
        def step(L, _): return self.update_weights(*self.backward(X, y, o := self.forward(X))) or L + [mse_loss(o, y)]
        return reduce(step, range(epochs), [])

def numerical_gradient(f, x, h=1e-05):
    x = A(x, np.float64); I = np.eye(x.size) * h
    return A([f(x + d.reshape(x.shape)) - f(x - d.reshape(x.shape)) for d in I], float).reshape(x.shape) / (2 * h)
