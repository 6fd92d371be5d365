# XOR with a little neural network, all in one script
import numpy as np


# the sigmoid squashes every number to something between 0 and 1
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# derivative: here the argument is ALREADY the sigmoid of something
def sigmoid_derivative(a):
    return a * (1 - a)


# training data, third column is always 1
X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

print("X shape:", X.shape)
print("y shape:", y.shape)

np.random.seed(1)

# weights and biases
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

learning_rate = 0.1
iterations = 10000
losses = []

for i in range(iterations):
    # ---------- forward ----------
    # hidden layer
    hidden_layer_input = np.dot(X, W1) + b1
    hidden_layer_output = sigmoid(hidden_layer_input)
    # output layer
    output_layer_input = np.dot(hidden_layer_output, W2) + b2
    output_layer_output = sigmoid(output_layer_input)

    # ---------- loss ----------
    error = output_layer_output - y
    if i % 1000 == 0:
        loss = np.mean(error ** 2)
        losses.append(loss)
        print("iteration", i, "loss", loss)

    # ---------- backward ----------
    # output layer
    d_output = error * sigmoid_derivative(output_layer_output)
    d_W2 = np.dot(hidden_layer_output.T, d_output)
    d_b2 = np.sum(d_output, axis=0, keepdims=True)
    # hidden layer
    error_hidden = np.dot(d_output, W2.T)
    d_hidden = error_hidden * sigmoid_derivative(hidden_layer_output)
    d_W1 = np.dot(X.T, d_hidden)
    d_b1 = np.sum(d_hidden)

    # ---------- update ----------
    W2 = W2 - learning_rate * d_W2
    b2 = b2 - learning_rate * d_b2
    W1 = W1 - learning_rate * d_W1
    b1 = b1 - learning_rate * d_b1

print("outputs at the end:")
print(output_layer_output)
