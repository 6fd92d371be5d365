import numpy as np


def sigmoid(x):
    s = np.array(x, dtype=float)     # own copy, the rest happens in place
    np.negative(s, out=s)
    np.exp(s, out=s)
    s += 1
    np.reciprocal(s, out=s)
    return s


def sigmoid_derivative(a):
    d = np.asarray(a, dtype=float)
    d *= 1 - d
    return d


def forward(X, W1, b1, W2, b2):
    hidden = sigmoid(X @ W1 + b1)
    return hidden, sigmoid(hidden @ W2 + b2)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    W1, b1, W2, b2 = W1.copy(), b1.copy(), W2.copy(), b2.copy()
    losses = []
    for step in range(iterations):
        hidden, output = forward(X, W1, b1, W2, b2)

        error = output - y
        if step % 1000 == 0:
            losses.append(np.mean(error * error))

        error *= sigmoid_derivative(output)
        hidden_error = error @ W2.T
        hidden_error *= sigmoid_derivative(hidden)

        W2 -= learning_rate * (hidden.T @ error)
        b2 -= learning_rate * error.sum(axis=0)
        W1 -= learning_rate * (X.T @ hidden_error)
        b1 -= learning_rate * hidden_error.sum(axis=0)
    return W1, b1, W2, b2, losses


np.random.seed(1)
W1, b1 = np.random.rand(3, 4), np.random.rand(1, 4)
W2, b2 = np.random.rand(4, 1), np.random.rand(1, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
_, output_layer_output = forward(X, W1, b1, W2, b2)

for i, loss in zip(range(0, 10000, 1000), losses):
    print(i, loss)
print(output_layer_output)
