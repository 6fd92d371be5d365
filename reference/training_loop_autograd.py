"""The twin of training_loop: the same names, every derivative by PyTorch's autograd, in float64.

It shares no formula with the closed form but the definitions of the functions themselves.
"""

import numpy as np
import torch
from torch.nn import functional

PARAMETERS = ("W1", "b1", "W2", "b2")


def _tensor(x):
    return torch.tensor(np.asarray(x, dtype=np.float64))


def sigmoid(x):
    return torch.sigmoid(_tensor(x)).numpy()


def sigmoid_derivative(x):
    x = _tensor(x).requires_grad_()
    torch.sigmoid(x).sum().backward()
    return x.grad.numpy()


def _smallest(x, w1, b1, w2, b2):
    """The four parameters as leaves, and the values on the way."""
    leaves = [_tensor(value).requires_grad_() for value in (w1, b1, w2, b2)]
    z1 = leaves[0] * _tensor(x) + leaves[1]
    a1 = torch.sigmoid(z1)
    z2 = leaves[2] * a1 + leaves[3]
    return leaves, (z1, a1, z2, torch.sigmoid(z2))


def manual_forward(x, w1, b1, w2, b2):
    _, values = _smallest(x, w1, b1, w2, b2)
    return {name: value.item() for name, value in zip(("z1", "a1", "z2", "a2"), values, strict=True)}


def manual_gradients(x, y, w1, b1, w2, b2):
    (leaf_w1, leaf_b1, leaf_w2, leaf_b2), (z1, a1, z2, a2) = _smallest(x, w1, b1, w2, b2)
    loss = 0.5 * (_tensor(y) - a2) ** 2

    def of(value, with_respect_to):
        return torch.autograd.grad(value, with_respect_to, retain_graph=True)[0].item()

    return {
        "dL_da2": of(loss, a2), "da2_dz2": of(a2, z2), "dL_dz2": of(loss, z2), "dL_dw2": of(loss, leaf_w2),
        "dL_db2": of(loss, leaf_b2), "dL_da1": of(loss, a1), "da1_dz1": of(a1, z1), "dL_dz1": of(loss, z1),
        "dL_dw1": of(loss, leaf_w1), "dL_db1": of(loss, leaf_b1),
    }  # fmt: skip


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    leaves, (_, _, _, a2) = _smallest(x, w1, b1, w2, b2)
    optimizer = torch.optim.SGD(leaves, lr=float(learning_rate))
    (0.5 * (_tensor(y) - a2) ** 2).backward()
    optimizer.step()
    return tuple(leaf.item() for leaf in leaves)


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.b1 = np.random.normal(size=(input_size, hidden_size)), np.zeros((1, hidden_size))
        self.W2, self.b2 = np.random.normal(size=(hidden_size, output_size)), np.zeros((1, output_size))

    def _leaves(self):
        return [_tensor(getattr(self, name)).requires_grad_() for name in PARAMETERS]

    def _keep(self, leaves):
        for name, leaf in zip(PARAMETERS, leaves, strict=True):
            setattr(self, name, leaf.detach().numpy())

    @staticmethod
    def _run(X, W1, b1, W2, b2):
        return torch.sigmoid(functional.linear(torch.sigmoid(functional.linear(X, W1.T, b1[0])), W2.T, b2[0]))

    def forward(self, X):
        return self._run(_tensor(X), *self._leaves()).detach().numpy()

    def backward(self, X, y):
        leaves = self._leaves()
        functional.mse_loss(self._run(_tensor(X), *leaves), _tensor(y)).backward()
        self.gradients = {f"d{name}": leaf.grad.numpy() for name, leaf in zip(PARAMETERS, leaves, strict=True)}
        return self.gradients

    def update_weights(self):
        leaves = self._leaves()
        for name, leaf in zip(PARAMETERS, leaves, strict=True):
            leaf.grad = _tensor(self.gradients[f"d{name}"])
        torch.optim.SGD(leaves, lr=float(self.learning_rate)).step()
        self._keep(leaves)

    def compute_loss(self, y_true, y_pred):
        return functional.mse_loss(_tensor(y_pred), _tensor(y_true)).item()

    def train_step(self, X, y):
        return self.train(X, y, 1)[0]

    def train(self, X, y, epochs):
        X, y, leaves, losses = _tensor(X), _tensor(y), self._leaves(), []
        optimizer = torch.optim.SGD(leaves, lr=float(self.learning_rate))
        for _ in range(epochs):
            optimizer.zero_grad()
            loss = functional.mse_loss(self._run(X, *leaves), y)
            losses.append(loss.item())
            loss.backward()
            optimizer.step()
        self._keep(leaves)
        return losses


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 6, 1, learning_rate=4.0)
    return net, net.train([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]], 2000)


def make_spiral_data(n_samples=300, noise=0.1):
    """In the complex plane: an arm, and its mirror image through the origin."""
    t = np.linspace(0, 2, n_samples // 2)
    arm = t * np.exp(2j * np.pi * t)
    points = np.concatenate([arm, -arm])
    X = np.random.normal(np.column_stack([points.real, points.imag]), noise)
    return X, (np.arange(len(X)) >= len(arm)).astype(float)[:, None]


def train_spiral(X, y):
    net = NeuralNetwork(2, 40, 1, learning_rate=3.0)
    net.W1, net.b1 = 7 * net.W1, np.random.normal(size=(1, 40)) * 7
    net.train(X, y, 4000)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    rows = []
    for learning_rate in learning_rates:
        for hidden_size in hidden_sizes:
            np.random.seed(seed)
            net = NeuralNetwork(np.shape(X)[1], hidden_size, np.shape(y)[1], learning_rate)
            net.train(X, y, epochs)
            loss = net.compute_loss(y, net.forward(X))
            rows.append({"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": loss})
    return rows
