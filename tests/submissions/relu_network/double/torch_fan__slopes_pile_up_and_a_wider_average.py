"""Homework: backprop. I come from PyTorch, so the NumPy part looks a bit like it (state_dict & co.)."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn as _nn


# --------------------------------------------------------------------------- scalars
def chain_rule(x):
    u = 2 * x + 1
    df_du = 3 * u ** 2
    return {
        "f": u ** 3,
        "u": u,
        "du_dx": 2,
        "df_du": df_du,
        "df_dx": 2 * df_du,
    }


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    grad_z = 2 * z
    grad_a = grad_z
    grad_b = grad_z
    grad_w = grad_a * x
    grad_x = grad_a * w
    return {
        "a": a, "z": z, "L": L,
        "dL_dz": grad_z, "dL_da": grad_a, "dL_dw": grad_w, "dL_dx": grad_x, "dL_db": grad_b,
    }


def single_neuron(x, w, b, y):
    z = (w * x).sum() + b
    a = 1 / (1 + np.exp(-z))
    grad_a = a - y
    jac = a * (1 - a)
    grad_z = grad_a * jac
    return {
        "z": z, "a": a, "L": 0.5 * (y - a) ** 2,
        "dL_da": grad_a, "da_dz": jac, "dL_dz": grad_z, "dL_db": grad_z, "dL_dw": grad_z * x,
    }


# --------------------------------------------------------------------------- numpy networks
def np_sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def np_bce(y, p, reduction_dim):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / y.shape[reduction_dim]


class _Module:
    names = ()

    def state_dict(self):
        return {n: getattr(self, n) for n in self.names}

    def load_state_dict(self, state):
        for n in self.names:
            setattr(self, n, state[n])

    def update_parameters(self, gradients):
        state = self.state_dict()
        self.load_state_dict({n: p - self.learning_rate * gradients["d" + n] for n, p in state.items()})

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            loss = self.compute_loss(Y, out)
            history.append(loss)
            grads = self.backward(Y, cache)
            self.update_parameters(grads)
            if step % print_every == 0:
                print(f"step {step} loss {loss:.4f}")
        return history

    def predict(self, X):
        out, _ = self.forward(X)
        return (out > 0.5).astype(np.int64)


def kaiming(out_features, in_features):
    bound = 1 / np.sqrt(in_features)
    return np.random.uniform(-bound, bound, (out_features, in_features)), np.zeros((out_features, 1))


class NeuralNetworkWithBackprop(_Module):
    names = ("W1", "b1", "W2", "b2")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1, self.b1 = kaiming(hidden_size, input_size)
        self.W2, self.b2 = kaiming(output_size, hidden_size)
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.clip(Z, 0, None)

    def relu_derivative(self, Z):
        return (np.asarray(Z) > 0).astype(float)

    def sigmoid(self, Z):
        return np_sigmoid(Z)

    def sigmoid_derivative(self, Z):
        s = np_sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return np_bce(Y, A2, reduction_dim=1)

    def backward(self, Y, cache):
        grad_Z2 = (cache["A2"] - Y) / Y.shape[1]
        grad_A1 = self.W2.T @ grad_Z2
        grad_Z1 = grad_A1 * self.relu_derivative(cache["Z1"])
        return {
            "dW1": grad_Z1 @ cache["X"].T, "db1": grad_Z1.sum(1, keepdims=True),
            "dW2": grad_Z2 @ cache["A1"].T, "db2": grad_Z2.sum(1, keepdims=True),
        }


class ThreeLayerNetwork(_Module):
    names = ("W1", "b1", "W2", "b2", "W3", "b3")

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1, self.b1 = kaiming(hidden1_size, input_size)
        self.W2, self.b2 = kaiming(hidden2_size, hidden1_size)
        self.W3, self.b3 = kaiming(output_size, hidden2_size)
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.clip(Z1, 0, None)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.clip(Z2, 0, None)
        Z3 = self.W3 @ A2 + self.b3
        A3 = np_sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return np_bce(Y, A3, reduction_dim=1)

    def backward(self, Y, cache):
        grad_Z3 = (cache["A3"] - Y) / Y.shape[1]
        grad_Z2 = (self.W3.T @ grad_Z3) * (cache["Z2"] > 0)
        grad_Z1 = (self.W2.T @ grad_Z2) * (cache["Z1"] > 0)
        return {
            "dW1": grad_Z1 @ cache["X"].T, "db1": grad_Z1.sum(1, keepdims=True),
            "dW2": grad_Z2 @ cache["A1"].T, "db2": grad_Z2.sum(1, keepdims=True),
            "dW3": grad_Z3 @ cache["A2"].T, "db3": grad_Z3.sum(1, keepdims=True),
        }


# --------------------------------------------------------------------------- gradcheck
def _loss(nn, X, Y):
    return nn.compute_loss(Y, nn.forward(X)[0])


def _gradcheck(nn, X, Y, epsilon, max_elements):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    result = {}
    for name in ("W1", "b1", "W2", "b2"):
        p = getattr(nn, name)
        idx = list(np.ndindex(p.shape))[:max_elements]
        numerical = []
        for i in idx:
            value = p[i].item()
            p[i] = value + epsilon
            up = _loss(nn, X, Y)
            p[i] = value - epsilon
            down = _loss(nn, X, Y)
            p[i] = value
            numerical.append((up - down) / (2 * epsilon))
        numerical = np.array(numerical)
        analytical = np.array([grads["d" + name][i] for i in idx])
        denom = max(np.linalg.norm(numerical), np.linalg.norm(analytical))
        result[name] = np.linalg.norm(numerical - analytical) / denom if denom > 0 else 0.0
    return result


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _gradcheck(nn, X, Y, epsilon, max_elements=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _gradcheck(nn, X, Y, epsilon, max_elements=None)


# --------------------------------------------------------------------------- autograd
def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    return 2 * s * x1 + 2 * d * x1, 2 * s * x2 - 2 * d * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    (s.pow(2) + d.pow(2)).backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x, w, b = map(lambda v: torch.tensor(v, requires_grad=True), (x, w, b))
    y = torch.add(w * x, b)
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    data = scale * torch.randn(*shape, generator=generator)
    return _nn.Parameter(data)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [_nn.Parameter(t.clone()) for t in (W1, b1, W2, b2)]
    W1, b1, W2, b2 = params
    m = X.size(1)

    history = []
    for _ in range(num_iterations):
        # forward
        hidden = F.relu(W1 @ X + b1)
        out = torch.sigmoid(W2 @ hidden + b2)
        loss = torch.sum((out - Y) ** 2) / m
        history.append(loss.item())

        # backward
        loss.backward()

        # step
        with torch.no_grad():
            for p in params:
                p -= learning_rate * p.grad
    return history


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = F.binary_cross_entropy(model(X), Y)
    loss.backward()
    return [layer.weight.grad.abs().mean().item() for layer in model.modules() if isinstance(layer, _nn.Linear)]
