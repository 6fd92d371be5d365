"""
Exclusive or.
(I did the logistic regression lab before this one, and reuse some of it.)
"""
import logging
import numpy as np

logger = logging.getLogger("xor")


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.piecewise(x, [x < 0], [lambda t: np.exp(t) / (1 + np.exp(t)), lambda t: 1 / (1 + np.exp(-t))])


def sigmoid_derivative(a):
    a = np.asarray(a, dtype=float)
    return a - a * a


def predict_proba(X, W1, b1, W2, b2, return_hidden=False):
    hidden = sigmoid(X @ W1 + b1)
    proba = sigmoid(hidden @ W2 + b2)
    return (proba, hidden) if return_hidden else proba


def gradient(X, y, proba, hidden, W2):
    residual = proba - y
    grad_W2 = hidden.T @ residual
    grad_b2 = residual.sum(axis=0, keepdims=True)
    backprop = residual @ W2.T * sigmoid_derivative(hidden)
    grad_W1 = X.T @ backprop
    grad_b1 = backprop.sum(axis=0, keepdims=True)
    return grad_W1, grad_b1, grad_W2, grad_b2


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    coefs, losses = [W1, b1, W2, b2], []
    for iteration in range(iterations):
        proba, hidden = predict_proba(X, *coefs, return_hidden=True)
        if iteration % 1000 == 0:
            losses.append(np.mean((proba - y) ** 2))
            logger.info("iteration %d, mse %.4f", iteration, losses[-1])
        coefs = [c - learning_rate * g for c, g in zip(coefs, gradient(X, y, proba, hidden, coefs[2]))]
    return (*coefs, losses)


np.random.seed(1)
W1, b1, W2, b2 = (np.random.rand(r, c) for r, c in ((3, 4), (1, 4), (4, 1), (1, 1)))
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = predict_proba(X, W1, b1, W2, b2)
