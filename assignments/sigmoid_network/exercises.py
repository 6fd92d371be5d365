"""Pack 1: a network with sigmoids and the mean squared error, from the sigmoid to training."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.packs import Case, Pack, Tolerance, unpacked
from grader.packs.experiments import starts_anew

pack = Pack(
    "sigmoid_network",
    title="Programming backpropagation: a sigmoid network",
    reference="reference.sigmoid_network",
    twin="reference.sigmoid_network_autograd",
    seed=20261,
    axes={"X": "m n", "y": "m k", "y_pred": "m k", "y_true": "m k", "W1": "n h"},
)

# The sigmoid's own digits matter where it is asked for by itself; beyond |x| = 15 what is left of them is rounding
# (s (1 - s) is off by 4e-6 of itself at 25 and by all of it at 37), so there the absolute error counts.
NEAR = Tolerance(float32="typed")
FAR = Tolerance(rtol=0.0, norm=0.0, atol=1e-8, float32="typed")

PARAMETERS = ("W1", "b1", "W2", "b2")
GRADIENTS = ("dW1", "db1", "dW2", "db2")


def activation_inputs(rng: np.random.Generator) -> list[Case]:
    return [
        Case("five numbers", x=np.array([-2.0, -1.0, 0.5, 1.0, 2.0]), weight=2),
        Case("a single number", x=0.75),
        Case("whole numbers", x=np.array([-3, -1, 2, 4])),
        Case("a 3 by 4 array", x=rng.uniform(-5, 5, size=(3, 4)), weight=2),
        Case(
            "far from zero",
            x=np.array([-1000.0, -40.0, -20.0, 20.0, 40.0, 1000.0]),
            tolerance=FAR,
            kinked=True,
            weight=2,
        ),
        Case("three axes", x=rng.uniform(-5, 5, size=(2, 3, 4)), weight=2, hidden=True),
    ]


@pack.exercise(points=1, cases=activation_inputs, tolerance=NEAR)
def sigmoid(student: Any, case: Case) -> dict[str, Any]:
    """The sigmoid."""
    return {"sigmoid(x)": student.sigmoid(case.x)}


@pack.exercise(points=1, cases=activation_inputs, tolerance=NEAR, needs=["sigmoid"])
def sigmoid_derivative(student: Any, case: Case) -> dict[str, Any]:
    """The derivative of the sigmoid, of the pre-activation."""
    return {"sigmoid_derivative(x)": student.sigmoid_derivative(case.x)}


@sigmoid_derivative.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    """your own sigmoid"""
    return {"sigmoid_derivative(x)": (lambda x: np.sum(student.sigmoid(x)), case.x)}


def away_from_zero(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """Of both signs, and at least a tenth from the kink at zero."""
    return np.asarray(rng.uniform(0.1, 3, size=shape) * rng.choice([-1.0, 1.0], size=shape))


def relu_inputs(rng: np.random.Generator) -> list[Case]:
    return [
        Case("five numbers", x=np.array([-2.0, -0.5, 0.5, 1.5, 3.0]), weight=2),
        Case("whole numbers", x=np.array([-3, -1, 2, 4]), weight=2),
        Case("a 3 by 4 array", x=away_from_zero(rng, (3, 4)), weight=2),
        Case("three axes", x=away_from_zero(rng, (2, 3, 4)), weight=3, hidden=True),
        # Where the kink is: a convention, so a tenth of the exercise.
        Case("exactly zero", x=np.array([-1.0, 0.0, 2.0]), weight=1, kinked=True),
    ]


@pack.exercise(points=1, cases=relu_inputs, integers=True)
def relu(student: Any, case: Case) -> dict[str, Any]:
    """The rectified linear unit."""
    return {"relu(x)": student.relu(case.x)}


@pack.exercise(points=1, cases=relu_inputs)
def relu_derivative(student: Any, case: Case) -> dict[str, Any]:
    """The derivative of the rectified linear unit."""
    return {"relu_derivative(x)": student.relu_derivative(case.x)}


@relu_derivative.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    """your own relu"""
    return {"relu_derivative(x)": (lambda x: np.sum(student.relu(x)), np.asarray(case.x, float))}


def predictions(rng: np.random.Generator) -> list[Case]:
    """Distinct sizes: m = 1 hides a missing 1/m, k = 1 hides the difference between m and m k."""

    def pair(m: int, k: int) -> dict[str, Any]:
        return {"y_pred": rng.uniform(0.05, 0.95, size=(m, k)), "y_true": rng.uniform(0.0, 1.0, size=(m, k))}

    return [
        Case("two samples", y_pred=np.array([[0.8], [0.3]]), y_true=np.array([[1.0], [0.5]])),
        Case("two outputs", y_pred=np.array([[0.8, 0.1], [0.3, 0.4], [0.9, 0.2]]), y_true=np.eye(3)[:, :2], weight=2),
        Case("a single sample", **pair(1, 4)),
        Case("seven samples, three outputs", **pair(7, 3), weight=3),
        Case("five samples, four outputs", **pair(5, 4), weight=3, hidden=True),
    ]


@pack.exercise(points=2, cases=predictions)
def mse_loss(student: Any, case: Case) -> dict[str, Any]:
    """The mean squared error."""
    return {"mse_loss": student.mse_loss(case.y_pred, case.y_true)}


@pack.exercise(points=2, cases=predictions)
def mse_loss_derivative(student: Any, case: Case) -> dict[str, Any]:
    """The derivative of the mean squared error."""
    return {"mse_loss_derivative": student.mse_loss_derivative(case.y_pred, case.y_true)}


@mse_loss_derivative.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    """your own mse_loss"""
    return {"mse_loss_derivative": (lambda p: student.mse_loss(p, case.y_true), case.y_pred)}


def network(rng: np.random.Generator, m: int, n: int, h: int, k: int) -> dict[str, Any]:
    """Sizes, data and parameters: biases that are not zero, targets that vary, outputs that are not saturated."""
    return {
        "n": n,
        "h": h,
        "k": k,
        "X": rng.normal(size=(m, n)),
        "y": rng.uniform(0.0, 1.0, size=(m, k)),
        "W1": rng.normal(size=(n, h)),
        "b1": rng.normal(size=(1, h)),
        "W2": rng.normal(size=(h, k)),
        "b2": rng.normal(size=(1, k)),
    }


def small() -> dict[str, Any]:
    """Numbers that can be followed by hand."""
    return {
        "n": 2,
        "h": 3,
        "k": 1,
        "X": np.array([[1.0, 0.5], [-1.0, 2.0]]),
        "y": np.array([[1.0], [0.0]]),
        "W1": np.array([[0.5, -0.3, 0.8], [0.2, 0.7, -0.4]]),
        "b1": np.array([[0.1, -0.2, 0.3]]),
        "W2": np.array([[0.6], [-0.9], [0.4]]),
        "b2": np.array([[0.2]]),
    }


def build(student: Any, case: Case, **more: Any) -> Any:
    """The implementation's network with the case's parameters."""
    net = student.SimpleNeuralNetwork(case.n, case.h, case.k, **more)
    for name in PARAMETERS:
        setattr(net, name, getattr(case, name))
    return net


def forward_cases(rng: np.random.Generator) -> list[Case]:
    batch = network(rng, 7, 4, 5, 3)
    return [
        Case("a new network", ask="shapes", n=4, h=5, k=3),
        Case("two samples", ask="output", **small()),
        Case("a batch of seven", ask="output", weight=2, **batch),
        Case("a batch of seven: z1, a1, z2 and a2 are kept", ask="kept", weight=2, **batch),
        Case("a single sample", ask="output", **network(rng, 1, 3, 4, 2)),
        Case("all sizes three", ask="output", **network(rng, 3, 3, 3, 3)),
        Case("a batch of six", ask="output", weight=2, hidden=True, **network(rng, 6, 3, 4, 2)),
    ]


@pack.exercise(points=3, cases=forward_cases, needs=["sigmoid"])
def forward(student: Any, case: Case) -> dict[str, Any]:
    """The forward pass."""
    if case.ask == "shapes":
        net = student.SimpleNeuralNetwork(case.n, case.h, case.k)
        made = {name: getattr(net, name) for name in PARAMETERS}
        return {name: np.zeros(np.asarray(value).shape) for name, value in made.items()}  # their shapes alone
    net = build(student, case)
    output = net.forward(case.X)
    return {"a2": output} if case.ask == "output" else {name: getattr(net, name) for name in ("z1", "a1", "z2", "a2")}


def backward_cases(rng: np.random.Generator) -> list[Case]:
    batch = network(rng, 7, 4, 5, 3)
    return [
        Case("two samples", again=False, **small()),
        Case("a batch of seven", again=False, **batch),
        Case("a single sample", again=False, **network(rng, 1, 3, 4, 2)),
        Case("three samples, hidden units and outputs", again=False, **network(rng, 3, 5, 3, 3)),
        Case("as many hidden units as outputs", again=False, **network(rng, 7, 5, 3, 3)),
        Case("asked twice", again=True, **network(rng, 7, 5, 4, 3)),
        Case("a batch of six", again=False, weight=2, hidden=True, **network(rng, 6, 2, 5, 4)),
    ]


@pack.exercise(
    points=8, cases=backward_cases, needs=["sigmoid", "sigmoid_derivative", "mse_loss_derivative", "forward"]
)
def backward(student: Any, case: Case) -> dict[str, Any]:
    """The backward pass."""
    net = build(student, case)
    y_pred = net.forward(case.X)
    if case.again:
        net.backward(case.X, case.y, y_pred)
    return unpacked(net.backward(case.X, case.y, y_pred), *GRADIENTS)


@backward.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    """your own loss, after your own forward pass"""
    net = build(student, case)

    def loss_of(name: str) -> Callable[[Any], Any]:
        def loss(value: Any) -> Any:
            setattr(net, name, value)
            result = student.mse_loss(net.forward(case.X), case.y)
            setattr(net, name, getattr(case, name))
            return result

        return loss

    return {f"d{name}": (loss_of(name), getattr(case, name)) for name in PARAMETERS}


def update_cases(rng: np.random.Generator) -> list[Case]:
    def step(rate: float, n: int, h: int, k: int) -> dict[str, Any]:
        case = network(rng, 1, n, h, k)
        gradients = {f"d{name}": rng.normal(size=case[name].shape) for name in PARAMETERS}
        return {**case, **gradients, "learning_rate": rate}

    return [
        Case("one step", steps=1, **step(0.5, 2, 3, 1)),
        Case("another learning rate", steps=1, **step(0.03, 4, 5, 3)),
        Case("two steps", steps=2, hidden=True, **step(0.2, 3, 4, 2)),
    ]


@pack.exercise(points=3, cases=update_cases, may_change=PARAMETERS)
def update_weights(student: Any, case: Case) -> dict[str, Any]:
    """The update of the parameters."""
    net = build(student, case, learning_rate=case.learning_rate)
    for _ in range(case.steps):
        net.update_weights(*(getattr(case, name) for name in GRADIENTS))
    return {name: getattr(net, name) for name in PARAMETERS}


def training_cases(rng: np.random.Generator) -> list[Case]:
    # Large steps, so that gradients taken from weights of another moment show.
    xor = {
        **network(rng, 4, 2, 4, 1),
        "X": np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]),
        "y": np.array([[0.0], [1.0], [1.0], [0.0]]),
    }
    return [
        Case("two epochs", epochs=2, learning_rate=0.5, **small()),
        Case("exclusive or, five epochs", epochs=5, learning_rate=2.0, weight=2, **xor),
        Case("seven samples, three outputs, four epochs", epochs=4, learning_rate=3.0, **network(rng, 7, 4, 5, 3)),
        Case("a batch of six, five epochs", epochs=5, learning_rate=2.5, hidden=True, **network(rng, 6, 3, 4, 2)),
    ]


@pack.exercise(
    points=5,
    cases=training_cases,
    may_change=PARAMETERS,
    needs=["sigmoid", "sigmoid_derivative", "mse_loss", "mse_loss_derivative", "forward", "backward", "update_weights"],
)
def train(student: Any, case: Case) -> dict[str, Any]:
    """Training: the losses, epoch by epoch, and where the parameters end."""
    net = build(student, case, learning_rate=case.learning_rate)
    losses = net.train(case.X, case.y, epochs=case.epochs)
    return {"losses": losses, **{name: getattr(net, name) for name in PARAMETERS}}


starts_anew(train, rate="learning_rate")


def coupled(a: Sequence[float] | np.ndarray[Any, Any]) -> Callable[[Any], float]:
    """A smooth function whose elements meet: neither linear nor quadratic, nor a sum of functions of one element."""
    weights = np.asarray(a, float)

    def f(x: Any) -> float:
        x = np.asarray(x)
        if x.shape != weights.shape:
            raise ValueError(f"f takes an array of shape {weights.shape}, not {x.shape}")
        return float(np.sin(2 * np.sum(weights * x)) + np.sum(weights * x**3) + np.sum(x) ** 3 / 5)

    return f


def points_of(rng: np.random.Generator, *shape: int) -> dict[str, Any]:
    return {"f": coupled(rng.uniform(0.5, 1.5, size=shape)), "x": rng.uniform(-1.5, 1.5, size=shape)}


def gradient_cases(rng: np.random.Generator) -> list[Case]:
    return [
        Case("three numbers", f=coupled([1.0, -0.5, 2.0]), x=np.array([0.5, -1.0, 1.5]), weight=2),
        Case("a 2 by 3 array", weight=3, **points_of(rng, 2, 3)),
        Case("whole numbers", f=coupled([1.0, -0.5, 2.0]), x=np.array([1, -2, 3])),
        Case("float32", f=coupled([0.7, 1.2]), x=np.array([0.5, -1.25], np.float32)),
        Case("three axes", weight=3, hidden=True, **points_of(rng, 2, 2, 3)),
    ]


@pack.exercise(
    points=3, cases=gradient_cases, tolerance=Tolerance(rtol=0.0, norm=1e-7, float32="never"), agreement=1e-8
)
def numerical_gradient(student: Any, case: Case) -> dict[str, Any]:
    """The numerical gradient by central differences."""
    return {"numerical_gradient": student.numerical_gradient(case.f, case.x)}


@numerical_gradient.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    return {"numerical_gradient": (case.f, np.asarray(case.x, float))}
