"""Backpropagation after the online book (delta, nabla_w, nabla_b), with rows as samples.

How does backpropagation let a network learn? It gives, for the price of about one more forward pass, the slope of
the cost in every single weight. Gradient descent then only has to walk downhill.

What questions remain? Why doesn't it get stuck more often in a valley that isn't the deepest?
"""

from itertools import product

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(0, -x))


def sigmoid_prime(a):
    """In terms of the activation."""
    return a * (1.0 - a)


def sigmoid_derivative(x):
    return sigmoid_prime(sigmoid(x))


def cost_derivative(a, y):
    return a - y


def manual_forward(x, w1, b1, w2, b2):
    activation, out = x, {}
    for layer, (w, b) in enumerate([(w1, b1), (w2, b2)], start=1):
        z = w * activation + b
        activation = sigmoid(z)
        out[f"z{layer}"], out[f"a{layer}"] = z, activation
    return out


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    grads = {"dL_da2": cost_derivative(f["a2"], y), "da2_dz2": sigmoid_prime(f["a2"])}
    delta = grads["dL_da2"] * grads["da2_dz2"]
    grads.update(dL_dz2=delta, dL_dw2=delta * f["a1"], dL_db2=delta, dL_da1=delta * w2, da1_dz1=sigmoid_prime(f["a1"]))
    delta = grads["dL_da1"] * grads["da1_dz1"]
    grads.update(dL_dz1=delta, dL_dw1=delta * x, dL_db1=delta)
    return grads


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    nabla = manual_gradients(x, y, w1, b1, w2, b2)
    old = {"w1": w1, "b1": b1, "w2": w2, "b2": b2}
    return tuple(value - learning_rate * nabla["dL_d" + name] for name, value in old.items())


class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.sizes = [input_size, hidden_size, output_size]
        self.learning_rate = learning_rate
        self.W1, self.W2 = [np.random.randn(n_in, n_out) for n_in, n_out in zip(self.sizes[:-1], self.sizes[1:])]
        self.b1, self.b2 = [np.zeros((1, n_out)) for n_out in self.sizes[1:]]

    def forward(self, X):
        self.activations = [X]
        for w, b in ((self.W1, self.b1), (self.W2, self.b2)):
            self.activations.append(sigmoid(np.dot(self.activations[-1], w) + b))
        return self.activations[-1]

    def backward(self, X, y):
        _, hidden, output = self.activations
        # the mean over all elements: the book has a half in its cost, here it's a 2 in front
        delta = 2.0 * cost_derivative(output, y) / output.size * sigmoid_prime(output)
        nabla_w2, nabla_b2 = np.dot(hidden.T, delta), delta.sum(axis=0)[np.newaxis, :]
        delta = np.dot(delta, self.W2.T) * sigmoid_prime(hidden)
        nabla_w1, nabla_b1 = np.dot(np.transpose(X), delta), delta.sum(axis=0)[np.newaxis, :]
        self.gradients = {"dW1": nabla_w1, "db1": nabla_b1, "dW2": nabla_w2, "db2": nabla_b2}
        return self.gradients

    def update_weights(self):
        for name, nabla in self.gradients.items():
            setattr(self, name[1:], getattr(self, name[1:]) - self.learning_rate * nabla)

    def compute_loss(self, y_true, y_pred):
        return np.mean(np.square(y_pred - y_true))

    def train_step(self, X, y):
        cost = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return cost


def train_xor(seed):
    np.random.seed(seed)
    X = np.array(list(product([0, 1], repeat=2)))
    y = (X.sum(axis=1, keepdims=True) == 1).astype(float)
    net = NeuralNetwork(2, 16, 1, learning_rate=2.5)
    return net, [net.train_step(X, y) for epoch in range(6000)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)

    def arm(sign):
        return sign * np.stack([np.cos(t), np.sin(t)], axis=1) * t[:, None] / (2 * np.pi)

    X = np.concatenate([arm(+1), arm(-1)])
    y = np.concatenate([np.zeros((len(t), 1)), np.ones((len(t), 1))])
    return X + np.random.normal(scale=noise, size=X.shape), y


def train_spiral(X, y):
    net = NeuralNetwork(2, 100, 1, learning_rate=3.0)
    net.W1, net.b1 = 4 * net.W1, 4 * np.random.randn(1, 100)
    net.W2 = 0.3 * net.W2
    mini_batch_size = 50
    for epoch in range(3000):
        shuffled = np.random.permutation(len(X))
        for k in range(0, len(X), mini_batch_size):
            mini_batch = shuffled[k:k + mini_batch_size]
            net.train_step(X[mini_batch], y[mini_batch])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    np.random.seed(seed)

    def experiment(hidden_size, eta):
        net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], eta)
        for epoch in range(epochs):
            cost = net.train_step(X, y)
        return {"hidden_size": hidden_size, "learning_rate": eta, "final_loss": cost}

    return [experiment(h, eta) for h, eta in product(hidden_sizes, learning_rates)]
