"""Mini-batches as matrices: the samples are columns side by side."""
import random
import numpy as np


def sigmoid(z):
    return 0.5 * (np.tanh(z / 2) + 1)


def sigmoid_prime(z):
    s = sigmoid(z)
    return s - s**2


class Network:
    def __init__(self, sizes):
        self.sizes = sizes
        self.num_layers = len(sizes)
        self.biases = [np.random.randn(y, 1) for y in sizes[1:]]
        self.weights = [np.random.randn(y, x) for x, y in zip(sizes[:-1], sizes[1:])]

    def forward_all(self, X):
        Z, A = [], [X]
        for W, b in zip(self.weights, self.biases):
            Z.append(W.dot(A[-1]) + b)
            A.append(sigmoid(Z[-1]))
        return Z, A

    def feedforward(self, a):
        return self.forward_all(a)[1][-1]

    @staticmethod
    def cost_derivative(output_activations, y):
        return np.subtract(output_activations, y)

    def gradients(self, X, Y):
        Z, A = self.forward_all(X)
        D = self.cost_derivative(A[-1], Y) * sigmoid_prime(Z[-1])
        grads = []
        for i in range(len(self.weights) - 1, -1, -1):
            grads.append((D.sum(axis=1, keepdims=True), D.dot(A[i].T)))
            if i:
                D = self.weights[i].T.dot(D) * sigmoid_prime(Z[i - 1])
        grads.reverse()
        return grads

    def backprop(self, x, y):
        grads = self.gradients(x, y)
        return [g[0] for g in grads], [g[1] for g in grads]

    def update_mini_batch(self, mini_batch, eta):
        X = np.hstack([x for x, _ in mini_batch])
        Y = np.hstack([y for _, y in mini_batch])
        step = eta / X.shape[1]
        grads = self.gradients(X, Y)
        self.biases = [b - step * g[0] for b, g in zip(self.biases, grads)]
        self.weights = [w - step * g[1] for w, g in zip(self.weights, grads)]

    def SGD(self, training_data, epochs, mini_batch_size, eta, test_data=None):
        data = list(training_data)
        for j in range(epochs):
            random.shuffle(data)
            mini_batches = [data[k : k + mini_batch_size] for k in range(0, len(data), mini_batch_size)]
            for mini_batch in mini_batches:
                self.update_mini_batch(mini_batch, eta)
