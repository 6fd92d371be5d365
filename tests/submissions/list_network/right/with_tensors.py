import random
import numpy as np
import torch


def sigmoid(z):
    return torch.sigmoid(torch.as_tensor(z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


class Network:
    def __init__(self, sizes):
        self.num_layers, self.sizes = len(sizes), sizes
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]
        self.weights = [np.random.randn(n, m) for m, n in zip(sizes, sizes[1:])]

    def feedforward(self, a):
        a = torch.as_tensor(a)
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(torch.as_tensor(w) @ a + torch.as_tensor(b))
        return a.numpy()

    def cost_derivative(self, output_activations, y):
        return torch.as_tensor(output_activations) - torch.as_tensor(y)

    def backprop(self, x, y):
        activations, zs = [torch.as_tensor(x)], []
        for b, w in zip(self.biases, self.weights):
            zs.append(torch.as_tensor(w) @ activations[-1] + torch.as_tensor(b))
            activations.append(sigmoid(zs[-1]))
        delta = self.cost_derivative(activations[-1], y) * sigmoid_prime(zs[-1])
        nabla_b, nabla_w = [delta], [delta @ activations[-2].T]
        for i in range(len(zs) - 2, -1, -1):
            delta = torch.as_tensor(self.weights[i + 1]).T @ delta * sigmoid_prime(zs[i])
            nabla_b.insert(0, delta)
            nabla_w.insert(0, delta @ activations[i].T)
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta):
        sums = None
        for x, y in mini_batch:
            b, w = self.backprop(x, y)
            sums = b + w if sums is None else [s + each for s, each in zip(sums, b + w)]
        n = len(self.biases)
        self.biases = [b - eta / len(mini_batch) * g.numpy() for b, g in zip(self.biases, sums[:n])]
        self.weights = [w - eta / len(mini_batch) * g.numpy() for w, g in zip(self.weights, sums[n:])]

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        data = list(training_data)
        for _ in range(epochs):
            random.shuffle(data)
            for k in range(0, len(data), mini_batch_size):
                self.update_mini_batch(data[k : k + mini_batch_size], eta)
