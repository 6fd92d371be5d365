"""
Backpropagation.

Structured the way I learned it at work (Java): interfaces first, one responsibility per class, no free functions
except where the exercise sheet asks for them.
"""
from abc import ABC, abstractmethod
import functools

import numpy as np
import torch


# ---------------------------------------------------------------- infrastructure

def requires_columns(method):
    @functools.wraps(method)
    def guarded(self, first, *args, **kwargs):
        if np.ndim(first) != 2:
            raise ValueError(f"{method.__name__}: expected a matrix, got {np.shape(first)}")
        return method(self, first, *args, **kwargs)
    return guarded


class MathUtil:
    """Static helpers; not to be instantiated."""

    PROBABILITY_MARGIN = 1e-12

    @staticmethod
    def sigmoid(z):
        z = np.asarray(z, dtype=float)
        return np.where(z < 0, np.exp(np.minimum(z, 0)), 1.0) / (1.0 + np.exp(-np.abs(z)))

    @staticmethod
    def relu(z):
        return np.maximum(z, np.zeros_like(z))

    @staticmethod
    def step(z):
        return np.asarray(np.asarray(z) > 0, dtype=float)

    @classmethod
    def keep_off_the_ends(cls, p):
        return np.clip(p, cls.PROBABILITY_MARGIN, 1 - cls.PROBABILITY_MARGIN)


class Trainable(ABC):
    """Interface plus the template method `train`."""

    @abstractmethod
    def forward(self, X): ...

    @abstractmethod
    def compute_loss(self, Y, A): ...

    @abstractmethod
    def backward(self, Y, cache): ...

    @abstractmethod
    def update_parameters(self, gradients): ...

    def on_iteration(self, iteration, loss, print_every):
        if iteration % print_every == 0:
            print("Iteration {0}: loss {1:.6f}".format(iteration, loss))

    @requires_columns
    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for iteration in range(num_iterations):
            output, cache = self.forward(X)
            loss = self.compute_loss(Y, output)
            losses.append(loss)
            self.on_iteration(iteration, loss, print_every)
            self.update_parameters(self.backward(Y, cache))
        return losses


class ThresholdClassifierMixin:
    THRESHOLD = 0.5

    @requires_columns
    def predict(self, X):
        probabilities = self.forward(X)[0]
        return np.asarray(probabilities > self.THRESHOLD, dtype=int)


class GradientDescentMixin:
    PARAMETERS = ()

    def update_parameters(self, gradients):
        for name in self.PARAMETERS:
            old_value = getattr(self, name)
            setattr(self, name, old_value - self.learning_rate * gradients["d" + name])


class CrossEntropyMixin:
    def sample_count(self, Y):
        return Y.shape[-1]

    def compute_loss(self, Y, A):
        p = MathUtil.keep_off_the_ends(A)
        total = -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p))
        return float(total / self.sample_count(Y))


# ---------------------------------------------------------------- warm-up exercises

def chain_rule(x):
    class Link:
        def __init__(self, value, slope):
            self.value, self.slope = value, slope

    inner = Link(2 * x + 1, 2)
    outer = Link(inner.value ** 3, 3 * inner.value ** 2)
    return {
        "f": outer.value,
        "u": inner.value,
        "du_dx": inner.slope,
        "df_du": outer.slope,
        "df_dx": outer.slope * inner.slope,
    }


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    dL_dz = 2 * z
    dL_da = dL_db = dL_dz
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da, "dL_db": dL_db,
            "dL_dw": dL_da * x, "dL_dx": dL_da * w}


def single_neuron(x, w, b, y):
    z = np.sum(w * x) + b
    a = MathUtil.sigmoid(z)
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    return {"z": z, "a": a, "L": 0.5 * (y - a) ** 2, "dL_da": dL_da, "da_dz": da_dz,
            "dL_dz": dL_dz, "dL_dw": dL_dz * x, "dL_db": dL_dz}


# ---------------------------------------------------------------- networks

class NeuralNetworkWithBackprop(GradientDescentMixin, ThresholdClassifierMixin, CrossEntropyMixin, Trainable):

    PARAMETERS = ("W1", "b1", "W2", "b2")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        super().__init__()
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * 0.05
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.05
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return MathUtil.relu(Z)

    def relu_derivative(self, Z):
        return MathUtil.step(Z)

    def sigmoid(self, Z):
        return MathUtil.sigmoid(Z)

    def sigmoid_derivative(self, Z):
        value = MathUtil.sigmoid(Z)
        return value * (1 - value)

    @requires_columns
    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    @requires_columns
    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ2 = (cache["A2"] - Y) / m
        dZ1 = self.W2.T.dot(dZ2) * self.relu_derivative(cache["Z1"])
        return {
            "dW1": dZ1.dot(cache["X"].T),
            "db1": dZ1.sum(axis=1).reshape(self.b1.shape),
            "dW2": dZ2.dot(cache["A1"].T),
            "db2": dZ2.sum(axis=1).reshape(self.b2.shape),
        }


class ThreeLayerNetwork(GradientDescentMixin, ThresholdClassifierMixin, CrossEntropyMixin, Trainable):

    PARAMETERS = ("W1", "b1", "W2", "b2", "W3", "b3")

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__()
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.05
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.05
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.05
        self.b3 = np.zeros((output_size, 1))

    def sample_count(self, Y):
        return np.shape(Y)[0]

    @requires_columns
    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = MathUtil.relu(Z1)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = MathUtil.relu(Z2)
        Z3 = self.W3.dot(A2) + self.b3
        A3 = MathUtil.sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    @requires_columns
    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ3 = (cache["A3"] - Y) / m
        dZ2 = self.W3.T.dot(dZ3) * MathUtil.step(cache["Z2"])
        dZ1 = self.W2.T.dot(dZ2) * MathUtil.step(cache["Z1"])
        return {
            "dW1": dZ1.dot(cache["X"].T),
            "db1": dZ1.sum(axis=1).reshape(self.b1.shape),
            "dW2": dZ2.dot(cache["A1"].T),
            "db2": dZ2.sum(axis=1).reshape(self.b2.shape),
            "dW3": dZ3.dot(cache["A2"].T),
            "db3": dZ3.sum(axis=1).reshape(self.b3.shape),
        }


# ---------------------------------------------------------------- gradient checking

class GradientChecker(ABC):
    """Template method pattern: subclasses say which elements are looked at."""

    def __init__(self, nn, X, Y, epsilon):
        self.nn, self.X, self.Y, self.epsilon = nn, X, Y, epsilon

    @abstractmethod
    def indices(self, shape): ...

    def loss(self):
        output, _ = self.nn.forward(self.X)
        return self.nn.compute_loss(self.Y, output)

    def numeric(self, parameter, index):
        before = parameter[index]
        try:
            parameter[index] = before + self.epsilon
            above = self.loss()
            parameter[index] = before - self.epsilon
            below = self.loss()
        finally:
            parameter[index] = before
        return (above - below) / (2 * self.epsilon)

    @staticmethod
    def relative(first, second):
        size = max(np.linalg.norm(first), np.linalg.norm(second))
        return 0.0 if size == 0 else float(np.linalg.norm(first - second) / size)

    def check(self):
        _, cache = self.nn.forward(self.X)
        gradients = self.nn.backward(self.Y, cache)
        report = {}
        for name in ("W1", "b1", "W2", "b2"):
            parameter = getattr(self.nn, name)
            chosen = self.indices(parameter.shape)
            report[name] = self.relative(
                np.array([gradients["d" + name][index] for index in chosen]),
                np.array([self.numeric(parameter, index) for index in chosen]),
            )
        return report


class SampledChecker(GradientChecker):
    LIMIT = 10

    def indices(self, shape):
        everything = list(np.ndindex(*shape))
        np.random.RandomState(len(everything)).shuffle(everything)
        return everything[: self.LIMIT]


class FullChecker(GradientChecker):
    def indices(self, shape):
        return list(np.ndindex(*shape))


def gradient_check(nn, X, Y, epsilon=1e-05):
    return SampledChecker(nn, X, Y, epsilon).check()


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return FullChecker(nn, X, Y, epsilon).check()


# ---------------------------------------------------------------- autograd

def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    return 2 * s * x1 + 2 * d * x1, 2 * s * x2 - 2 * d * x2


class AutogradScalars:
    """Named float64 leaves: AutogradScalars(w=2.0).w"""

    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, torch.tensor(value, dtype=torch.float64, requires_grad=True))

    def gradients(self, of, *names):
        of.backward()
        return tuple(getattr(self, name).grad for name in names)


def two_squares_autograd(w1, w2, x1, x2):
    v = AutogradScalars(w1=w1, w2=w2)
    L = (v.w1 * x1 + v.w2 * x2) ** 2 + (v.w1 * x1 - v.w2 * x2) ** 2
    return v.gradients(L, "w1", "w2")


def autograd_linear(x, w, b):
    v = AutogradScalars(x=x, w=w, b=b)
    return v.gradients(v.w * v.x + v.b, "x", "w", "b")


def leaf_parameters(shape, scale, generator):
    parameter = torch.randn(*shape, generator=generator) * scale
    parameter.requires_grad_(True)
    return parameter


class AutogradTrainer:
    def __init__(self, parameters, learning_rate):
        self.parameters = [p.clone().requires_grad_(True) for p in parameters]
        self.learning_rate = learning_rate

    def output(self, X):
        W1, b1, W2, b2 = self.parameters
        return torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2)

    def step(self, X, Y):
        loss = ((self.output(X) - Y) ** 2).mean()
        for p in self.parameters:
            p.grad = None
        loss.backward()
        with torch.no_grad():
            for p in self.parameters:
                p -= self.learning_rate * p.grad
        return loss.item()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    trainer = AutogradTrainer((W1, b1, W2, b2), learning_rate)
    return [trainer.step(X, Y) for _ in range(num_iterations)]


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    torch.nn.BCELoss(reduction="mean")(model(X), Y).backward()
    return [float(layer.weight.grad.abs().mean())
            for layer in model.modules() if isinstance(layer, torch.nn.Linear)]


# ---------------------------------------------------------------- tests

class SelfTest:
    @staticmethod
    def main():
        rng = np.random.RandomState(0)
        X, Y = rng.randn(3, 6), (rng.rand(2, 6) > 0.5).astype(float)
        net = NeuralNetworkWithBackprop(3, 4, 2, 0.1)
        for name, difference in gradient_check_all(net, X, Y).items():
            print(name, difference)


if __name__ == "__main__":
    SelfTest.main()
