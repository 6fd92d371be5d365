from functools import reduce
from operator import matmul
import numpy as np

def sigmoid(x):
    return np.exp(-np.logaddexp(0, np.negative(x)))

def sigmoid_derivative(a):
    return np.subtract(a, np.square(a), dtype=float)

def stepper(X, y, eta, log):
    T = np.transpose
    tally = lambda d: np.add.reduce(d, axis=0, keepdims=True)

    def advance(theta, t):
        W1, b1, W2, b2 = theta
        H = sigmoid(matmul(X, W1) + b1)
        O = sigmoid(matmul(H, W2) + b2)
        R = np.subtract(O, y)
        if not t % 1000:
            log(np.mean(R * R))
        δ2 = R * sigmoid_derivative(O)
        δ1 = matmul(δ2, T(W2)) * sigmoid_derivative(H)
        grads = matmul(T(X), δ1), tally(δ1), matmul(T(H), δ2), tally(δ2)
        return tuple(p - eta * g for p, g in zip(theta, grads))

    return advance

def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    final = reduce(stepper(X, y, learning_rate, losses.append), range(iterations), (W1, b1, W2, b2))
    return (*final, losses)

# --- run -------------------------------------------------------------
np.random.seed(1)
W1, b1, W2, b2 = map(lambda s: np.random.rand(*s), [(3, 4), (1, 4), (4, 1), (1, 1)])
y = np.c_[[0, 1, 1, 0]]
X = np.array([[i, j, 1] for j in (0, 1) for i in (0, 1)])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10_000)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
print(*(f"{l:.5f}" for l in losses))
