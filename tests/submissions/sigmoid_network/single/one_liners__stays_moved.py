import numpy as np; from math import prod

def sigmoid(x): return 1 / (1 + np.exp(-np.clip(x, -99, 99)))
def sigmoid_derivative(x): s = sigmoid(x); return s * (1 - s)
def relu(x): return (np.abs(x) + x) / 2
def relu_derivative(x): return 1. * (np.asarray(x) > 0)
def mse_loss(y_pred, y_true): return ((y_true - y_pred)**2).sum() / prod(y_true.shape)
def mse_loss_derivative(y_pred, y_true): return 2 * (y_pred - y_true) / prod(y_true.shape)

class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        n, h, k, R = input_size, hidden_size, output_size, np.random.RandomState()
        self.W1, self.b1, self.W2, self.b2 = R.randn(n, h) / 3, np.zeros((1, h)), R.randn(h, k) / 3, np.zeros((1, k))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1; self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2; self.a2 = sigmoid(self.z2); return self.a2

    def backward(self, X, y, y_pred):
        D = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2); d = D @ self.W2.T * sigmoid_derivative(self.z1)
        return X.T @ d, d.sum(0)[None], self.a1.T @ D, D.sum(0)[None]

    def update_weights(self, dW1, db1, dW2, db2):
        r = self.learning_rate
        self.W1 = self.W1 - r * dW1; self.b1 = self.b1 - r * db1; self.W2 = self.W2 - r * dW2; self.b2 = self.b2 - r * db2

    def train(self, X, y, epochs=1000):
        L = []
        while len(L) < epochs: p = self.forward(X); L.append(mse_loss(p, y)); self.update_weights(*self.backward(X, y, p))
        return L

def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64); g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        v = x[i]
        x[i] = v + h; up = f(x)
        x[i] = v - h; down = f(x)
        g[i] = (up - down) / (2 * h)
    return g
