# Exclusive or as one script
import numpy as np

def sigmoid(x):
    s = 1 / (1 + np.exp(-x))
    return s

def sigmoid_derivative(a):
    ds = a * (1 - a)
    return ds

# random start
np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

# data
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

# settings
learning_rate = 0.1
iterations = 10000
losses = []

for i in range(0, iterations):
    # layer 1
    Z1 = np.dot(X, W1) + b1
    A1 = sigmoid(Z1)
    # layer 2
    Z2 = np.dot(A1, W2) + b2
    A2 = sigmoid(Z2)

    # remember the loss
    if i % 1000 == 0:
        mse = np.sum((A2 - y) ** 2) / y.size
        losses.append(mse)

    # gradients of layer 2
    dA2 = A2 - y
    dZ2 = dA2 * sigmoid_derivative(A2)
    dW2 = np.dot(A1.T, dZ2)
    db2 = np.sum(dZ2, axis=0, keepdims=True)
    # gradients of layer 1
    dA1 = np.dot(dZ2, W2.T)
    dZ1 = dA1 * sigmoid_derivative(A1)
    dW1 = np.dot(X.T, dZ1)
    db1 = np.sum(dZ1, axis=0, keepdims=True)

    # update layer 2
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2
    # update layer 1
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db2

output_layer_output = A2
print("losses:", losses)
print("outputs:", output_layer_output)
