import numpy as np


def sigmoid(x):
    return np.vectorize(lambda t: 1 / (1 + np.exp(-t)) if t > -700 else 0.0, otypes=[float])(x)


def sigmoid_derivative(a):
    return a * (1 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    for step in range(iterations):
        layer1 = sigmoid(X @ W1 + b1)
        layer2 = sigmoid(layer1 @ W2 + b2)
        if step % 1000 == 0:
            losses.append(np.mean((y - layer2) ** 2))
        adj2 = (y - layer2) * sigmoid_derivative(layer2)
        adj1 = (adj2 @ W2.T) * sigmoid_derivative(layer1)
        W1 = W1 + learning_rate * (X.T @ adj1)
        b1 = b1 + learning_rate * adj1.sum(axis=0, keepdims=True)
        W2 = W2 + learning_rate * (layer1.T @ adj2)
        b2 = b2 + learning_rate * adj2.sum(axis=0, keepdims=True)
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

losses = []
for counter in range(1, 10001):
    layer1 = sigmoid(X @ W1 + b1)
    output_layer_output = sigmoid(layer1 @ W2 + b2)
    missing = y - output_layer_output

    if counter % 1000 == 0:
        losses.append(np.mean(missing ** 2))

    adj2 = missing * sigmoid_derivative(output_layer_output)
    adj1 = (adj2 @ W2.T) * sigmoid_derivative(layer1)
    W1 += 0.1 * (X.T @ adj1)
    b1 += 0.1 * adj1.sum(axis=0, keepdims=True)
    W2 += 0.1 * (layer1.T @ adj2)
    b2 += 0.1 * adj2.sum(axis=0, keepdims=True)
