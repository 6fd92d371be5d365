import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-np.array(x, dtype=float)))


def sigmoid_derivative(a):
    return a * (1 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    for i in range(iterations):
        hidden = sigmoid(np.dot(X, W1) + b1)
        output = sigmoid(np.dot(hidden, W2) + b2)
        error = y - output
        if i % 1000 == 0:
            losses.append(np.mean(error ** 2))
        d_output = error * sigmoid_derivative(output)
        d_hidden = d_output.dot(W2.T) * sigmoid_derivative(hidden)
        W2 = W2 + learning_rate * hidden.T.dot(d_output)
        b2 = b2 + learning_rate * np.sum(d_output, axis=0, keepdims=True)
        W1 = W1 + learning_rate * X.T.dot(d_hidden)
        b1 = b1 + learning_rate * np.sum(d_hidden, axis=0, keepdims=True)
    return W1, b1, W2, b2, losses


# ----- the run -----
X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

losses = []
for iteration in range(10000):
    hidden_layer_output = sigmoid(np.dot(X, W1) + b1)
    output_layer_output = sigmoid(np.dot(hidden_layer_output, W2) + b2)

    error = y - output_layer_output
    if iteration % 1000 == 0:
        losses.append(np.mean(error ** 2))
        print("iteration", iteration, "loss", losses[-1])

    d_output = error * sigmoid_derivative(output_layer_output)
    d_hidden = d_output.dot(W2.T) * sigmoid_derivative(hidden_layer_output)

    W2 += hidden_layer_output.T.dot(d_output) * 0.1
    b2 += np.sum(d_output, axis=0, keepdims=True) * 0.1
    W1 += X.T.dot(d_hidden) * 0.1
    b1 += np.sum(d_hidden, axis=0, keepdims=True) * 0.1

print(output_layer_output)
