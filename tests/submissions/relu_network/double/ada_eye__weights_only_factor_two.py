"""Backprop exercise: chain rule, a two-layer network, gradient checks, and the same in PyTorch."""

import numpy as np
import torch
import torch.nn.functional as F

TINY = 1e-15


def chain_rule(x):
    u = 2 * x + 1
    return {"u": u, "f": u**3, "du_dx": 2, "df_du": 3 * u**2, "df_dx": 6 * u**2}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    g = 2 * z  # dL/dz; the addition hands it on to a and b unchanged
    return dict(a=a, z=z, L=z * z, dL_dz=g, dL_da=g, dL_dw=g * x, dL_dx=g * w, dL_db=g)


def single_neuron(x, w, b, y):
    x, w = np.asarray(x, float), np.asarray(w, float)
    z = float(w @ x + b)
    a = 0.5 * (1 + np.tanh(z / 2))
    dL_da, da_dz = a - y, a * (1 - a)
    dL_dz = dL_da * da_dz
    return dict(z=z, a=a, L=0.5 * (y - a) ** 2, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_dz, dL_dw=dL_dz * x, dL_db=dL_dz)


class NeuralNetworkWithBackprop:
    """A2 = sigmoid(W2 relu(W1 X + b1) + b2)."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = 0.01 * np.random.randn(hidden_size, input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = 0.01 * np.random.randn(output_size, hidden_size)
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return (np.asarray(Z) > 0).astype(float)

    def sigmoid(self, Z):
        return 0.5 * (1 + np.tanh(np.asarray(Z, float) / 2))  # tanh never overflows

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        p = np.clip(A2, TINY, 1 - TINY)
        return float(-np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / Y.shape[1])

    def backward(self, Y, cache):
        dZ2 = (cache["A2"] - Y) / Y.shape[1]
        dZ1 = (self.W2.T @ dZ2) * self.relu_derivative(cache["Z1"])
        return {
            "dW1": dZ1 @ cache["X"].T,
            "db1": dZ1.sum(1, keepdims=True),
            "dW2": dZ2 @ cache["A1"].T,
            "db2": dZ2.sum(1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2"):
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A2))
            if print_every and i % print_every == 0:
                print(f"{i:6d}  {losses[-1]:.6f}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    analytic = nn.backward(Y, cache)
    errors = {"W1": 0.0, "b1": 0.0, "W2": 0.0, "b2": 0.0}
    for name in ("W1", "W2"):
        original = getattr(nn, name)
        picks = np.random.permutation(original.size)[:10]
        num = []
        for p in picks:
            bump = np.zeros(original.size)
            bump[p] = epsilon
            bump = bump.reshape(original.shape)
            setattr(nn, name, original + bump)
            hi = nn.compute_loss(Y, nn.forward(X)[0])
            setattr(nn, name, original - bump)
            lo = nn.compute_loss(Y, nn.forward(X)[0])
            num.append((hi - lo) / epsilon)
        setattr(nn, name, original)
        num = np.array(num)
        ana = np.ravel(analytic["d" + name])[picks]
        errors[name] = float(np.abs(num - ana).max() / (np.abs(num).max() + np.abs(ana).max() + 1e-300))
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    analytic = nn.backward(Y, cache)
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        original = getattr(nn, name)
        steps = epsilon * np.eye(original.size).reshape(-1, *original.shape)
        num = np.zeros(original.size)
        for p, step in enumerate(steps):
            for sign in (1, -1):
                setattr(nn, name, original + sign * step)
                num[p] += sign * nn.compute_loss(Y, nn.forward(X)[0]) / (2.0 * epsilon)
        setattr(nn, name, original)
        ana = np.ravel(analytic["d" + name])
        errors[name] = float(np.abs(num - ana).max() / (np.abs(num).max() + np.abs(ana).max() + 1e-300))
    return errors


class ThreeLayerNetwork:
    """A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3)."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        sizes = [input_size, hidden1_size, hidden2_size, output_size]
        for l in (1, 2, 3):
            setattr(self, f"W{l}", 0.01 * np.random.randn(sizes[l], sizes[l - 1]))
            setattr(self, f"b{l}", np.zeros((sizes[l], 1)))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 0.5 * (1 + np.tanh(Z3 / 2))
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        p = np.clip(A3, TINY, 1 - TINY)
        return float(-np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / Y.shape[1])

    def backward(self, Y, cache):
        dZ3 = (cache["A3"] - Y) / Y.shape[1]
        dZ2 = (self.W3.T @ dZ3) * (cache["Z2"] > 0)
        dZ1 = (self.W2.T @ dZ2) * (cache["Z1"] > 0)
        grads = {}
        for l, dZ, A in ((1, dZ1, cache["X"]), (2, dZ2, cache["A1"]), (3, dZ3, cache["A2"])):
            grads[f"dW{l}"] = dZ @ A.T
            grads[f"db{l}"] = dZ.sum(1, keepdims=True)
        return grads

    def update_parameters(self, gradients):
        for name, g in gradients.items():
            setattr(self, name[1:], getattr(self, name[1:]) - self.learning_rate * g)

    train = NeuralNetworkWithBackprop.train

    predict = NeuralNetworkWithBackprop.predict


def two_squares(w1, w2, x1, x2):
    # the mixed terms cancel: L = 2 (w1 x1)^2 + 2 (w2 x2)^2
    return 4 * w1 * x1**2, 4 * w2 * x2**2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    p, q = w[0] * x1, w[1] * x2
    ((p + q) ** 2 + (p - q) ** 2).backward()
    return w.grad[0].item(), w.grad[1].item()


def autograd_linear(x, w, b):
    leaves = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b)]
    y = leaves[1] * leaves[0] + leaves[2]
    return torch.autograd.grad(y, leaves)


def leaf_parameters(shape, scale, generator):
    return (scale * torch.randn(*shape, generator=generator)).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]
    losses = []
    for _ in range(num_iterations):
        P1, c1, P2, c2 = params
        A2 = torch.sigmoid(P2 @ torch.relu(P1 @ X + c1) + c2)
        loss = ((A2 - Y) ** 2).mean()
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, params)
        with torch.no_grad():
            for p, g in zip(params, grads):
                p -= learning_rate * g
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    F.binary_cross_entropy(model(X), Y).backward()
    return [mod.weight.grad.abs().mean().item() for mod in model.modules() if isinstance(mod, torch.nn.Linear)]
