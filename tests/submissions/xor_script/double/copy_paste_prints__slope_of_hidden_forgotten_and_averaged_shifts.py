# XOR neural network
# exercise: "Exclusive or as one script"

import numpy as np

# ---------------------------------------------------------------
# FUNCTIONS
# ---------------------------------------------------------------

# sigmoid
def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -700, 700)))   # clip because of the overflow warning

# derivative of sigmoid, a is already sigmoid(z)
def sigmoid_derivative(a):
    return a * (1.0 - a)

# ---------------------------------------------------------------
# DATA
# ---------------------------------------------------------------

X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])

y = np.array([[0],
              [1],
              [1],
              [0]])

print("X:", X.shape)   # (4, 3)
print("y:", y.shape)   # (4, 1)

# ---------------------------------------------------------------
# PARAMETERS
# ---------------------------------------------------------------

np.random.seed(1)

W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

learning_rate = 0.1
iterations = 10000

losses = []

# ---------------------------------------------------------------
# TRAINING
# ---------------------------------------------------------------

for i in range(iterations):

    # forward, hidden layer
    hidden_layer_input = np.dot(X, W1)
    hidden_layer_input = hidden_layer_input + b1
    hidden_layer_output = sigmoid(hidden_layer_input)

    # forward, output layer
    output_layer_input = np.dot(hidden_layer_output, W2)
    output_layer_input = output_layer_input + b2
    output_layer_output = sigmoid(output_layer_input)

    # error
    error = output_layer_output - y

    # every 1000 iterations: save loss and print it
    if i % 1000 == 0:
        loss = np.mean(error ** 2)
        losses.append(loss)
        print("iteration", i, "loss", loss)

    # backward, output layer
    d_output_layer_input = error * sigmoid_derivative(output_layer_output)
    d_W2 = np.dot(hidden_layer_output.T, d_output_layer_input)
    d_b2 = np.sum(d_output_layer_input, axis=0, keepdims=True)

    # backward, hidden layer
    d_hidden_layer_output = np.dot(d_output_layer_input, W2.T)
    d_hidden_layer_input = d_hidden_layer_output
    d_W1 = np.dot(X.T, d_hidden_layer_input)
    d_b1 = np.mean(d_hidden_layer_input, axis=0, keepdims=True)

    # update, output layer
    W2 = W2 - learning_rate * d_W2
    b2 = b2 - learning_rate * d_b2

    # update, hidden layer
    W1 = W1 - learning_rate * d_W1
    b1 = b1 - learning_rate * d_b1

# ---------------------------------------------------------------
# RESULT
# ---------------------------------------------------------------

print("output after training:")
print(output_layer_output)
print("should be:")
print(y)
