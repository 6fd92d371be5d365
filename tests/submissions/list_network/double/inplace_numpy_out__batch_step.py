import numpy as np
import random as rnd

__all__ = ["sigmoid", "sigmoid_prime", "Network"]


def sigmoid(z):
    buf = np.negative(z, dtype=np.float64)
    buf = np.exp(buf)
    buf = np.add(buf, 1.0)
    return np.divide(1.0, buf)


def sigmoid_prime(z):
    s = sigmoid(z)
    return s * (1.0 - s)


class Network:
    def __init__(self, sizes):
        self.sizes = sizes
        self.num_layers = len(sizes)
        self.biases = [np.random.randn(n_out, 1) for n_out in sizes[1:]]
        self.weights = [np.random.randn(n_out, n_in) for n_in, n_out in zip(sizes[:-1], sizes[1:])]

    def feedforward(self, a):
        for w, b in zip(self.weights, self.biases):
            t = np.empty_like(b)
            np.matmul(w, a, out=t)
            t += b
            a = sigmoid(t)
        return a

    def cost_derivative(self, output_activations, y):
        diff = np.array(output_activations, dtype=float)
        diff -= y
        return diff

    def backprop(self, x, y):
        gb = [np.empty_like(b) for b in self.biases]
        gw = [np.empty_like(w) for w in self.weights]
        acts, zs = [x], []
        for w, b in zip(self.weights, self.biases):
            z = w @ acts[-1]
            z += b
            zs.append(z)
            acts.append(sigmoid(z))
        np.multiply(self.cost_derivative(acts[-1], y), sigmoid_prime(zs[-1]), out=gb[-1])
        for l in range(len(gb) - 2, -1, -1):
            np.matmul(self.weights[l + 1].T, gb[l + 1], out=gb[l])
            gb[l] *= sigmoid_prime(zs[l])
        for l in range(len(gw)):
            np.multiply(gb[l], acts[l].T, out=gw[l])
        return gb, gw

    def update_mini_batch(self, mini_batch, eta):
        it = iter(mini_batch)
        total_b, total_w = self.backprop(*next(it))
        for x, y in it:
            gb, gw = self.backprop(x, y)
            for T, g in zip(total_b, gb):
                T += g
            for T, g in zip(total_w, gw):
                T += g
        for T in total_b + total_w:
            T *= eta
        for params, steps in ((self.biases, total_b), (self.weights, total_w)):
            for i, step in enumerate(steps):
                params[i] = params[i] + step

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        for _ in range(epochs):
            rnd.shuffle(training_data)
            for k in range(0, len(training_data), mini_batch_size):
                self.update_mini_batch(training_data[k:k + mini_batch_size], eta)
