# nn.m
import numpy as np
from numpy import dot, zeros, size, exp, ones

def sigmoid(z):
    g = 1.0 / (1.0 + exp(-np.array(z, ndmin=0) * 1.0))
    return g

def sigmoid_prime(z):
    g = sigmoid(z)
    gp = g - g * g
    return gp

class Network:
    # theta{l}, b{l}; l = 1..L, so cell 0 stays empty while computing

    def __init__(self, sizes):
        self.sizes = sizes
        self.num_layers = len(sizes)
        self.biases = list()
        self.weights = list()
        for l in range(1, len(sizes)):
            self.biases.append(np.random.randn(sizes[l], 1))
            self.weights.append(np.random.randn(sizes[l], sizes[l - 1]))

    def feedforward(self, a):
        h = a
        for l in range(1, self.num_layers):
            h = sigmoid(dot(self.weights[l - 1], h))
        return h

    def cost_derivative(self, output_activations, y):
        d = output_activations - y
        return d

    def backprop(self, x, y):
        L = self.num_layers - 1
        Theta = [None] + self.weights
        b = [None] + self.biases
        A = [None] * (L + 1)
        Z = [None] * (L + 1)
        delta = [None] * (L + 1)
        grad = [None] * (L + 1)

        # forward propagation
        A[0] = x
        for l in range(1, L + 1):
            Z[l] = dot(Theta[l], A[l - 1]) + b[l]
            A[l] = sigmoid(Z[l])

        # back propagation
        delta[L] = self.cost_derivative(A[L], y) * sigmoid_prime(Z[L])
        for l in range(L - 1, 0, -1):
            delta[l] = dot(Theta[l + 1].transpose(), delta[l + 1]) * sigmoid_prime(Z[l])
        for l in range(1, L + 1):
            grad[l] = dot(delta[l], A[l - 1].transpose())
        return delta[1:], grad[1:]

    def update_mini_batch(self, mini_batch, eta):
        m = len(mini_batch)
        L = self.num_layers - 1
        Db = [zeros((size(v), 1)) for v in self.biases]
        Dw = [zeros(v.shape) for v in self.weights]
        for t in range(0, m):
            [gb, gw] = self.backprop(mini_batch[t][0], mini_batch[t][1])
            for l in range(0, L):
                Db[l] = Db[l] + gb[l]
                Dw[l] = Dw[l] + gw[l]
        for l in range(0, L):
            self.biases[l] = self.biases[l] - eta * (1 / m) * Db[l]
            self.weights[l] = self.weights[l] - eta * (1 / m) * Dw[l]

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        m = len(training_data)
        for epoch in range(1, epochs + 1):
            sel = np.random.permutation(m)
            nb = int(np.ceil(m / mini_batch_size))
            for k in range(1, nb + 1):
                rows = sel[(k - 1) * mini_batch_size : k * mini_batch_size]
                self.update_mini_batch([training_data[r] for r in rows], eta)

# end
