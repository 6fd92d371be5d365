from dataclasses import dataclass, field
from random import sample
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
sigmoid = np.vectorize(lambda z: 1 / (1 + np.exp(-z)) if z > 0 else np.exp(z) / (1 + np.exp(z)), otypes=[float])


def sigmoid_prime(z: Array) -> Array:
    return np.multiply(sigmoid(z), sigmoid(-z))


@dataclass
class Layer:
    w: Array
    b: Array
    seen: list = field(default_factory=list)

    def forward(self, a: Array) -> Array:
        z = np.einsum("ij,jk->ik", self.w, a) + self.b
        self.seen = [a, z]
        return sigmoid(z)

    def backward(self, upstream: Array):
        a, z = self.seen
        error = upstream * sigmoid_prime(z)
        return np.einsum("ji,jk->ik", self.w, error), error, np.einsum("ik,jk->ij", error, a)


class Network:
    def __init__(self, sizes):
        self.sizes, self.num_layers = sizes, len(sizes)
        self.layers = [Layer(np.random.randn(n, m), np.random.randn(n, 1)) for m, n in zip(sizes, sizes[1:])]

    @property
    def weights(self):
        return [layer.w for layer in self.layers]

    @weights.setter
    def weights(self, new):
        for layer, w in zip(self.layers, new):
            layer.w = w

    @property
    def biases(self):
        return [layer.b for layer in self.layers]

    @biases.setter
    def biases(self, new):
        for layer, b in zip(self.layers, new):
            layer.b = b

    def feedforward(self, a):
        for layer in self.layers:
            a = layer.forward(a)
        return a

    def cost_derivative(self, y, output_activations):  # the other way round
        return output_activations - y

    def backprop(self, x, y):
        upstream = self.cost_derivative(y, self.feedforward(x))
        nabla_b, nabla_w = [], []
        for layer in self.layers[::-1]:
            upstream, db, dw = layer.backward(upstream)
            nabla_b = [db, *nabla_b]
            nabla_w = [dw, *nabla_w]
        return (nabla_b, nabla_w)

    def update_mini_batch(self, mini_batch, eta):
        rate = eta / len(mini_batch)
        all_b, all_w = zip(*(self.backprop(x, y) for x, y in mini_batch))
        self.weights = [w - rate * sum(each) for w, each in zip(self.weights, zip(*all_w))]
        self.biases = [b - rate * sum(each) for b, each in zip(self.biases, zip(*all_b))]

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        for _ in range(epochs):
            mixed = sample(list(training_data), len(training_data))
            while mixed:
                batch, mixed = mixed[:mini_batch_size], mixed[mini_batch_size:]
                self.update_mini_batch(batch, eta)
