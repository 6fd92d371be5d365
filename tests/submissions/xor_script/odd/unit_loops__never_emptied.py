import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element."""
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(a):
    """The derivative of the sigmoid, in terms of what comes out of it."""
    return a * (1 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    """Gradient descent on all samples at once, with the sums written out as loops over the samples."""
    losses = []

    grad_W1, grad_b1 = np.zeros_like(W1), np.zeros_like(b1)
    grad_W2, grad_b2 = np.zeros_like(W2), np.zeros_like(b2)
    for iteration in range(iterations):
        squares = []

        for sample, target in zip(X, y):
            # rows, so that all shapes are as for one sample in a batch
            row = sample.reshape(1, -1)
            hidden = sigmoid(row @ W1 + b1)
            output = sigmoid(hidden @ W2 + b2)

            miss = output - target.reshape(1, -1)
            squares.append(miss ** 2)

            delta_output = miss * sigmoid_derivative(output)
            delta_hidden = delta_output @ W2.T * sigmoid_derivative(hidden)

            grad_W2 += hidden.T @ delta_output
            grad_b2 += delta_output
            grad_W1 += row.T @ delta_hidden
            grad_b1 += delta_hidden

        if iteration % 1000 == 0:
            losses.append(np.mean(squares))

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

X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
y = np.array([[0],
              [1],
              [1],
              [0]])

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
