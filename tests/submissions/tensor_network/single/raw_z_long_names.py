import torch
from torch import Tensor
import numpy as np
import math


def sigmoid(x: Tensor) -> Tensor:
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    complement = 1.0 - sigmoid_output
    return complement * sigmoid_output


def forward_pass(X, W1, b1, W2, b2):
    hidden_preactivation = torch.mm(X, W1) + b1.unsqueeze(0)
    hidden_activation = sigmoid(hidden_preactivation)
    output_preactivation = torch.mm(hidden_activation, W2) + b2.unsqueeze(0)
    output_activation = sigmoid(output_preactivation)
    return (output_activation, hidden_activation, hidden_preactivation, output_preactivation)


def compute_loss(y_pred, y):
    number_of_elements = math.prod(y.shape)
    return torch.sum(torch.pow(y_pred - y, 2)) / number_of_elements


def _gradient_at_output_preactivation(y, y_pred):
    derivative_of_loss = 2.0 * (y_pred - y) / math.prod(y.shape)
    return derivative_of_loss * sigmoid_derivative(y_pred)


def _gradient_at_hidden_preactivation(gradient_above, weights_above, hidden_layer):
    arriving = torch.mm(gradient_above, weights_above.transpose(0, 1))
    return arriving * sigmoid_derivative(hidden_layer)


def _gradients_of_layer(layer_input, gradient_at_preactivation):
    return torch.mm(layer_input.transpose(0, 1), gradient_at_preactivation), gradient_at_preactivation.sum(dim=0)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    at_output = _gradient_at_output_preactivation(y, y_pred)
    at_hidden = _gradient_at_hidden_preactivation(at_output, W2, z1)
    dW1, db1 = _gradients_of_layer(X, at_hidden)
    dW2, db2 = _gradients_of_layer(h, at_output)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    step = lambda parameter, gradient: parameter - learning_rate * gradient
    return step(W1, dW1), step(b1, db1), step(W2, dW2), step(b2, db2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    recorded_losses = []
    for _epoch in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        recorded_losses.append(compute_loss(y_pred, y).item())
        gradients = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *gradients, learning_rate)
    return W1, b1, W2, b2, recorded_losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    leaves = [parameter.detach().clone().requires_grad_() for parameter in (W1, b1, W2, b2)]
    recorded_losses = []
    for _epoch in range(n_epochs):
        loss = compute_loss(forward_pass(X, *leaves)[0], y)
        recorded_losses.append(loss.item())
        gradients = torch.autograd.grad(loss, leaves)
        for leaf, gradient in zip(leaves, gradients):
            leaf.data -= learning_rate * gradient
    return tuple(leaf.detach() for leaf in leaves) + (recorded_losses,)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    horizontal = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    vertical = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx = horizontal.repeat(n, 1)
    yy = vertical.reshape(n, 1).repeat(1, n)
    outputs = forward_pass(torch.stack((xx.flatten(), yy.flatten()), dim=1), W1, b1, W2, b2)[0]
    return xx, yy, outputs.reshape(n, n)
