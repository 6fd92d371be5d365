"""Pack 2: a network with a ReLU layer under the cross-entropy, its gradient check, and autograd."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.judging import Fact, Outcome
from grader.judging.gradient_checks import (
    LEFT,
    TOLD_APART,
    Checked,
    covered,
    left_alone,
    moved_alone,
    sensible_step,
    told_apart,
    two_sided,
)
from grader.packs import Case, Pack, Tolerance, plain, unpacked
from grader.packs.edits import Edit
from grader.packs.experiments import starts_anew
from grader.packs.implementation import StudentFault
from grader.packs.puppets import Puppet, drawn, mistaken, one_element, right

pack = Pack(
    "relu_network",
    title="Backpropagation: the heart of deep learning",
    reference="reference.relu_network",
    twin="reference.relu_network_autograd",
    seed=20262,
    axes={"X": "n m", "Y": "k m", "W1": "h n"},
    modules=["torch"],
)

NET = "NeuralNetworkWithBackprop"
PARAMETERS = ("W1", "b1", "W2", "b2")
GRADIENTS = ("dW1", "db1", "dW2", "db2")
SIX = ("W1", "b1", "W2", "b2", "W3", "b3")

# The sigmoid's own digits matter where it is asked for by itself; beyond |x| = 15 what is left of them is rounding.
NEAR = Tolerance(float32="typed")
FAR = Tolerance(rtol=0.0, norm=0.0, atol=1e-8, float32="typed")
# Clipping constants are the student's choice; they show in the outputs' last digits.
LOSS = Tolerance(rtol=1e-5, norm=0.0)

KINK = 1e-3  # pre-activations are at least so far from zero, or zero by structure; so are predictions from a half


def keyed(result: Any, *names: str) -> dict[str, Any]:
    """What a function returned in a dict."""
    return {name: result[name] for name in names}


# ---------------------------------------------------------------------------------------------- chain rule, by hand

# Where 0 is expected, nothing says how large the rounding of a right answer may be (a complex step leaves 1e-40).
ZERO = Tolerance(atol=1e-9)


def numbers(rng: np.random.Generator) -> list[Case]:
    return [
        Case("x = 2", x=2.0),
        Case("x = -0.5", tolerance=ZERO, x=-0.5),
        Case("x = 0", x=0.0),
        Case("x = -1.3", x=-1.3),
        Case("another x", x=float(rng.uniform(0.5, 1.9)), hidden=True),
    ]


@pack.exercise(points=3, cases=numbers, integers=True)
def chain_rule(student: Any, case: Case) -> dict[str, Any]:
    """The chain rule, link by link."""
    return keyed(student.chain_rule(case.x), "f", "u", "du_dx", "df_du", "df_dx")


@chain_rule.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    def u(x: Any) -> Any:
        return student.chain_rule(float(x))["u"]

    return {"du_dx": (u, case.x), "df_dx": (lambda x: student.chain_rule(float(x))["f"], case.x)}


def graphs(rng: np.random.Generator) -> list[Case]:
    w, x, b = (float(value) for value in rng.uniform(0.5, 2.5, size=3) * rng.choice([-1.0, 1.0], size=3))
    return [
        Case("w = 2, x = 3, b = 1", w=2.0, x=3.0, b=1.0),
        Case("w = -1.5, x = 0.5, b = 2", w=-1.5, x=0.5, b=2.0),
        Case("z = 0", tolerance=ZERO, w=1.5, x=2.0, b=-3.0),
        Case("other numbers", w=w, x=x, b=b, hidden=True),
    ]


@pack.exercise(points=3, cases=graphs, integers=True)
def computational_graph(student: Any, case: Case) -> dict[str, Any]:
    """A computational graph, forward and backward."""
    result = student.computational_graph(case.w, case.x, case.b)
    return keyed(result, "a", "z", "L", "dL_dz", "dL_da", "dL_dw", "dL_dx", "dL_db")


@computational_graph.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    def L(**change: Any) -> Any:
        at = {"w": case.w, "x": case.x, "b": case.b, **{name: float(value) for name, value in change.items()}}
        return student.computational_graph(at["w"], at["x"], at["b"])["L"]

    return {
        "dL_dw": (lambda w: L(w=w), case.w),
        "dL_dx": (lambda x: L(x=x), case.x),
        "dL_db": (lambda b: L(b=b), case.b),
    }


def neurons(rng: np.random.Generator) -> list[Case]:
    return [
        Case("three inputs", x=np.array([1.0, 2.0, 3.0]), w=np.array([0.5, -0.2, 0.1]), b=0.3, y=1.0),
        Case("two inputs", x=np.array([-1.5, 0.5]), w=np.array([0.4, 0.9]), b=-0.2, y=0.0),
        Case("five inputs", x=rng.normal(size=5), w=rng.normal(size=5), b=0.15, y=0.35),
        Case("four inputs", x=rng.normal(size=4), w=rng.normal(size=4), b=-0.4, y=0.8, hidden=True),
    ]


@pack.exercise(points=3, cases=neurons)
def single_neuron(student: Any, case: Case) -> dict[str, Any]:
    """One neuron and its gradients."""
    result = student.single_neuron(case.x, case.w, case.b, case.y)
    return keyed(result, "z", "a", "L", "dL_da", "da_dz", "dL_dz", "dL_dw", "dL_db")


@single_neuron.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    return {
        "dL_dw": (lambda w: student.single_neuron(case.x, w, case.b, case.y)["L"], case.w),
        "dL_db": (lambda b: student.single_neuron(case.x, case.w, float(b), case.y)["L"], case.b),
    }


# ------------------------------------------------------------------------------------------ activation functions


def away_from_zero(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """Of both signs, at least a tenth from the kink at zero, and far enough for a unit that is capped somewhere."""
    return np.asarray(rng.uniform(0.1, 20, size=shape) * rng.choice([-1.0, 1.0], size=shape))


def relu_inputs(rng: np.random.Generator) -> list[Case]:
    return [
        Case("five numbers", Z=np.array([-2.0, -0.5, 0.5, 1.5, 3.0]), weight=2),
        Case("whole numbers", Z=np.array([-3, -1, 2, 4]), weight=2),
        Case("a 3 by 4 array", Z=away_from_zero(rng, (3, 4)), weight=2),
        Case("a 4 by 5 array", Z=away_from_zero(rng, (4, 5)), weight=3, hidden=True),
        # Where the kink is: a convention, so a tenth of the exercise.
        Case("exactly zero", Z=np.array([-1.0, 0.0, 2.0]), weight=1, kinked=True),
    ]


def sigmoid_inputs(rng: np.random.Generator) -> list[Case]:
    far = np.array([-1000.0, -40.0, -20.0, 20.0, 40.0, 1000.0])
    return [
        Case("five numbers", Z=np.array([-2.0, -1.0, 0.5, 1.0, 2.0]), weight=2),
        Case("whole numbers", Z=np.array([-3, -1, 2, 4])),
        Case("a 3 by 4 array", Z=rng.uniform(-5, 5, size=(3, 4)), weight=2),
        Case("far from zero", Z=far, tolerance=FAR, kinked=True, weight=2),
        Case("a 4 by 5 array", Z=rng.uniform(-5, 5, size=(4, 5)), weight=2, hidden=True),
    ]


def small_network(student: Any) -> Any:
    return student.NeuralNetworkWithBackprop(2, 3, 1)


@pack.exercise(points=1, cases=relu_inputs, integers=True)
def relu(student: Any, case: Case) -> dict[str, Any]:
    """The rectified linear unit."""
    return {"relu(Z)": small_network(student).relu(case.Z)}


@pack.exercise(points=1, cases=relu_inputs)
def relu_derivative(student: Any, case: Case) -> dict[str, Any]:
    """The derivative of the rectified linear unit."""
    return {"relu_derivative(Z)": small_network(student).relu_derivative(case.Z)}


@relu_derivative.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    net = small_network(student)
    return {"relu_derivative(Z)": (lambda Z: np.sum(net.relu(Z)), np.asarray(case.Z, float))}


@pack.exercise(points=1, cases=sigmoid_inputs, tolerance=NEAR)
def sigmoid(student: Any, case: Case) -> dict[str, Any]:
    """The sigmoid."""
    return {"sigmoid(Z)": small_network(student).sigmoid(case.Z)}


@pack.exercise(points=1, cases=sigmoid_inputs, tolerance=NEAR, needs=["sigmoid"])
def sigmoid_derivative(student: Any, case: Case) -> dict[str, Any]:
    """The derivative of the sigmoid, of the pre-activation."""
    return {"sigmoid_derivative(Z)": small_network(student).sigmoid_derivative(case.Z)}


@sigmoid_derivative.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    net = small_network(student)
    return {"sigmoid_derivative(Z)": (lambda Z: np.sum(net.sigmoid(Z)), case.Z)}


# --------------------------------------------------------------------------------------------------- the network


def is_away_from_kinks(
    case: dict[str, Any], steps: int = 1, learning_rate: float = 0.0, *, squared_error: bool = False
) -> bool:
    """Whether no pre-activation of a ReLU, and no distance of an output from a half, is small, at any step."""
    names = PARAMETERS if "h" in case else SIX
    made = right(pack)[NET if "h" in case else "ThreeLayerNetwork"]
    net = made(*([1] * (len(names) // 2 + 1)), learning_rate=learning_rate)
    for name in names:
        setattr(net, name, case[name])
    for _ in range(steps + 1):
        output, cache = net.forward(case["X"])
        hidden = [cache[f"Z{layer}"] for layer in range(1, len(names) // 2)]
        if min(float(np.min(np.abs(z))) for z in (*hidden, output - 0.5)) < KINK:
            return False
        target = case["Y"]
        if squared_error:  # whose gradient at the logits is that of the cross-entropy with another target
            target = output - 2 * (output - target) * output * (1 - output) / len(target)
        net.update_parameters(net.backward(target, cache))
    return True


def network(
    rng: np.random.Generator,
    m: int,
    n: int,
    h: int,
    k: int,
    steps: int = 1,
    learning_rate: float = 0.0,
    *,
    squared_error: bool = False,
) -> dict[str, Any]:
    """Sizes, data and parameters: no bias is zero, both targets occur, no output saturates, no kink is near."""

    def draw(rng: np.random.Generator) -> dict[str, Any]:
        Y = rng.integers(0, 2, size=(k, m)).astype(float)
        Y[0, 0], Y[-1, -1] = 1.0, 0.0
        return {
            "n": n,
            "h": h,
            "k": k,
            "X": rng.normal(size=(n, m)),
            "Y": Y,
            "W1": rng.normal(size=(h, n)) * 0.7,
            "b1": rng.normal(size=(h, 1)) * 0.7,
            "W2": rng.normal(size=(k, h)) * 0.7,
            "b2": rng.normal(size=(k, 1)) * 0.7,
        }

    return drawn(rng, draw, lambda **case: is_away_from_kinks(case, steps, learning_rate, squared_error=squared_error))


def small() -> dict[str, Any]:
    """Numbers that can be followed by hand: one hidden unit on for both samples, one for each alone."""
    return {
        "n": 2,
        "h": 3,
        "k": 1,
        "X": np.array([[1.0, -1.0], [0.5, 2.0]]),
        "Y": np.array([[1.0, 0.0]]),
        "W1": np.array([[0.5, 0.2], [-0.3, 0.7], [0.8, -0.4]]),
        "b1": np.array([[0.3], [-0.2], [0.1]]),
        "W2": np.array([[0.6, -0.9, 0.5]]),
        "b2": np.array([[0.2]]),
    }


def exclusive_or() -> dict[str, Any]:
    """Zero biases and a zero sample: a pre-activation exactly at the kink."""
    return {
        **small(),
        "X": np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]]),
        "Y": np.array([[0.0, 1.0, 1.0, 0.0]]),
        "b1": np.zeros((3, 1)),
        "b2": np.zeros((1, 1)),
    }


def build(student: Any, case: Case, **more: Any) -> Any:
    """The implementation's network with the case's parameters."""
    net = student.NeuralNetworkWithBackprop(case.n, case.h, case.k, **more)
    for name in PARAMETERS:
        setattr(net, name, getattr(case, name))
    return net


def loss_of(net: Any, case: Case, name: str) -> Callable[[Any], Any]:
    """The loss as a function of one parameter."""

    def loss(value: Any) -> Any:
        setattr(net, name, value)
        output = unpacked(net.forward(case.X), "A2", "cache")["A2"]
        result = plain(net.compute_loss(case.Y, output))
        setattr(net, name, getattr(case, name))
        return result

    return loss


def forward_cases(rng: np.random.Generator) -> list[Case]:
    batch = network(rng, 7, 4, 5, 3)
    return [
        Case("a new network", ask="shapes", n=4, h=5, k=3),
        Case("two samples", ask="output", **small()),
        Case("a batch of seven", ask="output", weight=2, **batch),
        Case("a batch of seven: the cache", ask="cache", weight=2, **batch),
        Case("a single sample", ask="output", **network(rng, 1, 3, 4, 2)),
        Case("all sizes three", ask="output", **network(rng, 3, 3, 3, 3)),
        Case("a batch of six", ask="output", weight=2, hidden=True, **network(rng, 6, 3, 4, 2)),
    ]


@pack.exercise(points=3, cases=forward_cases, needs=["relu", "sigmoid"])
def forward(student: Any, case: Case) -> dict[str, Any]:
    """The forward pass."""
    if case.ask == "shapes":
        net = student.NeuralNetworkWithBackprop(case.n, case.h, case.k)
        return {name: np.zeros(np.asarray(getattr(net, name)).shape) for name in PARAMETERS}  # their shapes alone
    result = unpacked(build(student, case).forward(case.X), "A2", "cache")
    return {"A2": result["A2"]} if case.ask == "output" else keyed(result["cache"], "X", "Z1", "A1", "Z2", "A2")


def predictions(rng: np.random.Generator) -> list[Case]:
    """Distinct sizes: k = 1 hides the difference between m and m·k."""

    def pair(m: int, k: int) -> dict[str, Any]:
        Y = rng.integers(0, 2, size=(k, m)).astype(float)
        Y[0, 0], Y[-1, -1] = 1.0, 0.0
        return {"Y": Y, "A2": rng.uniform(0.05, 0.95, size=(k, m))}

    saturated: dict[str, Any] = {"Y": np.array([[1.0, 0.0, 1.0, 0.0]]), "A2": np.array([[1.0, 0.0, 0.0, 1.0]])}
    return [
        Case("two samples", ask="loss", Y=np.array([[1.0, 0.0]]), A2=np.array([[0.8, 0.3]])),
        Case("a single sample", ask="loss", Y=np.array([[1.0], [0.0]]), A2=np.array([[0.7], [0.4]])),
        Case("seven samples, three outputs", ask="loss", weight=3, **pair(7, 3)),
        Case("outputs of exactly 0 and 1", ask="finite", weight=2, kinked=True, **saturated),
        Case("five samples, four outputs", ask="loss", weight=3, hidden=True, **pair(5, 4)),
    ]


@pack.exercise(points=2, cases=predictions, tolerance=LOSS)
def compute_loss(student: Any, case: Case) -> dict[str, Any]:
    """The binary cross-entropy."""
    loss = small_network(student).compute_loss(case.Y, case.A2)
    return {"loss": loss} if case.ask == "loss" else {"loss": finite(loss)}


def finite(loss: Any) -> Fact:
    """Any finite number will do where the loss itself is none."""
    value = float(np.asarray(plain(loss), float))
    return Fact(np.array(float(np.isfinite(value))), f"the loss is {value}, but should be finite")


def backward_cases(rng: np.random.Generator) -> list[Case]:
    return [
        Case("two samples", again=False, **small()),
        Case("a batch of seven", again=False, weight=2, **network(rng, 7, 4, 5, 3)),
        Case("a single sample", again=False, **network(rng, 1, 3, 4, 2)),
        Case("all sizes three", again=False, **network(rng, 3, 3, 3, 3)),
        Case("asked twice", again=True, **network(rng, 5, 3, 4, 2)),
        Case("a batch of six", again=False, weight=2, hidden=True, **network(rng, 6, 2, 5, 4)),
        Case("a pre-activation of exactly zero", again=False, weight=0.5, kinked=True, **exclusive_or()),
    ]


HELPERS = ("relu", "relu_derivative", "sigmoid")


@pack.exercise(points=8, cases=backward_cases, needs=[*HELPERS, "forward"])
def backward(student: Any, case: Case) -> dict[str, Any]:
    """The backward pass."""
    net = build(student, case)
    cache = unpacked(net.forward(case.X), "A2", "cache")["cache"]
    if case.again:
        net.backward(case.Y, cache)
    return keyed(net.backward(case.Y, cache), *GRADIENTS)


@backward.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    net = build(student, case)
    return {f"d{name}": (loss_of(net, case, name), getattr(case, name)) for name in PARAMETERS}


def update_cases(rng: np.random.Generator) -> list[Case]:
    def step(rate: float, n: int, h: int, k: int) -> dict[str, Any]:
        case = network(rng, 1, n, h, k)
        return {**case, "g": {f"d{name}": rng.normal(size=case[name].shape) for name in PARAMETERS}, "rate": rate}

    return [
        Case("one step", steps=1, **step(0.5, 2, 3, 1)),
        Case("another learning rate", steps=1, **step(0.03, 4, 5, 3)),
        Case("two steps", steps=2, hidden=True, **step(0.2, 3, 4, 2)),
    ]


@pack.exercise(points=3, cases=update_cases, may_change=PARAMETERS)
def update_parameters(student: Any, case: Case) -> dict[str, Any]:
    """The update of the parameters."""
    net = build(student, case, learning_rate=case.rate)
    for _ in range(case.steps):
        net.update_parameters(case.g)
    return {name: getattr(net, name) for name in PARAMETERS}


def training_cases(rng: np.random.Generator) -> list[Case]:
    # Large steps, so that gradients taken from weights of another moment show.
    return [
        Case("two steps", steps=2, rate=0.3, **small()),
        Case("four samples, five steps", steps=5, rate=0.8, weight=2, **network(rng, 4, 2, 4, 1, 5, 0.8)),
        Case("seven samples, three outputs, four steps", steps=4, rate=1.0, **network(rng, 7, 4, 5, 3, 4, 1.0)),
        Case("a batch of six, five steps", steps=5, rate=0.9, hidden=True, **network(rng, 6, 3, 4, 2, 5, 0.9)),
    ]


@pack.exercise(
    points=5,
    cases=training_cases,
    may_change=PARAMETERS,
    tolerance=Tolerance(rtol=1e-6, norm=1e-8),
    needs=[*HELPERS, "forward", "compute_loss", "backward", "update_parameters"],
)
def train(student: Any, case: Case) -> dict[str, Any]:
    """Training: the losses, step by step, and where the parameters end."""
    net = build(student, case, learning_rate=case.rate)
    losses = net.train(case.X, case.Y, num_iterations=case.steps, print_every=1000)
    return {"losses": losses, **{name: getattr(net, name) for name in PARAMETERS}}


starts_anew(train, rate="rate")


def prediction_cases(rng: np.random.Generator) -> list[Case]:
    """Where all outputs lie on one side of a half, those that are high among them are told from those that are not."""
    seven, nine = network(rng, 7, 4, 5, 3), network(rng, 9, 3, 4, 2)
    above, below = network(rng, 6, 3, 4, 2), network(rng, 5, 3, 4, 2)
    return [
        Case("two samples", **small()),
        Case("a batch of seven", weight=2, **seven),
        Case("all outputs above a half", **{**above, "b2": np.full((2, 1), 12.0)}),
        Case("a batch of nine", weight=2, hidden=True, **nine),
        Case("all outputs below a half", hidden=True, **{**below, "b2": np.full((2, 1), -12.0)}),
    ]


@pack.exercise(points=3, cases=prediction_cases, needs=["relu", "sigmoid", "forward"])
def predict(student: Any, case: Case) -> dict[str, Any]:
    """Predictions as 0 and 1."""
    return {"predict(X)": whole(build(student, case).predict(case.X))}


def whole(prediction: Any) -> Any:
    """Booleans are as good as 0 and 1."""
    value = plain(prediction)
    return value.astype(int) if isinstance(value, np.ndarray) and value.dtype == bool else value


# ------------------------------------------------------------------------------------------------ gradient checks


@functools.lru_cache(maxsize=64)
def checkable(seed: int, m: int, n: int, h: int, k: int, least: float) -> dict[str, Any]:
    """A network to be checked: no kink near, no output saturated, no element of its gradient below the least."""

    def draw(rng: np.random.Generator) -> dict[str, Any]:
        Y = rng.integers(0, 2, size=(k, m)).astype(float)
        Y[0, 0], Y[-1, -1] = 1.0, 0.0
        parameters = {"W1": (h, n), "b1": (h, 1), "W2": (k, h), "b2": (k, 1)}
        return {
            "X": rng.normal(size=(n, m)) * 1.5,
            "Y": Y,
            **{name: rng.normal(size=shape) * 0.8 for name, shape in parameters.items()},
        }

    def accept(**case: Any) -> bool:
        net = right(pack)[NET](n, h, k)
        for name in PARAMETERS:
            setattr(net, name, case[name])
        A2, cache = net.forward(case["X"])
        if np.min(np.abs(cache["Z1"])) < 1e-2 or np.min(A2) < 0.02 or np.max(A2) > 0.98:
            return False
        return min(float(np.min(np.abs(gradient))) for gradient in net.backward(case["Y"], cache).values()) >= least

    return drawn(np.random.default_rng(seed), draw, accept)


# Mistakes of `backward`: slug, what tells the edit from others of that slug, and words for the student.
WRONG = {
    "sign": ("wrong-sign", "", "gradients have the wrong sign"),
    "scale": ("missing-batch-mean", "m = 1", "gradients are not averaged"),
    "hidden": ("weights-omitted", "", "backward pass leaves out the second layer's weights"),
    "slightly": ("updated-weights-used", "", "first layer's gradients are a little off"),
    "W1": ("batch-mean-twice", "dZ1 @", "backward pass is wrong in W1 alone"),
    "b1": ("bias-mean-for-sum", "dZ1", "backward pass is wrong in b1 alone"),
    "W2": ("batch-mean-twice", "dZ2 @", "backward pass is wrong in W2 alone"),
    "b2": ("bias-mean-for-sum", "dZ2", "backward pass is wrong in b2 alone"),
}


def wrong(kind: str) -> tuple[Edit, str]:
    """A wrong backward pass, and what it is in words for the student."""
    slug, part, what = WRONG[kind]
    return mistaken(pack, slug, f"{NET}.backward", part), f"whose {what}"


def ends(shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The first and last element of a parameter."""
    last = int(np.prod(shape)) - 1
    return [tuple(map(int, np.unravel_index(place, shape))) for place in sorted({0, last})]


def questions(rng: np.random.Generator, *, every_element: bool) -> list[Case]:
    def seed() -> int:
        return int(rng.integers(2**32))

    # A check asks for two losses per parameter, and the judge answers: what few parameters tell, few are asked for.
    small = (4, 1, 2, 1)

    def case(name: str, size: tuple[int, int, int, int] = small, *, least: float = 0.05, **more: Any) -> Case:
        found = seed()
        return Case(name, draw=lambda: checkable(found, *size, least), **more)

    one = "one wrong element of {}" if every_element else "wrong in {} alone"
    ask = "element" if every_element else "kind"
    large = (5, 3, 4, 2)  # W1 has more than the ten elements that are usually sampled
    return [
        case("wrong signs", ask="kind", kinds=["sign"]),
        *(
            case(one.format(name), large if name == "W1" and every_element else small, ask=ask, kinds=[name])
            for name in PARAMETERS
        ),
        case("gradients that are not averaged", ask="kind", kinds=["scale"]),
        case("small and large losses", ask="scales", kinds=["slightly"], weight=2),
        # Where every element is due, so many that one in three of them is enough for those that count to ten.
        case(
            "the whole network is looked at",
            (4, 6, 5, 2) if every_element else large,
            least=0.0,
            ask="covered",
            kinds=[],
            weight=2,
        ),
        case("differences to both sides", ask="sides", kinds=[]),
        case("the network is left as it was", ask="left", kinds=[]),
        case(
            "other wrong networks", (4, 1, 2, 2), ask="kind", kinds=["hidden", "sign", "scale"], weight=2, hidden=True
        ),
    ]


def check_networks(student: Any, name: str, case: Case, *, every_element: bool) -> dict[str, Any]:
    """Hands puppets to the implementation's gradient check, and judges what it says and does."""
    check = getattr(student, name)
    drawn_case = case.draw()
    X, Y = np.array(drawn_case["X"]), np.array(drawn_case["Y"])
    parameters = {key: drawn_case[key] for key in PARAMETERS}

    def ask(**more: Any) -> Checked:
        return Puppet(student, pack, NET, parameters, **more).checked(check, X, Y)

    def ask_in_any_order(*networks: Mapping[str, Any]) -> list[Checked]:
        """When it is asked must not tell a check what it is asked of."""
        order = np.random.default_rng(np.frombuffer(X.tobytes(), np.uint32)).permutation(len(networks))
        found = {place: ask(**networks[place]) for place in order}
        return [found[place] for place in range(len(networks))]

    if case.ask == "scales":
        edit, what = wrong("slightly")
        slightly = {"edits": [edit], "what": what + ", with a loss of about 1e-4", "scale": 1e-4}
        found = ask_in_any_order({"scale": 1e-4}, {"scale": 1e4}, slightly)
        return {TOLD_APART: told_apart(found), "step": sensible_step(found[0])}
    if case.ask == "covered":
        return {"looked at": covered(ask(), every_element=every_element)}
    if case.ask == "sides":
        return {"both sides": two_sided(ask())}
    if case.ask == "left":
        network = ask()
        return {LEFT: left_alone(network), "put back in time": moved_alone(network)}
    if case.ask == "kind":
        edits = [wrong(kind) for kind in case.kinds]
    else:
        (parameter,) = case.kinds
        places = ends(parameters[parameter].shape)
        edits = [
            (one_element(NET, f"d{parameter}", place), f"whose d{parameter}{list(place)} has the wrong sign")
            for place in places
        ]
    wrong_in = case.kinds[0] if case.kinds[0] in PARAMETERS else ""
    wrong_ones = [{"edits": [edit], "what": what, "wrong_in": wrong_in} for edit, what in edits]
    return {TOLD_APART: told_apart(ask_in_any_order({}, *wrong_ones))}


@pack.exercise(points=6, cases=functools.partial(questions, every_element=False), oracles=True)
def gradient_check(student: Any, case: Case) -> dict[str, Any]:
    """A gradient check of sampled elements."""
    return check_networks(student, "gradient_check", case, every_element=False)


@pack.exercise(points=6, cases=functools.partial(questions, every_element=True), oracles=True)
def gradient_check_all(student: Any, case: Case) -> dict[str, Any]:
    """A gradient check of every element."""
    return check_networks(student, "gradient_check_all", case, every_element=True)


# --------------------------------------------------------------------------------------------------- three layers


def deep_network(
    rng: np.random.Generator, m: int, sizes: tuple[int, int, int, int], steps: int = 1, learning_rate: float = 0.0
) -> dict[str, Any]:
    def draw(rng: np.random.Generator) -> dict[str, Any]:
        Y = rng.integers(0, 2, size=(sizes[3], m)).astype(float)
        Y[0, 0], Y[-1, -1] = 1.0, 0.0
        case: dict[str, Any] = {"sizes": sizes, "X": rng.normal(size=(sizes[0], m)), "Y": Y}
        for layer in (1, 2, 3):
            case[f"W{layer}"] = rng.normal(size=(sizes[layer], sizes[layer - 1])) * 0.7
            case[f"b{layer}"] = rng.normal(size=(sizes[layer], 1)) * 0.7
        return case

    return drawn(rng, draw, lambda **case: is_away_from_kinks(case, steps, learning_rate))


def deep_cases(rng: np.random.Generator) -> list[Case]:
    batch = deep_network(rng, 7, (4, 5, 6, 3))
    loss: dict[str, Any] = {
        "sizes": (2, 3, 5, 3),
        "Y": np.array([[1.0, 0.0, 1.0, 0.0, 1.0]] * 3),
        "A3": rng.uniform(0.05, 0.95, (3, 5)),
    }
    gradients = {f"d{name}": rng.normal(size=batch[name].shape) for name in SIX}
    return [
        Case("a new network", ask="shapes", sizes=(4, 5, 6, 3)),
        Case("forward", ask="forward", **batch),
        Case("forward: the cache", ask="cache", **batch),
        Case("compute_loss", ask="loss", tolerance=LOSS, **loss),
        Case("backward, two samples", ask="backward", **deep_network(rng, 2, (2, 3, 2, 1))),
        Case("backward, a batch of seven", ask="backward", weight=3, **batch),
        Case("backward, all sizes three", ask="backward", **deep_network(rng, 3, (3, 3, 3, 3))),
        Case("update_parameters", ask="update", **batch, g=gradients, rate=0.3),
        Case("train, four steps", ask="train", weight=2, rate=0.3, **deep_network(rng, 7, (4, 5, 6, 3), 4, 0.3)),
        Case("predict", ask="predict", **batch),
        Case("backward, a batch of six", ask="backward", weight=3, hidden=True, **deep_network(rng, 6, (4, 5, 7, 3))),
    ]


@pack.exercise(
    points=10, cases=deep_cases, may_change=SIX, about=["ThreeLayerNetwork"], tolerance=Tolerance(1e-6, 1e-8)
)
def three_layer(student: Any, case: Case) -> dict[str, Any]:
    """A network of three layers: forward, loss, backward, update, training, prediction."""
    net = student.ThreeLayerNetwork(*case.sizes, **({"learning_rate": case.rate} if hasattr(case, "rate") else {}))
    if case.ask == "shapes":
        return {name: np.zeros(np.asarray(getattr(net, name)).shape) for name in SIX}
    if case.ask == "loss":
        return {"loss": net.compute_loss(case.Y, case.A3)}
    for name in SIX:
        setattr(net, name, getattr(case, name))
    if case.ask == "predict":
        return {"predict(X)": whole(net.predict(case.X))}
    if case.ask == "update":
        net.update_parameters(case.g)
        return {name: getattr(net, name) for name in SIX}
    if case.ask == "train":
        losses = net.train(case.X, case.Y, num_iterations=4, print_every=1000)
        return {"losses": losses, **{name: getattr(net, name) for name in SIX}}
    result = unpacked(net.forward(case.X), "A3", "cache")
    if case.ask == "forward":
        return {"A3": result["A3"]}
    if case.ask == "cache":
        return keyed(result["cache"], "X", "Z1", "A1", "Z2", "A2", "Z3", "A3")
    return keyed(net.backward(case.Y, result["cache"]), *(f"d{name}" for name in SIX))


@three_layer.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    if case.ask != "backward":
        return {}
    net = student.ThreeLayerNetwork(*case.sizes)
    for name in SIX:
        setattr(net, name, getattr(case, name))

    def loss_of(name: str) -> Callable[[Any], Any]:
        def loss(value: Any) -> Any:
            setattr(net, name, value)
            result = plain(net.compute_loss(case.Y, unpacked(net.forward(case.X), "A3", "cache")["A3"]))
            setattr(net, name, getattr(case, name))
            return result

        return loss

    return {f"d{name}": (loss_of(name), getattr(case, name)) for name in SIX}


# ------------------------------------------------------------------------------------------------------- autograd


def square_cases(rng: np.random.Generator) -> list[Case]:
    w1, w2, x1, x2 = (float(value) for value in rng.uniform(0.5, 2.5, size=4) * rng.choice([-1.0, 1.0], size=4))
    return [
        Case("1, 2, 3, 4", w1=1.0, w2=2.0, x1=3.0, x2=4.0),
        Case("0.5, -1.5, 2, 0.25", w1=0.5, w2=-1.5, x1=2.0, x2=0.25),
        Case("other numbers", w1=w1, w2=w2, x1=x1, x2=x2, hidden=True),
    ]


@pack.exercise(points=3, cases=square_cases)
def two_squares(student: Any, case: Case) -> dict[str, Any]:
    """Two derivatives by hand."""
    return unpacked(student.two_squares(case.w1, case.w2, case.x1, case.x2), "dL_dw1", "dL_dw2")


@two_squares.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    def L(w1: Any, w2: Any) -> float:
        return float((w1 * case.x1 + w2 * case.x2) ** 2 + (w1 * case.x1 - w2 * case.x2) ** 2)

    return {"dL_dw1": (lambda w1: L(w1, case.w2), case.w1), "dL_dw2": (lambda w2: L(case.w1, w2), case.w2)}


def through_autograd(student: Any, ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What is asked, and whether torch took a derivative for it."""
    student.torch.watch()
    values = {name: plain(value) for name, value in ask().items()}
    used = student.torch.autograd_used()
    message = "" if used else "no derivative was taken by PyTorch's autograd: no backward pass was seen"
    return {**values, "autograd": Fact(np.array(float(used)), message)}


@pack.exercise(points=3, cases=square_cases)
def two_squares_autograd(student: Any, case: Case) -> dict[str, Any]:
    """Two derivatives by autograd."""
    function = student.two_squares_autograd

    def ask() -> dict[str, Any]:
        return unpacked(function(case.w1, case.w2, case.x1, case.x2), "dL_dw1", "dL_dw2")

    return through_autograd(student, ask)


@two_squares_autograd.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    assert two_squares.differentiate is not None
    return two_squares.differentiate(student, case)


def line_cases(rng: np.random.Generator) -> list[Case]:
    w, x, b = (float(value) for value in rng.uniform(0.5, 2.5, size=3) * rng.choice([-1.0, 1.0], size=3))
    return [
        Case("x = 2, w = 3, b = 1", x=2.0, w=3.0, b=1.0),
        Case("x = -1.5, w = 0.5, b = 2", x=-1.5, w=0.5, b=2.0),
        Case("other numbers", x=x, w=w, b=b, hidden=True),
    ]


@pack.exercise(points=3, cases=line_cases)
def autograd_linear(student: Any, case: Case) -> dict[str, Any]:
    """A line by autograd."""
    function = student.autograd_linear
    names = ("dy_dx", "dy_dw", "dy_db")
    return through_autograd(student, lambda: unpacked(function(case.x, case.w, case.b), *names))


@autograd_linear.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    return {
        "dy_dx": (lambda x: float(case.w * x + case.b), case.x),
        "dy_dw": (lambda w: float(w * case.x + case.b), case.w),
        "dy_db": (lambda b: float(case.w * case.x + b), case.b),
    }


def leaf_cases(rng: np.random.Generator) -> list[Case]:
    return [
        Case("a 4 by 2 tensor", shape=(4, 2), scale=0.1, seed=42, weight=2),
        Case("a column", shape=(3, 1), scale=0.5, seed=7),
        Case("scale 1", shape=(2, 3), scale=1.0, seed=3),
        Case("a 3 by 5 tensor", shape=(3, 5), scale=0.3, seed=int(rng.integers(2**31)), weight=2, hidden=True),
    ]


@pack.exercise(points=3, cases=leaf_cases)
def leaf_parameters(student: Any, case: Case) -> dict[str, Any]:
    """Random parameters that are leaves."""
    function = student.leaf_parameters
    result = function(case.shape, case.scale, student.torch.generator(case.seed))
    facts = student.torch.facts(result)
    if not facts["tensor"]:
        raise StudentFault(
            Outcome.WRONG_DTYPE, f"leaf_parameters returned {result._kind()}, but should return a tensor of torch's"
        )
    return {
        "values": result,
        "is_leaf": Fact(
            np.array(float(facts["is_leaf"])),
            "the tensor is no leaf: it was computed from one that requires a gradient, so its .grad stays None",
        ),
        "requires_grad": Fact(np.array(float(facts["requires_grad"])), "the tensor does not require a gradient"),
    }


def torch_training_cases(rng: np.random.Generator) -> list[Case]:
    def trained(steps: int, rate: float, m: int, n: int, h: int, k: int) -> dict[str, Any]:
        return {"steps": steps, "rate": rate, **network(rng, m, n, h, k, steps, rate, squared_error=True)}

    # Gradients that are not emptied show from the third loss on.
    return [
        Case("four samples, five steps", weight=2, **trained(5, 2.0, 4, 2, 4, 1)),
        Case("seven samples, three outputs, six steps", **trained(6, 3.0, 7, 4, 5, 3)),
        Case("a batch of six, six steps", hidden=True, **trained(6, 2.5, 6, 3, 4, 2)),
    ]


@pack.exercise(
    points=5, cases=torch_training_cases, may_change=["X", "Y", *PARAMETERS], tolerance=Tolerance(rtol=1e-6, norm=1e-8)
)
def train_autograd(student: Any, case: Case) -> dict[str, Any]:
    """Training through autograd, step by step."""
    function = student.train_autograd
    tensors = [student.torch.tensor(getattr(case, name)) for name in ("X", "Y", *PARAMETERS)]
    return through_autograd(student, lambda: {"losses": function(*tensors, case.rate, case.steps)})


def flow_cases(rng: np.random.Generator) -> list[Case]:
    def model(m: int, *sizes: int) -> dict[str, Any]:
        layers = [
            (rng.normal(size=(outputs, inputs)) * 0.8, rng.normal(size=outputs) * 0.5)
            for inputs, outputs in itertools.pairwise(sizes)
        ]
        Y = rng.integers(0, 2, size=(m, sizes[-1])).astype(float)
        return {"layers": layers, "X": rng.normal(size=(m, sizes[0])), "Y": Y}

    return [
        Case("two layers", again=False, **model(4, 2, 3, 1)),
        Case("three layers", again=False, weight=2, **model(6, 2, 8, 4, 1)),
        Case("gradients left over from before", again=True, **model(5, 3, 4, 2)),
        Case("four layers", again=False, weight=2, hidden=True, **model(7, 3, 5, 4, 3, 2)),
    ]


@pack.exercise(points=3, cases=flow_cases)
def gradient_flow(student: Any, case: Case) -> dict[str, Any]:
    """The size of the gradient in each layer."""
    function = student.gradient_flow
    arguments = (student.torch.model(case.layers), student.torch.tensor(case.X), student.torch.tensor(case.Y))
    if case.again:
        function(*arguments)
    return {"gradient_flow": function(*arguments)}
