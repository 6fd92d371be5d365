import numpy as np


def sigmoid(x):
    """Logistic curve, the two halves apart so that exp never gets a big argument."""
    x = np.asarray(x, float)
    res = np.empty_like(x)
    pos = x >= 0
    res[pos] = 1 / (1 + np.exp(-x[pos]))
    ez = np.exp(x[~pos])
    res[~pos] = ez / (1 + ez)
    return res


def sigmoid_derivative(a):
    """How steep the logistic curve is."""
    s = sigmoid(a)
    return s * (1 - s)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    table = []
    for count in range(iterations):
        h = sigmoid(X @ W1 + b1)
        o = sigmoid(h @ W2 + b2)
        if count % 1000 == 0: table.append(((o - y)**2).mean())
        q = learning_rate * (o - y) * o * (1 - o)          # output layer, step size included
        p = (q @ W2.T) * h * (1 - h)                       # hidden layer
        W1, b1, W2, b2 = W1 - X.T @ p, b1 - p.sum(0), W2 - h.T @ q, b2 - q.sum(0)
    return W1, b1, W2, b2, table


X = np.array([[0,0,1],[1,0,1],[0,1,1],[1,1,1]])
y = np.array([[0,1,1,0]]).T

np.random.seed(1)
W1 = np.random.rand(3,4)
b1 = np.random.rand(1,4)
W2 = np.random.rand(4,1)
b2 = np.random.rand(1,1)

losses = []
for count in range(10000):
    h = sigmoid(X @ W1 + b1)
    output_layer_output = o = sigmoid(h @ W2 + b2)
    if count % 1000 == 0: losses.append(((o - y)**2).mean())
    q = 0.1 * (o - y) * o * (1 - o)
    p = (q @ W2.T) * h * (1 - h)
    W1, b1, W2, b2 = W1 - X.T @ p, b1 - p.sum(0), W2 - h.T @ q, b2 - q.sum(0)
