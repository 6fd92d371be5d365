import itertools as it
import logging
from collections.abc import Iterator
from enum import Enum, auto

import numpy as np

log = logging.getLogger("planar")
Array = np.ndarray


class Act(Enum):
    HIDDEN = auto()
    OUTPUT = auto()


def squash(kind: Act, z: Array) -> Array:
    match kind:
        case Act.HIDDEN:
            # tanh z = (e^{2z}-1)/(e^{2z}+1), by expm1 on the non-positive side
            t = np.expm1(-2.0 * np.abs(z))
            return np.sign(z) * -t / (t + 2.0)
        case Act.OUTPUT:
            e = np.exp(-np.abs(z))
            return np.where(z < 0, e, 1.0) / (1.0 + e)


def initialize_parameters(n_x: int, n_h: int, n_y: int) -> dict[str, Array]:
    return {
        f"{letter}{i}": 0.01 * np.random.randn(rows, cols) if letter == "W" else np.zeros((rows, 1))
        for i, (cols, rows) in enumerate(it.pairwise((n_x, n_h, n_y)), 1)
        for letter in "Wb"
    }


def forward_propagation(X: Array, parameters: dict) -> tuple[Array, dict]:
    p = parameters
    return (A2 := squash(Act.OUTPUT, Z2 := p["W2"] @ (A1 := squash(Act.HIDDEN, Z1 := p["W1"] @ X + p["b1"])) + p["b2"])), {
        "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2: Array, Y: Array) -> float:
    assert A2.shape == Y.shape, (A2.shape, Y.shape)
    return -sum(np.log(a if y else 1 - a) for a, y in zip(A2.flat, Y.flat)) / Y.size


def gradients(parameters: dict, cache: dict, X: Array, Y: Array) -> Iterator[tuple[str, Array]]:
    upstream = cache["A2"] - Y
    share = np.full((Y.shape[1], 1), 1.0 / Y.shape[1])      # averaging vector
    yield "dW2", (upstream * share.T) @ cache["A1"].T
    yield "db2", upstream @ share
    upstream = np.outer(parameters["W2"], upstream).reshape(-1, Y.shape[1])
    upstream = upstream - upstream * cache["A1"] ** 2
    yield "dW1", (upstream * share.T) @ X.T
    yield "db1", upstream @ share


def backward_propagation(parameters: dict, cache: dict, X: Array, Y: Array) -> dict[str, Array]:
    grads = dict(gradients(parameters, cache, X, Y))
    for k, g in grads.items():
        assert g.shape == parameters[k[1:]].shape
    return grads


def update_parameters(parameters: dict, grads: dict, learning_rate: float = 1.2) -> dict[str, Array]:
    def mover(name):
        return lambda old: np.add(old, np.negative(learning_rate) * grads["d" + name])
    return {name: mover(name)(old) for name, old in parameters.items()}


def nn_model(X: Array, Y: Array, n_h: int, num_iterations: int = 10000, print_cost: bool = False) -> dict[str, Array]:
    theta, step = initialize_parameters(X.shape[0], n_h, Y.shape[0]), 0
    while (step := step + 1) <= num_iterations:
        A2, cache = forward_propagation(X, theta)
        if print_cost and (step - 1) % 1000 == 0:
            log.warning("step %d: cost %.6f", step - 1, compute_cost(A2, Y))
            print(f"{step - 1}: {compute_cost(A2, Y):.6f}")
        theta = update_parameters(theta, backward_propagation(theta, cache, X, Y))
    return theta


def predict(parameters: dict, X: Array) -> Array:
    return np.rint(np.ceil(forward_propagation(X, parameters)[0] - 0.5)).astype(np.uint8)
