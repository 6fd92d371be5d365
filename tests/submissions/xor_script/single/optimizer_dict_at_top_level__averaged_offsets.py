"""XOR with 4 hidden units.

The function train() is for the exercises; for the run itself I keep gradients in a dict to be able to look at them.
"""
import numpy as np


def sigmoid(x):
    """1 / (1 + exp(-x)) without overflow"""
    e = np.exp(-np.abs(x))
    return np.where(np.asarray(x) < 0, e, 1.0) / (1.0 + e)


def sigmoid_derivative(a):
    """a (1 - a)"""
    return a * (1.0 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    for it in range(iterations):
        hidden = sigmoid(X @ W1 + b1)
        pred = sigmoid(hidden @ W2 + b2)
        if it % 1000 == 0:
            losses.append(float(((pred - y) ** 2).mean()))
        grad_pred = (pred - y) * sigmoid_derivative(pred)
        grad_hidden = grad_pred @ W2.T * sigmoid_derivative(hidden)
        W1 = W1 - learning_rate * (X.T @ grad_hidden)
        b1 = b1 - learning_rate * grad_hidden.sum(0, keepdims=True)
        W2 = W2 - learning_rate * (hidden.T @ grad_pred)
        b2 = b2 - learning_rate * grad_pred.sum(0, keepdims=True)
    return W1, b1, W2, b2, losses


np.random.seed(1)
params = {}
params["W1"] = np.random.rand(3, 4)
params["b1"] = np.random.rand(1, 4)
params["W2"] = np.random.rand(4, 1)
params["b2"] = np.random.rand(1, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], float)
y = np.array([[0], [1], [1], [0]], float)

losses = []
for it in range(10_000):
    hidden_layer_output = sigmoid(X @ params["W1"] + params["b1"])
    output_layer_output = sigmoid(hidden_layer_output @ params["W2"] + params["b2"])
    if it % 1000 == 0:
        losses.append(float(((output_layer_output - y) ** 2).mean()))

    d_out = (output_layer_output - y) * sigmoid_derivative(output_layer_output)
    d_hid = d_out @ params["W2"].T * sigmoid_derivative(hidden_layer_output)
    grads = {
        "W2": hidden_layer_output.T @ d_out,
        "b2": np.mean(d_out, axis=0, keepdims=True),
        "W1": X.T @ d_hid,
        "b1": np.mean(d_hid, axis=0, keepdims=True),
    }
    for key in grads:
        params[key] -= 0.1 * grads[key]

W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
