import numpy as np


# sigmoid, written with tanh: never overflows
def sigmoid(x):
    return 0.5 * (np.tanh(np.asarray(x) / 2.0) + 1.0)


def sigmoid_derivative(a):
    return a * (1.0 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    l0 = X
    for j in range(iterations):
        # Feed forward through layers 0, 1, and 2
        l1 = sigmoid(np.dot(l0, W1) + b1)
        l2 = sigmoid(np.dot(l1, W2) + b2)

        # how much did we miss the target value?
        l2_error = y - l2
        if (j % 1000) == 0:
            losses.append(np.mean(l2_error ** 2))

        # in what direction is the target value?
        l2_delta = l2_error * sigmoid_derivative(l2)
        W2 = W2 + learning_rate * l1.T.dot(l2_delta)
        b2 = b2 + learning_rate * l2_delta.sum(axis=0, keepdims=True)

        # how much did each l1 value contribute to the l2 error?
        l1_error = l2_delta.dot(W2.T)
        l1_delta = l1_error * sigmoid_derivative(l1)
        W1 = W1 + learning_rate * l0.T.dot(l1_delta)
        b1 = b1 + learning_rate * l1_delta.sum(axis=0, keepdims=True)

    return W1, b1, W2, b2, losses


X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

# seed random numbers to make calculation deterministic (just a good practice)
np.random.seed(1)

W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)

print("Output After Training:")
output_layer_output = sigmoid(np.dot(sigmoid(np.dot(X, W1) + b1), W2) + b2)
print(output_layer_output)
