"""The twin of sigmoid_network: the same names, every derivative by PyTorch's autograd, in float64.

It shares no formula with the closed form but the definitions of the functions themselves.
"""

import numpy as np
import torch
from torch.nn import functional


def _tensor(x):
    return torch.tensor(np.asarray(x, dtype=np.float64))


def _derivative(function, x):
    """d function(x) / dx, element by element."""
    x = _tensor(x).requires_grad_()
    function(x).sum().backward()
    return x.grad.numpy()


def sigmoid(x):
    return torch.sigmoid(_tensor(x)).numpy()


def sigmoid_derivative(x):
    return _derivative(torch.sigmoid, x)


def relu(x):
    return torch.relu(_tensor(x)).numpy()


def relu_derivative(x):
    return _derivative(torch.relu, x)


def mse_loss(y_pred, y_true):
    return functional.mse_loss(_tensor(y_pred), _tensor(y_true)).item()


def mse_loss_derivative(y_pred, y_true):
    return _derivative(lambda p: functional.mse_loss(p, _tensor(y_true)), y_pred)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.b1 = np.zeros((input_size, hidden_size)), np.zeros((1, hidden_size))
        self.W2, self.b2 = np.zeros((hidden_size, output_size)), np.zeros((1, output_size))

    def _parameters(self):
        return [_tensor(parameter).requires_grad_() for parameter in (self.W1, self.b1, self.W2, self.b2)]

    def _run(self, X, W1, b1, W2, b2):
        z1 = functional.linear(_tensor(X), W1.T, b1[0])
        a1 = torch.sigmoid(z1)
        z2 = functional.linear(a1, W2.T, b2[0])
        return z1, a1, z2, torch.sigmoid(z2)

    def forward(self, X):
        self.z1, self.a1, self.z2, self.a2 = (value.detach().numpy() for value in self._run(X, *self._parameters()))
        return self.a2

    def backward(self, X, y, y_pred):
        parameters = self._parameters()
        functional.mse_loss(self._run(X, *parameters)[-1], _tensor(y)).backward()
        return tuple(parameter.grad.numpy() for parameter in parameters)

    def update_weights(self, dW1, db1, dW2, db2):
        parameters = self._parameters()
        for parameter, gradient in zip(parameters, (dW1, db1, dW2, db2), strict=True):
            parameter.grad = _tensor(gradient)
        torch.optim.SGD(parameters, lr=float(self.learning_rate)).step()
        self.W1, self.b1, self.W2, self.b2 = (parameter.detach().numpy() for parameter in parameters)

    def train(self, X, y, epochs=1000):
        parameters = self._parameters()
        optimizer = torch.optim.SGD(parameters, lr=float(self.learning_rate))
        losses = []
        for _ in range(epochs):
            optimizer.zero_grad()
            loss = functional.mse_loss(self._run(X, *parameters)[-1], _tensor(y))
            losses.append(loss.item())
            loss.backward()
            optimizer.step()
        self.W1, self.b1, self.W2, self.b2 = (parameter.detach().numpy() for parameter in parameters)
        return losses


def numerical_gradient(f, x, h=1e-5):
    """f is a black box here, so no autograd: a stencil of five points, whose error is of the order h^4."""
    x, h = np.array(x, dtype=np.float64), 1e-3
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        outer, inner = f(x + 2 * step) - f(x - 2 * step), f(x + step) - f(x - step)
        gradient[index] = (8 * inner - outer) / (12 * h)
    return gradient
