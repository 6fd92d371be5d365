#!/usr/bin/env python3
# -*- coding: utf-8 -*-
import numpy as np

RANDOM_SEED = 42
LEARNING_RATE = 0.1
ITERATIONS = 1_000
SHAPES = {"W1": (3, 4), "b1": (1, 4), "W2": (4, 1), "b2": (1, 1)}


def sigmoid(x):
    a = np.asarray(x, dtype=np.double)
    with np.errstate(over="ignore", under="ignore"):
        return 1 / (1 + np.exp(-a))


def sigmoid_derivative(a):
    return np.polyval([-1.0, 1.0, 0.0], np.asarray(a))


def xor_table():
    corners = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    return np.column_stack([corners, np.ones(4, int)]), corners.sum(axis=1, keepdims=True) % 2


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    checkpoints = set(range(0, iterations, 1000))
    losses = []
    for step in range(iterations):
        hid = sigmoid(X @ W1 + b1)
        out = sigmoid(hid @ W2 + b2)
        gap = y - out
        if step in checkpoints:
            losses.append(np.mean(gap * gap))
        push_out = gap * sigmoid_derivative(out)
        push_hid = push_out @ W2.T * sigmoid_derivative(hid)
        W1, W2 = W1 + learning_rate * X.T @ push_hid, W2 + learning_rate * hid.T @ push_out
        b1, b2 = (b + learning_rate * np.atleast_2d(p.sum(axis=0)) for b, p in ((b1, push_hid), (b2, push_out)))
    return W1, b1, W2, b2, losses


np.random.seed(RANDOM_SEED)
start = {name: np.random.rand(*shape) for name, shape in SHAPES.items()}
X, y = xor_table()
W1, b1, W2, b2, losses = train(X, y, learning_rate=LEARNING_RATE, iterations=ITERATIONS, **start)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
