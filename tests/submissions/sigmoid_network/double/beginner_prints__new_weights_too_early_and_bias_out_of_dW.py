# Exercise: backpropagation by hand
# I only use numpy here.

import numpy as np

DEBUG = False   # set to True to see all the shapes


def sigmoid(x):
    # first make a float array so integers work too
    x = np.array(x, dtype=float)
    # very big numbers give overflow in exp so I clip them
    x = np.clip(x, -500, 500)
    result = 1 / (1 + np.exp(-x))
    return result


def sigmoid_derivative(x):
    # s * (1 - s)
    s = sigmoid(x)
    result = s * (1 - s)
    return result


def relu(x):
    # copy, because the input must not be changed!
    result = np.copy(x)
    result[result < 0] = 0
    return result


def relu_derivative(x):
    # 1 for positive, 0 for the rest
    result = np.zeros(np.shape(x))
    result[x > 0] = 1
    return result


def mse_loss(y_pred, y_true):
    # mean of squared differences
    difference = y_pred - y_true
    squared = difference ** 2
    loss = squared.mean()
    return loss


def mse_loss_derivative(y_pred, y_true):
    # number of all elements
    number = y_pred.shape[0] * y_pred.shape[1]
    difference = y_pred - y_true
    result = 2 * difference / number
    return result


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        # small random weights
        self.W1 = np.random.uniform(-0.5, 0.5, (input_size, hidden_size))
        self.W2 = np.random.uniform(-0.5, 0.5, (hidden_size, output_size))
        # zero biases
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        # layer 1
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        # layer 2
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        if DEBUG:
            print("z1", self.z1.shape, "a1", self.a1.shape)
            print("z2", self.z2.shape, "a2", self.a2.shape)
        return self.a2

    def backward(self, X, y, y_pred):
        # ---- output layer ----
        error_output = mse_loss_derivative(y_pred, y)
        delta_output = error_output * sigmoid_derivative(self.z2)
        dW2 = np.dot(self.a1.T, delta_output)
        db2 = np.sum(delta_output, axis=0).reshape(1, -1)
        if DEBUG:
            print("dW2", dW2.shape, "db2", db2.shape)

        # what W2 looks like after the step
        new_W2 = self.W2 - self.learning_rate * dW2

        # ---- hidden layer ----
        error_hidden = np.dot(delta_output, new_W2.T)
        delta_hidden = error_hidden * sigmoid_derivative(self.z1)
        dW1 = np.dot(X.T, delta_hidden)
        db1 = np.sum(dW1, axis=0).reshape(1, -1)
        if DEBUG:
            print("new W2", new_W2.shape)
            print("dW1", dW1.shape, "db1", db1.shape)

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        # new = old - learning rate * gradient
        self.W1 = self.W1 - self.learning_rate * dW1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b1 = self.b1 - self.learning_rate * db1
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        all_losses = []
        for epoch in range(epochs):
            # 1. forward
            y_pred = self.forward(X)
            # 2. loss
            loss = mse_loss(y_pred, y)
            all_losses.append(loss)
            # 3. backward
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            # 4. update
            self.update_weights(dW1, db1, dW2, db2)
        return all_losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    result = np.zeros(x.shape)
    # go through all the elements
    for index in np.ndindex(x.shape):
        x_plus = x.copy()
        x_plus[index] = x_plus[index] + h
        x_minus = x.copy()
        x_minus[index] = x_minus[index] - h
        result[index] = (f(x_plus) - f(x_minus)) / (2 * h)
    return result


# small test
print("sigmoid(0) =", sigmoid(0))
print("sigmoid_derivative(0) =", sigmoid_derivative(0))
net = SimpleNeuralNetwork(2, 3, 1)
X_test = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y_test = np.array([[0], [1], [1], [0]])
print("losses:", net.train(X_test, y_test, epochs=3))
