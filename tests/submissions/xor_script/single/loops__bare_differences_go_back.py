# XOR network, with loops over the units so that I understand every index
import math

import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-1.0 * x))


def sigmoid_derivative(a):
    return a * (1.0 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    n_hidden, n_out = W2.shape
    losses = []

    for it in range(iterations):
        # forward, all samples together
        hid = sigmoid(X @ W1 + b1)
        out = sigmoid(hid @ W2 + b2)

        err = out - y
        if it % 1000 == 0:
            losses.append(np.mean(err * err))

        # output units: one column each
        delta_out = err * sigmoid_derivative(out)

        # hidden units, one after the other
        delta_hid = np.zeros(hid.shape)
        for j in range(n_hidden):
            back = 0.0
            for k in range(n_out):
                back += W2[j, k] * err[:, k]
            delta_hid[:, j] = back * sigmoid_derivative(hid[:, j])

        # now every weight and every bias has its gradient
        W1 = W1 - learning_rate * (X.T @ delta_hid)
        b1 = b1 - learning_rate * delta_hid.sum(axis=0)
        W2 = W2 - learning_rate * (hid.T @ delta_out)
        b2 = b2 - learning_rate * delta_out.sum(axis=0)

    return W1, b1, W2, b2, losses


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

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)

output_layer_output = np.zeros((4, 1))
for s in range(4):
    hidden = [0.0] * 4
    for j in range(4):
        z = b1[0, j]
        for i in range(3):
            z += X[s, i] * W1[i, j]
        hidden[j] = 1 / (1 + math.exp(-z))
    z = b2[0, 0]
    for j in range(4):
        z += hidden[j] * W2[j, 0]
    output_layer_output[s, 0] = 1 / (1 + math.exp(-z))

print(losses)
print(output_layer_output)
