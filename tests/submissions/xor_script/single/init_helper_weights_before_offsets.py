import numpy as np

N_IN, N_HID, N_OUT = 3, 4, 1


def sigmoid(x):
    return np.reciprocal(1 + np.exp(-np.asarray(x, dtype=float)))


def sigmoid_derivative(a):
    return a - a * a


def feed(x, *layers):
    """All activations, the input first."""
    acts = [x]
    for W, b in layers:
        acts.append(sigmoid(acts[-1].dot(W) + b))
    return acts


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    mses = []
    for it in range(iterations):
        _, hid, out = feed(X, (W1, b1), (W2, b2))
        it % 1000 or mses.append(np.square(y - out).mean())
        g2 = (y - out) * sigmoid_derivative(out)
        g1 = sigmoid_derivative(hid) * np.dot(g2, W2.T)
        W1, b1 = W1 + np.dot(X.T, g1) * learning_rate, b1 + g1.sum(0)[np.newaxis] * learning_rate
        W2, b2 = W2 + np.dot(hid.T, g2) * learning_rate, b2 + g2.sum(0)[np.newaxis] * learning_rate
    return W1, b1, W2, b2, mses


def initial_parameters():
    np.random.seed(1)
    first = np.random.rand(N_IN, N_HID)
    second = np.random.rand(N_HID, N_OUT)
    first_bias = np.random.rand(1, N_HID)
    second_bias = np.random.rand(1, N_OUT)
    return first, first_bias, second, second_bias


X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
y = np.array([[0, 1, 1, 0]]).T
W1, b1, W2, b2, losses = train(X, y, *initial_parameters(), 0.1, 10000)
output_layer_output = feed(X, (W1, b1), (W2, b2))[-1]
assert output_layer_output.shape == y.shape
