# Two layers of logistic units relaxing in the landscape E = 1/2 sum (a2 - y)^2.
# Indices: s sample, i input, j hidden, k output.

import numpy as np
from numpy import einsum


def sigmoid(x):
    r"""sigma(x) = e^{x/2} / (2 cosh(x/2)), written so that neither factor blows up."""
    x = np.asarray(x) * 1.0
    return np.exp(-np.logaddexp(0.0, -x))


def sigmoid_derivative(a):
    a = np.asarray(a) * 1.0
    return einsum("...,...->...", a, 1.0 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    eta, mse = learning_rate, []

    for t in range(iterations):
        a1 = sigmoid(einsum("si,ij->sj", X, W1) + b1)
        a2 = sigmoid(einsum("sj,jk->sk", a1, W2) + b2)

        dev = a2 - y
        if t % 1000 == 0:
            mse.append(einsum("sk,sk->", dev, dev) / dev.size)

        g2 = dev * sigmoid_derivative(a2)
        g1 = einsum("sk,jk->sj", g2, W2) * sigmoid_derivative(a1)

        W1, b1, W2, b2 = (
            W1 - einsum("si,sj,->ij", X, g1, eta),
            b1 - einsum("sj,->j", g1, eta),
            W2 - eta * einsum("sj,sk->jk", a1, g2),
            b2 - eta * einsum("sk->k", g2),
        )

    return W1, b1, W2, b2, mse


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], float)
y = np.logical_xor(X[:, :1], X[:, 1:2]).astype(float)

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10_000)
output_layer_output = sigmoid(einsum("sj,jk->sk", sigmoid(einsum("si,ij->sj", X, W1) + b1), W2) + b2)

# def relaxation_curve():
#     import matplotlib.pyplot as plt
#     plt.semilogy(np.arange(10) * 1000, losses); plt.xlabel("t"); plt.ylabel("MSE")
