import numpy as np


def sigmoid(Z):
    A = 1 / (1 + np.exp(-np.clip(Z, -500.0, 500.0)))
    return A


def sigmoid_derivative(Z):
    A = sigmoid(Z)
    return np.multiply(A, 1 - A)


def relu(Z):
    return np.maximum(0, Z)


def relu_derivative(Z):
    dZ = np.array(Z > 0, dtype=float)
    assert dZ.shape == Z.shape
    return dZ


def mse_loss(AL, Y):
    return np.sum((AL - Y) ** 2) / Y.size


def mse_loss_derivative(AL, Y):
    dAL = 2 * (AL - Y) / Y.size
    return dAL


def linear_forward(A_prev, W, b):
    Z = np.dot(A_prev, W) + b
    return Z


def linear_activation_forward(A_prev, W, b):
    Z = linear_forward(A_prev, W, b)
    A = sigmoid(Z)
    return A, Z


def linear_activation_backward(dA, A_prev, W, Z):
    dZ = dA * sigmoid_derivative(Z)
    dW = np.dot(A_prev.T, dZ)
    db = np.sum(dZ, axis=0, keepdims=True)
    dA_prev = np.dot(dZ, W.T)
    return dA_prev, dW, db


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        np.random.seed(3)
        self.W1 = np.random.randn(input_size, hidden_size) * 0.01
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.01
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.a1, self.z1 = linear_activation_forward(X, self.W1, self.b1)
        self.a2, self.z2 = linear_activation_forward(self.a1, self.W2, self.b2)
        self.a2 = sigmoid(self.a2)
        return self.a2

    def backward(self, X, y, y_pred):
        grads = {}
        grads["dA2"] = mse_loss_derivative(y_pred, y)
        grads["dA1"], grads["dW2"], grads["db2"] = linear_activation_backward(grads["dA2"], self.a1, self.W2, self.z2)
        grads["dA0"], grads["dW1"], grads["db1"] = linear_activation_backward(grads["dA1"], X, self.W1, self.z1)
        return grads["dW1"], grads["db1"], grads["dW2"], grads["db2"]

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        costs = []
        for i in range(0, epochs):
            AL = self.forward(X)
            cost = mse_loss(AL, y)
            costs.append(cost)
            dW1, db1, dW2, db2 = self.backward(X, y, AL)
            self.update_weights(dW1, db1, dW2, db2)
            if i % 1000 == 0 and i > 0:
                print("Cost after iteration {}: {}".format(i, np.squeeze(cost)))
        return costs


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    gradapprox = np.zeros(x.shape)
    for i in range(x.size):
        thetaplus = x.flatten()
        thetaplus[i] += h
        J_plus = f(thetaplus.reshape(x.shape))
        thetaminus = x.flatten()
        thetaminus[i] -= h
        J_minus = f(thetaminus.reshape(x.shape))
        gradapprox.flat[i] = (J_plus - J_minus) / (2 * h)
    return gradapprox
