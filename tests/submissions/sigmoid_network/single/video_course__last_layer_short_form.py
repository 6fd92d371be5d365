import numpy as np


def sigmoid(x):
    x = np.clip(x, -500, 500)
    A = 1.0 / (1.0 + np.exp(-x))
    return A


def sigmoid_derivative(x):
    A = sigmoid(x)
    return A * (1 - A)


def relu(x):
    return np.maximum(0, x)


def relu_derivative(x):
    dZ = np.zeros(np.shape(x))
    dZ[x > 0] = 1.0
    return dZ


def mse_loss(y_pred, y_true):
    m, k = y_true.shape
    cost = np.sum(np.square(y_pred - y_true)) / (m * k)
    return float(np.squeeze(cost))


def mse_loss_derivative(y_pred, y_true):
    m, k = y_true.shape
    dA = 2 * (y_pred - y_true) / (m * k)
    return dA


class SimpleNeuralNetwork:
    """2-layer network, rows are samples (so everything is transposed compared to the lectures!)"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = np.dot(X, self.W1) + self.b1
        A1 = sigmoid(Z1)
        Z2 = np.dot(A1, self.W2) + self.b2
        A2 = sigmoid(Z2)

        self.z1, self.a1, self.z2, self.a2 = Z1, A1, Z2, A2
        self.cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2

    def backward(self, X, y, y_pred):
        m, k = y.shape
        A1 = self.cache["A1"]
        A2 = self.cache["A2"]

        # output layer
        dZ2 = (A2 - y) / m
        dW2 = np.dot(A1.T, dZ2)
        db2 = np.sum(dZ2, axis=0, keepdims=True)

        # hidden layer
        dA1 = np.dot(dZ2, self.W2.T)
        dZ1 = dA1 * A1 * (1 - A1)
        dW1 = np.dot(X.T, dZ1)
        db1 = np.sum(dZ1, axis=0, keepdims=True)

        grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return grads["dW1"], grads["db1"], grads["dW2"], grads["db2"]

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        costs = []
        for i in range(epochs):
            A2 = self.forward(X)
            cost = mse_loss(A2, y)
            grads = self.backward(X, y, A2)
            self.update_weights(*grads)
            costs.append(cost)
        return costs


def numerical_gradient(f, x, h=1e-05):
    theta = np.array(x, dtype=np.float64)
    gradapprox = np.zeros_like(theta)
    for idx in np.ndindex(*theta.shape):
        thetaplus = np.copy(theta)
        thetaplus[idx] = thetaplus[idx] + h
        thetaminus = np.copy(theta)
        thetaminus[idx] = thetaminus[idx] - h
        gradapprox[idx] = (f(thetaplus) - f(thetaminus)) / (2 * h)
    return gradapprox
