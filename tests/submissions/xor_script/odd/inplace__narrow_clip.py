"""Exclusive or.  Everything lives in preallocated buffers; the parameters are views into one vector theta, the bias of
each layer is the last row of its matrix, and the inputs carry a column of ones for it."""
import numpy as np

EVERY = 1000


def sigmoid(x):
    t = np.array(x, dtype=np.float64)
    np.negative(t, out=t)
    np.clip(t, -5.0, 5.0, out=t)             # exp must not overflow
    np.exp(t, out=t)
    t += 1.0
    return np.divide(1.0, t, out=t)


def sigmoid_derivative(a):
    t = np.subtract(1.0, a, dtype=np.float64)
    t *= a
    return t


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    (m, n), (h, k) = np.shape(X), np.shape(W2)
    cut = (n + 1) * h
    theta, grad = np.empty(cut + (h + 1) * k), np.empty(cut + (h + 1) * k)
    A1, A2 = theta[:cut].reshape(n + 1, h), theta[cut:].reshape(h + 1, k)
    G1, G2 = grad[:cut].reshape(n + 1, h), grad[cut:].reshape(h + 1, k)
    A1[:-1], A1[-1:], A2[:-1], A2[-1:] = W1, b1, W2, b2

    V0, V1 = np.ones((m, n + 1)), np.ones((m, h + 1))
    V0[:, :-1] = X
    z1, z2, d1, d2, e = np.empty((m, h)), np.empty((m, k)), np.empty((m, h)), np.empty((m, k)), np.empty((m, k))
    losses = []

    for it in range(iterations):
        np.matmul(V0, A1, out=z1)
        V1[:, :-1] = sigmoid(z1)
        np.matmul(V1, A2, out=z2)
        out = sigmoid(z2)

        np.subtract(out, y, out=e)
        if not it % EVERY:
            losses.append(np.vdot(e, e) / e.size)

        np.multiply(e, sigmoid_derivative(out), out=d2)
        np.matmul(d2, A2[:-1].T, out=d1)
        d1 *= sigmoid_derivative(V1[:, :-1])

        np.matmul(V0.T, d1, out=G1)
        np.matmul(V1.T, d2, out=G2)
        grad *= learning_rate
        theta -= grad

    return A1[:-1].copy(), A1[-1:].copy(), A2[:-1].copy(), A2[-1:].copy(), losses


np.random.seed(1)
W1, b1, W2, b2 = np.random.rand(3, 4), np.random.rand(1, 4), np.random.rand(4, 1), np.random.rand(1, 1)
X = np.ones((4, 3))
X[:, 0] = 0, 1, 0, 1
X[:, 1] = 0, 0, 1, 1
y = (X[:, :1] != X[:, 1:2]).astype(float)

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10_000)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
