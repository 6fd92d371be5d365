import numpy as np
import torch

ACTIVATIONS = {
    "sigmoid": {
        "fn": lambda t: torch.sigmoid(t),
        "grad": lambda out: out.mul(1 - out),
    }
}


def sigmoid(x):
    return ACTIVATIONS["sigmoid"]["fn"](x)


def sigmoid_derivative(sigmoid_output):
    return ACTIVATIONS["sigmoid"]["grad"](sigmoid_output)


def make_config(W1, b1, W2, b2):
    return [
        {"id": "hidden", "weights": W1, "bias": b1, "activation": "sigmoid"},
        {"id": "output", "weights": W2, "bias": b2, "activation": "sigmoid"},
    ]


def run_layers(config, payload):
    responses = {}
    for layer in config:
        z = payload @ layer["weights"] + layer["bias"]
        payload = ACTIVATIONS[layer["activation"]]["fn"](z)
        responses[layer["id"]] = {"z": z, "a": payload}
    return responses


def forward_pass(X, W1, b1, W2, b2):
    res = run_layers(make_config(W1, b1, W2, b2), X)
    return res["hidden"]["a"], res["output"]["a"], res["hidden"]["z"], res["output"]["z"]


def compute_loss(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    cache = {"output": {"in": h, "out": y_pred}, "hidden": {"in": X, "out": h}}
    upstream = {"output": (y_pred - y) * (2 / y_pred.numel())}
    grads = {}
    for name in ("output", "hidden"):
        layer = cache[name]
        delta = upstream[name] * ACTIVATIONS["sigmoid"]["grad"](layer["out"])
        grads[name] = {"weights": layer["in"].T @ delta, "bias": delta.sum(0)}
        if name == "output":
            upstream["hidden"] = delta @ W2.T
    return (grads["hidden"]["weights"], grads["hidden"]["bias"],
            grads["output"]["weights"], grads["output"]["bias"])


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    state = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    patch = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
    new_state = {**state, **{key: state[key] - learning_rate * patch[key] for key in patch}}
    return tuple(new_state.values())


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for _ in range(n_epochs):
        res = run_layers(make_config(W1, b1, W2, b2), X)
        losses.append(compute_loss(res["output"]["a"], y).item())
        g = backward_pass(X, y, res["output"]["a"], res["hidden"]["a"], res["hidden"]["z"], res["output"]["z"], W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *g, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    store = {k: v.detach().clone().requires_grad_() for k, v in {"W1": W1, "b1": b1, "W2": W2, "b2": b2}.items()}
    losses = []
    for _ in range(n_epochs):
        loss = compute_loss(run_layers(make_config(**store), X)["output"]["a"], y)
        for v in store.values():
            v.grad = None
        loss.backward()
        losses.append(loss.item())
        for v in store.values():
            v.data.sub_(v.grad, alpha=learning_rate)
    return (*(v.detach() for v in store.values()), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))
    body = torch.tensor([[x, y] for x, y in zip(xx.ravel(), yy.ravel())], dtype=W1.dtype)
    return xx, yy, run_layers(make_config(W1, b1, W2, b2), body)["output"]["a"].reshape(n, n)
