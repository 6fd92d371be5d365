"""The network as a stack of small objects: each knows how to go forward and how to go back."""

import numpy as np
import torch


class Linear:
    """z = x W + b"""

    def __init__(self, weight=None, bias=None, x=None):
        self.weight, self.bias, self.x = weight, bias, x
        self.d_weight = self.d_bias = None

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, upstream):
        self.d_weight = self.x.T @ upstream
        self.d_bias = upstream.mean(dim=0)
        # the first layer has nobody below it who wants to know
        return None if self.weight is None else upstream @ self.weight.T


class Sigmoid:
    def __init__(self, out=None):
        self.out = out

    def forward(self, z):
        self.out = sigmoid(z)
        return self.out

    def backward(self, upstream):
        return upstream * sigmoid_derivative(self.out)


class SquaredError:
    def __init__(self, target):
        self.target = target

    def forward(self, prediction):
        return (prediction - self.target).pow(2).mean()

    def backward(self, prediction):
        return 2.0 * (prediction - self.target) / self.target.numel()


def sigmoid(x):
    return 1.0 / (1.0 + (-x).exp())


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1.0 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    first, second = Linear(W1, b1), Linear(W2, b2)
    z1 = first.forward(X)
    h = Sigmoid().forward(z1)
    z2 = second.forward(h)
    y_pred = Sigmoid().forward(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    return SquaredError(y).forward(y_pred)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    first = Linear(x=X)
    second = Linear(weight=W2, x=h)
    grad = SquaredError(y).backward(y_pred)
    for step in (Sigmoid(y_pred), second, Sigmoid(h), first):
        grad = step.backward(grad)
    return first.d_weight, first.d_bias, second.d_weight, second.d_bias


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    step = lambda p, g: p - learning_rate * g
    return step(W1, dW1), step(b1, db1), step(W2, dW2), step(b2, db2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for _ in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        W1, b1, W2, b2 = update_parameters(
            W1, b1, W2, b2, *backward_pass(X, y, y_pred, h, z1, z2, W2), learning_rate
        )
    return W1, b1, W2, b2, losses


class Network(torch.nn.Module):
    """The same once more for autograd."""

    def __init__(self, *parameters):
        super().__init__()
        self.W1, self.b1, self.W2, self.b2 = (torch.nn.Parameter(p.clone()) for p in parameters)

    def forward(self, X):
        return forward_pass(X, self.W1, self.b1, self.W2, self.b2)[0]


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    net, losses = Network(W1, b1, W2, b2), []
    for _ in range(n_epochs):
        net.zero_grad()
        loss = compute_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for p in net.parameters():
                p.add_(p.grad, alpha=-learning_rate)
    return net.W1.detach(), net.b1.detach(), net.W2.detach(), net.b2.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(*x_range, num=n), np.linspace(*y_range, num=n))
    points = torch.as_tensor(np.column_stack((xx.ravel(), yy.ravel())), dtype=W1.dtype)
    return xx, yy, forward_pass(points, W1, b1, W2, b2)[0].view(n, n)
