import numpy as np
import torch


class Layer:
    """A dense layer with a sigmoid behind it: keeps what it needs for its own way back."""

    def __init__(self, weight=None, bias=None):
        self.weight, self.bias = weight, bias
        self.input = self.pre = self.output = None

    @classmethod
    def after_the_fact(cls, input, output, weight=None):
        layer = cls(weight)
        layer.input, layer.output = input, output
        return layer

    def forward(self, input):
        self.input = input
        self.pre = input @ self.weight + self.bias
        self.output = sigmoid(self.pre)
        return self.output

    def backward(self, upstream):
        """Sets grad_weight and grad_bias; returns the gradient at the layer's input (None for the first layer)."""
        delta = upstream * sigmoid_derivative(upstream)
        self.grad_weight = self.input.T @ delta
        self.grad_bias = delta.sum(dim=0)
        if self.weight is not None:
            return delta @ self.weight.T


def sigmoid(x):
    return torch.special.expit(x)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    hidden, output = Layer(W1, b1), Layer(W2, b2)
    y_pred = output.forward(hidden.forward(X))
    return y_pred, hidden.output, hidden.pre, output.pre


def compute_loss(y_pred, y):
    return (y_pred - y).square().mean()


def compute_loss_gradient(y_pred, y):
    return 2 * (y_pred - y) / y_pred.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    hidden = Layer.after_the_fact(X, h)
    output = Layer.after_the_fact(h, y_pred, W2)
    gradient = compute_loss_gradient(y_pred, y)
    for layer in (output, hidden):
        gradient = layer.backward(gradient)
    return hidden.grad_weight, hidden.grad_bias, output.grad_weight, output.grad_bias


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    def step(parameter, gradient):
        return parameter - learning_rate * gradient

    return step(W1, dW1), step(b1, db1), step(W2, dW2), step(b2, db2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    parameters, losses = (W1, b1, W2, b2), []
    while len(losses) < n_epochs:
        y_pred, *cache = forward_pass(X, *parameters)
        losses.append(compute_loss(y_pred, y).item())
        gradients = backward_pass(X, y, y_pred, *cache, parameters[2])
        parameters = update_parameters(*parameters, *gradients, learning_rate)
    return (*parameters, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    parameters = [torch.nn.Parameter(p.clone()) for p in (W1, b1, W2, b2)]
    losses = []
    while len(losses) < n_epochs:
        loss = compute_loss(forward_pass(X, *parameters)[0], y)
        losses.append(loss.item())
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for p, g in zip(parameters, gradients):
                p -= learning_rate * g
    return (*[p.detach() for p in parameters], losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = torch.meshgrid(
        torch.linspace(*x_range, n, dtype=W1.dtype),
        torch.linspace(*y_range, n, dtype=W1.dtype),
        indexing="xy",
    )
    points = torch.stack((xx, yy), dim=-1).reshape(-1, 2)
    predictions = forward_pass(points, W1, b1, W2, b2)[0]
    return xx, yy, predictions.reshape(n, n)
