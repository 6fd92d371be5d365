import numpy as np


def sigmoid(x):
    out = np.exp(-np.asarray(x, dtype=np.float64))
    out = out + 1
    out = 1 / out
    return out


def sigmoid_derivative(a):
    left = a
    right = 1 - a
    return left * right


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    W1, b1, W2, b2 = W1.copy(), b1.copy(), W2.copy(), b2.copy()
    losses = []
    for k in range(iterations):
        H = sigmoid(np.matmul(X, W1) + b1)
        Y = sigmoid(np.matmul(H, W2) + b2)
        if k % 1000 == 0:
            losses.append(np.mean(np.power(Y - y, 2)))

        err = Y - y
        err *= sigmoid_derivative(Y)
        err *= learning_rate
        W2 -= np.matmul(H.T, err)
        b2 -= err.sum(axis=0)
        err = np.matmul(err, W2.T)
        err *= sigmoid_derivative(H)
        W1 -= np.matmul(X.T, err)
        b1 -= err.sum(axis=0)
    return W1, b1, W2, b2, losses


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, learning_rate=0.1, iterations=10000)
output_layer_output = sigmoid(np.matmul(sigmoid(np.matmul(X, W1) + b1), W2) + b2)

for l in losses:
    print("%.5f" % l)
