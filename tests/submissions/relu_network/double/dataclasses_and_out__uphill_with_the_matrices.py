"""Dataclasses for what is passed on, ufuncs with out= for what is computed."""
from dataclasses import asdict, dataclass, fields

import numpy as np
import torch


@dataclass
class Chain:
    f: float
    u: float
    du_dx: float
    df_du: float
    df_dx: float


@dataclass
class Graph:
    a: float
    z: float
    L: float
    dL_dz: float
    dL_da: float
    dL_dw: float
    dL_dx: float
    dL_db: float


@dataclass
class Cache2:
    X: np.ndarray
    Z1: np.ndarray
    A1: np.ndarray
    Z2: np.ndarray
    A2: np.ndarray


@dataclass
class Cache3(Cache2):
    Z3: np.ndarray
    A3: np.ndarray


def as_dict(record):
    return {field.name: getattr(record, field.name) for field in fields(record)}


def affine(W, A, b):
    Z = np.empty((W.shape[0], A.shape[1]))
    np.matmul(W, A, out=Z)
    np.add(Z, b, out=Z)
    return Z


def logistic(Z):
    S = np.array(Z, dtype=float)
    np.clip(S, -500, 500, out=S)
    np.negative(S, out=S)
    np.exp(S, out=S)
    S += 1
    return np.reciprocal(S)


def rectified(Z):
    A = np.empty_like(Z)
    np.maximum(Z, 0, out=A)
    return A


def log_loss(Y, P):
    P = np.clip(P, 1e-15, 1 - 1e-15)
    Q = np.log1p(-P)
    np.log(P, out=P)
    P *= Y
    Q *= 1 - Y
    P += Q
    return -P.sum() / Y.shape[1]


def chain_rule(x):
    u = 2 * x + 1
    return asdict(Chain(f=u ** 3, u=u, du_dx=2, df_du=3 * u ** 2, df_dx=3 * u ** 2 * 2))


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    dL_dz = 2 * z
    return asdict(Graph(a, z, z ** 2, dL_dz=dL_dz, dL_da=dL_dz, dL_dw=dL_dz * x, dL_dx=dL_dz * w, dL_db=dL_dz))


def single_neuron(x, w, b, y):
    z = float(np.inner(w, x) + b)
    a = float(logistic(z))
    dL_da, da_dz = a - y, a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw = np.empty(len(x))
    np.multiply(dL_dz, x, out=dL_dw)
    return dict(z=z, a=a, L=(y - a) ** 2 / 2, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_dz, dL_dw=dL_dw, dL_db=dL_dz)


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1 = rng.normal(size=(hidden_size, input_size)) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = rng.normal(size=(output_size, hidden_size)) * 0.1
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return rectified(Z)

    def relu_derivative(self, Z):
        D = np.zeros(np.shape(Z))
        np.copyto(D, 1.0, where=np.asarray(Z) > 0)
        return D

    def sigmoid(self, Z):
        return logistic(Z)

    def sigmoid_derivative(self, Z):
        S = logistic(Z)
        return S * (1 - S)

    def forward(self, X):
        Z1 = affine(self.W1, X, self.b1)
        A1 = self.relu(Z1)
        Z2 = affine(self.W2, A1, self.b2)
        A2 = self.sigmoid(Z2)
        return A2, as_dict(Cache2(X, Z1, A1, Z2, A2))

    def compute_loss(self, Y, A2):
        return log_loss(Y, A2)

    def backward(self, Y, cache):
        D2 = cache["A2"] - Y
        D2 /= Y.shape[1]
        D1 = self.W2.T @ D2
        np.multiply(D1, cache["Z1"] > 0, out=D1)
        return {"dW1": D1 @ cache["X"].T, "db1": np.add.reduce(D1, axis=1, keepdims=True),
                "dW2": D2 @ cache["A1"].T, "db2": np.add.reduce(D2, axis=1, keepdims=True)}

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2"):
            P = getattr(self, name)
            np.subtract(P, self.learning_rate * gradients["d" + name], out=P)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.zeros(num_iterations)
        for i in range(num_iterations):
            A, cache = self.forward(X)
            losses[i] = self.compute_loss(Y, A)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(i, losses[i])
        return losses.tolist()

    def predict(self, X):
        A, _ = self.forward(X)
        return np.greater(A, 0.5, out=np.empty(A.shape, dtype=bool)).astype(int)


def _numeric(nn, X, Y, P, place, epsilon):
    kept = P[place]
    P[place] = kept + epsilon
    upper = nn.compute_loss(Y, nn.forward(X)[0])
    P[place] = kept - epsilon
    lower = nn.compute_loss(Y, nn.forward(X)[0])
    P[place] = kept
    return (upper - lower) / (2 * epsilon)


@dataclass
class Comparison:
    difference: float = 0.0
    analytic: float = 0.0
    numeric: float = 0.0

    def add(self, a, n):
        self.difference += (a - n) ** 2
        self.analytic += a ** 2
        self.numeric += n ** 2

    def relative(self):
        size = self.analytic ** 0.5 + self.numeric ** 0.5
        return self.difference ** 0.5 / size if size > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads, result = nn.backward(Y, nn.forward(X)[1]), {}
    for name in ("W1", "b1", "W2", "b2"):
        comparison, P = Comparison(), getattr(nn, name)
        for place in [*np.ndindex(P.shape)][-10:]:
            comparison.add(grads["d" + name][place], _numeric(nn, X, Y, P, place, epsilon))
        result[name] = comparison.relative()
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads, result = nn.backward(Y, nn.forward(X)[1]), {}
    for name in ("W1", "b1", "W2", "b2"):
        comparison, P = Comparison(), getattr(nn, name)
        for place in np.ndindex(P.shape):
            comparison.add(grads["d" + name][place], _numeric(nn, X, Y, P, place, epsilon))
        result[name] = comparison.relative()
    return result


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1 = rng.normal(size=(hidden1_size, input_size)) * 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = rng.normal(size=(hidden2_size, hidden1_size)) * 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = rng.normal(size=(output_size, hidden2_size)) * 0.1
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = affine(self.W1, X, self.b1)
        A1 = rectified(Z1)
        Z2 = affine(self.W2, A1, self.b2)
        A2 = rectified(Z2)
        Z3 = affine(self.W3, A2, self.b3)
        A3 = logistic(Z3)
        return A3, as_dict(Cache3(X, Z1, A1, Z2, A2, Z3, A3))

    def compute_loss(self, Y, A3):
        return log_loss(Y, A3)

    def backward(self, Y, cache):
        D3 = cache["A3"] - Y
        D3 /= Y.shape[1]
        D2 = self.W3.T @ D3
        D2 *= cache["Z2"] > 0
        D1 = self.W2.T @ D2
        D1 *= cache["Z1"] > 0
        return {"dW1": D1 @ cache["X"].T, "db1": np.add.reduce(D1, axis=1, keepdims=True),
                "dW2": D2 @ cache["A1"].T, "db2": np.add.reduce(D2, axis=1, keepdims=True),
                "dW3": D3 @ cache["A2"].T, "db3": np.add.reduce(D3, axis=1, keepdims=True)}

    def update_parameters(self, gradients):
        parameters = {
            "dW1": self.W1,
            "dW2": self.W2,
            "dW3": self.W3,
        }
        for key, P in parameters.items():
            step = np.multiply(self.learning_rate, gradients[key])
            np.add(P, step, out=P)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.zeros(num_iterations)
        for i in range(num_iterations):
            A, cache = self.forward(X)
            losses[i] = self.compute_loss(Y, A)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(i, losses[i])
        return losses.tolist()

    def predict(self, X):
        A, _ = self.forward(X)
        return np.greater(A, 0.5, out=np.empty(A.shape, dtype=bool)).astype(int)


def two_squares(w1, w2, x1, x2):
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * s * x1 + 2 * d * x1, 2 * s * x2 - 2 * d * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, dtype=torch.float64).requires_grad_()
    w2 = torch.tensor(w2, dtype=torch.float64).requires_grad_()
    L = torch.pow(w1 * x1 + w2 * x2, 2) + torch.pow(w1 * x1 - w2 * x2, 2)
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(x, dtype=torch.float64).requires_grad_()
    w = torch.tensor(w, dtype=torch.float64).requires_grad_()
    b = torch.tensor(b, dtype=torch.float64).requires_grad_()
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    t = torch.empty(shape)
    t.copy_(torch.randn(*shape, generator=generator))
    t *= scale
    return t.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    leaves = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    losses = []
    for _ in range(num_iterations):
        A1 = torch.relu(leaves[0] @ X + leaves[1])
        A2 = torch.sigmoid(leaves[2] @ A1 + leaves[3])
        loss = (A2 - Y).pow(2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in leaves:
                p.sub_(p.grad, alpha=learning_rate)
                p.grad.zero_()
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [layer.weight.grad.abs().mean().item() for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
