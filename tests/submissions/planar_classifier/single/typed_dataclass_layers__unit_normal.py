from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from planar_utils import sigmoid

Params = dict


@dataclass(frozen=True)
class Dense:
    index: int
    n_in: int
    n_out: int

    @property
    def names(self) -> tuple[str, str]:
        return f"W{self.index}", f"b{self.index}"

    def fresh(self) -> Params:
        w, b = self.names
        return {w: np.random.randn(self.n_out, self.n_in), b: np.zeros((self.n_out, 1))}

    def __call__(self, x: np.ndarray, p: Params) -> np.ndarray:
        w, b = self.names
        return p[w] @ x + p[b]


def initialize_parameters(n_x: int, n_h: int, n_y: int) -> Params:
    return Dense(1, n_x, n_h).fresh() | Dense(2, n_h, n_y).fresh()


def forward_propagation(X: np.ndarray, parameters: Params) -> tuple[np.ndarray, Params]:
    n_h, n_x = parameters["W1"].shape
    first, second = Dense(1, n_x, n_h), Dense(2, n_h, 1)
    Z1 = first(X, parameters)
    A1 = np.tanh(Z1)
    Z2 = second(A1, parameters)
    A2 = sigmoid(Z2)
    return A2, dict(zip(("Z1", "A1", "Z2", "A2"), (Z1, A1, Z2, A2)))


def compute_cost(A2: np.ndarray, Y: np.ndarray) -> float:
    losses = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    return float(-np.mean(losses))


def backward_propagation(parameters: Params, cache: Params, X: np.ndarray, Y: np.ndarray) -> Params:
    grad_z2 = (cache["A2"] - Y) / Y.shape[1]
    grad_z1 = (parameters["W2"].T @ grad_z2) * (1.0 - cache["A1"] ** 2)
    grads: Params = {}
    for i, (g, inp) in enumerate([(grad_z1, X), (grad_z2, cache["A1"])], start=1):
        grads[f"dW{i}"] = g @ inp.T
        grads[f"db{i}"] = g.sum(axis=1, keepdims=True)
    return grads


def update_parameters(parameters: Params, grads: Params, learning_rate: float = 1.2) -> Params:
    return {k: parameters[k] - learning_rate * grads["d" + k] for k in parameters}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False) -> Params:
    params = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, params)
        if print_cost and i % 1000 == 0:
            print(i, compute_cost(A2, Y))
        params = update_parameters(params, backward_propagation(params, cache, X, Y))
    return params


def predict(parameters: Params, X: np.ndarray) -> np.ndarray:
    return (forward_propagation(X, parameters)[0] > 0.5).astype(float)
