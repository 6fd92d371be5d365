import math
from collections import OrderedDict, namedtuple

import numpy as np
import torch

Tape = namedtuple("Tape", "X Z1 A1 Z2 A2")


def chain_rule(x):
    table = OrderedDict()
    table["u"] = 2 * x + 1
    table["f"] = table["u"] ** 3
    table["du_dx"] = 2
    table["df_du"] = 3 * table["u"] ** 2
    table["df_dx"] = math.prod([table["df_du"], table["du_dx"]])
    return table


def computational_graph(w, x, b):
    a, z = w * x, w * x + b
    grad = dict(z=2 * z, a=2 * z, w=2 * z * x, x=2 * z * w, b=2 * z)
    return {"a": a, "z": z, "L": z ** 2} | {"dL_d" + k: v for k, v in grad.items()}


def single_neuron(x, w, b, y):
    x, w = np.asarray(x, float), np.asarray(w, float)
    z = float(x.dot(w) + b)
    a = 1 / (1 + math.exp(-z))
    resid = a - y
    slope = a * (1 - a)
    return {"z": z, "a": a, "L": resid ** 2 / 2, "dL_da": resid, "da_dz": slope, "dL_dz": resid * slope,
            "dL_db": resid * slope, "dL_dw": x * resid * slope}


class NeuralNetworkWithBackprop:
    param_names = ["W1", "b1", "W2", "b2"]

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        shapes = [(hidden_size, input_size), (hidden_size, 1), (output_size, hidden_size), (output_size, 1)]
        for nm, shp in zip(self.param_names, shapes):
            setattr(self, nm, np.random.normal(0, 0.1, shp) if nm.startswith("W") else np.zeros(shp))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.clip(Z, 0, None)

    def relu_derivative(self, Z):
        return np.where(np.asarray(Z) > 0, 1, 0).astype("float64")

    def sigmoid(self, Z):
        return 1.0 / (1.0 + np.exp(-1.0 * np.asarray(Z)))

    def sigmoid_derivative(self, Z):
        p = self.sigmoid(Z)
        return p * (1 - p)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        tape = Tape(X, Z1, A1, Z2, self.sigmoid(Z2))
        return tape.A2, tape._asdict()

    def compute_loss(self, Y, A2):
        prob = np.clip(A2, 1e-13, 1 - 1e-13)
        per_cell = -(Y * np.log(prob) + (1 - Y) * np.log(1 - prob))
        per_row = per_cell.sum(axis=0)
        return per_row.mean()

    def backward(self, Y, cache):
        t = Tape(**{k: cache[k] for k in Tape._fields})
        nobs = Y.shape[1]
        resid = t.A2 - Y
        hidden = self.W2.T @ resid * self.relu_derivative(t.Z1)
        out = {}
        out["dW1"] = hidden @ t.X.T / nobs
        out["db1"] = hidden.sum(axis=1, keepdims=True) / nobs
        out["dW2"] = resid @ t.A1.T
        out["db2"] = resid.sum(axis=1, keepdims=True)
        return out

    def update_parameters(self, gradients):
        for nm in self.param_names:
            setattr(self, nm, getattr(self, nm) - gradients["d" + nm] * self.learning_rate)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        rows = []
        for i in range(num_iterations):
            prob, cache = self.forward(X)
            rows.append((i, self.compute_loss(Y, prob)))
            if i % print_every == 0:
                print("{:>8d}{:>12.6f}".format(*rows[-1]))
            self.update_parameters(self.backward(Y, cache))
        return [loss for _, loss in rows]

    def predict(self, X):
        prob = self.forward(X)[0]
        return np.greater(prob, 0.5).astype("int64")


def finite_differences(nn, X, Y, nm, cells, h):
    base = getattr(nn, nm)
    out = []
    for cell in cells:
        losses = []
        for sign in (1, -1):
            bumped = base.copy()
            bumped[cell] = bumped[cell] + sign * h
            setattr(nn, nm, bumped)
            losses.append(nn.compute_loss(Y, nn.forward(X)[0]))
        out.append((losses[0] - losses[1]) / (2 * h))
    setattr(nn, nm, base)
    return np.array(out)


def gradient_check(nn, X, Y, epsilon=1e-05, n_cells=10):
    grads = nn.backward(Y, nn.forward(X)[1])
    summary = {}
    for nm in ["W1", "b1", "W2", "b2"]:
        cells = list(np.ndindex(getattr(nn, nm).shape))
        np.random.default_rng(123).shuffle(cells)
        cells = [tuple(c) for c in cells][:n_cells]
        fd = finite_differences(nn, X, Y, nm, cells, epsilon)
        an = np.array([grads["d" + nm][c] for c in cells])
        scale = np.linalg.norm(fd) + np.linalg.norm(an)
        summary[nm] = np.linalg.norm(fd - an) / scale if scale > 0 else 0.0
    return summary


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return gradient_check(nn, X, Y, epsilon, n_cells=None)


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    param_names = ["W1", "b1", "W2", "b2", "W3", "b3"]

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        dims = [input_size, hidden1_size, hidden2_size, output_size]
        for i, (fan_in, fan_out) in enumerate(zip(dims, dims[1:]), start=1):
            setattr(self, f"W{i}", np.random.normal(0, 0.1, (fan_out, fan_in)))
            setattr(self, f"b{i}", np.zeros((fan_out, 1)))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.relu(Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = self.sigmoid(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def backward(self, Y, cache):
        nobs = Y.shape[1]
        r3 = (cache["A3"] - Y) / nobs
        r2 = self.W3.T @ r3 * self.relu_derivative(cache["Z2"])
        r1 = self.W2.T @ r2 * self.relu_derivative(cache["Z1"])
        out = {}
        for i, (r, left) in enumerate([(r1, "X"), (r2, "A1"), (r3, "A2")], start=1):
            out[f"dW{i}"] = r @ cache[left].T
            out[f"db{i}"] = r.sum(axis=1, keepdims=True)
        return out


def two_squares(w1, w2, x1, x2):
    total, contrast = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * total * x1 + 2 * contrast * x1, 2 * total * x2 - 2 * contrast * x2


def two_squares_autograd(w1, w2, x1, x2):
    coef = [torch.tensor(v, requires_grad=True) for v in (w1, w2)]
    total = coef[0] * x1 + coef[1] * x2
    contrast = coef[0] * x1 - coef[1] * x2
    (total ** 2 + contrast ** 2).backward()
    return tuple(c.grad.item() for c in coef)


def autograd_linear(x, w, b):
    vals = OrderedDict((k, torch.tensor(v, requires_grad=True)) for k, v in [("x", x), ("w", w), ("b", b)])
    yhat = vals["w"] * vals["x"] + vals["b"]
    yhat.backward()
    return tuple(v.grad.item() for v in vals.values())


def leaf_parameters(shape, scale, generator):
    return torch.mul(torch.randn(*shape, generator=generator), scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    coef = [v.clone().requires_grad_() for v in (W1, b1, W2, b2)]
    mse = []
    for _ in range(num_iterations):
        hidden = torch.relu(coef[0] @ X + coef[1])
        resid = torch.sigmoid(coef[2] @ hidden + coef[3]) - Y
        loss = resid.square().mean()
        mse.append(loss.item())
        grads = torch.autograd.grad(loss, coef)
        with torch.no_grad():
            for c, g in zip(coef, grads):
                c.sub_(learning_rate * g)
    return mse


def gradient_flow(model, X, Y):
    model.zero_grad()
    prob = model(X)
    torch.nn.functional.binary_cross_entropy(prob, Y).backward()
    return [float(lay.weight.grad.abs().mean()) for lay in model.modules() if isinstance(lay, torch.nn.Linear)]
