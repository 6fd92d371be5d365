import numpy as np

def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    return np.where(x >= 0, 1., np.exp(-abs(x))) / (1. + np.exp(-abs(x)))

sigmoid_derivative = lambda x: sigmoid(x) - sigmoid(x) ** 2

def relu(x): return np.where(np.greater(x, 0), x, 0)

def relu_derivative(x): return np.float64(np.greater(x, 0))

def mse_loss(y_pred, y_true): return np.mean((y_pred - y_true) ** 2)

def mse_loss_derivative(y_pred, y_true): return 2. * (y_pred - y_true) / np.size(y_pred)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * .3;  self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * .3; self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1;       self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2; self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        g2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        g1 = g2 @ self.W2.T * sigmoid_derivative(self.z1)
        return X.T @ g1, g1.sum(0)[None], self.a1.T @ g2, g2.sum(0)[None]

    def update_weights(self, dW1, db1, dW2, db2):
        layers = [(self.W1, self.b1), (self.W2, self.b2)]
        grads = [(dW1, db1), (dW2, db2)]
        for (W, b), (dW, db) in zip(layers, grads):
            W -= self.learning_rate * dW
            b = b - self.learning_rate * db

    def train(self, X, y, epochs=1000):
        lr, hist = self.learning_rate, []
        for _ in range(epochs):
            p = self.forward(X); hist.append(mse_loss(p, y))
            dW1, db1, dW2, db2 = self.backward(X, y, p)
            self.W1 = self.W1 - lr * dW1; self.b1 = self.b1 - lr * db1
            self.W2 = self.W2 - lr * dW2; self.b2 = self.b2 - lr * db2
        return hist


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64); g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        d = np.zeros(x.shape); d[i] = h
        g[i] = (f(x + d) - f(x - d)) / (2 * h)
    return g
