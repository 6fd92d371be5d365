# Week 3 assignment, one hidden layer
# (I keep the dA / dZ notation of the course, but samples are ROWS here, so the transposes move around!)
import numpy as np


def sigmoid(x):
    x = np.clip(np.asarray(x, dtype=float), -500, 500)   # else exp overflows
    s = 1 / (1 + np.exp(-x))
    return s


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    return np.maximum(0, x)


def relu_derivative(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    cost = np.mean(np.square(y_pred - y_true))
    return float(np.squeeze(cost))


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_true.size


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        # LINEAR -> SIGMOID -> LINEAR -> SIGMOID
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # retrieve what the forward pass cached
        cache = {"A0": X, "Z1": self.z1, "A1": self.a1, "Z2": self.z2}
        grads = {}

        ### output layer
        dA2 = mse_loss_derivative(y_pred, y)
        dZ2 = dA2 * sigmoid_derivative(cache["Z2"])
        grads["dW2"] = np.dot(cache["A1"].T, dZ2)
        grads["db2"] = np.sum(dZ2, axis=0, keepdims=True)

        ### hidden layer
        dA1 = np.dot(dA2, self.W2.T)
        dZ1 = dA1 * sigmoid_derivative(cache["Z1"])
        grads["dW1"] = np.dot(cache["A0"].T, dZ1)
        grads["db1"] = np.sum(dZ1, axis=0, keepdims=True)

        assert grads["dW1"].shape == self.W1.shape
        assert grads["dW2"].shape == self.W2.shape
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
            costs.append(mse_loss(A2, y))
            dW1, db1, dW2, db2 = self.backward(X, y, A2)
            self.update_weights(dW1, db1, dW2, db2)
        return costs


def numerical_gradient(f, x, h=1e-05):
    theta = np.array(x, dtype=np.float64)
    gradapprox = np.zeros(theta.shape)
    for i in np.ndindex(*theta.shape):
        thetaplus = np.copy(theta)
        thetaplus[i] = thetaplus[i] + h
        thetaminus = np.copy(theta)
        thetaminus[i] = thetaminus[i] - h
        gradapprox[i] = (f(thetaplus) - f(thetaminus)) / (2 * h)
    return gradapprox
