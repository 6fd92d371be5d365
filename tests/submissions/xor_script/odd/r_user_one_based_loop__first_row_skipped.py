import numpy as np
# R: sigmoid <- function(x) 1/(1+exp(-x))

def sigmoid(x):
    x = np.asarray(x) + 0.0
    return np.exp(-np.log1p(np.exp(-np.abs(x))) + np.minimum(x, 0))

def sigmoid_derivative(a):
    a = np.asarray(a) + 0.0
    return a * (1 - a)

def nrow(M): return M.shape[0]
def ncol(M): return M.shape[1]

def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    for it in range(iterations):
        if it % 1000 == 0:
            H = sigmoid(X @ W1 + b1)
            losses.append(np.mean((sigmoid(H @ W2 + b2) - y) ** 2))
        dW1, db1 = np.zeros((ncol(X), nrow(W2))), np.zeros((1, nrow(W2)))
        dW2, db2 = np.zeros((nrow(W2), ncol(W2))), np.zeros((1, ncol(W2)))
        for i in range(1, nrow(X)):
            x_i = X[i:i + 1, :]
            h_i = sigmoid(x_i @ W1 + b1)
            o_i = sigmoid(h_i @ W2 + b2)
            e_o = (o_i - y[i:i + 1, :]) * sigmoid_derivative(o_i)
            e_h = (e_o @ W2.T) * sigmoid_derivative(h_i)
            dW2 = dW2 + h_i.T @ e_o
            db2 = db2 + e_o
            dW1 = dW1 + x_i.T @ e_h
            db1 = db1 + e_h
        W1 = W1 - learning_rate * dW1
        b1 = b1 - learning_rate * db1
        W2 = W2 - learning_rate * dW2
        b2 = b2 - learning_rate * db2
    return W1, b1, W2, b2, losses

np.random.seed(1)      # set.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1]).reshape(4, 3)
y = np.array([0, 1, 1, 0]).reshape(4, 1)
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
