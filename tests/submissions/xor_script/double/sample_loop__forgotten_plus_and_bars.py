"""XOR network, one sample after the other inside every iteration."""
import numpy as np


def sigmoid(x):
    """Logistic function."""
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(a):
    """Slope of the logistic function at the activation a."""
    return a * (1 - a)


def forward_one(x, W1, b1, W2, b2):
    """Forward pass of a single sample (a vector)."""
    h = sigmoid(x @ W1 + b1[0])
    o = sigmoid(h @ W2 + b2[0])
    return h, o


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    m, k = y.shape
    losses = []
    for it in range(iterations):
        # start every iteration with empty gradients
        gW1 = np.zeros(W1.shape)
        gb1 = np.zeros(b1.shape)
        gW2 = np.zeros(W2.shape)
        gb2 = np.zeros(b2.shape)
        total = 0.0
        for s in range(m):
            x, t = X[s], y[s]
            h, o = forward_one(x, W1, b1, W2, b2)
            e = o - t
            total += np.sum(np.abs(e))
            d_out = e * sigmoid_derivative(o)
            d_hid = (W2 @ d_out) * sigmoid_derivative(h)
            gW2 += np.outer(h, d_out)
            gb2 += d_out
            gW1 = np.outer(x, d_hid)
            gb1 += d_hid
        if it % 1000 == 0:
            losses.append(total / (m * k))
        W1 = W1 - learning_rate * gW1
        b1 = b1 - learning_rate * gb1
        W2 = W2 - learning_rate * gW2
        b2 = b2 - learning_rate * gb2
    return W1, b1, W2, b2, losses


X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = np.array([forward_one(x, W1, b1, W2, b2)[1] for x in X])
