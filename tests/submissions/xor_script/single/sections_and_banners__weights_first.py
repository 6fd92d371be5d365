###############################################################################
#                                  IMPORTS                                    #
###############################################################################
import numpy as np

###############################################################################
#                             HELPER FUNCTIONS                                #
###############################################################################

def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    positive_part = 1.0 / (1.0 + np.exp(-np.maximum(x, 0.0)))
    negative_part = np.exp(np.minimum(x, 0.0)) / (1.0 + np.exp(np.minimum(x, 0.0)))
    return np.where(x >= 0.0, positive_part, negative_part)


def sigmoid_derivative(a):
    activation = np.asarray(a, dtype=np.float64)
    return activation * (1.0 - activation)

###############################################################################
#                                TRAINING                                     #
###############################################################################

def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    for iteration in range(iterations):
        # ---------- forward ----------
        hidden_layer_input = np.dot(X, W1) + b1
        hidden_layer_output = sigmoid(hidden_layer_input)
        output_layer_input = np.dot(hidden_layer_output, W2) + b2
        output = sigmoid(output_layer_input)

        # ---------- loss -------------
        error = y - output
        if iteration % 1000 == 0:
            losses.append(np.mean(np.square(error)))

        # ---------- backward ---------
        d_output = error * sigmoid_derivative(output)
        error_hidden = np.dot(d_output, W2.T)
        d_hidden = error_hidden * sigmoid_derivative(hidden_layer_output)

        # ---------- update -----------
        W2 = W2 + learning_rate * np.dot(hidden_layer_output.T, d_output)
        b2 = b2 + learning_rate * np.sum(d_output, axis=0, keepdims=True)
        W1 = W1 + learning_rate * np.dot(X.T, d_hidden)
        b1 = b1 + learning_rate * np.sum(d_hidden, axis=0, keepdims=True)
    return W1, b1, W2, b2, losses

###############################################################################
#                              INITIALISATION                                 #
###############################################################################
SEED = 1
np.random.seed(SEED)

INPUTS, HIDDEN, OUTPUTS = 3, 4, 1

W1 = np.random.rand(INPUTS, HIDDEN)
W2 = np.random.rand(HIDDEN, OUTPUTS)
b1 = np.random.rand(1, HIDDEN)
b2 = np.random.rand(1, OUTPUTS)

X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

###############################################################################
#                                   RUN                                       #
###############################################################################
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, learning_rate=0.1, iterations=10000)
output_layer_output = sigmoid(np.dot(sigmoid(np.dot(X, W1) + b1), W2) + b2)
print(output_layer_output)
