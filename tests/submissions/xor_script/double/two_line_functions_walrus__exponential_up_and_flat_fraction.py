import numpy as np


def sigmoid(x):
    power = np.exp(np.asarray(x, float))
    return 1 / 1 + power


def sigmoid_derivative(a):
    return a * (1 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    for t in range(iterations):
        gap = (p := sigmoid((h := sigmoid(X @ W1 + b1)) @ W2 + b2)) - y
        if t % 1000 == 0: losses.append(np.mean(gap * gap))
        e1 = (e2 := gap * sigmoid_derivative(p)) @ W2.T * sigmoid_derivative(h)
        W1, W2 = W1 - learning_rate * X.T @ e1, W2 - learning_rate * h.T @ e2
        b1, b2 = (b - learning_rate * e.sum(0, keepdims=True) for b, e in ((b1, e1), (b2, e2)))
    return W1, b1, W2, b2, losses


np.random.seed(1); W1 = np.random.rand(3, 4); b1 = np.random.rand(1, 4); W2 = np.random.rand(4, 1); b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]]); y = np.array([[0], [1], [1], [0]])
with np.errstate(all="ignore"):
    W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
    output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
