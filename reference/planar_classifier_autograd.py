"""The twin of planar_classifier: the same names, every derivative by PyTorch's autograd, in float64."""

import numpy as np
import torch

NAMES = ("W1", "b1", "W2", "b2")


def _tensor(x):
    return torch.tensor(np.asarray(x, dtype=np.float64))


def _run(X, W1, b1, W2, b2):
    Z1 = torch.addmm(b1, W1, X)
    A1 = torch.tanh(Z1)
    Z2 = torch.addmm(b2, W2, A1)
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": torch.sigmoid(Z2)}


def initialize_parameters(n_x, n_h, n_y):
    W1, W2 = (torch.tensor(np.random.normal(0, 0.01, size)).numpy() for size in ((n_h, n_x), (n_y, n_h)))
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


def forward_propagation(X, parameters):
    cache = {name: value.numpy() for name, value in _run(*map(_tensor, (X, *map(parameters.get, NAMES)))).items()}
    return cache["A2"], cache


def compute_cost(A2, Y):
    return torch.nn.functional.binary_cross_entropy(_tensor(A2), _tensor(Y)).item()


def backward_propagation(parameters, cache, X, Y):
    """In the logits form of the cross-entropy."""
    leaves = {name: _tensor(parameters[name]).requires_grad_() for name in NAMES}
    logits = _run(_tensor(X), *leaves.values())["Z2"]
    torch.nn.functional.binary_cross_entropy_with_logits(logits, _tensor(Y)).backward()
    return {f"d{name}": leaf.grad.numpy() for name, leaf in leaves.items()}


def update_parameters(parameters, grads, learning_rate=1.2):
    leaves = {name: _tensor(value).requires_grad_() for name, value in parameters.items()}
    for name, leaf in leaves.items():
        leaf.grad = _tensor(grads[f"d{name}"])
    torch.optim.SGD(leaves.values(), lr=float(learning_rate)).step()
    return {name: leaf.detach().numpy() for name, leaf in leaves.items()}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    parameters = initialize_parameters(len(X), n_h, len(Y))
    for _ in range(num_iterations):
        parameters = update_parameters(parameters, backward_propagation(parameters, None, X, Y))
    return parameters


def predict(parameters, X):
    return torch.round(_tensor(forward_propagation(X, parameters)[0])).numpy()
