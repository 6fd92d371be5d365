# backprop homework, everything as functions of one long vector

import numpy as np
import torch


def chain_rule(x):
    # link 1
    u, du_dx = 2 * x + 1, 2
    # link 2
    f, df_du = np.power(u, 3), 3 * np.power(u, 2)
    names = ("f", "u", "du_dx", "df_du", "df_dx")
    return dict(zip(names, (f, u, du_dx, df_du, du_dx * df_du)))


def computational_graph(w, x, b):
    a = np.multiply(w, x)
    z = np.add(a, b)
    L = np.square(z)
    up = 2 * z
    names = ("a", "z", "L", "dL_dz", "dL_da", "dL_dw", "dL_dx", "dL_db")
    return dict(zip(names, (a, z, L, up, up, np.multiply(up, x), np.multiply(up, w), up)))


def single_neuron(x, w, b, y):
    z = np.inner(w, x) + b
    a = np.reciprocal(1 + np.exp(-z))
    diff = a - y
    slope = np.exp(-z) * a ** 2
    names = ("z", "a", "L", "dL_da", "da_dz", "dL_dz", "dL_db", "dL_dw")
    return dict(zip(names, (z, a, np.square(diff) / 2, diff, slope, diff * slope, diff * slope, diff * slope * x)))


class NeuralNetworkWithBackprop:
    NAMES = ("W1", "b1", "W2", "b2")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1, self.W2 = (rng.normal(0.0, 0.1, size=s) for s in ((hidden_size, input_size), (output_size, hidden_size)))
        self.b1, self.b2 = np.zeros((hidden_size, 1)), np.zeros((output_size, 1))

    relu = lambda self, Z: np.where(np.greater(Z, 0), Z, 0)
    relu_derivative = lambda self, Z: np.where(np.greater(Z, 0), 1.0, 0.0)
    sigmoid = lambda self, Z: 0.5 + 0.5 * np.tanh(np.asarray(Z, dtype=float) / 2)
    sigmoid_derivative = lambda self, Z: self.sigmoid(Z) * self.sigmoid(np.negative(Z))

    def forward(self, X):
        c = {"X": X}
        c["Z1"] = np.dot(self.W1, X) + self.b1
        c["A1"] = self.relu(c["Z1"])
        c["Z2"] = np.dot(self.W2, c["A1"]) + self.b2
        c["A2"] = self.sigmoid(c["Z2"])
        return c["A2"], c

    def compute_loss(self, Y, A2):
        p = np.minimum(np.maximum(A2, 1e-14), 1 - 1e-14)
        return float(-(Y * np.log(p) + (1 - Y) * np.log1p(-p)).sum(axis=0).mean())

    def backward(self, Y, cache):
        d_up = (cache["A2"] - Y) / Y.shape[1]
        g = {"dW2": np.dot(d_up, cache["A1"].T), "db2": d_up.sum(1, keepdims=True)}
        d_up = np.dot(self.W2.T, d_up) * self.relu_derivative(cache["Z1"])
        g.update(dW1=np.dot(d_up, cache["X"].T), db1=d_up.sum(1, keepdims=True))
        return g

    def update_parameters(self, gradients):
        for name in self.NAMES:
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        curve = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            curve.append(self.compute_loss(Y, out))
            if print_every and not step % print_every:
                print(step, curve[-1])
            self.update_parameters(self.backward(Y, cache))
        return curve

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def _check_flat(nn, X, Y, epsilon, per_param):
    names = ["W1", "b1", "W2", "b2"]
    original = [getattr(nn, n) for n in names]
    shapes = [p.shape for p in original]
    borders = np.cumsum([0] + [p.size for p in original])
    theta = np.concatenate([np.ravel(p) for p in original]).astype(float)

    def J(vector):
        for n, s, lo, hi in zip(names, shapes, borders, borders[1:]):
            setattr(nn, n, vector[lo:hi].reshape(s))
        return nn.compute_loss(Y, nn.forward(X)[0])

    g = nn.backward(Y, nn.forward(X)[1])
    g = np.concatenate([np.ravel(g["d" + n]) for n in names])
    report = {}
    for n, lo, hi in zip(names, borders, borders[1:]):
        if per_param is None or hi - lo <= per_param:
            coords = np.arange(lo, hi)
        else:
            coords = np.random.permutation(np.arange(lo, hi))[:per_param]
        approx = np.empty(len(coords))
        for pos, c in enumerate(coords):
            bump = np.zeros_like(theta)
            bump[c] = epsilon
            approx[pos] = (J(theta + bump) - J(theta - bump)) / (2.0 * epsilon)
        top = np.linalg.norm(g[coords] - approx)
        bottom = max(np.linalg.norm(g[coords]), np.linalg.norm(approx))
        report[n] = float(top / bottom) if bottom else 0.0
    for n, p in zip(names, original):
        setattr(nn, n, p)
    return report


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _check_flat(nn, X, Y, epsilon, per_param=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _check_flat(nn, X, Y, epsilon, per_param=None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.depth = 3
        dims = (input_size, hidden1_size, hidden2_size, output_size)
        for l in range(1, self.depth + 1):
            setattr(self, f"W{l}", np.random.randn(dims[l], dims[l - 1]) * 0.1)
            setattr(self, f"b{l}", np.zeros((dims[l], 1)))

    def forward(self, X):
        cache, A = {"X": X}, X
        for l in range(1, self.depth + 1):
            Z = getattr(self, f"W{l}") @ A + getattr(self, f"b{l}")
            A = np.where(Z > 0, Z, 0) if l < self.depth else 0.5 + 0.5 * np.tanh(Z / 2)
            cache[f"Z{l}"], cache[f"A{l}"] = Z, A
        return A, cache

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-14, 1 - 1e-14)
        return float(-(Y * np.log(P) + (1 - Y) * np.log1p(-P)).sum(axis=0).mean())

    def backward(self, Y, cache):
        grads = {}
        d_up = (cache["A3"] - Y) / Y.shape[1]
        for l in range(self.depth, 0, -1):
            below = cache[f"A{l - 1}"] if l > 1 else cache["X"]
            grads[f"dW{l}"] = d_up @ below.T
            grads[f"db{l}"] = d_up.sum(axis=1, keepdims=True)
            if l > 1:
                d_up = (getattr(self, f"W{l}").T @ d_up) * np.heaviside(cache[f"Z{l - 1}"], 0)
        return grads

    def update_parameters(self, gradients):
        for key, g in gradients.items():
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * g)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        curve = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            curve.append(self.compute_loss(Y, out))
            if print_every and step % print_every == 0:
                print(step, curve[-1])
            self.update_parameters(self.backward(Y, cache))
        return curve

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1, w2 * x2
    squares = ((p + q, 1, 1), (p - q, 1, -1))
    by_w1 = sum(2 * r * s1 * x1 for r, s1, _ in squares)
    by_w2 = sum(2 * r * s2 * x2 for r, _, s2 in squares)
    return by_w1, by_w2


def two_squares_autograd(w1, w2, x1, x2):
    def L(a, b):
        return (a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2

    args = tuple(torch.tensor(v, dtype=torch.float64) for v in (w1, w2))
    return torch.autograd.functional.jacobian(L, args)


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.float64).requires_grad_() for v in (x, w, b))
    y = torch.addcmul(b, w, x)
    y.backward()
    return tuple(leaf.grad for leaf in (x, w, b))


def leaf_parameters(shape, scale, generator):
    return torch.nn.Parameter(torch.randn(*shape, generator=generator) * scale)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    net = [torch.nn.Parameter(p.clone()) for p in (W1, b1, W2, b2)]
    seen = []
    while len(seen) < num_iterations:
        w1, c1, w2, c2 = net
        prediction = (w2.matmul(w1.matmul(X).add(c1).relu()).add(c2)).sigmoid()
        mse = (prediction - Y).pow(2).mean()
        mse.backward()
        for p in net:
            p.data.sub_(p.grad, alpha=learning_rate)
            p.grad = None
        seen.append(mse.item())
    return seen


def gradient_flow(model, X, Y):
    loss_fn = torch.nn.functional.binary_cross_entropy
    names = [name + ".weight" if name else "weight"
             for name, layer in model.named_modules() if isinstance(layer, torch.nn.Linear)]
    params = dict(model.named_parameters())
    grads = torch.autograd.grad(loss_fn(model(X), Y), [params[n] for n in names])
    return [torch.linalg.vector_norm(g, ord=1).item() / g.numel() for g in grads]
