"""Notation: d C / d z_l as a ROW vector g' ; D_l = diag(s'(z_l)).  g_l' = g_{l+1}' W_{l+1} D_l ."""
import numpy as np


def sigmoid(z):
    return np.exp(-np.log1p(np.exp(-np.asarray(z, dtype=float))))


def sigmoid_prime(z):
    p = sigmoid(z)
    return p * (1.0 - p)          # variance of a Bernoulli(p)


def D(z):
    return np.diag(sigmoid_prime(z).ravel())


class Network:
    def __init__(self, sizes):
        self.num_layers = len(sizes)
        self.sizes = sizes
        self.biases = [np.random.normal(size=(q, 1)) for q in sizes[1:]]
        self.weights = [np.random.normal(size=(q, p)) for p, q in zip(sizes[:-1], sizes[1:])]

    def _eta(self, l, mu):
        """linear predictor of layer l"""
        return self.weights[l] @ mu + self.biases[l]

    def feedforward(self, a):
        mu = a
        for l in range(len(self.weights)):
            mu = sigmoid(self._eta(l, mu))
        return mu

    def cost_derivative(self, output_activations, y):
        return output_activations - y

    def backprop(self, x, y):
        mu, eta = [x], []
        for l in range(len(self.weights)):
            eta.append(self._eta(l, mu[l]))
            mu.append(sigmoid(eta[l]))
        score_b, score_w = [], []
        g = self.cost_derivative(mu[-1], y).T
        for l in range(len(self.weights) - 1, -1, -1):
            score_b.append(g.T)
            score_w.append(mu[l] @ g)
            if l > 0:
                g = g @ self.weights[l] @ D(eta[l - 1])
        return score_b[::-1], score_w[::-1]

    def update_mini_batch(self, mini_batch, eta):
        n = len(mini_batch)
        scores = [self.backprop(x, y) for x, y in mini_batch]
        for l in range(len(self.weights)):
            self.biases[l] = self.biases[l] - eta * sum(s[0][l] for s in scores) / n
            self.weights[l] = self.weights[l] - eta * sum(s[1][l] for s in scores) / n

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        N = len(training_data)
        for _ in range(epochs):
            draw = np.random.choice(N, size=N, replace=False)
            for lo in np.arange(0, N, mini_batch_size):
                self.update_mini_batch([training_data[i] for i in draw[lo:lo + mini_batch_size]], eta)
