#!/usr/bin/env python
import numpy as np


def sigmoid(x):
    x = np.clip(np.asarray(x, float), -709, 709)
    return 1. / (1. + np.exp(-x))


def sigmoid_derivative(a):
    return a * (1. - a)


def forward(X, W1, b1, W2, b2):
    A = sigmoid(np.dot(X, W1) + b1)
    return A, sigmoid(np.dot(A, W2) + b2)


def backward(X, y, A, P, W2):
    dP = np.multiply(P - y, sigmoid_derivative(P))
    dA = np.multiply(np.dot(dP, W2.T), sigmoid_derivative(A))
    return np.dot(X.T, dA), np.sum(dA, 0, keepdims=True), np.dot(A.T, dP), np.sum(dP, 0, keepdims=True)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    for i in range(iterations):
        A, P = forward(X, W1, b1, W2, b2)
        if i % 1000 == 0:
            losses.append(np.mean((P - y) ** 2))
        dW1, db1, dW2, db2 = backward(X, y, A, P, W2)
        W1 = W1 - learning_rate * dW1
        b1 = b1 - learning_rate * db1
        W2 = W2 - learning_rate * dW2
        b2 = b2 - learning_rate * db2
    return W1, b1, W2, b2, losses


# ================================ run ================================
def cost(prediction, target):
    return np.mean(0.5 * np.square(prediction - target))


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

losses = []
for i in range(10000):
    A, output_layer_output = forward(X, W1, b1, W2, b2)
    if i % 1000 == 0:
        losses.append(cost(output_layer_output, y))
        print(f"{i:>6} {losses[-1]:.6f}")
    gradients = backward(X, y, A, output_layer_output, W2)
    for parameter, gradient in zip((W1, b1, W2, b2), gradients):
        parameter -= 0.1 * gradient
