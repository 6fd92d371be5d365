"""The twin of list_network: the same names, every derivative by PyTorch's autograd, in float64."""

import itertools

import numpy as np
import torch


def _tensor(x):
    return torch.tensor(np.asarray(x, dtype=np.float64))


def sigmoid(z):
    return torch.sigmoid(_tensor(z)).numpy()


def sigmoid_prime(z):
    z = _tensor(z).requires_grad_()
    torch.sigmoid(z).sum().backward()
    return z.grad.numpy()


class Network:
    def __init__(self, sizes):
        self.num_layers, self.sizes = len(sizes), sizes
        self.biases = [np.random.randn(size, 1) for size in sizes[1:]]
        self.weights = [np.random.randn(after, before) for before, after in itertools.pairwise(sizes)]

    def _run(self, biases, weights, a):
        for b, w in zip(biases, weights, strict=True):
            a = torch.sigmoid(torch.addmm(b, w, a))
        return a

    def feedforward(self, a):
        return self._run(map(_tensor, self.biases), map(_tensor, self.weights), _tensor(a)).numpy()

    def cost_derivative(self, output_activations, y):
        a = _tensor(output_activations).requires_grad_()
        (torch.nn.functional.mse_loss(a, _tensor(y), reduction="sum") / 2).backward()
        return a.grad.numpy()

    def _step(self, samples, eta):
        """The leaves after the backward pass of the mean cost, and a step of the optimizer."""
        biases, weights = ([_tensor(each).requires_grad_() for each in part] for part in (self.biases, self.weights))
        costs = [((self._run(biases, weights, _tensor(x)) - _tensor(y)) ** 2).sum() / 2 for x, y in samples]
        torch.stack(costs).mean().backward()
        gradients = [[leaf.grad.numpy().copy() for leaf in part] for part in (biases, weights)]
        torch.optim.SGD([*biases, *weights], lr=float(eta)).step()
        return gradients, biases, weights

    def backprop(self, x, y):
        return tuple(self._step([(x, y)], 0.0)[0])

    def update_mini_batch(self, mini_batch, eta):
        _, biases, weights = self._step(mini_batch, eta)
        self.biases, self.weights = ([leaf.detach().numpy() for leaf in part] for part in (biases, weights))

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        for _ in range(epochs):
            order = np.random.permutation(len(training_data))
            for start in range(0, len(order), mini_batch_size):
                self.update_mini_batch([training_data[place] for place in order[start : start + mini_batch_size]], eta)
