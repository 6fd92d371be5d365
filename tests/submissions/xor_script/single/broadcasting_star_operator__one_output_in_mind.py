import numpy as np


def sigmoid(x):
    return 1 / (1 + np.e ** -np.asarray(x, float))


def sigmoid_derivative(a):
    return np.prod([a, 1 - np.asarray(a)], axis=0)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    remaining = iterations
    while remaining > 0:
        # forward
        hid = sigmoid(X @ W1 + b1)
        out = sigmoid(hid @ W2 + b2)
        if (iterations - remaining) % 1000 == 0:
            losses += [((out - y) ** 2).mean()]
        # backward; signs turned round: these point downhill
        downhill_out = (y - out) * sigmoid_derivative(out)
        share = downhill_out * W2.T
        downhill_hid = share * sigmoid_derivative(hid)
        # walk
        W2 = W2 + learning_rate * hid.T @ downhill_out
        b2 = b2 + learning_rate * downhill_out.sum(axis=0, keepdims=True)
        W1 = W1 + learning_rate * X.T @ downhill_hid
        b1 = b1 + learning_rate * downhill_hid.sum(axis=0, keepdims=True)
        remaining -= 1
    return W1, b1, W2, b2, losses


if True:    # the script
    np.random.seed(seed=1)
    W1 = np.random.rand(3, 4)
    b1 = np.random.rand(1, 4)
    W2 = np.random.rand(4, 1)
    b2 = np.random.rand(1, 1)
    X = np.stack([[0, 1, 0, 1], [0, 0, 1, 1], [1, 1, 1, 1]], axis=1)
    y = (X[:, 0] != X[:, 1]).astype(int).reshape(4, 1)
    W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
    output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
    print("after training:", *output_layer_output.ravel().round(3))
