"""My network on top of my own micro autograd (after watching a famous video)."""
import numpy as np


def sigmoid(z):
    z = np.asarray(z, dtype=np.float64)
    pos = z >= 0
    out = np.empty_like(z)
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    ez = np.exp(z[~pos])
    out[~pos] = ez / (1 + ez)
    return out


def sigmoid_prime(z):
    s = sigmoid(z)
    return s - s ** 2


class T:
    """a node: data, grad, and how to hand grad to the parents"""
    __slots__ = ("data", "grad", "_parents", "_send")

    def __init__(self, data, parents=(), send=lambda g: ()):
        self.data, self.grad = data, np.zeros(np.shape(data))
        self._parents, self._send = parents, send

    def __matmul__(self, other):
        return T(self.data @ other.data, (self, other),
                 lambda g: (g @ other.data.T, self.data.T @ g))

    def __add__(self, other):
        return T(self.data + other.data, (self, other), lambda g: (g, g))

    def squash(self):
        return T(sigmoid(self.data), (self,), lambda g: (g * sigmoid_prime(self.data),))

    def _topo(self, seen=None):
        seen = {} if seen is None else seen
        if id(self) not in seen:
            for p in self._parents:
                p._topo(seen)
            seen[id(self)] = self
        return seen

    def backward(self, seed):
        self.grad = self.grad + seed
        for node in reversed(list(self._topo().values())):
            for parent, g in zip(node._parents, node._send(node.grad)):
                parent.grad = parent.grad + g


class Network:
    def __init__(self, sizes):
        self.num_layers = len(sizes)
        self.sizes = sizes
        self.biases = [np.random.randn(y, 1) for y in sizes[1:]]
        self.weights = [np.random.randn(y, x) for x, y in zip(sizes[:-1], sizes[1:])]

    @staticmethod
    def _graph(a, Ws, Bs):
        for W, B in zip(Ws, Bs):
            a = (W @ a + B).squash()
        return a

    def feedforward(self, a):
        return self._graph(T(a), map(T, self.weights), map(T, self.biases)).data

    def cost_derivative(self, output_activations, y):
        return output_activations - y

    def backprop(self, x, y):
        Ws, Bs = [T(w) for w in self.weights], [T(b) for b in self.biases]
        out = self._graph(T(x), Ws, Bs)
        out.backward(self.cost_derivative(out.data, y))
        return [B.grad for B in Bs], [W.grad for W in Ws]

    def update_mini_batch(self, mini_batch, eta):
        lr = eta / len(mini_batch)
        # all gradients are taken at the old parameters, only then do we move
        moves = [self.backprop(x, y) for x, y in mini_batch]
        for gb, gw in moves:
            for i in range(len(gb)):
                self.biases[i] = self.biases[i] - lr * gb[i]
                self.weights[i] = self.weights[i] - lr * gw[i]

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        n = len(training_data)
        rng = np.random.default_rng()
        for epoch in range(epochs):
            perm = rng.permutation(n)
            cuts = range(mini_batch_size, n, mini_batch_size)
            for part in np.split(perm, list(cuts)):
                self.update_mini_batch([training_data[j] for j in part], eta)


if __name__ == "__main__":
    net = Network([3, 4, 2])
    x, y = np.random.randn(3, 1), np.random.rand(2, 1)
    nb, nw = net.backprop(x, y)
    eps = 1e-6
    cost = lambda: 0.5 * np.sum((net.feedforward(x) - y) ** 2)
    net.weights[0][1, 2] += eps; up = cost()
    net.weights[0][1, 2] -= 2 * eps; down = cost()
    print(nw[0][1, 2], (up - down) / 2 / eps)
