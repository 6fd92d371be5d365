import random
import numpy as np
import mnist_loader

training, validation, test = [list(part) for part in (mnist_loader.load_data() or [(), (), ()])] or [[], [], []]


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


class Network(object):
    def __init__(self, sizes):
        self.sizes = sizes
        self.num_layers = len(sizes)
        self.biases = []
        self.weights = []
        for i in range(1, len(sizes)):
            self.biases.append(np.random.randn(sizes[i], 1))
            self.weights.append(np.random.randn(sizes[i], sizes[i - 1]))

    def feedforward(self, a):
        for i in range(self.num_layers - 1):
            a = sigmoid(np.dot(self.weights[i], a) + self.biases[i])
        return a

    def cost_derivative(self, output_activations, y):
        return output_activations - y

    def backprop(self, x, y):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        acts, zs = [x], []
        for i in range(self.num_layers - 1):
            zs.append(np.dot(self.weights[i], acts[-1]) + self.biases[i])
            acts.append(sigmoid(zs[-1]))
        delta = self.cost_derivative(acts[-1], y) * sigmoid_prime(zs[-1])
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, acts[-2].transpose())
        for k in range(2, self.num_layers):
            sp = sigmoid_prime(zs[-k])
            delta = np.dot(self.weights[-k + 1].transpose(), delta) * sp
            nabla_b[-k] = delta
            nabla_w[-k] = np.dot(delta, acts[-k - 1].transpose())
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta):
        n = len(mini_batch)
        gb = [np.zeros(b.shape) for b in self.biases]
        gw = [np.zeros(w.shape) for w in self.weights]
        for x, y in mini_batch:
            db, dw = self.backprop(x, y)
            for i in range(len(gb)):
                gb[i] = gb[i] + db[i]
                gw[i] = gw[i] + dw[i]
        for i in range(len(gb)):
            self.biases[i] = self.biases[i] - eta * gb[i] / n
            self.weights[i] = self.weights[i] - eta * gw[i] / n

    def SGD(self, training_data, epochs, mini_batch_size, eta, test_data=None):
        for e in range(epochs):
            random.shuffle(training_data)
            for k in range(0, len(training_data), mini_batch_size):
                self.update_mini_batch(training_data[k : k + mini_batch_size], eta)
            print("epoch", e)
