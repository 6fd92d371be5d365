import numpy as np


def sigmoid(x):
    """Numerically stable: never takes exp of something big and positive."""
    x = np.asarray(x)
    result = np.zeros_like(x)
    positive = x >= 0
    result[positive] = 1.0 / (1.0 + np.exp(-x[positive]))
    exp_x = np.exp(x[~positive])
    result[~positive] = exp_x / (1.0 + exp_x)
    return result


def sigmoid_derivative(a):
    a = np.asarray(a, dtype=float)
    return a * (1.0 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    for iteration in range(iterations):
        # forward
        hidden = sigmoid(X @ W1 + b1)
        output = sigmoid(hidden @ W2 + b2)

        if iteration % 1000 == 0:
            losses.append(np.mean((output - y) ** 2))

        # backward
        delta_output = (output - y) * sigmoid_derivative(output)
        delta_hidden = (delta_output @ W2.T) * sigmoid_derivative(hidden)

        # update
        W2 = W2 - learning_rate * hidden.T @ delta_output
        b2 = b2 - learning_rate * delta_output.sum(axis=0, keepdims=True)
        W1 = W1 - learning_rate * X.T @ delta_hidden
        b1 = b1 - learning_rate * delta_hidden.sum(axis=0, keepdims=True)
    return W1, b1, W2, b2, losses


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10_000)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
print(output_layer_output)
