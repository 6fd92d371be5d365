import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy as bce

T = lambda value: torch.as_tensor(np.asarray(value), dtype=torch.float64)


def initialize_parameters(*, n_x=2, n_h=4, n_y=1):
    return {"W1": np.random.randn(n_h, n_x) * 1e-2, "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h) * 1e-2, "b2": np.zeros((n_y, 1))}


_by_name = initialize_parameters


def initialize_parameters(n_x, n_h, n_y):
    return _by_name(n_x=n_x, n_h=n_h, n_y=n_y)


def forward_propagation(inputs, params):
    A1 = torch.tanh(T(params["W1"]) @ T(inputs) + T(params["b1"]))
    Z2 = T(params["W2"]) @ A1 + T(params["b2"])
    A2 = torch.sigmoid(Z2)
    return A2.numpy(), {"A1": A1.numpy(), "Z1": torch.atanh(A1).numpy(), "A2": A2.numpy(), "Z2": Z2.numpy()}


def compute_cost(outputs, labels):
    return bce(T(outputs), T(labels))


def backward_propagation(params, cache, inputs, labels):
    dZ2 = T(cache["A2"]) - T(labels)
    dZ1 = T(params["W2"]).t() @ dZ2 * (1 - T(cache["A1"]).pow(2))
    n = inputs.shape[1]
    return {"db1": dZ1.mean(1, keepdim=True), "dW1": dZ1 @ T(inputs).t() / n, "db2": dZ2.mean(1, keepdim=True), "dW2": dZ2 @ T(cache["A1"]).t() / n}


def update_parameters(params, grads, learning_rate=1.2):
    return {k: (T(v) - learning_rate * T(grads["d" + k])).numpy() for k, v in params.items()}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    params = initialize_parameters(len(X), n_h, len(Y))
    for _ in range(num_iterations):
        params = update_parameters(params, backward_propagation(params, forward_propagation(X, params)[1], X, Y))
    return params


def predict(params, inputs):
    return np.heaviside(forward_propagation(inputs, params)[1]["Z2"], 0)
