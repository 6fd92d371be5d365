import numpy as np

# config first, like in any decent app
config = {
    "seed": 1,
    "learning_rate": 0.1,
    "iterations": 10_000,
    "snapshot_every": 1_000,
    "layout": [3, 4, 1],
}

sigmoid = lambda x: np.reciprocal(1.0 + np.exp(-np.clip(np.asarray(x, dtype=float), -708, None)))
sigmoid_derivative = lambda a: np.asarray(a, dtype=float) * np.subtract(1.0, a)


def forward(layers, data):
    for layer in layers:
        layer["input"] = data
        data = layer["output"] = sigmoid(data @ layer["W"] + layer["b"])
    return data


def backward(layers, grad):
    for layer in layers[::-1]:
        delta = grad * sigmoid_derivative(layer["output"])
        layer["grads"] = {"W": layer["input"].T @ delta, "b": delta.sum(axis=0, keepdims=True)}
        grad = delta @ layer["W"].T


def apply(layers, rate):
    for layer in layers:
        layer.update({key: layer[key] - rate * g for key, g in layer["grads"].items()})


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    layers = [{"W": W1, "b": b1}, {"W": W2, "b": b2}]
    history = {}
    for step in range(iterations):
        diff = forward(layers, X) - y
        history[step] = diff
        if step % config["snapshot_every"]:
            del history[step]
        backward(layers, diff)
        apply(layers, learning_rate)
    hidden, output = layers
    return hidden["W"], hidden["b"], output["W"], output["b"], [float((d**2).mean()) for d in history.values()]


np.random.seed(config["seed"])
shapes = list(zip(config["layout"], config["layout"][1:]))
weights = {f"W{i}": np.random.rand(*s) for i, s in enumerate(shapes, 1)}
biases = {f"b{i}": np.random.rand(1, s[1]) for i, s in enumerate(shapes, 1)}
params = {**weights, **biases}

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = (X[:, :1] ^ X[:, 1:2]).astype(float)

W1, b1, W2, b2, losses = train(
    X=X, y=y, **params,
    learning_rate=config["learning_rate"],
    iterations=config["iterations"],
)
output_layer_output = forward([{"W": W1, "b": b1}, {"W": W2, "b": b2}], X)
