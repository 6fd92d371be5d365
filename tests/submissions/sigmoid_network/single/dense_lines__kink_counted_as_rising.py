import numpy as np
f8 = np.float64

def sigmoid(x): x = np.asarray(x, f8); e = np.exp(-abs(x)); return np.where(x < 0, e, 1) / (1 + e)
def sigmoid_derivative(x): s = sigmoid(x); return s * (1 - s)
def relu(x): return x * (x > 0)
def relu_derivative(x): return (np.asarray(x) >= 0).astype(f8)
def mse_loss(y_pred, y_true): d = y_pred - y_true; return (d * d).mean()
def mse_loss_derivative(y_pred, y_true): d = y_pred - y_true; return d * 2 / d.size

class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        r = np.random.randn; n, h, k = input_size, hidden_size, output_size
        self.W1 = r(n, h) / 4; self.b1 = np.zeros((1, h)); self.W2 = r(h, k) / 4; self.b2 = np.zeros((1, k))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1; self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2; self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2); d1 = d2 @ self.W2.T * sigmoid_derivative(self.z1)
        return X.T @ d1, d1.sum(0)[None, :], self.a1.T @ d2, d2.sum(0)[None, :]

    def update_weights(self, dW1, db1, dW2, db2):
        a = self.learning_rate; self.W1 -= a * dW1; self.b1 -= a * db1; self.W2 -= a * dW2; self.b2 -= a * db2

    def train(self, X, y, epochs=1000):
        L = []
        for _ in range(epochs): p = self.forward(X); L.append(mse_loss(p, y)); self.update_weights(*self.backward(X, y, p))
        return L

def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, f8); g = np.zeros_like(x)
    for i in np.ndindex(x.shape): o = x[i]; x[i] = o + h; p = f(x); x[i] = o - h; q = f(x); x[i] = o; g[i] = (p - q) / (2 * h)
    return g
