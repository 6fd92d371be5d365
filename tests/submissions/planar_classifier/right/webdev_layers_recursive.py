import functools
import numpy as np

# config.json
layers = [
    {"id": "1", "activation": {"fn": np.tanh, "grad": lambda a: (1 - a) * (1 + a)}},
    {"id": "2", "activation": {"fn": lambda z: 0.5 * (np.tanh(z / 2) + 1), "grad": None}},
]


def initialize_parameters(n_x, n_h, n_y):
    sizes = [n_x, n_h, n_y]
    state = {}
    for layer, fan_in, fan_out in zip(layers, sizes, sizes[1:]):
        state.update({
            f"W{layer['id']}": np.random.randn(fan_out, fan_in) * 0.01,
            f"b{layer['id']}": np.zeros(shape=(fan_out, 1)),
        })
    return state


def forward_propagation(X, parameters):
    def reducer(state, layer):
        key = layer["id"]
        z = parameters[f"W{key}"].dot(state["out"]) + parameters[f"b{key}"]
        a = layer["activation"]["fn"](z)
        return {**state, f"Z{key}": z, f"A{key}": a, "out": a}

    final = functools.reduce(reducer, layers, {"out": X})
    out = final.pop("out")
    return out, final


def compute_cost(A2, Y):
    a, y = A2.ravel(), Y.ravel()
    logs = [np.log(p) if t else np.log(1 - p) for p, t in zip(a, y)]
    return sum(logs) / -len(logs)


def backward_propagation(parameters, cache, X, Y):
    inputs = {"1": X, "2": cache["A1"]}

    def bubble(index, delta):
        """delta bubbles up like a DOM event"""
        if index < 0:
            return {}
        key = layers[index]["id"]
        mine = {f"dW{key}": delta.dot(inputs[key].T), f"db{key}": delta.sum(1)[:, np.newaxis]}
        if index > 0:
            parent = layers[index - 1]
            delta = parameters[f"W{key}"].T.dot(delta) * parent["activation"]["grad"](cache[f"A{parent['id']}"])
        return {**bubble(index - 1, delta), **mine}

    totals = bubble(len(layers) - 1, cache["A2"] - Y)
    m = X.shape[-1]
    return {name: total / m for name, total in totals.items()}


def update_parameters(parameters, grads, learning_rate=1.2):
    return {**parameters, **{k: v - learning_rate * grads[f"d{k}"] for k, v in parameters.items()}}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    def tick(state, i):
        out, cache = forward_propagation(X, state)
        if print_cost and not i % 1000:
            print({"step": i, "cost": compute_cost(out, Y)})
        return update_parameters(state, backward_propagation(state, cache, X, Y))

    return functools.reduce(tick, range(num_iterations), initialize_parameters(X.shape[0], n_h, Y.shape[0]))


def predict(parameters, X):
    out, *_ = forward_propagation(X, parameters)
    return out > 0.5
