import numpy as np


def sigmoid(x):
    x = np.clip(np.asarray(x, float), -709, 709)
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    s = sigmoid(x)
    return s - s * s

def relu(x):
    return x * (x > 0)

def relu_derivative(x):
    return 1.0 * (x > 0)

def mse_loss(y_pred, y_true):
    return ((y_pred - y_true) ** 2).mean()

def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    return 2 * (y_pred - y_true) / m / k


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        n, h, k = input_size, hidden_size, output_size
        self.W1, self.b1 = np.random.randn(n, h) / np.sqrt(n), np.zeros((1, h))
        self.W2, self.b2 = np.random.randn(h, k) / np.sqrt(h), np.zeros((1, k))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.a1 = sigmoid(z1 := X @ self.W1 + self.b1)
        self.a2 = sigmoid(z2 := self.a1 @ self.W2 + self.b2)
        self.z1, self.z2 = z1, z2
        return self.a2

    def backward(self, X, y, y_pred):
        # everything unscaled first: S = sum of squares, dS/dtheta; then / (m k)
        e2 = 2 * (y_pred - y) * y_pred * (1 - y_pred)
        e1 = e2 @ self.W2.T * (self.a1 - self.a1 ** 2)
        ones = np.ones((1, len(X)))
        unscaled = X.T @ e1, ones @ e1, self.a1.T @ e2, ones @ e2
        return tuple(u / y.size for u in unscaled)

    def update_weights(self, dW1, db1, dW2, db2):
        step = -self.learning_rate
        for theta, g in ("W1", dW1), ("b1", db1), ("W2", dW2), ("b2", db2):
            setattr(self, theta, getattr(self, theta) + step * g)

    def train(self, X, y, epochs=1000):
        J = []
        while len(J) < epochs:
            yhat = self.forward(X)
            J += [mse_loss(yhat, y)]
            self.update_weights(*self.backward(X, y, yhat))
        return J


def numerical_gradient(f, x, h=1e-05):
    x0 = np.asarray(x, dtype=np.float64)
    g = np.zeros(x0.shape)
    for i in np.ndindex(x0.shape):
        d = np.zeros(x0.shape); d[i] = h
        g[i] = (f(x0 + d) - f(x0 - d)) / (2 * h)
    return g


if __name__ == "__main__":
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    net = SimpleNeuralNetwork(2, 4, 1, learning_rate=2.0)
    print(net.train(X, X.prod(1, keepdims=True), 500)[::100])
