"""XOR network, everything as Einstein sums."""
from __future__ import annotations

import numpy as np
from numpy import ndarray

RATE: float = 0.1
STEPS: int = 10_000


def sigmoid(x) -> ndarray:
    """Overflow-free: exp is only ever taken of something <= 0."""
    x = np.asarray(x, dtype=np.float64)
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, small) / (1.0 + small)


def sigmoid_derivative(a) -> ndarray:
    a = np.asarray(a, dtype=np.float64)
    return a - np.square(a)


def _forward(X, W1, b1, W2, b2) -> tuple[ndarray, ndarray]:
    h = sigmoid(np.einsum("mn,nh->mh", X, W1) + b1)
    return h, sigmoid(np.einsum("mh,hk->mk", h, W2) + b2)


def _gradients(X, y, h, o, W2) -> tuple[ndarray, ...]:
    g_o = np.einsum("mk,mk->mk", o - y, sigmoid_derivative(o))
    g_h = np.einsum("mk,hk,mh->mh", g_o, W2, sigmoid_derivative(h))
    return (
        np.einsum("mn,mh->nh", X, g_h),
        np.einsum("mh->h", g_h)[None],
        np.einsum("mh,mk->hk", h, g_o),
        np.einsum("mk->k", g_o)[None],
    )


def train(X, y, W1, b1, W2, b2, learning_rate: float, iterations: int):
    theta = [W1, b1, W2, b2]
    history: list[float] = []
    for t in range(iterations):
        h, o = _forward(X, *theta)
        if not t % 1000:
            r = o - y
            history.append(float(np.einsum("mk,mk->", r, r) / r.size))
        theta = [p - learning_rate * g for p, g in zip(theta, _gradients(X, y, h, o, theta[2]))]
    return (*theta, history)


np.random.seed(1)
W1, b1, W2, b2 = (np.random.rand(*shape) for shape in ((3, 4), (1, 4), (4, 1), (1, 1)))

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], dtype=np.float64)
y = np.array([[0, 1, 1, 0]], dtype=np.float64).T

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, RATE, STEPS)
output_layer_output = _forward(X, W1, b1, W2, b2)[-1]

if __name__ == "__main__":
    print(np.c_[y, output_layer_output].round(3))
