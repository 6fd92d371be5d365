import numpy as np

def sigmoid(z):
    z = np.asarray(z, dtype=float)
    return np.exp(-np.logaddexp(0, -z))

def sigmoid_prime(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2

class Network:
    def __init__(self, sizes):
        rng = np.random.default_rng()
        self.sizes, self.num_layers = sizes, len(sizes)
        self.biases = [rng.standard_normal((n, 1)) for n in sizes[1:]]
        self.weights = [rng.standard_normal((n, p)) for p, n in zip(sizes, sizes[1:])]

    def feedforward(self, a, layer=0):
        if layer == len(self.weights):
            return a
        return self.feedforward(sigmoid(self.weights[layer] @ a + self.biases[layer]), layer + 1)

    def cost_derivative(self, a, target):  # other names
        return -(target - a)

    def _back(self, a, y, layer):
        """Gradients of the layers from here on, and the error handed to the layer before."""
        if layer == len(self.weights):
            return [], [], self.cost_derivative(a, y)
        z = self.weights[layer] @ a + self.biases[layer]
        gb, gw, upstream = self._back(sigmoid(z), y, layer + 1)
        error = upstream * sigmoid_prime(z)
        return [error] + gb, [np.outer(error, a)] + gw, self.weights[layer].T @ error

    def backprop(self, x, y):
        nabla_b, nabla_w, _ = self._back(x, y, 0)
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta):
        gradients = [self.backprop(x, y) for x, y in mini_batch]
        for i in range(len(self.weights)):
            self.biases[i] = self.biases[i] - eta * np.mean([g[0][i] for g in gradients], axis=0)
            self.weights[i] = self.weights[i] - eta * np.mean([g[1][i] for g in gradients], axis=0)

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        data = list(training_data)
        while epochs > 0:
            np.random.shuffle(order := np.arange(len(data)))
            batches = np.split(order, range(mini_batch_size, len(data), mini_batch_size))
            for batch in batches:
                self.update_mini_batch([data[i] for i in batch], eta)
            epochs -= 1
