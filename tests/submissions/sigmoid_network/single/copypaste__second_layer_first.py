# Backpropagation exercise
# I wrote out everything in train() so that I can see what happens

import numpy as np


def sigmoid(x):
    # exp(-x) gets inf for very negative x, then 1/inf = 0, that is ok
    x = np.asarray(x, dtype=np.float64)
    old_settings = np.seterr(over="ignore")
    result = 1.0 / (1.0 + np.exp(-x))
    np.seterr(**old_settings)
    return result


def sigmoid_derivative(x):
    return sigmoid(x) * (1.0 - sigmoid(x))


def relu(x):
    # (x + |x|) / 2 would make floats, so like this
    return np.where(x < 0, 0, x)


def relu_derivative(x):
    return np.where(x > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return np.average((y_true - y_pred) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2.0 * (y_pred - y_true) / np.size(y_true)


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = np.matmul(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # layer 2
        dz2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        dW2 = np.matmul(self.a1.T, dz2)
        db2 = np.sum(dz2, axis=0).reshape(1, -1)
        # layer 1
        dz1 = np.matmul(dz2, self.W2.T) * sigmoid_derivative(self.z1)
        dW1 = np.matmul(X.T, dz1)
        db1 = np.sum(dz1, axis=0).reshape(1, -1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            # ---- forward ----
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))

            # ---- layer 2 ----
            dz2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
            dW2 = np.matmul(self.a1.T, dz2)
            db2 = np.sum(dz2, axis=0).reshape(1, -1)
            self.W2 = self.W2 - self.learning_rate * dW2
            self.b2 = self.b2 - self.learning_rate * db2

            # ---- layer 1 ----
            dz1 = np.matmul(dz2, self.W2.T) * sigmoid_derivative(self.z1)
            dW1 = np.matmul(X.T, dz1)
            db1 = np.sum(dz1, axis=0).reshape(1, -1)
            self.W1 = self.W1 - self.learning_rate * dW1
            self.b1 = self.b1 - self.learning_rate * db1
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    for idx, value in np.ndenumerate(x.copy()):
        x[idx] = value + h
        fplus = f(x)
        x[idx] = value - h
        fminus = f(x)
        x[idx] = value
        grad[idx] = (fplus - fminus) / (2 * h)
    return grad


# small test
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
np.random.seed(1)
nn = SimpleNeuralNetwork(3, 4, 1, learning_rate=0.5)
print("losses:", nn.train(X, y, epochs=5))
