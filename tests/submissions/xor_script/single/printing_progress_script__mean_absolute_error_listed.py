#!/usr/bin/env python3
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.where(x < 0, np.exp(np.minimum(x, 0)) / (1 + np.exp(np.minimum(x, 0))), 1 / (1 + np.exp(-np.maximum(x, 0))))


def sigmoid_derivative(a):
    return np.asarray(a) * (1 - np.asarray(a))


def mittlerer_fehler(residuum):
    # one number for the whole batch
    return np.mean(np.abs(residuum))


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
m = X.shape[0]
ones = np.ones((1, m))  # ones @ A sums the columns of A

losses = []
for schritt in range(10_000):
    A1 = sigmoid(X @ W1 + b1)
    A2 = sigmoid(A1 @ W2 + b2)
    residuum = A2 - y

    if schritt % 1000 == 0:
        losses.append(mittlerer_fehler(residuum))
        print(f"step {schritt:5d}   error {losses[-1]:.6f}")

    dZ2 = residuum * sigmoid_derivative(A2)
    dZ1 = (dZ2 @ W2.T) * sigmoid_derivative(A1)
    dW2 = A1.T @ dZ2
    db2 = ones @ dZ2
    dW1 = X.T @ dZ1
    db1 = ones @ dZ1

    W1 -= 0.1 * dW1
    b1 -= 0.1 * db1
    W2 -= 0.1 * dW2
    b2 -= 0.1 * db2

output_layer_output = A2
