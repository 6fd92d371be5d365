# XOR homework
# I first wrote the loop at the bottom and then copied it into train()

import numpy as np


def sigmoid(x):
    # 1 / (1 + e^-x)
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(a):
    # a is already sigmoid(z)!
    return a * (1 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    for i in range(iterations):
        # forward pass
        hidden_layer_input = np.dot(X, W1) + b1
        hidden_layer_output = sigmoid(hidden_layer_input)
        output_layer_input = np.dot(hidden_layer_output, W2) + b2
        output_layer_output = sigmoid(output_layer_input)

        # error
        error = y - output_layer_output
        if i % 1000 == 0:
            losses.append(np.mean(error ** 2))

        # backward pass
        output_delta = error * sigmoid_derivative(output_layer_output)
        hidden_error = output_delta.dot(W2.T)
        hidden_delta = hidden_error * sigmoid_derivative(hidden_layer_output)

        # update (plus because error is y - output)
        W2 = W2 + hidden_layer_output.T.dot(output_delta) * learning_rate
        b2 = b2 + np.sum(output_delta, axis=0, keepdims=True) * learning_rate
        W1 = W1 + X.T.dot(hidden_delta) * learning_rate
        b1 = b1 + np.sum(hidden_delta, axis=0, keepdims=True) * learning_rate

    return W1, b1, W2, b2, losses


# ---------- main ----------

# input data
X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
print("X shape:", X.shape)

# target
y = np.array([[0], [1], [1], [0]])
print("y shape:", y.shape)

# seed
np.random.seed(1)

# weights and biases
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
print("W1", W1.shape, "b1", b1.shape, "W2", W2.shape, "b2", b2.shape)

learning_rate = 0.1
epochs = 10000
losses = []

for epoch in range(epochs):
    # forward pass
    hidden_layer_input = np.dot(X, W1) + b1
    hidden_layer_output = sigmoid(hidden_layer_input)
    output_layer_input = np.dot(hidden_layer_output, W2) + b2
    output_layer_output = sigmoid(output_layer_input)

    # error
    error = y - output_layer_output
    squared_error = error ** 2

    # print every 1000
    if epoch % 1000 == 0:
        mse = np.sum(squared_error)
        losses.append(mse)
        print("epoch", epoch, "loss", mse)

    # backward pass
    output_delta = error * sigmoid_derivative(output_layer_output)
    hidden_error = output_delta.dot(W2.T)
    hidden_delta = hidden_error * sigmoid_derivative(hidden_layer_output)

    # update
    W2 += hidden_layer_output.T.dot(output_delta) * learning_rate
    b2 += np.sum(output_delta, axis=0, keepdims=True) * learning_rate
    W1 += X.T.dot(hidden_delta) * learning_rate
    b1 += np.sum(hidden_delta, axis=0, keepdims=True) * learning_rate

print("Output after training:")
print(output_layer_output)
