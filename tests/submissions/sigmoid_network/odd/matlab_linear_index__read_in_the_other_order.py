import numpy as np
from numpy import exp, zeros, dot


def sigmoid(x):
    x = np.array(x, dtype=float)
    return 1.0 / (1.0 + exp(-x.clip(-300, 300)))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-np.array(x, dtype=float))


def relu(x):
    return np.where(x > 0, x, 0)


def relu_derivative(x):
    return np.where(x > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    e = (y_pred - y_true).flatten(order="F")
    return dot(e, e) / e.size


def mse_loss_derivative(y_pred, y_true):
    return 2.0 * (y_pred - y_true) / y_pred.size


def nabla(A_in, delta):
    """weights' and bias' gradient of a layer"""
    return dot(A_in.T, delta), delta.sum(0, keepdims=True)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = zeros((1, output_size))

    def forward(self, X):
        self.z1 = dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        delta2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        delta1 = dot(delta2, self.W2.T) * sigmoid_derivative(self.z1)
        dW1, db1 = nabla(X, delta1)
        dW2, db2 = nabla(self.a1, delta2)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        J = []
        for iter in range(epochs):
            yhat = self.forward(X)
            J.append(mse_loss(yhat, y))
            dW1, db1, dW2, db2 = self.backward(X, y, yhat)
            self.update_weights(dW1, db1, dW2, db2)
        return J


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    theta = x.flatten(order="F")  # theta = x(:)
    numgrad = zeros(theta.shape)
    roll = lambda t: t.reshape(x.shape, order="F")
    for p in range(theta.size):
        keep = theta[p]
        theta[p] = keep + h
        loss_p = f(roll(theta))
        theta[p] = keep - h
        loss_m = f(roll(theta))
        theta[p] = keep
        numgrad[p] = (loss_p - loss_m) / (2 * h)
    return numgrad.reshape(x.shape)
