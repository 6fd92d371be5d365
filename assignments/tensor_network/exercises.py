"""Pack 3: tensors without autograd, and the same training through it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.judging.compare import Fact
from grader.packs import Case, Pack, Tolerance, plain, unpacked

pack = Pack(
    "tensor_network",
    title="A network from scratch, with tensors",
    reference="reference.tensor_network",
    twin="reference.tensor_network_autograd",
    seed=20263,
    axes={"X": "m n", "y": "m k", "y_pred": "m k", "W1": "n h"},
    modules=["torch"],
)

# The sigmoid's own digits matter where it is asked for by itself; beyond |x| = 15 what is left of them is rounding,
# so there the absolute error counts.
NEAR = Tolerance(float32="typed")
FAR = Tolerance(rtol=0.0, norm=0.0, atol=1e-8, float32="typed")
# Training by hand and through autograd go the same way: both are measured with this against one reference.
SAME_WAY = Tolerance(rtol=1e-10, norm=1e-10)

PARAMETERS = ("W1", "b1", "W2", "b2")
GRADIENTS = ("dW1", "db1", "dW2", "db2")

Array = np.ndarray[Any, Any]


def tensors(student: Any, case: Case, *names: str) -> list[Any]:
    """Fields of the case as tensors beside the implementation."""
    return [student.torch.tensor(getattr(case, name)) for name in names]


def pre_activations(rng: np.random.Generator) -> list[Case]:
    return [
        Case("five numbers", x=np.array([-2.0, -1.0, 0.5, 1.0, 2.0]), weight=2),
        Case("five numbers in float32", x=np.array([-2.0, -1.0, 0.5, 1.0, 2.0], np.float32)),
        Case("a 3 by 4 tensor", x=rng.uniform(-5, 5, size=(3, 4)), weight=2),
        Case(
            "far from zero",
            x=np.array([-1000.0, -40.0, -20.0, 20.0, 40.0, 1000.0]),
            tolerance=FAR,
            kinked=True,
            weight=2,
        ),
        Case("three axes", x=rng.uniform(-5, 5, size=(2, 3, 4)), weight=2, hidden=True),
    ]


@pack.exercise(points=1, cases=pre_activations, tolerance=NEAR)
def sigmoid(student: Any, case: Case) -> dict[str, Any]:
    """The sigmoid."""
    return {"sigmoid(x)": student.sigmoid(*tensors(student, case, "x"))}


@sigmoid.backwards
def _(reference: Any, upstream: Any, x: Any) -> dict[str, Any]:
    return {"x": upstream * reference.sigmoid_derivative(reference.sigmoid(x))}


def activations(rng: np.random.Generator) -> list[Case]:
    return [
        Case("five activations", x=np.array([0.1, 0.25, 0.5, 0.75, 0.9]), weight=2),
        Case("five activations in float32", x=np.array([0.1, 0.25, 0.5, 0.75, 0.9], np.float32)),
        Case("a 3 by 4 tensor", x=rng.uniform(0.01, 0.99, size=(3, 4)), weight=2),
        Case("saturated", x=np.array([0.0, 1.0, 0.5]), kinked=True),
        Case("three axes", x=rng.uniform(0.01, 0.99, size=(2, 3, 4)), weight=2, hidden=True),
    ]


@pack.exercise(points=1, cases=activations, tolerance=NEAR)
def sigmoid_derivative(student: Any, case: Case) -> dict[str, Any]:
    """The derivative of the sigmoid, of the activation."""
    return {"sigmoid_derivative(a)": student.sigmoid_derivative(*tensors(student, case, "x"))}


@sigmoid_derivative.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    a = np.asarray(case.x, np.float64)
    return {"sigmoid_derivative(a)": (lambda z: np.sum(student.sigmoid(z)), np.log(a / (1 - a)))}


def network(rng: np.random.Generator, m: int, n: int, h: int, k: int, dtype: Any = np.float64) -> dict[str, Any]:
    """Data and parameters: biases that are not zero, targets that vary, outputs that are not saturated."""
    drawn = {
        "X": rng.normal(size=(m, n)),
        "y": rng.uniform(0.0, 1.0, size=(m, k)),
        "W1": rng.normal(size=(n, h)),
        "b1": rng.normal(size=h),
        "W2": rng.normal(size=(h, k)),
        "b2": rng.normal(size=k),
    }
    return {name: value.astype(dtype) for name, value in drawn.items()}


def small() -> dict[str, Any]:
    """Numbers that can be followed by hand; no pre-activation is 0, where autograd goes another way through |z|."""
    return {
        "X": np.array([[1.0, 0.5], [-1.0, 1.5]]),
        "y": np.array([[1.0], [0.0]]),
        "W1": np.array([[0.5, -0.3, 0.8], [0.2, 0.7, -0.4]]),
        "b1": np.array([0.1, -0.2, 0.3]),
        "W2": np.array([[0.6], [-0.9], [0.4]]),
        "b2": np.array([0.2]),
    }


def networks(rng: np.random.Generator) -> list[Case]:
    return [
        Case("two samples", **small()),
        Case("a batch of seven", weight=2, **network(rng, 7, 4, 5, 3)),
        Case("a single sample", **network(rng, 1, 3, 4, 2)),
        Case("all sizes three", **network(rng, 3, 3, 3, 3)),
        Case("a batch of seven in float32", **network(rng, 7, 4, 5, 3, np.float32)),
        Case("a batch of six", weight=2, hidden=True, **network(rng, 6, 2, 5, 4)),
    ]


@pack.exercise(points=3, cases=networks, needs=["sigmoid"])
def forward_pass(student: Any, case: Case) -> dict[str, Any]:
    """The forward pass."""
    return unpacked(student.forward_pass(*tensors(student, case, "X", *PARAMETERS)), "y_pred", "h", "z1", "z2")


@forward_pass.backwards
def _(reference: Any, upstream: Any, **arguments: Any) -> dict[str, Any]:
    """z2 = h W2 + b2 and h = s(z1) have gradients of their own beside those that come through y_pred = s(z2)."""
    X, W1, b1, W2, b2 = (np.asarray(arguments[name], np.float64) for name in ("X", *PARAMETERS))
    dy_pred, dh, dz1, dz2 = (np.asarray(gradient, np.float64) for gradient in upstream)
    y_pred, h, _, _ = reference.forward_pass(X, W1, b1, W2, b2)
    dz2 = dz2 + dy_pred * reference.sigmoid_derivative(y_pred)
    dz1 = dz1 + (dh + dz2 @ W2.T) * reference.sigmoid_derivative(h)
    return {"X": dz1 @ W1.T, "W1": X.T @ dz1, "b1": dz1.sum(0), "W2": h.T @ dz2, "b2": dz2.sum(0)}


def predictions(rng: np.random.Generator) -> list[Case]:
    """Distinct sizes: m = 1 hides a missing 1/m, k = 1 hides the difference between m and m k."""

    def pair(m: int, k: int) -> dict[str, Any]:
        return {"y_pred": rng.uniform(0.05, 0.95, size=(m, k)), "y": rng.uniform(0.0, 1.0, size=(m, k))}

    return [
        Case("two samples", y_pred=np.array([[0.8], [0.3]]), y=np.array([[1.0], [0.5]])),
        Case("two outputs", y_pred=np.array([[0.8, 0.1], [0.3, 0.4], [0.9, 0.2]]), y=np.eye(3)[:, :2], weight=2),
        Case("a single sample", **pair(1, 4)),
        Case("seven samples, three outputs", **pair(7, 3), weight=3),
        Case("five samples, four outputs", **pair(5, 4), weight=3, hidden=True),
    ]


@pack.exercise(points=2, cases=predictions)
def compute_loss(student: Any, case: Case) -> dict[str, Any]:
    """The mean squared error."""
    return {"compute_loss": single(student.compute_loss(*tensors(student, case, "y_pred", "y")))}


def single(value: Any) -> Any:
    """A number, where a tensor of one element stands for it, whatever its axes."""
    value = plain(value)
    return value.reshape(()) if isinstance(value, np.ndarray) and value.size == 1 else value


@compute_loss.backwards
def _(reference: Any, upstream: Any, y_pred: Any, y: Any) -> dict[str, Any]:
    difference = np.asarray(y_pred, np.float64) - np.asarray(y, np.float64)
    gradient = upstream * 2 * difference / difference.size
    return {"y_pred": gradient, "y": -gradient}


def by_hand(student: Any, ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What is asked, and whether it was worked out without autograd."""
    student.torch.watch()
    answer = ask()
    used = student.torch.autograd_used()
    tracked = [name for name, value in answer.items() if student.torch.facts(value).get("requires_grad")]
    message = "autograd took the derivative: the gradient is to be worked out by hand here"
    if tracked and not used:
        message = f"{tracked[0]} requires a gradient: no tensor should here"
    return {**answer, "without autograd": Fact(np.array(float(not used and not tracked)), message)}


@pack.exercise(points=8, cases=networks, needs=["sigmoid", "sigmoid_derivative", "forward_pass"])
def backward_pass(student: Any, case: Case) -> dict[str, Any]:
    """The backward pass, by hand."""
    X, y, *parameters = tensors(student, case, "X", "y", *PARAMETERS)
    values = unpacked(student.forward_pass(X, *parameters), "y_pred", "h", "z1", "z2").values()
    function = student.backward_pass
    return by_hand(student, lambda: unpacked(function(X, y, *values, parameters[2]), *GRADIENTS))


@backward_pass.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    def loss_of(name: str) -> Callable[[Any], float]:
        def loss(value: Any) -> float:
            point = [value if each == name else getattr(case, each) for each in PARAMETERS]
            y_pred, *_ = student.forward_pass(case.X, *point)
            return float(student.compute_loss(y_pred, case.y))

        return loss

    return {f"d{name}": (loss_of(name), getattr(case, name)) for name in PARAMETERS}


def update_cases(rng: np.random.Generator) -> list[Case]:
    def step(rate: float, n: int, h: int, k: int) -> dict[str, Any]:
        case = network(rng, 1, n, h, k)
        gradients = {f"d{name}": rng.normal(size=case[name].shape) for name in PARAMETERS}
        return {**case, **gradients, "learning_rate": rate}

    return [
        Case("one step", **step(0.5, 2, 3, 1)),
        Case("another learning rate", **step(0.03, 4, 5, 3)),
        Case("a third learning rate", hidden=True, **step(0.2, 3, 4, 2)),
    ]


@pack.exercise(points=3, cases=update_cases)
def update_parameters(student: Any, case: Case) -> dict[str, Any]:
    """The update of the parameters, into new tensors."""
    given = tensors(student, case, *PARAMETERS, *GRADIENTS)
    return unpacked(student.update_parameters(*given, case.learning_rate), *PARAMETERS)


def training_cases(rng: np.random.Generator) -> list[Case]:
    # Large steps, so that gradients taken from weights of another moment show; gradients that are not emptied show
    # from the third loss on.
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


def trained(student: Any, function: Any, case: Case) -> dict[str, Any]:
    given = tensors(student, case, "X", "y", *PARAMETERS)
    return unpacked(function(*given, case.learning_rate, case.epochs), *PARAMETERS, "losses")


def with_single_losses(answer: dict[str, Any]) -> dict[str, Any]:
    """What training gives, the losses as numbers."""
    losses = plain(answer["losses"])
    return {**answer, "losses": [single(loss) for loss in losses] if isinstance(losses, list) else losses}


@pack.exercise(
    points=5,
    cases=training_cases,
    may_change=PARAMETERS,
    tolerance=SAME_WAY,
    needs=["sigmoid", "sigmoid_derivative", "forward_pass", "compute_loss", "backward_pass", "update_parameters"],
)
def train(student: Any, case: Case) -> dict[str, Any]:
    """Training by hand: the losses, epoch by epoch, and where the parameters end."""
    function = student.train
    return with_single_losses(by_hand(student, lambda: trained(student, function, case)))


@pack.exercise(
    points=5,
    cases=training_cases,
    may_change=PARAMETERS,
    tolerance=SAME_WAY,
    needs=["sigmoid", "forward_pass", "compute_loss", "update_parameters"],
)
def train_autograd(student: Any, case: Case) -> dict[str, Any]:
    """The same training through autograd."""
    function = student.train_autograd
    student.torch.watch()
    answer = trained(student, function, case)
    used = student.torch.autograd_used()
    message = "torch was never asked for a derivative: here the gradients are to come from autograd"
    return {**with_single_losses(answer), "through autograd": Fact(np.array(float(used)), message)}


def grids(rng: np.random.Generator) -> list[Case]:
    def grid(n: int, x_range: tuple[float, float], y_range: tuple[float, float], h: int) -> dict[str, Any]:
        # Neither the network nor the ranges are symmetric: a grid turned round shows.
        return {**network(rng, 1, 2, h, 1), "n": n, "x_range": x_range, "y_range": y_range}

    return [
        Case("three by three", **grid(3, (0.0, 1.0), (-1.0, 2.0), 3)),
        Case("five by five", weight=2, **grid(5, (-0.5, 1.5), (0.0, 3.0), 4)),
        Case("four by four", weight=2, hidden=True, **grid(4, (-2.0, 1.0), (-0.5, 1.5), 5)),
    ]


@pack.exercise(points=3, cases=grids, needs=["sigmoid", "forward_pass"])
def decision_grid(student: Any, case: Case) -> dict[str, Any]:
    """The predictions on a grid, to be drawn."""
    parameters = tensors(student, case, *PARAMETERS)
    found = student.decision_grid(*parameters, case.x_range, case.y_range, case.n)
    return unpacked(found, "xx", "yy", "predictions")
