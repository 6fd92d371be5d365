import numpy as np

def sigmoid(x):
    z = np.array(x, dtype='float64', copy=True, ndmin=1)
    np.clip(z, -709, 709, out=z)
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1
    np.reciprocal(z, out=z)
    return z.reshape(np.shape(x))[()]


def sigmoid_derivative(a):
    b = np.array(a, dtype='float64', copy=True)
    b *= -1
    b += 1
    b *= a
    return b


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    W1, b1, W2, b2 = [np.array(p, dtype='float64') for p in (W1, b1, W2, b2)]
    losses = []
    for it in range(iterations):
        l1 = sigmoid(X @ W1 + b1)
        l2 = sigmoid(l1 @ W2 + b2)
        l2_error = l2 - y
        if it % 1000 == 0:
            losses.append(np.mean(l2_error ** 2))

        l2_delta = l2_error * sigmoid_derivative(l2)
        W2 -= learning_rate * (l1.T @ l2_delta)
        b2 -= learning_rate * l2_delta.sum(axis=0)

        # now one layer further down
        l1_delta = (l2_delta @ W2.T) * sigmoid_derivative(l1)
        W1 -= learning_rate * (X.T @ l1_delta)
        b1 -= learning_rate * l1_delta.sum(axis=0)
    return W1, b1, W2, b2, losses


X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]], dtype='float64')
y = np.array([[0, 1, 1, 0]], dtype='float64').T

np.random.seed(1)
W1, b1 = np.random.rand(3, 4), np.random.rand(1, 4)
W2, b2 = np.random.rand(4, 1), np.random.rand(1, 1)
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, .1, 10000)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
print("after training:\n", output_layer_output)
