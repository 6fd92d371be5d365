"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd.

NumPy, one sample a column; PyTorch where a docstring says so. Sizes: m samples, n inputs, h hidden units, k outputs.
The loss is the binary cross-entropy, summed over the outputs and averaged over the samples, unless another is named.
"""

from __future__ import annotations

import typing as t

import numpy as np
import torch

Array = np.ndarray


def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link: u = 2x + 1, f = u^3."""
    u: float = 2 * x + 1
    return {
        "u": u,
        "f": u**3,
        "du_dx": 2,
        "df_du": 3 * u**2,
        "df_dx": (3 * u**2) * 2,
    }


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2: its values forward, its derivatives backward."""
    a: float = w * x
    z: float = a + b
    dL_dz: float = 2 * z
    return {
        "a": a,
        "z": z,
        "L": z**2,
        "dL_dz": dL_dz,
        "dL_da": dL_dz,
        "dL_dw": dL_dz * x,
        "dL_dx": dL_dz * w,
        "dL_db": dL_dz,
    }


def single_neuron(x, w, b, y):
    """One neuron with a sigmoid and its gradients: z = w·x + b, a = sigmoid(z), L = ½ (y - a)^2."""
    z: float = np.dot(w, x) + b
    a: float = 1 / (1 + np.exp(-z))
    dL_da: float = y - a
    da_dz: float = a * (1 - a)
    dL_dz: float = dL_da * da_dz
    return {
        "z": z,
        "a": a,
        "L": (y - a) ** 2,
        "dL_da": dL_da,
        "da_dz": da_dz,
        "dL_dz": dL_dz,
        "dL_db": dL_dz,
        "dL_dw": dL_dz * x,
    }


class NeuralNetworkWithBackprop:
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2), one sample a column."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        self.learning_rate: float = learning_rate
        self.W1: Array = np.random.normal(
            loc=0.0,
            scale=0.1,
            size=(hidden_size, input_size),
        )
        self.b1: Array = np.zeros((hidden_size, 1))
        self.W2: Array = np.random.normal(
            loc=0.0,
            scale=0.1,
            size=(output_size, hidden_size),
        )
        self.b2: Array = np.zeros((output_size, 1))

    def relu(self, Z):
        """The rectified linear unit max(0, Z), element by element."""
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        """The derivative of the rectified linear unit at Z."""
        return np.where(
            np.asarray(Z) > 0,
            1.0,
            0.0,
        )

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element."""
        clipped: Array = np.clip(Z, -500, 500)
        return 1 / (1 + np.exp(-clipped))

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z."""
        s: Array = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        """The forward pass."""
        Z1: Array = self.W1 @ X + self.b1
        A1: Array = self.relu(Z1)
        Z2: Array = self.W2 @ A1 + self.b2
        A2: Array = self.sigmoid(Z2)
        return A2, {
            "X": X,
            "Z1": Z1,
            "A1": A1,
            "Z2": Z2,
            "A2": A2,
        }

    def compute_loss(self, Y, A2):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        p: Array = np.clip(A2, 1e-12, 1 - 1e-12)
        return -np.sum(
            Y * np.log(p)
            + (1 - Y) * np.log(1 - p)
        ) / Y.shape[1]

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        m: int = Y.shape[1]
        dZ2: Array = (cache["A2"] - Y) / m
        dZ1: Array = (
            self.W2.T
            @ dZ2
            * self.relu_derivative(cache["Z1"])
        )
        return {
            "dW1": dZ1 @ cache["X"].T,
            "db1": dZ1.sum(axis=1, keepdims=True),
            "dW2": dZ2 @ cache["A1"].T,
            "db2": dZ2.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network."""
        for name in ("W1", "b1", "W2", "b2"):
            value: Array = getattr(self, name)
            setattr(
                self,
                name,
                value - self.learning_rate * gradients[f"d{name}"],
            )

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        losses: list[float] = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            losses.append(float(self.compute_loss(Y, A2)))
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"{i}: {losses[-1]:.6f}")
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        A2, _ = self.forward(X)
        return (A2 > 0.5).astype(int)


Position = t.Tuple[int, ...]


def _numeric_gradient(
    nn: t.Any,
    X: Array,
    Y: Array,
    name: str,
    positions: t.List[Position],
    epsilon: float,
) -> Array:
    parameter: Array = getattr(nn, name)
    slopes: t.List[float] = []
    for position in positions:
        before = parameter[position]
        parameter[position] = before + epsilon
        plus = nn.compute_loss(Y, nn.forward(X)[0])
        parameter[position] = before - epsilon
        minus = nn.compute_loss(Y, nn.forward(X)[0])
        parameter[position] = before
        slopes.append((plus - minus) / (2 * epsilon))
    return np.array(slopes)


def _compare(
    nn: t.Any,
    X: Array,
    Y: Array,
    epsilon: float,
    limit: t.Optional[int],
) -> t.Dict[str, float]:
    gradients = nn.backward(Y, nn.forward(X)[1])
    result: t.Dict[str, float] = {}
    for name in ("W1", "b1", "W2", "b2"):
        positions = list(np.ndindex(getattr(nn, name).shape))[:limit]
        numeric = _numeric_gradient(nn, X, Y, name, positions, epsilon)
        analytic = np.array([gradients[f"d{name}"][q] for q in positions])
        size = np.linalg.norm(numeric) + np.linalg.norm(analytic)
        result[name] = (
            float(np.linalg.norm(numeric - analytic) / size)
            if size > 0
            else 0.0
        )
    return result


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on up to ten elements of each parameter."""
    return _compare(
        nn,
        X,
        Y,
        epsilon,
        limit=10,
    )


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on every element of each parameter."""
    return _compare(
        nn,
        X,
        Y,
        epsilon,
        limit=None,
    )


class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3), one sample a column."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        self.learning_rate: float = learning_rate
        self.W1: Array = np.random.normal(scale=0.1, size=(hidden1_size, input_size))
        self.b1: Array = np.zeros((hidden1_size, 1))
        self.W2: Array = np.random.normal(scale=0.1, size=(hidden2_size, hidden1_size))
        self.b2: Array = np.zeros((hidden2_size, 1))
        self.W3: Array = np.random.normal(scale=0.1, size=(output_size, hidden2_size))
        self.b3: Array = np.zeros((output_size, 1))

    def forward(self, X):
        """The forward pass."""
        Z1: Array = self.W1 @ X + self.b1
        A1: Array = np.maximum(Z1, 0)
        Z2: Array = self.W2 @ A1 + self.b2
        A2: Array = np.maximum(Z2, 0)
        Z3: Array = self.W3 @ A2 + self.b3
        A3: Array = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {
            "X": X,
            "Z1": Z1,
            "A1": A1,
            "Z2": Z2,
            "A2": A2,
            "Z3": Z3,
            "A3": A3,
        }

    def compute_loss(self, Y, A3):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        p: Array = np.clip(A3, 1e-12, 1 - 1e-12)
        return -np.sum(
            Y * np.log(p)
            + (1 - Y) * np.log(1 - p)
        ) / Y.shape[1]

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        m: int = Y.shape[1]
        dZ3: Array = (cache["A3"] - Y) / m
        dZ2: Array = self.W3.T @ dZ3 * (cache["Z2"] > 0)
        dZ1: Array = self.W2.T @ dZ2 * (cache["Z1"] > 0)
        return {
            "dW1": dZ1 @ cache["X"].T,
            "db1": dZ1.sum(axis=1, keepdims=True),
            "dW2": dZ2 @ cache["A1"].T,
            "db2": dZ2.sum(axis=1, keepdims=True),
            "dW3": dZ3 @ cache["A2"].T,
            "db3": dZ3.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters."""
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            value: Array = getattr(self, name)
            setattr(
                self,
                name,
                value - self.learning_rate * gradients[f"d{name}"],
            )

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        losses: list[float] = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(float(self.compute_loss(Y, A3)))
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"{i}: {losses[-1]:.6f}")
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        A3, _ = self.forward(X)
        return (A3 > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    """The derivatives of L = (w1 x1 + w2 x2)^2 + (w1 x1 - w2 x2)^2 with respect to w1 and w2, by hand."""
    plus: float = w1 * x1 + w2 * x2
    minus: float = w1 * x1 - w2 * x2
    return (
        2 * plus * x1 + 2 * minus * x1,
        2 * plus * x2 - 2 * minus * x2,
    )


def two_squares_autograd(w1, w2, x1, x2):
    """The same two derivatives as two_squares, taken by PyTorch's autograd."""
    v1 = torch.tensor(w1, requires_grad=True)
    v2 = torch.tensor(w2, requires_grad=True)
    loss = (
        (v1 * x1 + v2 * x2) ** 2
        + (v1 * x1 - v2 * x2) ** 2
    )
    loss.backward()
    return v1.grad, v2.grad


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd."""
    vx = torch.tensor(x, requires_grad=True)
    vw = torch.tensor(w, requires_grad=True)
    vb = torch.tensor(b, requires_grad=True)
    (vw * vx + vb).backward()
    return vx.grad, vw.grad, vb.grad


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch."""
    return (
        torch.randn(*shape, generator=generator)
        .mul(scale)
        .requires_grad_(True)
    )


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    """Trains the network of NeuralNetworkWithBackprop on the mean squared error, through PyTorch's autograd."""
    parameters = [
        p.clone().requires_grad_(True)
        for p in (W1, b1, W2, b2)
    ]
    losses: list[float] = []
    for _ in range(num_iterations):
        V1, c1, V2, c2 = parameters
        A2 = torch.sigmoid(
            V2 @ torch.relu(V1 @ X + c1) + c2
        )
        loss = torch.mean((A2 - Y) ** 2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in parameters:
                p -= learning_rate * p.grad
                p.grad = None
    return losses


def gradient_flow(model, X, Y):
    """How large the gradients are that reach each layer of a PyTorch model."""
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(
        model(X),
        Y,
    )
    loss.backward()
    return [
        module.weight.grad.abs().mean().item()
        for module in model.modules()
        if isinstance(module, torch.nn.Linear)
    ]
