import numpy as np
from numpy import add, subtract, multiply, matmul


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    denominator = add(1.0, np.exp(multiply(-1.0, x)))
    return np.divide(1.0, denominator)


def sigmoid_derivative(a):
    a = np.asarray(a, dtype=float)
    complement = subtract(1.0, a)
    return complement


def layer(inp, W, b):
    return sigmoid(add(matmul(inp, W), b))


def step(X, y, W1, b1, W2, b2, lr):
    hid = layer(X, W1, b1)
    out = layer(hid, W2, b2)
    diff = subtract(out, y)
    g_out = multiply(diff, sigmoid_derivative(out))
    g_hid = multiply(matmul(g_out, np.transpose(W2)), sigmoid_derivative(hid))
    new = (
        subtract(W1, lr * matmul(np.transpose(X), g_hid)),
        subtract(b1, lr * add.reduce(g_hid, axis=0, keepdims=True)),
        subtract(W2, lr * matmul(np.transpose(hid), g_out)),
        subtract(b2, lr * add.reduce(g_out, axis=0, keepdims=True)),
    )
    return new, np.average(np.square(diff))


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    parameters = (W1, b1, W2, b2)
    losses = []
    for n in range(iterations):
        parameters, mse = step(X, y, *parameters, learning_rate)
        if n % 1000 == 0:
            losses.append(mse)
    return (*parameters, losses)


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = layer(layer(X, W1, b1), W2, b2)
