"""Exclusive or as one script: functions first, then the run that uses them."""

import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element."""
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(a):
    """The derivative of the sigmoid, in terms of what comes out of it."""
    return a * (1.0 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    """Gradient descent on all samples at once, but the gradient is put together sample by sample."""
    losses = []
    m = len(X)

    for t in range(iterations):
        # gradients start at zero
        grad_W1 = np.zeros(W1.shape)
        grad_b1 = np.zeros(b1.shape)
        grad_W2 = np.zeros(W2.shape)
        grad_b2 = np.zeros(b2.shape)
        squared_error = 0.0

        for s in range(m):
            x_s = X[s].reshape(1, -1)      # (1, n)
            y_s = y[s].reshape(1, -1)      # (1, k)

            # forward
            hidden = sigmoid(x_s @ W1 + b1)
            out = sigmoid(hidden @ W2 + b2)
            squared_error += np.sum((out - y_s) ** 2)

            # backward
            delta_out = (out - y_s) * sigmoid_derivative(out)
            delta_hidden = (delta_out @ W2.T) * sigmoid_derivative(sigmoid(hidden))

            grad_W1 += x_s.T @ delta_hidden
            grad_b1 += delta_hidden
            grad_W2 = hidden.T @ delta_out
            grad_b2 += delta_out

        if t % 1000 == 0:
            losses.append(squared_error / y.size)

        W1 = W1 - learning_rate * grad_W1
        b1 = b1 - learning_rate * grad_b1
        W2 = W2 - learning_rate * grad_W2
        b2 = b2 - learning_rate * grad_b2

    return W1, b1, W2, b2, losses


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)

output_layer_output = np.zeros((4, 1))
for s in range(4):
    output_layer_output[s] = sigmoid(sigmoid(X[s] @ W1 + b1) @ W2 + b2)
