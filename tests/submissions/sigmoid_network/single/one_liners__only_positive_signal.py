import numpy as np; from functools import partial, reduce
_S = partial(np.sum, axis=0, keepdims=True)

def sigmoid(x): return 1 / (1 + np.exp(-np.clip(np.float64(x), -600, 600)))
def sigmoid_derivative(x): s = sigmoid(x); return s * (1 - s)
def relu(x): return x * (x > 0)
def relu_derivative(x): return (x > 0) + 0.0
def mse_loss(y_pred, y_true): d = (y_pred - y_true).ravel(); return d @ d / d.size
def mse_loss_derivative(y_pred, y_true): return 2 / y_pred.size * (y_pred - y_true)

class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        n, h, k = input_size, hidden_size, output_size; self.learning_rate = learning_rate
        self.W1 = np.random.randn(n, h) / 4; self.b1 = np.zeros((1, h))
        self.W2 = np.random.randn(h, k) / 4; self.b2 = np.zeros((1, k))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1; self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2; self.a2 = sigmoid(self.z2); return self.a2

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        d1 = sigmoid_derivative(self.z1) * relu(d2 @ self.W2.T)
        return X.T @ d1, _S(d1), self.a1.T @ d2, _S(d2)

    def update_weights(self, dW1, db1, dW2, db2):
        r = self.learning_rate; self.W1 = self.W1 - r * dW1; self.b1 = self.b1 - r * db1
        self.W2 = self.W2 - r * dW2; self.b2 = self.b2 - r * db2

    def train(self, X, y, epochs=1000):
        L = []
        for _ in range(epochs): p = self.forward(X); L.append(mse_loss(p, y)); self.update_weights(*self.backward(X, y, p))
        return L

def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, float); g = np.zeros_like(x)
    for i in np.ndindex(x.shape): v = x[i]; x[i] = v + h; p = f(x); x[i] = v - h; q = f(x); x[i] = v; g[i] = (p - q) / (2 * h)
    return g
