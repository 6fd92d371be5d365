"""Exclusive or; every contraction spelled out with einsum.

Indices: s sample, i input, j hidden unit, o output."""
import numpy as np
from numpy import einsum


def sigmoid(x):
    return np.reciprocal(1.0 + np.exp(np.negative(x)))


def sigmoid_derivative(a):
    return np.multiply(a, np.subtract(1.0, a))


def affine(x, w, b):
    return einsum("sa,ab->sb", x, w) + b


def predict(x, w1, b1, w2, b2):
    hid = sigmoid(affine(x, w1, b1))
    return hid, sigmoid(affine(hid, w2, b2))


def pullback(x, y, hid, out, w2):
    """Cotangents of w1, b1, w2, b2, in the order of the parameters."""
    resid = (out - y) / len(y)
    go = einsum("so,so->so", resid, sigmoid_derivative(out))
    gj = einsum("so,jo,sj->sj", go, w2, sigmoid_derivative(hid))
    return (einsum("si,sj->ij", x, gj), einsum("sj->j", gj)[None],
            einsum("sj,so->jo", hid, go), einsum("so->o", go)[None])


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    theta = W1, b1, W2, b2
    history = []
    for n in range(iterations):
        hid, out = predict(X, *theta)
        if n % 1000 == 0:
            e = out - y
            history.append(float(einsum("so,so->", e, e) / e.size))
        theta = tuple(p - learning_rate * g for p, g in zip(theta, pullback(X, y, hid, out, theta[2])))
    return (*theta, history)


np.random.seed(1)
theta0 = tuple(map(lambda shape: np.random.rand(*shape), [(3, 4), (1, 4), (4, 1), (1, 1)]))
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], float)
y = np.array([0, 1, 1, 0], float)[:, None]

W1, b1, W2, b2, losses = train(X, y, *theta0, 0.1, 10_000)
output_layer_output = predict(X, W1, b1, W2, b2)[1]

if __name__ == "__main__":
    print(losses)
    print(output_layer_output)
