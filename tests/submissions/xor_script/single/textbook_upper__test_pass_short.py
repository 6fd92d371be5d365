"""Exclusive or as one script."""

import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element."""
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(a):
    """The derivative of the sigmoid, in terms of what comes out of it."""
    return np.multiply(a, 1 - a)


# Data: T holds the targets
X = np.array([
    [0, 0, 1],
    [1, 0, 1],
    [0, 1, 1],
    [1, 1, 1],
])
T = np.array([0, 1, 1, 0]).reshape(-1, 1)
y = T

# Parameters
np.random.seed(1)
W1, b1 = np.random.rand(3, 4), np.random.rand(1, 4)
W2, b2 = np.random.rand(4, 1), np.random.rand(1, 1)

eta = 0.1
n_epochs = 10000
losses = []

for epoch in range(n_epochs):
    # (1) forward propagation
    Z1 = X @ W1 + b1
    H = sigmoid(Z1)
    Z2 = H @ W2 + b2
    O = sigmoid(Z2)

    # (2) monitoring
    if epoch % 1000 == 0:
        losses.append(np.mean(np.square(O - T)))

    # (3) backward propagation: delta_k = (o_k - t_k) o_k (1 - o_k)
    delta_o = (O - T) * sigmoid_derivative(O)
    delta_h = delta_o @ W2.T * sigmoid_derivative(H)

    # (4) update rule: w <- w - eta * dL/dw
    W1 = W1 - eta * X.T @ delta_h
    b1 = b1 - eta * np.sum(delta_h, axis=0, keepdims=True)
    W2 = W2 - eta * H.T @ delta_o
    b2 = b2 - eta * np.sum(delta_o, axis=0, keepdims=True)

# The trained network, tested on the four patterns
hidden_layer_output = sigmoid(X @ W1 + b1)
output_layer_output = sigmoid(hidden_layer_output @ W2)

for pattern, target, out in zip(X, T, output_layer_output):
    print(pattern[:2], "->", out[0].round(3), "should be", target[0])
