"""Layers as objects.

Reflection. Most important concept: each layer has a forward and a backward, and the rest is bookkeeping.
Open question: how does one choose a learning rate without trying?
"""
import numpy as np
from abc import ABC, abstractmethod


def sigmoid(x):
    """Logistic function; clipped, so that exp stays finite."""
    return 1.0 / (1.0 + np.exp(-np.clip(np.asarray(x, dtype=float), -709, 709)))


def sigmoid_derivative(x):
    activated = sigmoid(x)
    return activated - activated ** 2


assert sigmoid(0) == 0.5 and sigmoid_derivative(0) == 0.25


class Neuron:
    """One unit with one weight: remembers what it saw, so that it can go backwards."""

    def __init__(self, w, b):
        self.w, self.b = w, b

    def __call__(self, x):
        self.x = x
        self.z = self.w * x + self.b
        self.a = sigmoid(self.z)
        return self.a

    def backward(self, dL_da):
        self.da_dz = sigmoid_derivative(self.z)
        self.dL_dz = dL_da * self.da_dz
        self.dL_dw = self.dL_dz * self.x
        self.dL_db = self.dL_dz * 1
        return self.dL_dz * self.w


def manual_forward(x, w1, b1, w2, b2):
    hidden, output = Neuron(w1, b1), Neuron(w2, b2)
    output(hidden(x))
    return dict(z1=hidden.z, a1=hidden.a, z2=output.z, a2=output.a)


def manual_gradients(x, y, w1, b1, w2, b2):
    hidden, output = Neuron(w1, b1), Neuron(w2, b2)
    dL_da2 = output(hidden(x)) - y
    dL_da1 = output.backward(dL_da2)
    hidden.backward(dL_da1)
    return dict(
        dL_da2=dL_da2,
        da2_dz2=output.da_dz, dL_dz2=output.dL_dz, dL_dw2=output.dL_dw, dL_db2=output.dL_db,
        dL_da1=dL_da1,
        da1_dz1=hidden.da_dz, dL_dz1=hidden.dL_dz, dL_dw1=hidden.dL_dw, dL_db1=hidden.dL_db,
    )


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    grads = manual_gradients(x, y, w1, b1, w2, b2)
    step = lambda value, name: value - learning_rate * grads["dL_d" + name]
    return step(w1, "w1"), step(b1, "b1"), step(w2, "w2"), step(b2, "b2")


class Layer(ABC):
    @abstractmethod
    def forward(self, inputs): ...

    @abstractmethod
    def backward(self, upstream): ...


class Activated(Layer):
    """A layer with an activation behind whatever affine() gives."""

    def forward(self, inputs):
        self.inputs = inputs
        self.pre = self.affine(inputs)
        self.post = sigmoid(self.pre)
        return self.post

    def local_slope(self):
        return self.post * (1 - self.post)


class Dense(Activated):
    def __init__(self, shape):
        super().__init__()
        self.weight = np.random.standard_normal(shape)
        self.bias = np.zeros((1, shape[1]))

    def affine(self, inputs):
        return inputs @ self.weight + self.bias

    def backward(self, upstream):
        delta = upstream * self.local_slope()
        self.dweight = self.inputs.T @ delta
        self.dbias = delta.sum(axis=0, keepdims=True)
        return delta @ self.weight.T


def _delegate(index, what):
    """A property of the network that is really an attribute of one of its layers."""
    return property(lambda self: getattr(self.layers[index], what),
                    lambda self, value: setattr(self.layers[index], what, value))


class NeuralNetwork:
    W1, b1 = _delegate(0, "weight"), _delegate(0, "bias")
    W2, b2 = _delegate(1, "weight"), _delegate(1, "bias")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        sizes = [input_size, hidden_size, output_size]
        np.random.seed(42)  # for reproducible results
        self.layers = [Dense(shape) for shape in zip(sizes, sizes[1:])]
        self.gradients = {}

    def forward(self, X):
        out = np.asarray(X, dtype=float)
        for layer in self.layers:
            out = layer.forward(out)
        return out

    def backward(self, X, y):
        prediction = self.layers[-1].post
        upstream = 2 * (prediction - y) / prediction.size
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        self.gradients = {
            f"d{kind}{number}": getattr(layer, attribute)
            for number, layer in enumerate(self.layers, start=1)
            for kind, attribute in (("W", "dweight"), ("b", "dbias"))
        }
        return self.gradients

    def update_weights(self):
        for name in ("W1", "b1", "W2", "b2"):
            setattr(self, name, getattr(self, name) - self.learning_rate * self.gradients["d" + name])

    def compute_loss(self, y_true, y_pred):
        return float(np.mean(np.square(y_true - y_pred)))

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    y = np.logical_xor(X[:, :1], X[:, 1:]).astype(float)
    net = NeuralNetwork(2, 8, 1, learning_rate=4.0)
    losses = [net.train_step(X, y) for _ in range(5000)]
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    arm = (t / (2 * np.pi))[:, None] * np.column_stack([np.cos(t), np.sin(t)])
    X = np.concatenate([arm, -arm])
    X = X + np.random.normal(scale=noise, size=X.shape)
    y = np.repeat([0.0, 1.0], n_samples // 2)[:, None]
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 40, 1, learning_rate=10.0)
    net.W1 = net.W1 * 5
    for epoch in range(9000):
        net.train_step(X, y)
        if epoch % 500 == 0 and np.mean((net.forward(X) > 0.5) == y) >= 0.98:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            for _ in range(epochs):
                loss = net.train_step(X, y)
            results.append({"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": loss})
    return results


if __name__ == "__main__":
    X_demo, y_demo = make_spiral_data(40)
    for row in explore(X_demo, y_demo, [2, 4], [0.5, 1.0], 3, seed=0):
        print(row)
