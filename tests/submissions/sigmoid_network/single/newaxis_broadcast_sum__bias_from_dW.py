# exercise 3, all products as broadcasts with newaxis and a sum over the sample axis
import numpy as np
nx = np.newaxis


def sigmoid(x):
    x = np.array(x, dtype=float)
    res = np.empty_like(x)
    pos = x >= 0
    res[pos] = 1 / (1 + np.exp(-x[pos]))
    ex = np.exp(x[~pos])
    res[~pos] = ex / (1 + ex)
    return res


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    x = np.asarray(x)
    return np.where(x < 0, 0, x)


def relu_derivative(x):
    x = np.asarray(x)
    return np.where(x <= 0, 0.0, 1.0)


def mse_loss(y_pred, y_true):
    return ((y_pred - y_true) ** 2).sum() / y_true.size


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_true.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        np.random.seed(42)
        self.W1 = np.random.randn(input_size, hidden_size) * 0.01
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.01
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = (X[:, :, nx] * self.W1[nx]).sum(axis=1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = (self.a1[:, :, nx] * self.W2[nx]).sum(axis=1) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        q = mse_loss_derivative(y_pred, y) * y_pred * (1 - y_pred)          # (m, k)
        r = (q[:, nx, :] * self.W2[nx, :, :]).sum(axis=2)                     # (m, h)
        r = r * self.a1 * (1 - self.a1)
        dW2 = (self.a1[:, :, nx] * q[:, nx, :]).sum(axis=0)
        db2 = np.add.reduce(dW2, axis=0)[nx, :]
        dW1 = (X[:, :, nx] * r[:, nx, :]).sum(axis=0)
        db1 = np.add.reduce(r, axis=0)[nx, :]
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 += -self.learning_rate * dW1
        self.b1 += -self.learning_rate * db1
        self.W2 += -self.learning_rate * dW2
        self.b2 += -self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        all_losses = []
        for i in range(epochs):
            pred = self.forward(X)
            all_losses.append(mse_loss(pred, y))
            dW1, db1, dW2, db2 = self.backward(X, y, pred)
            self.update_weights(dW1, db1, dW2, db2)
        return all_losses


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x).astype(np.float64)   # astype copies
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        orig = x[i]
        x[i] = orig + h
        fp = f(x)
        x[i] = orig - h
        fm = f(x)
        x[i] = orig
        grad[i] = (fp - fm) / (2 * h)
    return grad
