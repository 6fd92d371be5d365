# XOR with two little layer objects; the loop stands in the script itself
import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-np.clip(x, -600.0, 600.0)))


def sigmoid_derivative(a):
    return a * (1.0 - a)


class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.rand(n_in, n_out)
        self.b = np.random.rand(1, n_out)

    def net(self, x):
        return x @ self.W + self.b

    def __call__(self, x):
        self.x = x
        self.a = sigmoid(self.net(x))
        return self.a

    def backward(self, upstream, lr):
        delta = upstream * sigmoid_derivative(self.a)
        downstream = delta @ self.W.T  # before the weights change
        self.W -= lr * self.x.T @ delta
        self.b -= lr * delta.sum(axis=0, keepdims=True)
        return downstream


np.random.seed(1)
hidden = Dense(3, 4)
last = Dense(4, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([0, 1, 1, 0]).reshape(-1, 1)

losses = []
for i in range(10000):
    guess = last(hidden(X))
    residual = guess - y
    if i % 1000 == 0:
        losses.append((residual**2).mean())
    hidden.backward(last.backward(residual, 0.1), 0.1)

# what the task wants to see
W1, b1 = hidden.W, hidden.b
W2, b2 = last.W, last.b
output_layer_output = last.net(hidden(X))
