import numpy as np

SEED, ETA, EPOCHS, EVERY = 1, 0.1, 10000, 1000


def sigmoid(x):
    # same curve as 1/(1+e^-x), but tanh saturates by itself
    half = np.multiply(x, 0.5)
    return 0.5 * 1 + np.tanh(half)


def sigmoid_derivative(a):
    return a * (1.0 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    log = []
    for epoch in range(iterations):
        A1 = sigmoid(X @ W1 + b1)
        A2 = sigmoid(A1 @ W2 + b2)
        if epoch % EVERY == 0:
            log.append(np.mean((A2 - y) ** 2))
        E2 = (A2 - y) * sigmoid_derivative(A2)
        E1 = E2 @ W2.T * sigmoid_derivative(A1)
        W1, b1 = W1 - learning_rate * X.T @ E1, b1 - learning_rate * E1.sum(axis=0)
        W2, b2 = W2 - learning_rate * A1.T @ E2, b2 - learning_rate * E2.sum(axis=0)
    return W1, b1, W2, b2, log


np.random.seed(SEED)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([(0, 0, 1), (1, 0, 1), (0, 1, 1), (1, 1, 1)])
y = np.array([(0,), (1,), (1,), (0,)])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, ETA, EPOCHS)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
