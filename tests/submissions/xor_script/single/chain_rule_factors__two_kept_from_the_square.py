# XOR -- every factor of the chain rule has its own name, so that I do not get lost
import numpy as np


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_derivative(a):
    return a - np.square(a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    def forward():
        z1 = X.dot(W1) + b1
        a1 = sigmoid(z1)
        z2 = a1.dot(W2) + b2
        a2 = sigmoid(z2)
        return a1, a2

    def gradients(a1, a2):
        dL_da2 = 2 * (a2 - y)  # power rule
        da2_dz2 = sigmoid_derivative(a2)
        dz2_da1 = W2.T
        da1_dz1 = sigmoid_derivative(a1)
        dz1_dW1 = X.T
        dz2_dW2 = a1.T

        dL_dz2 = dL_da2 * da2_dz2
        dL_dz1 = dL_dz2.dot(dz2_da1) * da1_dz1

        dL_dW1 = dz1_dW1.dot(dL_dz1)
        dL_dW2 = dz2_dW2.dot(dL_dz2)
        # dz/db is 1
        dL_db1 = dL_dz1.sum(axis=0).reshape(b1.shape)
        dL_db2 = dL_dz2.sum(axis=0).reshape(b2.shape)
        return dL_dW1, dL_db1, dL_dW2, dL_db2

    losses = []
    for i in range(iterations):
        a1, a2 = forward()
        if i % 1000 == 0:
            losses.append(((a2 - y) ** 2).mean())
        dW1, db1, dW2, db2 = gradients(a1, a2)
        W1 = W1 - learning_rate * dW1
        b1 = b1 - learning_rate * db1
        W2 = W2 - learning_rate * dW2
        b2 = b2 - learning_rate * db2
    return W1, b1, W2, b2, losses


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = sigmoid(sigmoid(X.dot(W1) + b1).dot(W2) + b2)
