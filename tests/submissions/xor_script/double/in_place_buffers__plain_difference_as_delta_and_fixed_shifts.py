"""Exclusive or. All arrays of the loop are allocated once; the loop writes into them."""
import numpy as np
from numpy import add, matmul, multiply, subtract


def sigmoid(x):
    t = np.tanh(np.asarray(x, dtype=float) * 0.5)
    return 0.5 + 0.5 * t


def sigmoid_derivative(a):
    return a * (1. - a)


rng_seed, eta, steps, every = 1, 0.1, 10_000, 1_000
m, n, h, k = 4, 3, 4, 1

X = np.array([0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1], dtype=float).reshape(m, n)
y = np.array([0, 1, 1, 0], dtype=float).reshape(m, k)

np.random.seed(rng_seed)
W1, b1, W2, b2 = (np.random.rand(*shape) for shape in ((n, h), (1, h), (h, k), (1, k)))

z1 = np.empty((m, h)); delta1 = np.empty_like(z1)
z2 = np.empty((m, k)); delta2 = np.empty_like(z2)
g1 = np.empty_like(W1); g2 = np.empty_like(W2)
losses = []

for step in range(steps):
    add(matmul(X, W1, out=z1), b1, out=z1)
    a1 = sigmoid(z1)
    add(matmul(a1, W2, out=z2), b2, out=z2)
    a2 = sigmoid(z2)

    residual = subtract(a2, y)
    if not step % every:
        losses.append(float(np.vdot(residual, residual)) / residual.size)

    delta2[:] = residual
    matmul(delta2, W2.T, out=delta1)
    multiply(delta1, sigmoid_derivative(a1), out=delta1)

    matmul(X.T, delta1, out=g1)
    matmul(a1.T, delta2, out=g2)

    for p, g in ((W1, g1), (W2, g2)):
        subtract(p, eta * g, out=p)

output_layer_output = a2
