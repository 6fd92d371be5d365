"""Weights and biases of a layer in one matrix (W1, b1 are views of it); long doubles where it costs nothing."""

from functools import reduce
from operator import matmul

import numpy as np
import torch

EPS = 1e-14


def chain_rule(x):
    u = np.polyval([2, 1], x)
    cube = np.poly1d([1, 0, 0, 0])
    out = {"u": u, "f": cube(u), "du_dx": np.polyval(np.polyder([2, 1]), x), "df_du": cube.deriv()(u)}
    out["df_dx"] = np.prod([out["df_du"], out["du_dx"]])
    return out


def computational_graph(w, x, b):
    a, z, L = w * x, w * x + b, (w * x + b) * (w * x + b)
    dL_dz = 2 * z
    dz_da, dz_db, da_dw, da_dx = 1, 1, x, w
    return {
        "dL_dw": dL_dz * dz_da * da_dw,
        "dL_dx": dL_dz * dz_da * da_dx,
        "dL_db": dL_dz * dz_db,
        "dL_da": dL_dz * dz_da,
        "dL_dz": dL_dz,
        "L": L,
        "z": z,
        "a": a,
    }


def single_neuron(x, w, b, y):
    net = NeuralNetworkWithBackprop(1, 1, 1)
    z = np.sum(np.multiply(w, x)) + b
    a = net.sigmoid(z)
    keys = ["z", "a", "L", "dL_da", "da_dz"]
    out = dict(zip(keys, [z, a, 0.5 * np.power(y - a, 2), np.subtract(a, y), net.sigmoid_derivative(z)]))
    out["dL_db"] = out["dL_dz"] = out["dL_da"] * out["da_dz"]
    out["dL_dw"] = np.array([out["dL_dz"] * float(x_i) for x_i in x])
    return out


def _view(layer, columns):
    """Weights (all columns but the last) or bias (the last column) of a layer's matrix."""

    def get(self):
        return self.matrices[layer][:, columns]

    def put(self, value):
        # a new matrix: what others hold of the old one stays as it is
        matrix = self.matrices[layer].copy()
        matrix[:, columns] = value
        self.matrices[layer] = matrix

    return property(get, put)


WEIGHTS, BIAS = slice(None, -1), slice(-1, None)


class Augmented:
    def __init__(self, *sizes, learning_rate):
        self.learning_rate = learning_rate
        self.matrices = [
            np.hstack([np.random.normal(scale=0.1, size=(b, a)), np.zeros((b, 1))]) for a, b in zip(sizes, sizes[1:])
        ]

    @staticmethod
    def one(A):
        return np.vstack([A, np.ones((1, np.shape(A)[1]))])

    def relu(self, Z):
        Z = np.asarray(Z)
        return np.choose(Z > 0, [np.zeros((), Z.dtype), Z])

    def relu_derivative(self, Z):
        return np.piecewise(np.asarray(Z, dtype=float), [np.asarray(Z) > 0], [1.0, 0.0])

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=np.longdouble)  # e^11000 still fits
        return np.float64(1 / (1 + np.exp(-np.clip(Z, -11000, 11000))))

    def sigmoid_derivative(self, Z):
        Z = np.clip(np.asarray(Z, dtype=np.longdouble), -5000, 5000)
        return np.float64(1 / (2 + np.exp(Z) + np.exp(-Z)))

    def forward(self, X):
        last = len(self.matrices)
        cache = dict(X=np.asarray(X))
        A = X
        for number, matrix in enumerate(self.matrices, 1):
            Z = matrix @ self.one(A)
            A = self.sigmoid(Z) if number == last else self.relu(Z)
            cache[f"Z{number}"], cache[f"A{number}"] = Z, A
        return A, cache

    def cross_entropy(self, Y, A):
        Y, A = np.asarray(Y), np.clip(np.asarray(A, dtype=float), EPS, 1 - EPS)
        logit = np.log(A) - np.log1p(-A)
        # -Y log A - (1 - Y) log(1 - A) = log(1 + e^t) - Y t with the logit t
        return np.sum(np.logaddexp(0, logit) - Y * logit) / len(Y.T)

    def backward(self, Y, cache):
        L = len(self.matrices)
        Y = np.asarray(Y)
        deltas = {L: cache[f"A{L}"] - Y}
        for l in range(L - 1, 0, -1):
            deltas[l] = (self.matrices[l][:, WEIGHTS].T @ deltas[l + 1]) * self.relu_derivative(cache[f"Z{l}"])
        gradients = {}
        for l in sorted(deltas):
            G = deltas[l] @ self.one(cache[f"A{l - 1}" if l > 1 else "X"]).T / Y.shape[1]
            gradients |= {f"dW{l}": G[:, WEIGHTS], f"db{l}": G[:, BIAS]}
        return gradients

    def update_parameters(self, gradients):
        self.matrices = [
            matrix - self.learning_rate * np.concatenate([gradients[f"dW{l}"], gradients[f"db{l}"]], axis=1)
            for l, matrix in enumerate(self.matrices, 1)
        ]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A, cache = self.forward(X)
            losses += [self.compute_loss(Y, A)]
            if not i % print_every:
                print(f"{i:>8} {losses[i]:.6e}", flush=True)
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return np.heaviside(self.forward(X)[0] - 0.5, 0).astype("int32")


class NeuralNetworkWithBackprop(Augmented):
    W1, b1 = _view(0, WEIGHTS), _view(0, BIAS)
    W2, b2 = _view(1, WEIGHTS), _view(1, BIAS)

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden_size, output_size, learning_rate=learning_rate)

    def compute_loss(self, Y, A2):
        return self.cross_entropy(Y, A2)


class ThreeLayerNetwork(Augmented):
    W1, b1 = _view(0, WEIGHTS), _view(0, BIAS)
    W2, b2 = _view(1, WEIGHTS), _view(1, BIAS)
    W3, b3 = _view(2, WEIGHTS), _view(2, BIAS)

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, output_size, learning_rate=learning_rate)

    def compute_loss(self, Y, A3):
        return self.cross_entropy(Y, A3)


class GradientCheck:
    """The check as an object that is called with a network."""

    PARAMETERS = ("W1", "b1", "W2", "b2")

    def __init__(self, most=None):
        self.most = most

    def chosen(self, shape):
        every = np.arange(int(np.prod(shape)))
        if self.most is not None and len(every) > self.most:
            every = np.sort(np.random.RandomState(len(every)).permutation(every)[: self.most])
        return [tuple(int(j) for j in np.unravel_index(i, shape)) for i in every]

    def __call__(self, nn, X, Y, epsilon=1e-05):
        _, cache = nn.forward(X)
        gradients = {key: np.array(value, dtype=float) for key, value in nn.backward(Y, cache).items()}
        return {name: self.compare(nn, X, Y, epsilon, name, gradients[f"d{name}"]) for name in self.PARAMETERS}

    def compare(self, nn, X, Y, epsilon, name, gradient):
        original = getattr(nn, name)
        if original.shape != gradient.shape:
            return np.inf
        values = original.copy()

        def loss(index, step):
            moved = values.copy()
            moved[index] = moved[index] + step
            setattr(nn, name, moved)
            return np.float64(nn.compute_loss(Y, nn.forward(X)[0]))

        try:
            table = np.array(
                [[gradient[i], (loss(i, epsilon) - loss(i, -epsilon)) / (2 * epsilon)] for i in self.chosen(values.shape)]
            )
        finally:
            setattr(nn, name, original)
        analytic, numeric = table[:, 0], table[:, 1]
        norm = np.linalg.norm
        return norm(analytic - numeric) / max(norm(analytic) + norm(numeric), np.finfo(float).tiny)


gradient_check = GradientCheck(most=10)
gradient_check_all = GradientCheck()


def two_squares(w1, w2, x1, x2):
    # L = w^T M^T M w with M = [[x1, x2], [x1, -x2]], so the gradient is 2 M^T M w
    M = np.array([[x1, x2], [x1, -x2]])
    return tuple(2 * reduce(matmul, (M.T, M, [w1, w2])))


def two_squares_autograd(w1, w2, x1, x2):
    w = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (w1, w2)]
    L = (w[0] * x1 + w[1] * x2) ** 2
    L = L + (w[0] * x1 - w[1] * x2) ** 2
    dL_dw1, dL_dw2 = torch.autograd.grad(L, w)
    return dL_dw1, dL_dw2


def autograd_linear(x, w, b):
    def line(x, w, b):
        return torch.stack([w * x, b]).sum()

    return torch.func.jacrev(line, argnums=(0, 1, 2))(*map(torch.tensor, (float(x), float(w), float(b))))


def leaf_parameters(shape, scale, generator):
    values = torch.randn(*shape, generator=generator)
    with torch.no_grad():
        torch.mul(values, scale, out=values)
    return values.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    # as above: one matrix for each layer, with the bias in the last column
    layers = [torch.cat(pair, dim=1).requires_grad_() for pair in ((W1, b1), (W2, b2))]
    one = torch.ones(1, X.shape[1], dtype=X.dtype)
    losses = []
    while len(losses) < num_iterations:
        hidden = torch.relu(layers[0] @ torch.cat([X, one]))
        error = torch.sigmoid(layers[1] @ torch.cat([hidden, one])) - Y
        loss = (error * error).sum() / error.numel()
        losses.append(loss.item())
        loss.backward()
        for layer in layers:
            layer.data -= learning_rate * layer.grad
            layer.grad = None
    return losses


def gradient_flow(model, X, Y):
    sizes = {}

    class Listening:
        def __enter__(self):
            self.handle = torch.nn.modules.module.register_module_forward_hook(self.heard)
            return self

        def __exit__(self, *error):
            self.handle.remove()

        def heard(self, module, inputs, output):
            if isinstance(module, torch.nn.Linear):
                sizes.setdefault(module.weight, None)

    with torch.enable_grad(), Listening():
        probabilities = model(X)
    loss = torch.nn.BCELoss(reduction="none")(probabilities, Y.to(probabilities.dtype)).mean()
    for weight, gradient in zip(sizes, torch.autograd.grad(loss, tuple(sizes))):
        sizes[weight] = np.abs(gradient.numpy()).mean()
    return list(sizes.values())


if __name__ == "__main__":
    X = np.random.randn(2, 50)
    Y = (X[:1] * X[1:] > 0).astype(int)
    nn = NeuralNetworkWithBackprop(2, 16, 1, learning_rate=0.5)
    print(gradient_check_all(nn, X, Y))
    nn.train(X, Y, 2000, 500)
    print("right:", np.mean(nn.predict(X) == Y))
