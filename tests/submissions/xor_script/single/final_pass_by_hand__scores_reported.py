import numpy as np


def sigmoid(x):
    ex = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1 / (1 + ex), ex / (1 + ex))


def sigmoid_derivative(a):
    return (1 - a) * a


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    m = X.shape[0]
    row = np.ones(m)
    lossList = []
    for iterNo in range(iterations):
        hid = sigmoid(X.dot(W1) + row[:, None] * b1)
        res = sigmoid(hid.dot(W2) + row[:, None] * b2)
        resErr = res - y
        if iterNo % 1000 == 0:
            lossList.append(np.sum(resErr ** 2) / resErr.size)
        resDelta = resErr * sigmoid_derivative(res)
        hidDelta = resDelta.dot(W2.T) * sigmoid_derivative(hid)
        W1 = W1 - learning_rate * X.T.dot(hidDelta)
        b1 = b1 - learning_rate * row.dot(hidDelta)
        W2 = W2 - learning_rate * hid.T.dot(resDelta)
        b2 = b2 - learning_rate * row.dot(resDelta)
    return W1, b1, W2, b2, lossList


np.random.seed(1)

inputNodes = 3
hiddenNodes = 4
outputNodes = 1

W1 = np.random.rand(inputNodes, hiddenNodes)
b1 = np.random.rand(1, hiddenNodes)
W2 = np.random.rand(hiddenNodes, outputNodes)
b2 = np.random.rand(1, outputNodes)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)

hidden_layer_input = X.dot(W1) + b1
hidden_layer_output = sigmoid(hidden_layer_input)
output_layer_input = hidden_layer_output.dot(W2) + b2
output_layer_output = output_layer_input
