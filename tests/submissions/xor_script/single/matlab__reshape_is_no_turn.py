# xor.m, now in Python
import numpy as np
from numpy import exp, tile, reshape, mean, ones

def sigmoid(x):
    with np.errstate(over='ignore'): s = 1./(1. + exp(-1.*np.array(x)));
    return s

def sigmoid_derivative(a): a = 1.*np.array(a); return a - a**2

def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    [m, n] = X.shape;  [h, k] = W2.shape;  J = [];  o = ones([m, 1]);
    for it in range(iterations):
        A1 = sigmoid(X@W1 + tile(b1, [m, 1]));  A2 = sigmoid(A1@W2 + tile(b2, [m, 1]));
        E  = A2 - y;
        if it%1000 == 0: J.append(mean(E.ravel()**2));
        D2 = E*sigmoid_derivative(A2);  D1 = D2@reshape(W2, [k, h])*sigmoid_derivative(A1);
        W1 = W1 - learning_rate*(X.T@D1);   b1 = b1 - learning_rate*(o.T@D1);
        W2 = W2 - learning_rate*(A1.T@D2);  b2 = b2 - learning_rate*(o.T@D2);
    return W1, b1, W2, b2, J

np.random.seed(1);  rand = np.random.rand;
W1 = rand(3, 4);  b1 = rand(1, 4);  W2 = rand(4, 1);  b2 = rand(1, 1);
X = np.c_[[0, 1, 0, 1], [0, 0, 1, 1], ones(4)];  y = np.c_[[0, 1, 1, 0]];

[W1, b1, W2, b2, losses] = train(X, y, W1, b1, W2, b2, 0.1, 10000);
hidden_layer_output = sigmoid(X@W1 + tile(b1, [4, 1]));
output_layer_output = sigmoid(hidden_layer_output@W2 + tile(b2, [4, 1]));
