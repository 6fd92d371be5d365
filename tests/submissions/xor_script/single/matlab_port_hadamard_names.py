# xor_net.m  ->  xor_net.py
# (clear all; close all; clc;)
import numpy as np
from numpy import size, zeros, multiply, transpose, mod

def sigmoid(x):
    x = np.asarray(x, dtype=float)
    g = zeros(x.shape)
    idx = x >= 0
    g[idx] = 1. / (1. + np.exp(-x[idx]))
    ex = np.exp(x[~idx])
    g[~idx] = ex / (1. + ex)
    return g

def sigmoid_derivative(a):
    a = np.asarray(a, dtype=float)
    return multiply(a, 1 - a)          # a .* (1 - a)

def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    m = size(X, 0)
    J_history = []
    for iter in range(1, iterations + 1):
        # forward
        Z2 = X.dot(W1) + np.tile(b1, (m, 1))
        A2 = sigmoid(Z2)
        Z3 = A2.dot(W2) + np.tile(b2, (m, 1))
        A3 = sigmoid(Z3)
        # cost
        E = A3 - y
        if mod(iter, 1000) == 1:
            J_history.append(np.sum(multiply(E, E)) / E.size)
        # back
        D3 = multiply(E, sigmoid_derivative(A3))
        D2 = multiply(E.dot(transpose(W2)), sigmoid_derivative(A2))
        Theta2_grad = transpose(A2).dot(D3)
        Theta1_grad = transpose(X).dot(D2)
        # step
        W2 = W2 - learning_rate * Theta2_grad
        b2 = b2 - learning_rate * np.sum(D3, 0, keepdims=True)
        W1 = W1 - learning_rate * Theta1_grad
        b1 = b1 - learning_rate * np.sum(D2, 0, keepdims=True)
    # end
    return W1, b1, W2, b2, J_history

# rand('seed', 1)
np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
y = np.array([[0, 1, 1, 0]]).T
[W1, b1, W2, b2, losses] = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = sigmoid(sigmoid(X.dot(W1) + b1).dot(W2) + b2)
