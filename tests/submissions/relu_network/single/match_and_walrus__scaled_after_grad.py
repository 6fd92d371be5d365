import numpy as np
import torch
import torch.nn.functional as F


def activate(kind, Z):
    match kind:
        case "relu":
            return np.maximum(0, Z)
        case "relu'":
            return np.where(np.asarray(Z) > 0, 1.0, 0.0)
        case "sigmoid":
            Z = np.asarray(Z, dtype=float)
            return np.where(Z >= 0, 1 / (1 + (t := np.exp(-abs(Z)))), t / (1 + t))
        case "sigmoid'":
            return (s := activate("sigmoid", Z)) * (1 - s)
        case _:
            raise ValueError(kind)


def chain_rule(x):
    return {"u": (u := 2 * x + 1), "f": u**3, "du_dx": (g := 2), "df_du": (h := 3 * u**2), "df_dx": g * h}


def computational_graph(w, x, b):
    return {
        "a": (a := w * x), "z": (z := a + b), "L": z**2,
        "dL_dz": (dz := 2 * z), "dL_da": dz, "dL_db": dz,
        "dL_dw": dz * x, "dL_dx": dz * w,
    }


def single_neuron(x, w, b, y):
    return {
        "z": (z := w @ x + b), "a": (a := activate("sigmoid", z)), "L": (y - a) ** 2 / 2,
        "dL_da": (da := a - y), "da_dz": (slope := activate("sigmoid'", z)),
        "dL_dz": (dz := da * slope), "dL_db": dz, "dL_dw": dz * x,
    }


def cross_entropy(Y, P):
    P = np.clip(P, 1e-12, 1 - 1e-12)
    return -(Y * np.log(P) + (1 - Y) * np.log(1 - P)).sum().item() / Y.shape[1]


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = 0.1 * np.random.randn(hidden_size, input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = 0.1 * np.random.randn(output_size, hidden_size)
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return activate("relu", Z)

    def relu_derivative(self, Z):
        return activate("relu'", Z)

    def sigmoid(self, Z):
        return activate("sigmoid", Z)

    def sigmoid_derivative(self, Z):
        return activate("sigmoid'", Z)

    def forward(self, X):
        cache = {
            "X": X,
            "Z1": (Z1 := self.W1 @ X + self.b1), "A1": (A1 := self.relu(Z1)),
            "Z2": (Z2 := self.W2 @ A1 + self.b2), "A2": (A2 := self.sigmoid(Z2)),
        }
        return A2, cache

    def compute_loss(self, Y, A2):
        return cross_entropy(Y, A2)

    def backward(self, Y, cache):
        match cache:
            case {"X": X, "Z1": Z1, "A1": A1, "A2": A2}:
                d2 = (A2 - Y) / A2.shape[1]
                d1 = (self.W2.T @ d2) * self.relu_derivative(Z1)
                return {"dW1": d1 @ X.T, "db1": d1.sum(1, keepdims=True),
                        "dW2": d2 @ A1.T, "db2": d2.sum(1, keepdims=True)}
        raise KeyError("cache is not complete")

    def update_parameters(self, gradients):
        for key in ("W1", "b1", "W2", "b2"):
            setattr(self, key, getattr(self, key) - self.learning_rate * gradients[f"d{key}"])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses, i = [], 0
        while (i := len(losses)) < num_iterations:
            out, cache = self.forward(X)
            losses.append(loss := self.compute_loss(Y, out))
            if not i % print_every:
                print(f"{i}\t{loss}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return np.int64(self.forward(X)[0] > 0.5)


def compare(nn, X, Y, epsilon, count):
    grads, errors = nn.backward(Y, nn.forward(X)[1]), {}
    for key in ("W1", "b1", "W2", "b2"):
        old = getattr(nn, key)
        order = np.random.default_rng(0).permutation(old.size)[:count]
        slopes = []
        for i in order:
            pair = []
            for s in (epsilon, -epsilon):
                (new := np.array(old, float)).flat[i] += s
                setattr(nn, key, new)
                pair.append(nn.compute_loss(Y, nn.forward(X)[0]))
            slopes.append((pair[0] - pair[1]) / (2 * epsilon))
        setattr(nn, key, old)
        a, b = np.ravel(grads[f"d{key}"])[order], np.array(slopes)
        size = np.linalg.norm(a) + np.linalg.norm(b)
        errors[key] = np.linalg.norm(a - b) / size if size else 0.0
    return errors


def gradient_check(nn, X, Y, epsilon=1e-05):
    return compare(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return compare(nn, X, Y, epsilon, None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.b1 = 0.1 * np.random.randn(hidden1_size, input_size), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = 0.1 * np.random.randn(hidden2_size, hidden1_size), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = 0.1 * np.random.randn(output_size, hidden2_size), np.zeros((output_size, 1))

    def forward(self, X):
        cache = {
            "X": X,
            "Z1": (Z1 := self.W1 @ X + self.b1), "A1": (A1 := activate("relu", Z1)),
            "Z2": (Z2 := self.W2 @ A1 + self.b2), "A2": (A2 := activate("relu", Z2)),
            "Z3": (Z3 := self.W3 @ A2 + self.b3), "A3": (A3 := activate("sigmoid", Z3)),
        }
        return A3, cache

    def compute_loss(self, Y, A3):
        return cross_entropy(Y, A3)

    def backward(self, Y, cache):
        d, grads = (cache["A3"] - Y) / Y.shape[1], {}
        for layer in (3, 2, 1):
            below = cache["X"] if layer == 1 else cache[f"A{layer - 1}"]
            grads |= {f"dW{layer}": d @ below.T, f"db{layer}": d.sum(1, keepdims=True)}
            if layer > 1:
                d = (getattr(self, f"W{layer}").T @ d) * activate("relu'", cache[f"Z{layer - 1}"])
        return grads

    def update_parameters(self, gradients):
        for key in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, key, getattr(self, key) - self.learning_rate * gradients[f"d{key}"])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses, i = [], 0
        while (i := len(losses)) < num_iterations:
            out, cache = self.forward(X)
            losses.append(loss := self.compute_loss(Y, out))
            if not i % print_every:
                print(f"{i}\t{loss}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return np.int64(self.forward(X)[0] > 0.5)


def two_squares(w1, w2, x1, x2):
    plus, minus = (p := w1 * x1) + (q := w2 * x2), p - q
    return 2 * x1 * (plus + minus), 2 * x2 * (plus - minus)


def scalar(v):
    return torch.tensor(v, dtype=torch.float64, requires_grad=True)


def two_squares_autograd(w1, w2, x1, x2):
    a, b = scalar(w1), scalar(w2)
    ((a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2).backward()
    return a.grad, b.grad


def autograd_linear(x, w, b):
    ((p := scalar(w)) * (q := scalar(x)) + (r := scalar(b))).backward()
    return q.grad, p.grad, r.grad


def leaf_parameters(shape, scale, generator):
    noise = torch.randn(*shape, generator=generator).requires_grad_()
    return noise * scale


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = leaves = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    losses = []
    while len(losses) < num_iterations:
        loss = F.mse_loss(torch.sigmoid(W2 @ F.relu(W1 @ X + b1) + b2), Y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for leaf in leaves:
                leaf -= learning_rate * leaf.grad
                leaf.grad = None
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    F.binary_cross_entropy(model(X), Y).backward()
    sizes = []
    for module in model.modules():
        match module:
            case torch.nn.Linear(weight=w):
                sizes.append(w.grad.abs().mean().item())
    return sizes
