##############################
#   XOR neural network       #
##############################
import numpy as np

np.random.seed(42)   # so that I always get the same numbers


# the activation function
def sigmoid(x):
    bottom = 1 + np.exp(-x)
    result = 1 / bottom
    return result


# slope of the activation function
# a = sigmoid(something), already done
def sigmoid_derivative(a):
    result = a * (1 - a)
    return result


# the training
def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    # here I collect the losses
    list_of_losses = []

    for number in range(0, iterations):
        # STEP 1: hidden layer
        z1 = np.matmul(X, W1)
        z1 = z1 + b1
        a1 = sigmoid(z1)

        # STEP 2: output layer
        z2 = np.matmul(a1, W2)
        z2 = z2 + b2
        a2 = sigmoid(z2)

        # STEP 3: how wrong are we?
        difference = a2 - y
        square = difference * difference
        if number % 1000 == 0:
            loss = np.mean(square)
            list_of_losses.append(loss)
            # print(number, loss)

        # STEP 4: backwards through the output layer
        slope2 = sigmoid_derivative(a2)
        d2 = difference * slope2

        # STEP 5: backwards through the hidden layer
        slope1 = sigmoid_derivative(a1)
        d1 = np.matmul(d2, np.transpose(W2))
        d1 = d1 * slope1

        # STEP 6: change the weights
        W1 = W1 - learning_rate * np.matmul(np.transpose(X), d1)
        W2 = W2 - learning_rate * np.matmul(np.transpose(a1), d2)

        # STEP 7: change the biases
        b1 = b1 - learning_rate * np.sum(d1, axis=0, keepdims=True)
        b2 = b2 - learning_rate * np.sum(d2, axis=0, keepdims=True)

    return W1, b1, W2, b2, list_of_losses


# inputs (last column always 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
# what should come out
y = np.array([[0], [1], [1], [0]])
print("inputs:")
print(X)
print("targets:")
print(y)

# random weights and biases
W1 = np.random.rand(3, 4)   # 3 inputs, 4 hidden
b1 = np.random.rand(1, 4)   # 4 hidden
W2 = np.random.rand(4, 1)   # 4 hidden, 1 output
b2 = np.random.rand(1, 1)   # 1 output

# settings
learning_rate = 0.1
number_of_iterations = 1000   # how often

# train!!
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, learning_rate, number_of_iterations)
print("losses:", losses)

# look at the result
hidden_layer_output = sigmoid(np.matmul(X, W1) + b1)
output_layer_output = sigmoid(np.matmul(hidden_layer_output, W2) + b2)
print("result:")
print(output_layer_output)
