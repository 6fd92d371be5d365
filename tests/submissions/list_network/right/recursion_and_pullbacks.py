from __future__ import annotations

from itertools import islice
from typing import Callable, Iterator, List, Sequence, Tuple

import numpy as np

Array = np.ndarray
Pair = Tuple[Array, Array]

# 1/(1+e^-z) == (1 + tanh(z/2))/2, which never overflows
sigmoid: Callable = lambda z: 0.5 + 0.5 * np.tanh(0.5 * np.asarray(z, dtype=np.float64))


def sigmoid_prime(z):
    # d/dz [tanh(z/2)/2] = (1 - tanh^2(z/2)) / 4
    t = np.tanh(np.asarray(z, dtype=np.float64) / 2)
    return (1 - t) * (1 + t) / 4


def _dense(w: Array, b: Array, inp: Array):
    """value of one layer together with the function that pulls a cotangent back through it"""
    pre = w @ inp + b

    def pull(cotangent: Array):
        at_pre = cotangent * sigmoid_prime(pre)
        return at_pre, at_pre * inp.ravel(), w.T @ at_pre

    return sigmoid(pre), pull


def _chunks(seq: Sequence, size: int) -> Iterator[list]:
    it = iter(seq)
    while chunk := list(islice(it, size)):
        yield chunk


class Network:
    def __init__(self, sizes: List[int]):
        self.num_layers, self.sizes = len(sizes), sizes
        gauss = np.random.standard_normal
        self.biases = [gauss((rows, 1)) for rows in sizes[1:]]
        self.weights = [gauss((rows, cols)) for cols, rows in zip(sizes, sizes[1:])]

    def feedforward(self, a: Array, depth: int = 0) -> Array:
        if depth == len(self.weights):
            return a
        return self.feedforward(_dense(self.weights[depth], self.biases[depth], a)[0], depth + 1)

    def cost_derivative(self, output_activations: Array, y: Array) -> Array:
        return -(y - output_activations)

    def backprop(self, x: Array, y: Array):
        def go(layer: int, inp: Array):
            # -> (cotangent of inp, bias gradients from here on, weight gradients from here on)
            if layer == len(self.weights):
                return self.cost_derivative(inp, y), [], []
            out, pull = _dense(self.weights[layer], self.biases[layer], inp)
            from_above, gb, gw = go(layer + 1, out)
            b_here, w_here, below = pull(from_above)
            return below, [b_here] + gb, [w_here] + gw

        return go(0, x)[1:]

    def update_mini_batch(self, mini_batch: Sequence[Pair], eta: float) -> None:
        step = eta / len(mini_batch)
        per_sample = [self.backprop(*pair) for pair in mini_batch]
        all_b, all_w = zip(*per_sample)
        self.biases = [b - step * sum(gs) for b, gs in zip(self.biases, zip(*all_b))]
        self.weights = [w - step * sum(gs) for w, gs in zip(self.weights, zip(*all_w))]

    def SGD(self, training_data: List[Pair], epochs: int, mini_batch_size: int, eta: float) -> None:
        for _ in range(epochs):
            order = np.random.permutation(len(training_data))
            for batch in _chunks([training_data[i] for i in order], mini_batch_size):
                self.update_mini_batch(batch, eta)
