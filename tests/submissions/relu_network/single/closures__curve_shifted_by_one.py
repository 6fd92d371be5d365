"""Backprop with closures: each forward step hands back a function that knows how to go backwards."""

from functools import partial, reduce
from itertools import count, islice
from operator import mul

import numpy as np
import torch


def chain_rule(x):
    inner, outer = (lambda t: 2 * t + 1), (lambda t: t ** 3)
    d_inner, d_outer = (lambda t: 2), (lambda t: 3 * t ** 2)
    u = inner(x)
    links = d_outer(u), d_inner(x)
    return dict(zip(("f", "u", "df_du", "du_dx", "df_dx"), (outer(u), u, *links, reduce(mul, links))))


def times(p, q):
    return p * q, lambda g: (g * q, g * p)


def plus(p, q):
    return p + q, lambda g: (g, g)


def squared(p):
    return p * p, lambda g: g * 2 * p


def computational_graph(w, x, b):
    a, back_a = times(w, x)
    z, back_z = plus(a, b)
    L, back_L = squared(z)
    dL_dz = back_L(1)
    dL_da, dL_db = back_z(dL_dz)
    dL_dw, dL_dx = back_a(dL_da)
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da, "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db}


def logistic(z):
    return 1 / (1 + np.exp(-np.clip(z, -600, 600)))


def single_neuron(x, w, b, y):
    z = w @ x + b
    a = logistic(z)
    half_square = squared(a - y)
    L, dL_da = half_square[0] / 2, half_square[1](0.5)
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz, "dL_dw": dL_dz * x, "dL_db": dL_dz}


def affine_back(W, A):
    """From the gradient at Z = W A + b to those at W, b and A."""
    def back(D):
        return D @ A.T, D.sum(axis=1, keepdims=True), W.T @ D
    return back


def relu_back(Z):
    return partial(np.multiply, np.where(Z > 0, 1.0, 0.0))


def bce(Y, P):
    P = np.clip(P, 1e-12, 1 - 1e-12)
    return -np.sum(np.where(Y == 1, np.log(P), np.log(1 - P))) / Y.shape[1]


def moved(net, names, gradients):
    return {p: getattr(net, p) - net.learning_rate * gradients["d" + p] for p in names}


def descent(net, X, Y):
    """An endless stream of (step, loss); each item is one step of gradient descent."""
    for step in count():
        P, cache = net.forward(X)
        gradients = net.backward(Y, cache)
        loss = net.compute_loss(Y, P)
        net.update_parameters(gradients)
        yield step, loss


class NeuralNetworkWithBackprop:
    names = "W1", "b1", "W2", "b2"

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        normal = partial(np.random.normal, 0, 0.1)
        self.learning_rate = learning_rate
        self.W1, self.b1 = normal((hidden_size, input_size)), np.zeros((hidden_size, 1))
        self.W2, self.b2 = normal((output_size, hidden_size)), np.zeros((output_size, 1))

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return np.where(Z > 0, 1.0, 0.0)

    def sigmoid(self, Z):
        return logistic(Z)

    def sigmoid_derivative(self, Z):
        return (lambda s: s * (1 - s))(logistic(Z))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return bce(Y, A2)

    def backward(self, Y, cache):
        dW2, db2, dA1 = affine_back(self.W2, cache["A1"])((cache["A2"] - Y) / Y.shape[1])
        dW1, db1, _ = affine_back(self.W1, cache["X"])(relu_back(cache["Z1"])(dA1))
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        self.__dict__.update(moved(self, self.names, gradients))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for step in range(num_iterations):
            A2, cache = self.forward(X)
            self.update_parameters(self.backward(Y, cache))
            losses.append(self.compute_loss(Y, self.forward(X)[0]))
            if step % print_every == 0:
                print(step, losses[-1])
        return losses

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def loss_along(nn, X, Y, P, i):
    """The loss as a function of how far the element P[i] is moved."""
    def loss(t):
        start = P[i]
        P[i] = start + t
        value = nn.compute_loss(Y, nn.forward(X)[0])
        P[i] = start
        return value
    return loss


def central(f, h):
    return (f(h) - f(-h)) / (2 * h)


def discrepancy(a, b):
    a, b = map(np.array, (a, b))
    length = np.linalg.norm
    return length(a - b) / (length(a) + length(b) or 1.0)


def gradient_check_up_to(most, nn, X, Y, epsilon):
    gradients = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for p in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, p)
        where = list(islice(np.ndindex(P.shape), most))
        out[p] = discrepancy([gradients["d" + p][i] for i in where],
                             [central(loss_along(nn, X, Y, P, i), epsilon) for i in where])
    return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    return gradient_check_up_to(10, nn, X, Y, epsilon)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return gradient_check_up_to(None, nn, X, Y, epsilon)


class ThreeLayerNetwork:
    names = "W1", "b1", "W2", "b2", "W3", "b3"

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        normal = partial(np.random.normal, 0, 0.1)
        self.learning_rate = learning_rate
        self.W1, self.b1 = normal((hidden1_size, input_size)), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = normal((hidden2_size, hidden1_size)), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = normal((output_size, hidden2_size)), np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = logistic(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return bce(Y, A3)

    def backward(self, Y, cache):
        dW3, db3, dA2 = affine_back(self.W3, cache["A2"])((cache["A3"] - Y) / Y.shape[1])
        dW2, db2, dA1 = affine_back(self.W2, cache["A1"])(relu_back(cache["Z2"])(dA2))
        dW1, db1, _ = affine_back(self.W1, cache["X"])(relu_back(cache["Z1"])(dA1))
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        self.__dict__.update(moved(self, self.names, gradients))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for step, loss in islice(descent(self, X, Y), num_iterations):
            losses.append(loss)
            if step % print_every == 0:
                print(step, loss)
        return losses

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    (_, back_s), (_, back_d) = squared(w1 * x1 + w2 * x2), squared(w1 * x1 - w2 * x2)
    return back_s(1) * x1 + back_d(1) * x1, back_s(1) * x2 - back_d(1) * x2


leaf = partial(torch.tensor, dtype=torch.float64, requires_grad=True)


def two_squares_autograd(w1, w2, x1, x2):
    a, b = leaf(w1), leaf(w2)
    return torch.autograd.grad((a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2, (a, b))


def autograd_linear(x, w, b):
    x, w, b = map(leaf, (x, w, b))
    return torch.autograd.grad(w * x + b, (x, w, b))


def leaf_parameters(shape, scale, generator):
    return (scale * torch.randn(*shape, generator=generator)).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    def loss_of(V1, c1, V2, c2):
        return torch.mean((torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2) - Y) ** 2)

    def step(theta):
        theta = [t.detach().clone().requires_grad_() for t in theta]
        loss = loss_of(*theta)
        slopes = torch.autograd.grad(loss, theta)
        return loss.item(), [t.detach() - learning_rate * g for t, g in zip(theta, slopes)]

    losses, theta = [], (W1, b1, W2, b2)
    for _ in range(num_iterations):
        loss, theta = step(theta)
        losses.append(loss)
    return losses


def gradient_flow(model, X, Y):
    weights = [l.weight for l in model.modules() if isinstance(l, torch.nn.Linear)]
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    return [g.abs().mean().item() for g in torch.autograd.grad(loss, weights)]
