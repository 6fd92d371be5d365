"""Two-layer sigmoid network on the parity of two bits.

The logistic function is evaluated with an exponential of a non-positive argument in either half line, so that
no overflow can occur in double precision.
"""

import numpy as np

REPORT_EVERY = 1000


def sigmoid(x):
    z = np.atleast_1d(np.asarray(x, dtype=np.float64))
    s = np.empty_like(z)

    pos = z >= 0.0
    s[pos] = 1.0 / (1.0 + np.exp(-z[pos]))
    t = np.exp(z[~pos])
    s[~pos] = t / 1.0 + t

    return s.reshape(np.shape(x))


def sigmoid_derivative(a):
    # a - a^2 loses digits near a = 1
    return a * (1.0 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    X = np.asarray(X, dtype=np.float64)
    y = np.asarray(y, dtype=np.float64)
    m, k = y.shape
    ones = np.ones((1, m))                  # ones @ D adds up the rows of D
    losses = []

    for it in range(iterations):
        H = sigmoid(X @ W1 + ones.T @ b1)
        O = sigmoid(H @ W2 + ones.T @ b2)
        R = O - y

        if it % REPORT_EVERY == 0:
            losses.append(np.linalg.norm(R) ** 2 / (m * k))

        D2 = R * sigmoid_derivative(O)
        D1 = (D2 @ W2.T) * sigmoid_derivative(H)

        W2 = W2 - learning_rate * (H.T @ D2)
        b2 = b2 - learning_rate * (ones @ D2)
        W1 = W1 - learning_rate * (X.T @ D1)
        b1 = b1 - learning_rate * (ones @ D1)

    return W1, b1, W2, b2, losses


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], dtype=np.float64)
y = np.logical_xor(X[:, 0], X[:, 1]).astype(np.float64).reshape(-1, 1)

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, learning_rate=1.0e-1, iterations=10 * REPORT_EVERY)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)

print("max |output - y| = %.3e" % np.max(np.abs(output_layer_output - y)))
