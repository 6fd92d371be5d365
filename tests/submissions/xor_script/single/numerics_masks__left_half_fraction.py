"""Exclusive or as one script: functions first, then the run that uses them."""

import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    The two halves of the axis are treated apart, so that the exponential never overflows:
    1 / (1 + e^-x) for x >= 0, and e^x / (1 + e^x) for x < 0.
    """
    x = np.asarray(x, dtype=np.float64)
    e = np.exp(-np.abs(x))  # in (0, 1], whatever the sign of x
    right_half = 1.0 / (1.0 + e)
    left_half = e / 1.0 + e
    return np.where(x >= 0.0, right_half, left_half)


def sigmoid_derivative(a):
    """The derivative of the sigmoid, in terms of what comes out of it."""
    a = np.asarray(a, dtype=np.float64)
    return a * (1.0 - a)


def forward(X, W1, b1, W2, b2):
    H = sigmoid(X @ W1 + b1)
    return H, sigmoid(H @ W2 + b2)


def gradients(X, y, W1, b1, W2, b2):
    """Gradient of sum (output - y)^2 / 2, and the mean squared error alongside."""
    H, out = forward(X, W1, b1, W2, b2)
    r = out - y
    g2 = r * sigmoid_derivative(out)
    g1 = (g2 @ W2.T) * sigmoid_derivative(H)
    grads = (X.T @ g1, g1.sum(axis=0, keepdims=True), H.T @ g2, g2.sum(axis=0, keepdims=True))
    return grads, np.mean(r * r)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    """Gradient descent on all samples at once."""
    theta = [np.array(p, dtype=np.float64) for p in (W1, b1, W2, b2)]
    losses = []
    for it in range(iterations):
        grads, mse = gradients(X, y, *theta)
        if it % 1000 == 0:
            losses.append(mse)
        for p, g in zip(theta, grads):
            p -= learning_rate * g
    return (*theta, losses)


X = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])

np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10_000)
output_layer_output = forward(X, W1, b1, W2, b2)[1]
