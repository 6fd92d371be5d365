import numpy as np

rng = np.random.default_rng()
σ = lambda z: 1.0 / (1.0 + np.exp(-np.asarray(z, float)))
sigmoid = σ


def sigmoid_prime(z):
    return (s := σ(z)) * (1 - s)


class Network:
    def __init__(self, sizes):
        self.sizes, self.num_layers = sizes, len(sizes)
        self.biases = [rng.standard_normal((h, 1)) for h in sizes[1:]]
        self.weights = [rng.standard_normal(hw) for hw in zip(sizes[1:], sizes)]

    def feedforward(self, a):
        for W, b in zip(self.weights, self.biases):
            a = σ(W @ a + b)
        return a

    def cost_derivative(self, output_activations, y):
        return (output_activations - y)

    def backprop(self, x, y):
        a, A, Z = x, [x], []
        for W, b in zip(self.weights, self.biases):
            Z.append(z := W @ a + b)
            A.append(a := σ(z))
        B, G = [*self.biases], [*self.weights]     # same lengths; every entry is replaced below
        B[-1] = Δ = self.cost_derivative(a, y) * sigmoid_prime(Z[-1])
        G[-1] = Δ @ A[-2].T
        for l in range(2, self.num_layers):
            B[-l] = Δ = self.weights[1 - l].T @ Δ * sigmoid_prime(Z[-l])
            G[-l] = Δ @ A[-l].T
        return B, G

    def update_mini_batch(self, mini_batch, eta):
        grads = [sum(self.backprop(x, y), []) for x, y in mini_batch]
        mean = [sum(column) / len(grads) for column in zip(*grads)]
        new = [p - eta * g for p, g in zip(self.biases + self.weights, mean)]
        self.biases, self.weights = new[:len(new) // 2], new[len(new) // 2:]

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        for _ in range(epochs):
            p = rng.permutation(n := len(training_data))
            for i in range(0, n, mini_batch_size):
                self.update_mini_batch([training_data[j] for j in p[i:i + mini_batch_size]], eta)
