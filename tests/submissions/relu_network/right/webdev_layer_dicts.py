import json
import numpy as np
import torch
import torch.nn.functional as F

# --- config -----------------------------------------------------------------
CONFIG = {"eps": 1e-13, "init": {"std": 0.08}, "activations": {"hidden": "relu", "out": "sigmoid"}}


def clamp01(v, eps=CONFIG["eps"]):
    return np.clip(v, eps, 1 - eps)


def stable_sigmoid(v):
    v = np.asarray(v, dtype=np.float64)
    return np.exp(-np.logaddexp(0, -v))


ACTIVATIONS = {
    "relu": {"fn": lambda v: np.where(v > 0, v, 0), "slope": lambda v: np.where(v > 0, 1.0, 0.0)},
    "sigmoid": {"fn": stable_sigmoid, "slope": lambda v: stable_sigmoid(v) * stable_sigmoid(-np.asarray(v, float))},
}


def chain_rule(x):
    state = {"u": 2 * x + 1, "du_dx": 2}
    state = {**state, "f": state["u"] ** 3, "df_du": 3 * state["u"] ** 2}
    return {**state, "df_dx": state["df_du"] * state["du_dx"]}


def computational_graph(w, x, b):
    nodes = [
        {"id": "a", "value": w * x, "inputs": [("w", x), ("x", w)]},
        {"id": "z", "value": w * x + b, "inputs": [("a", 1), ("b", 1)]},
        {"id": "L", "value": (w * x + b) ** 2, "inputs": [("z", 2 * (w * x + b))]},
    ]
    out = {n["id"]: n["value"] for n in nodes}
    grads = {"L": 1}
    for node in reversed(nodes):
        for name, local in node["inputs"]:
            grads[name] = grads.get(name, 0) + grads[node["id"]] * local
    out.update({f"dL_d{k}": v for k, v in grads.items() if k != "L"})
    return out


def single_neuron(x, w, b, y):
    z = float(sum(p * q for p, q in zip(w, x)) + b)
    a = float(stable_sigmoid(z))
    props = {"z": z, "a": a, "L": (y - a) ** 2 / 2, "dL_da": a - y, "da_dz": float(ACTIVATIONS["sigmoid"]["slope"](z))}
    props["dL_dz"] = props["dL_db"] = props["dL_da"] * props["da_dz"]
    props["dL_dw"] = np.array([props["dL_dz"] * xi for xi in x])
    return props


def layer_prop(index, key):
    """defines a property that reads/writes this.layers[index][key]"""
    return property(lambda this: this.layers[index][key], lambda this, v: this.layers[index].__setitem__(key, v))


class Model:
    """Shared base 'component'."""

    def mount(self, sizes, learning_rate):
        self.learning_rate = learning_rate
        last = len(sizes) - 2
        self.layers = [
            {
                "W": np.random.randn(rows, cols) * CONFIG["init"]["std"],
                "b": np.zeros((rows, 1)),
                "act": CONFIG["activations"]["out" if i == last else "hidden"],
            }
            for i, (cols, rows) in enumerate(zip(sizes[:-1], sizes[1:]))
        ]

    def forward(self, X):
        cache = {"X": X}
        h = X
        for i, layer in enumerate(self.layers, start=1):
            cache[f"Z{i}"] = layer["W"].dot(h) + layer["b"]
            cache[f"A{i}"] = h = ACTIVATIONS[layer["act"]]["fn"](cache[f"Z{i}"])
        return h, cache

    def compute_loss(self, Y, A2):
        p = clamp01(A2)
        return float(np.sum(np.where(Y == 1, -np.log(p), -np.log1p(-p)))) / Y.shape[1]

    def backward(self, Y, cache):
        response = {}
        depth = len(self.layers)
        grad = (cache[f"A{depth}"] - Y) * (1.0 / Y.shape[1])
        for i in range(depth, 0, -1):
            prev = cache[f"A{i - 1}"] if i > 1 else cache["X"]
            response[f"dW{i}"] = grad.dot(prev.T)
            response[f"db{i}"] = grad.sum(axis=1, keepdims=True)
            if i > 1:
                grad = self.layers[i - 1]["W"].T.dot(grad) * ACTIVATIONS["relu"]["slope"](cache[f"Z{i - 1}"])
        return response

    def update_parameters(self, gradients):
        self.layers = [
            {**layer, "W": layer["W"] - self.learning_rate * gradients[f"dW{i}"], "b": layer["b"] - self.learning_rate * gradients[f"db{i}"]}
            for i, layer in enumerate(self.layers, 1)
        ]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        log = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            log.append({"step": step, "loss": self.compute_loss(Y, out)})
            if step % print_every == 0:
                print(json.dumps(log[-1]))
            self.update_parameters(self.backward(Y, cache))
        return [entry["loss"] for entry in log]

    def predict(self, X):
        return (self.forward(X)[0] > 0.5) * 1


class NeuralNetworkWithBackprop(Model):
    W1, b1, W2, b2 = (layer_prop(i, k) for i in (0, 1) for k in "Wb")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.mount([input_size, hidden_size, output_size], learning_rate)

    def relu(self, Z):
        return ACTIVATIONS["relu"]["fn"](Z)

    def relu_derivative(self, Z):
        return ACTIVATIONS["relu"]["slope"](Z)

    def sigmoid(self, Z):
        return ACTIVATIONS["sigmoid"]["fn"](Z)

    def sigmoid_derivative(self, Z):
        return ACTIVATIONS["sigmoid"]["slope"](Z)


class ThreeLayerNetwork(Model):
    W1, b1, W2, b2, W3, b3 = (layer_prop(i, k) for i in (0, 1, 2) for k in "Wb")

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.mount([input_size, hidden1_size, hidden2_size, output_size], learning_rate)

    def compute_loss(self, Y, A3):
        return super().compute_loss(Y, A3)


def diff_report(nn, X, Y, epsilon, pick):
    request = nn.backward(Y, nn.forward(X)[1])
    fetch_loss = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    body = {}
    for key in ["W1", "b1", "W2", "b2"]:
        snapshot = getattr(nn, key).copy()
        rows = []
        for idx in pick(list(np.ndindex(snapshot.shape))):
            probe = {}
            for sign in (1, -1):
                patched = snapshot.copy()
                patched[idx] += sign * epsilon
                setattr(nn, key, patched)
                probe[sign] = fetch_loss()
            rows.append((request["d" + key][idx], (probe[1] - probe[-1]) / (2 * epsilon)))
        setattr(nn, key, snapshot)
        ours, theirs = np.array(rows).T
        scale = max(np.abs(ours).max(), np.abs(theirs).max())
        body[key] = float(np.abs(ours - theirs).max() / scale) if scale else 0.0
    return body


def gradient_check(nn, X, Y, epsilon=1e-05):
    def pick(all_idx):
        stride = max(1, -(-len(all_idx) // 10))
        return all_idx[::stride]
    return diff_report(nn, X, Y, epsilon, pick)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return diff_report(nn, X, Y, epsilon, lambda all_idx: all_idx)


def two_squares(w1, w2, x1, x2):
    terms = [{"s": +1}, {"s": -1}]
    for t in terms:
        t["inner"] = w1 * x1 + t["s"] * w2 * x2
    return sum(2 * t["inner"] * x1 for t in terms), sum(2 * t["inner"] * t["s"] * x2 for t in terms)


def two_squares_autograd(w1, w2, x1, x2):
    params = {"w1": torch.tensor(w1, requires_grad=True), "w2": torch.tensor(w2, requires_grad=True)}
    p, q = params["w1"] * x1, params["w2"] * x2
    ((p + q).pow(2) + (p - q).pow(2)).backward()
    return tuple(v.grad for v in params.values())


def autograd_linear(x, w, b):
    args = {k: torch.tensor(v, requires_grad=True) for k, v in {"x": x, "w": w, "b": b}.items()}
    (args["w"] * args["x"] + args["b"]).backward()
    return args["x"].grad, args["w"].grad, args["b"].grad


def leaf_parameters(shape, scale, generator):
    return torch.tensor((torch.randn(*shape, generator=generator) * scale).numpy(), requires_grad=True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    store = {k: v.detach().clone().requires_grad_(True) for k, v in {"W1": W1, "b1": b1, "W2": W2, "b2": b2}.items()}
    losses = []
    while len(losses) < num_iterations:
        out = torch.sigmoid(store["W2"] @ F.relu(store["W1"] @ X + store["b1"]) + store["b2"])
        loss = F.mse_loss(out, Y)
        losses.append(loss.item())
        loss.backward()
        for v in store.values():
            v.data.add_(v.grad, alpha=-learning_rate)
            v.grad.zero_()
    return losses


def gradient_flow(model, X, Y):
    seen = {}
    model.zero_grad(set_to_none=True)
    F.binary_cross_entropy(model(X), Y).backward()
    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Linear):
            seen[name] = float(module.weight.grad.abs().mean())
    return list(seen.values())
