import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -700, 700)))


def sigmoid_derivative(a):
    return a * (1 - a)


# Input datasets
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

epochs = 10000
lr = 0.1

# Random weights and bias initialization
np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

losses = []

# Training algorithm
for epoch in range(epochs):
    # Forward Propagation
    hidden_layer_activation = np.dot(X, W1)
    hidden_layer_activation += b1
    hidden_layer_output = sigmoid(hidden_layer_activation)

    output_layer_activation = np.dot(hidden_layer_output, W2)
    output_layer_activation += b2
    output_layer_output = sigmoid(output_layer_activation)

    # Backpropagation
    error = y - output_layer_output
    if epoch % 1000 == 0:
        losses.append(np.mean(error ** 2))
    d_output = error * sigmoid_derivative(output_layer_output)

    error_hidden_layer = d_output.dot(W2.T)
    d_hidden_layer = error_hidden_layer

    # Updating Weights and Biases
    W2 += hidden_layer_output.T.dot(d_output) * lr
    b2 += np.sum(d_output, axis=0, keepdims=True) * lr
    W1 += X.T.dot(d_hidden_layer) * lr
    b1 += np.sum(d_hidden_layer, axis=0, keepdims=True) * lr

print("Final hidden weights: ", end="")
print(*W1)
print("Final output weights: ", end="")
print(*W2)
print("\nOutput from neural network after 10,000 epochs: ", end="")
print(*output_layer_output)
