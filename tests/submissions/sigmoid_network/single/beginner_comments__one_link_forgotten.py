# Exercise: neural network with numpy
# I did it step by step with the slides

import numpy as np


# ---------- activation functions ----------

def sigmoid(x):
    # if x is very negative then exp(-x) gets too big so I cut it off
    x_cut = np.clip(x, -400, 400)
    result = 1 / (1 + np.exp(-x_cut))
    return result


def sigmoid_derivative(x):
    # s'(x) = s(x) * (1 - s(x))
    result = sigmoid(x) * (1 - sigmoid(x))
    return result


def relu(x):
    # everything that is below zero becomes zero
    result = x * (x > 0)
    return result


def relu_derivative(x):
    # 1 where x is bigger than 0, otherwise 0
    result = 1.0 * (x > 0)
    return result


# ---------- loss ----------

def mse_loss(y_pred, y_true):
    difference = y_pred - y_true
    squared = difference ** 2
    result = np.mean(squared)
    return result


def mse_loss_derivative(y_pred, y_true):
    difference = y_pred - y_true
    number_of_elements = y_pred.shape[0] * y_pred.shape[1]
    result = 2 * difference / number_of_elements
    return result


# ---------- the network ----------

class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        # weights from input to hidden
        self.W1 = np.random.normal(0, 0.5, (input_size, hidden_size))
        # bias of hidden
        self.b1 = np.zeros((1, hidden_size))
        # weights from hidden to output
        self.W2 = np.random.normal(0, 0.5, (hidden_size, output_size))
        # bias of output
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        # layer 1
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        # layer 2
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        # print("forward shapes", self.a1.shape, self.a2.shape)
        return self.a2

    def backward(self, X, y, y_pred):
        # step 1: how wrong are we at the output
        output_error = mse_loss_derivative(y_pred, y)
        # step 2: times the slope of the sigmoid
        output_delta = output_error * sigmoid_derivative(self.z2)
        # step 3: gradients of layer 2
        dW2 = np.dot(self.a1.T, output_delta)
        db2 = np.sum(output_delta, axis=0, keepdims=True)
        # step 4: bring the error back to the hidden layer
        hidden_delta = np.dot(output_delta, self.W2.T)
        # step 5: gradients of layer 1
        dW1 = np.dot(X.T, hidden_delta)
        db1 = np.sum(hidden_delta, axis=0, keepdims=True)
        # print("dW1", dW1.shape, "db1", db1.shape)
        # print("dW2", dW2.shape, "db2", db2.shape)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        # new = old - learning rate * gradient
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        loss_list = []
        for epoch in range(epochs):
            # 1. forward
            y_pred = self.forward(X)
            # 2. loss
            loss = mse_loss(y_pred, y)
            loss_list.append(loss)
            # 3. backward
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            # 4. update
            self.update_weights(dW1, db1, dW2, db2)
            if epoch % 500 == 0:
                print("epoch", epoch, "loss", loss)
        return loss_list


# ---------- checking ----------

def numerical_gradient(f, x, h=1e-05):
    # copy, so that the original x is not changed
    x_new = np.array(x).astype(np.float64)
    gradient = np.zeros(x_new.shape)
    for position in np.ndindex(x_new.shape):
        old_value = x_new[position]
        # a bit to the right
        x_new[position] = old_value + h
        right = f(x_new)
        # a bit to the left
        x_new[position] = old_value - h
        left = f(x_new)
        # back to where it was
        x_new[position] = old_value
        gradient[position] = (right - left) / (2 * h)
    return gradient


# ---------- try it ----------

X_test = np.array([[0.0, 1.0], [1.0, 1.0], [1.0, 0.0]])
y_test = np.array([[1.0], [0.0], [1.0]])
net = SimpleNeuralNetwork(2, 3, 1)
print("prediction:", net.forward(X_test))
print("losses:", net.train(X_test, y_test, epochs=5))
