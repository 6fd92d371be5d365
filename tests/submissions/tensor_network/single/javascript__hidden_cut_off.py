# port of my net.js -- "use strict";

import numpy as np
import torch
from types import MappingProxyType, SimpleNamespace as Obj

KEYS = ("W1", "b1", "W2", "b2")
CONFIG = MappingProxyType({"axis": {"samples": 0, "units": 1}, "power": 2})   # const


class MathUtils:
    @staticmethod
    def sigmoid(x):
        return torch.sigmoid(x)

    @staticmethod
    def sigmoidPrime(a):
        return a * (1 - a)

    @staticmethod
    def dense(inputs, weights, bias):
        return torch.matmul(inputs, weights).add(bias)


def sigmoid(x):
    return MathUtils.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    return MathUtils.sigmoidPrime(sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    cache = {}
    cache["z1"] = MathUtils.dense(X, W1, b1)
    cache["h"] = MathUtils.sigmoid(cache["z1"])
    cache["z2"] = MathUtils.dense(cache["h"], W2, b2)
    cache["out"] = MathUtils.sigmoid(cache["z2"])
    return cache["out"], cache["h"], cache["z1"], cache["z2"]


def compute_loss(y_pred, y):
    return torch.pow(y_pred - y, CONFIG["power"]).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    samples = CONFIG["axis"]["samples"]
    grads = dict.fromkeys(KEYS)
    delta = Obj(out=None, hidden=None)

    def outputLayer():
        delta.out = (
            (y_pred - y)
            .mul(2 / y.numel())
            .mul(MathUtils.sigmoidPrime(y_pred))
        )
        grads["W2"] = h.T.matmul(delta.out)
        grads["b2"] = delta.out.sum(samples)

    def hiddenLayer():
        delta.hidden = (
            delta.out
            .matmul(W2.T)
            .mul(MathUtils.sigmoidPrime(h))
        )
        grads["W1"] = X.T.matmul(delta.hidden)
        grads["b1"] = delta.hidden.sum(samples)

    for callback in (outputLayer, hiddenLayer):
        callback()
    return tuple(grads[key] for key in KEYS)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    params = dict(zip(KEYS, (W1, b1, W2, b2)))
    grads = dict(zip(KEYS, (dW1, db1, dW2, db2)))
    updated = {key: params[key].sub(grads[key].mul(learning_rate)) for key in params}
    return tuple(updated.values())


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    params = dict(zip(KEYS, (W1, b1, W2, b2)))
    losses = []

    def onEpoch():
        out, h, z1, z2 = forward_pass(X, *params.values())
        try:
            losses.append(compute_loss(out, y).item())
            grads = backward_pass(X, y, out, h, z1, z2, params["W2"])
            params.update(zip(KEYS, update_parameters(*params.values(), *grads, learning_rate)))
        finally:
            del out, h, z1, z2

    for _ in range(n_epochs):
        onEpoch()
    return (*params.values(), losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    params = {key: value.clone().requires_grad_(True) for key, value in zip(KEYS, (W1, b1, W2, b2))}
    losses = []
    for _ in range(n_epochs):
        hidden = MathUtils.sigmoid(MathUtils.dense(X, params["W1"], params["b1"])).detach()
        output = MathUtils.sigmoid(MathUtils.dense(hidden, params["W2"], params["b2"]))
        loss = compute_loss(output, y)
        losses.append(loss.item())
        loss.backward()
        for key, p in params.items():
            if p.grad is None:
                continue
            p.data.sub_(learning_rate * p.grad)
            p.grad = None
    return (*[p.detach() for p in params.values()], losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs, ys = np.linspace(x_range[0], x_range[1], n), np.linspace(y_range[0], y_range[1], n)
    points = [[float(xv), float(yv)] for yv in ys for xv in xs]
    batch = torch.tensor(points, dtype=W1.dtype)
    result = forward_pass(batch, W1, b1, W2, b2)[0]
    return batch[:, 0].reshape(n, n), batch[:, 1].reshape(n, n), result.reshape(n, n)
