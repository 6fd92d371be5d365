import numpy as np
from numpy import array, zeros, newaxis
import torch as t


# Entropies etc.
def surprisal(p, floor=1e-15):
    """Self-information of an event of probability p, in nats."""
    return -np.log(np.clip(p, floor, 1 - floor))


def bits(p, floor=1e-15):
    """The same, in bits."""
    return -np.log2(np.clip(p, floor, 1 - floor))


def softstep(z):
    return np.exp(-np.logaddexp(0.0, np.negative(np.asarray(z, float))))


def chain_rule(x):
    u = 2 * x + 1
    df_du, du_dx = 3 * u * u, 2
    return {"df_dx": df_du * du_dx, "df_du": df_du, "du_dx": du_dx, "u": u, "f": u ** 3}


def computational_graph(w, x, b):
    z = (a := w * x) + b
    return {"a": a, "z": z, "L": z ** 2, "dL_dz": (g := 2 * z), "dL_da": g, "dL_dw": g * x, "dL_dx": g * w, "dL_db": g}


def single_neuron(x, w, b, y):
    z = (x * w).sum() + b
    a = 1 / (1 + np.exp(-z))
    g = (a - y) * (a * (1 - a))
    return {"z": z, "a": a, "L": (y - a) ** 2 / 2, "dL_da": a - y, "da_dz": a * (1 - a), "dL_dz": g, "dL_db": g, "dL_dw": g * x}


class NeuralNetworkWithBackprop:
    """A channel X -> A1 -> A2."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.W2 = np.random.laplace(0, .05, (hidden_size, input_size)), np.random.laplace(0, .05, (output_size, hidden_size))
        self.b1, self.b2 = zeros((hidden_size, 1)), zeros((output_size, 1))

    def relu(self, Z):
        return np.choose(Z > 0, [0, Z])

    def relu_derivative(self, Z):
        return np.choose(Z > 0, [0., 1.])

    def sigmoid(self, Z):
        return softstep(Z)

    def sigmoid_derivative(self, Z):
        return softstep(Z) * softstep(np.negative(Z))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = softstep(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        code_length = Y * surprisal(A2) + (1 - Y) * surprisal(1 - A2)
        return code_length.sum() / code_length.shape[1]

    def backward(self, Y, cache):
        n = Y.shape[1]
        excess = (cache["A2"] - Y) / n
        inner = np.choose(cache["Z1"] > 0, [0., self.W2.T @ excess])
        return {"dW1": inner @ cache["X"].T, "db1": inner.sum(1)[:, newaxis],
                "dW2": excess @ cache["A1"].T, "db2": excess.sum(1)[:, newaxis]}

    def update_parameters(self, gradients):
        for name, g in gradients.items():
            self.__setattr__(name[1:], self.__getattribute__(name[1:]) - self.learning_rate * g)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        lengths = []
        for i in range(num_iterations):
            A, cache = self.forward(X)
            lengths.append(self.compute_loss(Y, A))
            if i % print_every == 0:
                print(f"{i}: {lengths[-1]:.4f}")
            self.update_parameters(self.backward(Y, cache))
        return lengths

    def predict(self, X):
        return (self.forward(X)[0] > 1 / 2).astype(int)


def _divergence(nn, X, Y, eps, cap):
    g = nn.backward(Y, nn.forward(X)[1])
    d = {}
    for name in ("W1", "b1", "W2", "b2"):
        p = getattr(nn, name)
        cells = [divmod(i, p.shape[1]) for i in range(p.size)][:cap]
        numeric = []
        for c in cells:
            centre = p[c]
            p[c] = centre + eps
            above = nn.compute_loss(Y, nn.forward(X)[0])
            p[c] = centre - eps
            below = nn.compute_loss(Y, nn.forward(X)[0])
            p[c] = centre
            numeric.append((above - below) / (2 * eps))
        a, b = array([g["d" + name][c] for c in cells]), array(numeric)
        norm = np.sqrt((a ** 2).sum() + (b ** 2).sum())
        d[name] = np.sqrt(((a - b) ** 2).sum()) / norm if norm else 0.0
    return d


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _divergence(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _divergence(nn, X, Y, epsilon, None)


class ThreeLayerNetwork:
    """A channel X -> A1 -> A2 -> A3."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1, self.b1 = rng.laplace(0, .1, (hidden1_size, input_size)), zeros((hidden1_size, 1))
        self.W2, self.b2 = rng.laplace(0, .1, (hidden2_size, hidden1_size)), zeros((hidden2_size, 1))
        self.W3, self.b3 = rng.laplace(0, .1, (output_size, hidden2_size)), zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.choose(Z1 > 0, [0, Z1])
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.choose(Z2 > 0, [0, Z2])
        Z3 = self.W3 @ A2 + self.b3
        A3 = softstep(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        code_length = Y * bits(A3) + (1 - Y) * bits(1 - A3)
        return code_length.sum(axis=0).mean()

    def backward(self, Y, cache):
        n = Y.shape[1]
        excess = (cache["A3"] - Y) / n
        g = {}
        for i, (below, W) in enumerate((("A2", self.W3), ("A1", self.W2), ("X", self.W1))):
            i = 3 - i
            g[f"dW{i}"] = excess @ cache[below].T
            g[f"db{i}"] = excess.sum(1)[:, newaxis]
            if i > 1:
                excess = np.choose(cache[f"Z{i - 1}"] > 0, [0., W.T @ excess])
        return g

    def update_parameters(self, gradients):
        for name, g in gradients.items():
            self.__setattr__(name[1:], self.__getattribute__(name[1:]) - self.learning_rate * g)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        lengths = []
        for i in range(num_iterations):
            A, cache = self.forward(X)
            lengths.append(self.compute_loss(Y, A))
            if i % print_every == 0:
                print(f"{i}: {lengths[-1]:.4f}")
            self.update_parameters(self.backward(Y, cache))
        return lengths

    def predict(self, X):
        return (self.forward(X)[0] > 1 / 2).astype(int)


def two_squares(w1, w2, x1, x2):
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * s * x1 + 2 * d * x1, 2 * s * x2 - 2 * d * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2 = t.tensor(w1, requires_grad=True), t.tensor(w2, requires_grad=True)
    t.stack([w1 * x1 + w2 * x2, w1 * x1 - w2 * x2]).square().sum().backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x, w, b = t.tensor(x, requires_grad=True), t.tensor(w, requires_grad=True), t.tensor(b, requires_grad=True)
    return t.autograd.grad(x * w + b, (x, w, b))


def leaf_parameters(shape, scale, generator):
    noise = t.randn(*shape, generator=generator) * scale
    return noise.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    ps = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    out = []
    for _ in range(num_iterations):
        guess = t.sigmoid(ps[2] @ t.relu(ps[0] @ X + ps[1]) + ps[3])
        mse = (guess - Y).square().mean()
        out.append(mse.item())
        gs = t.autograd.grad(mse, ps)
        with t.no_grad():
            [p.sub_(learning_rate * g) for p, g in zip(ps, gs)]
    return out


def gradient_flow(model, X, Y):
    layers = [m for m in model.modules() if isinstance(m, t.nn.Linear)]
    H = t.nn.functional.binary_cross_entropy(model(X), Y)
    return [g.abs().mean().item() for g in t.autograd.grad(H, [m.weight for m in layers])]
