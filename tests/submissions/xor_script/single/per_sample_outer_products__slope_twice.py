import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))


def sigmoid_derivative(a):
    return a * (1 - a)


def run_one(x, W1, b1, W2, b2):
    hidden = sigmoid(np.dot(x, W1) + b1[0])
    return hidden, sigmoid(np.dot(hidden, W2) + b2[0])


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    for epoch in range(iterations):
        sum_W1 = np.zeros(W1.shape)
        sum_b1 = np.zeros(b1.shape)
        sum_W2 = np.zeros(W2.shape)
        sum_b2 = np.zeros(b2.shape)
        squares = []

        for x, target in zip(X, y):
            hidden, guess = run_one(x, W1, b1, W2, b2)
            miss = guess - target
            squares.append(miss ** 2)

            out_error = miss * sigmoid_derivative(guess)
            out_delta = out_error * sigmoid_derivative(guess)
            hid_error = np.dot(W2, out_delta)
            hid_delta = hid_error * sigmoid_derivative(hidden)

            sum_W2 += np.outer(hidden, out_delta)
            sum_b2 += out_delta
            sum_W1 += np.outer(x, hid_delta)
            sum_b1 += hid_delta

        if epoch % 1000 == 0:
            losses.append(np.mean(squares))

        W1 = W1 - learning_rate * sum_W1
        b1 = b1 - learning_rate * sum_b1
        W2 = W2 - learning_rate * sum_W2
        b2 = b2 - learning_rate * sum_b2

    return W1, b1, W2, b2, losses


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
y = np.array([[0],
              [1],
              [1],
              [0]])

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = np.array([run_one(x, W1, b1, W2, b2)[1] for x in X])
