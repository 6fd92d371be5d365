import numpy as np
from contextlib import suppress

CLIP = 0.05


def sigmoid(z):
    z = np.asarray(z, float)
    return 1 - 1 / (1 + np.exp(z))


def sigmoid_prime(z):
    return np.vectorize(lambda t: (2 + 2 * np.cosh(t)) ** -1.0, otypes=[float])(z)


class Network:
    def __init__(self, sizes):
        self.sizes = sizes
        self.num_layers = len(sizes)
        self.biases = [np.random.randn(o, 1) for o in sizes[1:]]
        self.weights = [np.random.randn(o, i) for o, i in zip(sizes[1:], sizes[:-1])]

    def feedforward(self, a):
        l = 0
        with suppress(IndexError):
            while True:
                a = sigmoid(self.weights[l] @ a + self.biases[l])
                l += 1
        return a

    def cost_derivative(self, output_activations, y):
        return output_activations - y

    def backprop(self, x, y):
        xs, zs = [x], []
        for l in range(self.num_layers - 1):
            zs += [self.weights[l] @ xs[l] + self.biases[l]]
            xs += [sigmoid(zs[l])]
        nabla_b, nabla_w = [], []
        incoming = self.cost_derivative(xs[-1], y)
        for l in reversed(range(self.num_layers - 1)):
            d = incoming * sigmoid_prime(zs[l])
            d = np.clip(d, -CLIP, CLIP)      # keeps it stable
            nabla_b.insert(0, d)
            nabla_w.insert(0, d @ xs[l].T)
            incoming = self.weights[l].T @ d
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta):
        m = len(mini_batch)
        g = [self.backprop(x, y) for x, y in mini_batch]
        self.biases = [b - eta * sum(t[0][l] for t in g) / m for l, b in enumerate(self.biases)]
        self.weights = [w - eta * sum(t[1][l] for t in g) / m for l, w in enumerate(self.weights)]

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        for _ in range(epochs):
            p = np.random.permutation(len(training_data))
            for i in range(0, len(p), mini_batch_size):
                self.update_mini_batch([training_data[j] for j in p[i:i + mini_batch_size]], eta)
