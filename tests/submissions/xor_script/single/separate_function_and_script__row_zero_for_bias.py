import numpy as np

sigmoid = lambda x: 1 / (1 + np.exp(-np.float64(x)))
sigmoid_derivative = lambda a: a * (1 - a)

# --- the experiment ---
np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
ones = np.ones((1, 4))
lr = 0.1
losses = []

for i in range(10000):
    l1 = sigmoid(X @ W1 + b1)
    l2 = sigmoid(l1 @ W2 + b2)
    l2_error = y - l2
    if i % 1000 == 0:
        losses.append((l2_error ** 2).mean())
    l2_delta = l2_error * sigmoid_derivative(l2)
    l1_delta = l2_delta @ W2.T * sigmoid_derivative(l1)
    W2 += lr * l1.T @ l2_delta
    b2 += lr * ones @ l2_delta
    W1 += lr * X.T @ l1_delta
    b1 += lr * ones @ l1_delta

output_layer_output = l2


# --- the same as a function, for other data ---
def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    mse = []
    for i in range(iterations):
        l1 = sigmoid(X @ W1 + b1)
        l2 = sigmoid(l1 @ W2 + b2)
        l2_error = y - l2
        if i % 1000 == 0:
            mse.append((l2_error ** 2).mean())
        l2_delta = l2_error * sigmoid_derivative(l2)
        l1_delta = l2_delta @ W2.T * sigmoid_derivative(l1)
        W2 = W2 + learning_rate * l1.T @ l2_delta
        b2 = b2 + learning_rate * l2_delta[:1]
        W1 = W1 + learning_rate * X.T @ l1_delta
        b1 = b1 + learning_rate * l1_delta[:1]
    return W1, b1, W2, b2, mse
