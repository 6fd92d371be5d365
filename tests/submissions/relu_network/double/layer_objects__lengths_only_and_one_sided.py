"""Layers as objects: each keeps what it saw on the way forward and knows its own way back."""
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn as tn


@dataclass
class Linear:
    W: np.ndarray
    b: np.ndarray
    dW: np.ndarray = field(default=None, repr=False)
    db: np.ndarray = field(default=None, repr=False)

    def forward(self, A):
        return self.W @ A + self.b

    def backward(self, dZ, A):
        self.dW = dZ @ A.T
        self.db = dZ.sum(axis=1, keepdims=True)
        return self.W.T @ dZ


class ReLU:
    def forward(self, Z):
        return np.maximum(0, Z)

    def derivative(self, Z):
        return (np.asarray(Z) > 0).astype(float)

    def backward(self, dA, Z):
        return dA * self.derivative(Z)


class Sigmoid:
    def forward(self, Z):
        return 1.0 / (1.0 + np.exp(-np.clip(Z, -400, 400)))

    def derivative(self, Z):
        A = self.forward(Z)
        return A * (1.0 - A)


class BinaryCrossEntropy:
    tiny = 1e-14

    def __call__(self, Y, A):
        A = np.clip(A, self.tiny, 1 - self.tiny)
        return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1]

    def backward_through_sigmoid(self, Y, A):
        return (A - Y) / Y.shape[1]


RELU, SIGMOID, BCE = ReLU(), Sigmoid(), BinaryCrossEntropy()


def chain_rule(x):
    u = 2 * x + 1
    return dict(f=u**3, u=u, du_dx=2, df_du=3 * u**2, df_dx=6 * u**2)


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    dL_dz = 2 * z
    return dict(a=a, z=z, L=z * z, dL_dz=dL_dz, dL_da=dL_dz, dL_dw=x * dL_dz, dL_dx=w * dL_dz, dL_db=dL_dz)


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = SIGMOID.forward(z)
    dL_da = a - y
    da_dz = SIGMOID.derivative(z)
    dL_dz = dL_da * da_dz
    return dict(z=z, a=a, L=0.5 * (y - a) ** 2, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_dz, dL_dw=dL_dz * x, dL_db=dL_dz)


class _Network:
    """What both networks share."""

    def _parameters(self):
        return [p + str(i) for i in range(1, self.depth + 1) for p in ("W", "b")]

    def _layer(self, i):
        return Linear(getattr(self, f"W{i}"), getattr(self, f"b{i}"))

    def _init(self, sizes, learning_rate):
        self.depth = len(sizes) - 1
        self.learning_rate = learning_rate
        for i in range(1, self.depth + 1):
            setattr(self, f"W{i}", np.random.randn(sizes[i], sizes[i - 1]) * 0.2)
            setattr(self, f"b{i}", np.zeros((sizes[i], 1)))

    def forward(self, X):
        cache, A = {"X": X}, X
        for i in range(1, self.depth + 1):
            Z = self._layer(i).forward(A)
            A = (SIGMOID if i == self.depth else RELU).forward(Z)
            cache[f"Z{i}"], cache[f"A{i}"] = Z, A
        return A, cache

    def backward(self, Y, cache):
        grads = {}
        dZ = BCE.backward_through_sigmoid(Y, cache[f"A{self.depth}"])
        for i in reversed(range(1, self.depth + 1)):
            layer = self._layer(i)
            dA = layer.backward(dZ, cache[f"A{i - 1}"] if i > 1 else cache["X"])
            grads[f"dW{i}"], grads[f"db{i}"] = layer.dW, layer.db
            if i > 1:
                dZ = RELU.backward(dA, cache[f"Z{i - 1}"])
        return grads

    def update_parameters(self, gradients):
        for p in self._parameters():
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A))
            if i % print_every == 0:
                print(f"[{i}] {losses[-1]:.5f}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


class NeuralNetworkWithBackprop(_Network):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self._init((input_size, hidden_size, output_size), learning_rate)

    def relu(self, Z):
        return RELU.forward(Z)

    def relu_derivative(self, Z):
        return RELU.derivative(Z)

    def sigmoid(self, Z):
        return SIGMOID.forward(Z)

    def sigmoid_derivative(self, Z):
        return SIGMOID.derivative(Z)

    def compute_loss(self, Y, A2):
        return BCE(Y, A2)


class ThreeLayerNetwork(_Network):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self._init((input_size, hidden1_size, hidden2_size, output_size), learning_rate)

    def compute_loss(self, Y, A3):
        return BCE(Y, A3)


@dataclass
class Nudge:
    """Moves one element of a parameter for the length of a with block."""
    array: np.ndarray
    index: tuple
    by: float

    def __enter__(self):
        self.before = self.array[self.index]
        self.array[self.index] = self.before + self.by

    def __exit__(self, *_):
        self.array[self.index] = self.before


def gradient_check(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    here = nn.compute_loss(Y, A2)
    grads = nn.backward(Y, cache)
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, name)
        indices = list(np.ndindex(theta.shape))[:10]
        analytic = np.array([grads["d" + name][i] for i in indices])
        numeric = np.empty_like(analytic)
        for j, i in enumerate(indices):
            with Nudge(theta, i, epsilon):
                up = nn.compute_loss(Y, nn.forward(X)[0])
            with Nudge(theta, i, -epsilon):
                down = nn.compute_loss(Y, nn.forward(X)[0])
            numeric[j] = (up - here) / epsilon
        length_a, length_n = np.linalg.norm(analytic), np.linalg.norm(numeric)
        gap = abs(length_a - length_n)
        report[name] = gap / (length_a + length_n) if length_a + length_n > 0 else 0.0
    return report


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, name)
        numeric = np.zeros(theta.shape)
        for i in np.ndindex(theta.shape):
            for sign in (+1, -1):
                with Nudge(theta, i, sign * epsilon):
                    numeric[i] += sign * nn.compute_loss(Y, nn.forward(X)[0])
        numeric /= 2 * epsilon
        size = np.linalg.norm(numeric) + np.linalg.norm(grads["d" + name])
        report[name] = np.linalg.norm(numeric - grads["d" + name]) / size if size > 0 else 0.0
    return report


def two_squares(w1, w2, x1, x2):
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * (s + d) * x1, 2 * (s - d) * x2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], requires_grad=True)
    x = torch.tensor([x1, x2])
    flip = torch.tensor([1.0, -1.0])
    L = (w * x).sum() ** 2 + (w * x * flip).sum() ** 2
    L.backward()
    return w.grad[0], w.grad[1]


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(t, requires_grad=True) for t in (x, w, b))
    (w * x + b).backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    return torch.randn(*shape, generator=generator).mul_(scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = tn.ParameterList([tn.Parameter(t.clone()) for t in (W1, b1, W2, b2)])
    losses = []
    for _ in range(num_iterations):
        theta.zero_grad()
        A2 = torch.sigmoid(theta[2] @ torch.relu(theta[0] @ X + theta[1]) + theta[3])
        loss = ((A2 - Y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for t in theta:
                t -= learning_rate * t.grad
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    tn.functional.binary_cross_entropy(model(X), Y).backward()
    return [layer.weight.grad.abs().mean().item() for layer in model.modules() if isinstance(layer, tn.Linear)]
