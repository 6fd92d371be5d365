"""Pack 5: from one weight worked out by hand to networks that learn."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.packs import Case, Outcome, Pack, Tolerance, Verdict, plain, reseed, unpacked
from grader.packs.experiments import starts_anew

pack = Pack(
    "training_loop",
    title="Backpropagation and training: from one weight to two spirals",
    reference="reference.training_loop",
    twin="reference.training_loop_autograd",
    seed=20265,
    axes={"X": "m n", "y": "m k"},
)

Array = np.ndarray[Any, Any]

# The sigmoid's own digits matter where it is asked for by itself; beyond |x| = 15 what is left of them is rounding,
# so there the absolute error counts.
NEAR = Tolerance(float32="typed")
FAR = Tolerance(rtol=0.0, norm=0.0, atol=1e-8, float32="typed")

PARAMETERS = ("W1", "b1", "W2", "b2")
GRADIENTS = ("dW1", "db1", "dW2", "db2")
XOR_X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR_Y = np.array([[0.0], [1.0], [1.0], [0.0]])
PASSED = Verdict(Outcome.PASSED)


def wrong(message: str, mistake: str = "") -> Verdict:
    return Verdict(Outcome.WRONG_VALUE, message, mistake=mistake)


# ------------------------------------------------------------------------------------------ activation functions


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
    return {"sigmoid_derivative(x)": (lambda x: np.sum(student.sigmoid(x)), case.x)}


# ------------------------------------------------------------------------------------------- the smallest network

SMALLEST = ("x", "w1", "b1", "w2", "b2")
LINKS = (
    "dL_da2", "da2_dz2", "dL_dz2", "dL_dw2", "dL_db2", "dL_da1", "da1_dz1", "dL_dz1", "dL_dw1", "dL_db1",
)  # fmt: skip


def smallest(x: float, w1: float, b1: float, w2: float, b2: float, **more: float) -> dict[str, Any]:
    return {"x": x, "w1": w1, "b1": b1, "w2": w2, "b2": b2, **more}


def drawn(rng: np.random.Generator) -> dict[str, Any]:
    """Numbers from a half to one and a half in size, of both signs: none of them hides another."""
    sizes, signs = rng.uniform(0.5, 1.5, size=6), rng.choice([-1.0, 1.0], size=6)
    x, w1, b1, w2, b2, _ = (float(value) for value in sizes * signs)
    return smallest(x, w1, b1, w2, b2, y=float(rng.uniform(0.1, 0.9)), learning_rate=float(rng.uniform(1, 2)))


def by_hand(rng: np.random.Generator) -> list[Case]:
    return [
        Case("the example", **smallest(0.5, 0.4, 0.1, 0.6, 0.2, y=0.8, learning_rate=0.5)),
        Case("negative numbers", **smallest(-1.25, 0.7, -0.3, -1.5, 0.9, y=0.1, learning_rate=1.5), weight=2),
        Case("other numbers", **drawn(rng), weight=2, hidden=True),
    ]


def numbers(case: Case, *names: str) -> list[Any]:
    return [getattr(case, name) for name in names]


@pack.exercise(points=3, cases=by_hand, needs=["sigmoid"])
def manual_forward(student: Any, case: Case) -> dict[str, Any]:
    """The forward pass by hand."""
    values = student.manual_forward(*numbers(case, *SMALLEST))
    return {name: values[name] for name in ("z1", "a1", "z2", "a2")}


@pack.exercise(points=3, cases=by_hand, needs=["sigmoid", "sigmoid_derivative"])
def manual_gradients(student: Any, case: Case) -> dict[str, Any]:
    """Every link of the chain by hand."""
    gradients = student.manual_gradients(case.x, case.y, *numbers(case, *SMALLEST[1:]))
    return {name: gradients[name] for name in LINKS}


@manual_gradients.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    def loss_of(name: str) -> Callable[[Any], float]:
        def loss(value: Any) -> float:
            point = {each: getattr(case, each) for each in SMALLEST}
            point[name] = float(value)
            return float((case.y - float(student.manual_forward(*point.values())["a2"])) ** 2 / 2)

        return loss

    return {f"dL_d{name}": (loss_of(name), getattr(case, name)) for name in SMALLEST[1:]}


@pack.exercise(points=3, cases=by_hand, needs=["sigmoid", "sigmoid_derivative", "manual_forward", "manual_gradients"])
def manual_update(student: Any, case: Case) -> dict[str, Any]:
    """One step of gradient descent by hand."""
    new = student.manual_update(case.x, case.y, *numbers(case, *SMALLEST[1:]), case.learning_rate)
    return unpacked(new, "w1", "b1", "w2", "b2")


# ------------------------------------------------------------------------------------------------------ the class


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
    net = student.NeuralNetwork(case.n, case.h, case.k, **more)
    for name in PARAMETERS:
        setattr(net, name, getattr(case, name))
    return net


def forward_cases(rng: np.random.Generator) -> list[Case]:
    return [
        Case("a new network", ask="shapes", n=4, h=5, k=3),
        Case("two samples", ask="output", **small()),
        Case("a batch of seven", ask="output", weight=3, **network(rng, 7, 4, 5, 3)),
        Case("a single sample", ask="output", **network(rng, 1, 3, 4, 2)),
        Case("all sizes three", ask="output", **network(rng, 3, 3, 3, 3)),
        Case("a batch of six", ask="output", weight=2, hidden=True, **network(rng, 6, 3, 4, 2)),
    ]


@pack.exercise(points=3, cases=forward_cases, needs=["sigmoid"])
def forward(student: Any, case: Case) -> dict[str, Any]:
    """The forward pass."""
    if case.ask == "shapes":
        net = student.NeuralNetwork(case.n, case.h, case.k)
        return {name: np.zeros(np.asarray(getattr(net, name)).shape) for name in PARAMETERS}  # their shapes alone
    return {"a2": build(student, case).forward(case.X)}


def backward_cases(rng: np.random.Generator) -> list[Case]:
    batch = network(rng, 7, 4, 5, 3)
    return [
        Case("two samples", ask="returned", **small()),
        Case("a batch of seven", ask="returned", weight=2, **batch),
        Case("a single sample", ask="returned", **network(rng, 1, 3, 4, 2)),
        Case("all sizes three", ask="returned", **network(rng, 3, 3, 3, 3)),
        Case("a batch of seven: kept as gradients", ask="kept", **batch),
        Case("asked twice", ask="again", **network(rng, 5, 3, 4, 2)),
        Case("a batch of six", ask="returned", weight=2, hidden=True, **network(rng, 6, 2, 5, 4)),
    ]


@pack.exercise(points=8, cases=backward_cases, needs=["sigmoid", "sigmoid_derivative", "forward"])
def backward(student: Any, case: Case) -> dict[str, Any]:
    """The backward pass."""
    net = build(student, case)
    net.forward(case.X)
    gradients = net.backward(case.X, case.y)
    if case.ask == "again":
        gradients = net.backward(case.X, case.y)
    if case.ask == "kept":
        gradients = net.gradients
    return {name: gradients[name] for name in GRADIENTS}


@backward.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    net = build(student, case)

    def loss_of(name: str) -> Callable[[Any], Any]:
        def loss(value: Any) -> Any:
            setattr(net, name, value)
            result = net.compute_loss(case.y, net.forward(case.X))
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
    net.gradients = {name: getattr(case, name) for name in GRADIENTS}
    for _ in range(case.steps):
        net.update_weights()
    return {name: getattr(net, name) for name in PARAMETERS}


def predictions(rng: np.random.Generator) -> list[Case]:
    """Distinct sizes: m = 1 hides a missing 1/m, k = 1 hides the difference between m and m k."""

    def pair(m: int, k: int) -> dict[str, Any]:
        return {"y_true": rng.uniform(0.0, 1.0, size=(m, k)), "y_pred": rng.uniform(0.05, 0.95, size=(m, k))}

    return [
        Case("two samples", y_true=np.array([[1.0], [0.5]]), y_pred=np.array([[0.8], [0.3]])),
        Case("two outputs", y_true=np.eye(3)[:, :2], y_pred=np.array([[0.8, 0.1], [0.3, 0.4], [0.9, 0.2]]), weight=2),
        Case("a single sample", **pair(1, 4)),
        Case("seven samples, three outputs", **pair(7, 3), weight=3),
        Case("five samples, four outputs", **pair(5, 4), weight=3, hidden=True),
    ]


@pack.exercise(points=2, cases=predictions)
def compute_loss(student: Any, case: Case) -> dict[str, Any]:
    """The mean squared error."""
    net = student.NeuralNetwork(2, 3, case.y_true.shape[1])
    return {"compute_loss": net.compute_loss(case.y_true, case.y_pred)}


def step_cases(rng: np.random.Generator) -> list[Case]:
    # Large steps, so that gradients taken from weights of another moment show.
    xor = {**network(rng, 4, 2, 4, 1), "X": XOR_X, "y": XOR_Y}
    return [
        Case("one step", steps=1, learning_rate=0.5, **small()),
        Case("exclusive or, five steps", steps=5, learning_rate=2.0, weight=2, **xor),
        Case("seven samples, three outputs, four steps", steps=4, learning_rate=3.0, **network(rng, 7, 4, 5, 3)),
        Case("a batch of six, five steps", steps=5, learning_rate=2.5, hidden=True, **network(rng, 6, 3, 4, 2)),
    ]


@pack.exercise(
    points=5,
    cases=step_cases,
    may_change=PARAMETERS,
    needs=["sigmoid", "sigmoid_derivative", "forward", "compute_loss", "backward", "update_weights"],
)
def train_step(student: Any, case: Case) -> dict[str, Any]:
    """Training steps: the losses, one by one, and where the parameters end."""
    net = build(student, case, learning_rate=case.learning_rate)
    losses = [net.train_step(case.X, case.y) for _ in range(case.steps)]
    return {"losses": [plain(loss) for loss in losses], **{name: getattr(net, name) for name in PARAMETERS}}


starts_anew(train_step, rate="learning_rate")


# ---------------------------------------------------------------------------------------------------- exclusive or

NEAR_ENOUGH = 0.1  # of each target
TINY = 0.1  # initial weights whose largest is below this: none of 100 seeds learn exclusive or from 0.01 times normal


def seeds(rng: np.random.Generator) -> list[Case]:
    return [Case(f"seed {seed}", seed=seed) for seed in range(5)]


OF_CLASS = ["sigmoid", "sigmoid_derivative", "forward", "compute_loss", "backward", "update_weights", "train_step"]


@pack.exercise(points=5, cases=seeds, seconds=60, about=["train_xor", "NeuralNetwork.__init__"], needs=OF_CLASS)
def xor(student: Any, case: Case) -> dict[str, Any]:
    """Exclusive or is learnt, from several seeds."""
    trained = unpacked(student.train_xor(case.seed), "net", "losses")
    reseed(student, case.seed)
    new = student.NeuralNetwork(2, 4, 1)
    reseed(student, case.seed + 1)
    other = student.NeuralNetwork(2, 4, 1)
    values = {"outputs": trained["net"].forward(XOR_X), "losses": trained["losses"]}
    return {**values, "new W1": new.W1, "W1 of another seed": other.W1}


@xor.judged
def _(values: Mapping[str, Any], case: Case) -> Verdict:
    outputs, losses = floats(values["outputs"]), floats(values["losses"])
    if outputs is None or outputs.shape != (4, 1):
        return Verdict(Outcome.WRONG_SHAPE, "net.forward of the four inputs should give floats of shape (4, 1)")
    if losses is None or losses.ndim != 1 or len(losses) < 2:
        return Verdict(Outcome.WRONG_DTYPE, "losses should be a list of numbers, one for each epoch")
    if not (np.all(np.isfinite(outputs)) and np.all(np.isfinite(losses))):
        return Verdict(Outcome.NOT_FINITE, "the outputs or the losses hold NaN or infinity: the training has diverged")
    off = float(np.max(np.abs(outputs - XOR_Y)))
    if off <= NEAR_ENOUGH:
        if case.seed > 0 and np.array_equal(np.asarray(values["new W1"]), np.asarray(values["W1 of another seed"])):
            return wrong(
                f"a new network begins with the same weights after np.random.seed({case.seed}) and "
                f"np.random.seed({case.seed + 1}), so the seeds are all the same training: the weights are to come from "
                "NumPy's global generator, which the constructor must not seed"
            )
        if losses[-1] <= losses[0]:
            return PASSED
        return wrong(f"the outputs are right, but the last of the losses ({losses[-1]:.3g}) is above the first")
    told = ", ".join(f"{value:.4f}" for value in outputs[:, 0])
    if np.max(np.abs(outputs - 0.5)) < 0.05:
        text = f"the outputs are {told}: about a half for every input, so nothing was learnt"
        start = floats(values["new W1"])
        if start is not None and start.size and np.max(np.abs(start)) < TINY:
            return wrong(
                f"{text}; a new network's W1 has no element above {np.max(np.abs(start)):.1g}, and from weights that "
                "small it does not learn, however long it is trained",
                "initial-weights-too-small",
            )
        return wrong(f"{text} (a loss of 0.25 is that of guessing)")
    return wrong(f"the outputs are {told}, but should be within 0.1 of 0, 1, 1, 0; the largest difference is {off:.2g}")


def floats(value: Any) -> Array | None:
    """What came back as an array of floats; None if it is none."""
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return array


# --------------------------------------------------------------------------------------------------------- spirals

APART = 0.2  # right arms keep 0.49 apart, arms on one curve come within 0.01 of each other
CENTRE = 0.5  # within this radius arms come close to each other whatever they are


def spiral_requests(rng: np.random.Generator) -> list[Case]:
    return [
        Case("without noise: the arms keep apart", ask="apart", arguments=(300, 0), weight=2),
        Case("without noise: each arm winds around the centre", ask="winding", arguments=(300, 0)),
        Case("called without arguments", ask="noisy", arguments=(), samples=300),
        Case("120 samples", ask="noisy", arguments=(120, 0.1), samples=120),
    ]


@pack.exercise(points=3, cases=spiral_requests, about=["make_spiral_data"])
def spiral_data(student: Any, case: Case) -> dict[str, Any]:
    """Two spirals that do not lie on one curve."""
    found = unpacked(student.make_spiral_data(*case.arguments), "X", "y")
    if case.ask != "noisy":
        return found
    # Random angles are as good as evenly spaced ones, so the same seed for both.
    reseed(student, 5)
    noisy = unpacked(student.make_spiral_data(*case.arguments), "X", "y")
    reseed(student, 5)
    exact = unpacked(student.make_spiral_data(case.samples, 0), "X", "y")
    return {**found, "again": noisy["X"], "exact": exact["X"], "exact y": exact["y"]}


@spiral_data.judged
def _(values: Mapping[str, Any], case: Case) -> Verdict:
    samples = case.arguments[0] if case.arguments else 300
    arms = split(values["X"], values["y"], samples)
    if isinstance(arms, Verdict):
        return arms
    if case.ask == "apart":
        outer = [arm[np.hypot(*arm.T) > CENTRE] for arm in arms]
        if min(map(len, outer)) < samples // 4:
            return wrong(f"most points lie within {CENTRE} of the centre; the radius should grow to 2")
        nearest = float(np.min(distances(*outer)))
        if nearest >= APART:
            return PASSED
        return wrong(
            f"beyond the radius {CENTRE} the arms come within {nearest:.2g} of each other, but should keep at least "
            f"{APART} apart: both lie on one curve, so no network can tell them apart",
            "arms-on-one-curve",
        )
    if case.ask == "winding":
        return next((found for arm in arms if (found := winding(arm)) is not PASSED), PASSED)
    return spread(values, arms, samples)


def split(X: Any, y: Any, samples: int) -> list[Array] | Verdict:
    """The points of each class, or what is wrong with shapes and labels."""
    points, labels = floats(X), floats(y)
    if points is None or labels is None:
        return Verdict(Outcome.WRONG_DTYPE, "X and y should be arrays of floats")
    if points.shape != (samples, 2) or labels.shape != (samples, 1):
        return Verdict(
            Outcome.WRONG_SHAPE,
            f"X has shape {points.shape} and y {labels.shape}, but they should have ({samples}, 2) and ({samples}, 1)",
        )
    if not np.all(np.isfinite(points)):
        return Verdict(Outcome.NOT_FINITE, "X holds NaN or infinity")
    arms = [points[labels[:, 0] == label] for label in (0.0, 1.0)]
    if [len(arm) for arm in arms] != [samples // 2, samples // 2]:
        return wrong(
            f"there are {len(arms[0])} points of class 0 and {len(arms[1])} of class 1, but should be {samples // 2} each"
        )
    return arms


def distances(one: Array, other: Array) -> Array:
    return np.asarray(np.hypot(*(one[:, None] - other[None]).transpose(2, 0, 1)))


def winding(arm: Array) -> Verdict:
    """Whether the angle goes on in one sense, for at least one turn, as the radius grows."""
    radius = np.hypot(*arm.T)
    x, y = arm[np.argsort(radius, kind="stable")][np.sort(radius) > CENTRE / 2].T
    steps = np.diff(np.unwrap(np.arctan2(y, x)))
    turns = abs(float(np.sum(steps))) / (2 * np.pi)
    onward = max(np.mean(steps > 0), np.mean(steps < 0)) if len(steps) else 0.0
    if turns >= 1 and onward >= 0.95 and 1.5 <= np.max(radius) <= 3:
        return PASSED
    return wrong(
        f"an arm turns {turns:.2g} times around the centre up to the radius {np.max(radius):.2g}, but should turn twice "
        "in one sense while its radius grows to 2"
    )


def spread(values: Mapping[str, Any], arms: list[Array], samples: int) -> Verdict:
    """Whether the noise is there, and no more than asked for."""
    largest = max(float(np.max(np.hypot(*arm.T))) for arm in arms)
    if not 1.5 <= largest <= 4:
        return wrong(f"the farthest point lies {largest:.2g} from the centre; the radius should grow to 2")
    again, exact = split(values["again"], values["y"], samples), split(values["exact"], values["exact y"], samples)
    if isinstance(again, Verdict):
        return again
    if isinstance(exact, Verdict):
        return exact
    off = np.median([np.min(distances(noisy, curve), axis=1) for noisy, curve in zip(again, exact, strict=True)])
    if 0.02 <= off <= 0.25:
        return PASSED
    return wrong(
        f"half of the points lie more than {off:.2g} from their arm; with a noise of 0.1 it should be about 0.07",
        "noise-ignored" if off < 1e-9 else "",
    )


REACHED = 0.95  # right solutions reach 0.96 to 0.98, arms on one curve 0.65


def spirals(rng: np.random.Generator) -> list[Case]:
    t = np.linspace(0, 4 * np.pi, 150)
    arm = np.column_stack([np.cos(t), np.sin(t)]) * (t / (2 * np.pi))[:, None]
    X = np.vstack([arm, -arm]) + 0.1 * rng.normal(size=(300, 2))
    return [Case("300 points, noise 0.1", X=X, y=np.repeat([0.0, 1.0], 150).reshape(-1, 1))]


@pack.exercise(points=5, cases=spirals, seconds=60, about=["train_spiral"], needs=OF_CLASS)
def spiral(student: Any, case: Case) -> dict[str, Any]:
    """Two spirals are told apart."""
    networks: list[Any] = []
    outputs: list[Any] = []
    for _ in range(3):
        networks.append(student.train_spiral(case.X, case.y))
        outputs.append(plain(networks[-1].forward(case.X)))
        if accuracy(outputs[-1], case.y) >= REACHED:  # no further one could make it better
            break
    best = max(range(len(outputs)), key=lambda place: accuracy(outputs[place], case.y))
    return {"outputs": outputs, **on_a_grid(networks[best])}


def on_a_grid(network: Any) -> dict[str, Any]:
    """What a network predicts around the spirals, to be drawn: nothing where it fails on other points than its own."""
    xx, yy = np.meshgrid(np.linspace(-2.4, 2.4, 48), np.linspace(-2.4, 2.4, 48))
    with contextlib.suppress(Exception):
        predictions = floats(plain(network.forward(np.column_stack([xx.ravel(), yy.ravel()]))))
        if predictions is not None and predictions.size == xx.size:
            return {"xx": xx, "yy": yy, "predictions": predictions.reshape(xx.shape)}
    return {}


def accuracy(outputs: Any, y: Array) -> float:
    """The share of points on the right side of a half; NaN is on no side."""
    array = floats(outputs)
    if array is None or array.shape != y.shape:
        return 0.0
    return float(np.mean(np.where(y == 1.0, array > 0.5, array <= 0.5)))


@spiral.judged
def _(values: Mapping[str, Any], case: Case) -> Verdict:
    found = [accuracy(each, case.y) for each in values["outputs"]]
    if max(found) >= REACHED:
        return PASSED
    shapes = {np.shape(each) for each in values["outputs"]} - {case.y.shape}
    if shapes:
        return Verdict(Outcome.WRONG_SHAPE, f"net.forward(X) has shape {shapes.pop()}, but should have {case.y.shape}")
    told = ", ".join(f"{share:.1%}" for share in found)
    return wrong(
        f"the best of three networks is right for {max(found):.1%} of the points ({told}), but should be for at least "
        f"{REACHED:.0%}: more hidden units, larger weights to begin with, another rate, or longer"
    )


# ------------------------------------------------------------------------------------------------- hyperparameters


def grids(rng: np.random.Generator) -> list[Case]:
    other = network(rng, 5, 3, 2, 2)
    return [
        Case(
            "exclusive or, two sizes, two rates",
            X=XOR_X, y=XOR_Y, hidden_sizes=[2, 10], learning_rates=[0.1, 1.0], epochs=40, seed=3, weight=2,
        ),
        Case(
            "three sizes, two rates",
            X=other["X"], y=other["y"], hidden_sizes=[2, 3, 5], learning_rates=[0.5, 3.0], epochs=25, seed=11,
            hidden=True,
        ),
    ]  # fmt: skip


@pack.exercise(points=5, cases=grids, about=["explore"], needs=OF_CLASS)
def hyperparameters(student: Any, case: Case) -> dict[str, Any]:
    """Hyperparameters are explored: replayed with the submission's own class."""
    arguments = numbers(case, "X", "y", "hidden_sizes", "learning_rates", "epochs", "seed")
    rows = plain(student.explore(*arguments))
    pairs = [(size, rate) for size in case.hidden_sizes for rate in case.learning_rates]
    replayed = []
    for pair in pairs:
        reseed(student, case.seed)
        replayed.append(replay(student, case, *pair))
    reseed(student, case.seed)
    return {"rows": rows, "replayed": replayed, "seeded once": [replay(student, case, *pair) for pair in pairs]}


def replay(student: Any, case: Case, hidden_size: int, learning_rate: float) -> list[float]:
    """The loss of the last step and that after it."""
    net = student.NeuralNetwork(case.X.shape[1], hidden_size, case.y.shape[1], learning_rate)
    for _ in range(case.epochs):
        loss = net.train_step(case.X, case.y)
    return [float(loss), float(net.compute_loss(case.y, net.forward(case.X)))]


@hyperparameters.judged
def _(values: Mapping[str, Any], case: Case) -> Verdict:
    rows, keys = values["rows"], ("hidden_size", "learning_rate", "final_loss")
    pairs = [(size, rate) for size in case.hidden_sizes for rate in case.learning_rates]
    if not isinstance(rows, (list, tuple)) or not all(isinstance(row, dict) for row in rows):
        return Verdict(Outcome.WRONG_DTYPE, "explore should return a list of dicts")
    if any(key not in row for row in rows for key in keys):
        has = ", ".join(map(str, next(row for row in rows if any(key not in row for key in keys))))
        return Verdict(Outcome.NOT_DEFINED, f"a row has the keys {has}, but should have {', '.join(keys)}")
    found = {(int(row["hidden_size"]), float(row["learning_rate"])): float(row["final_loss"]) for row in rows}
    missing = [pair for pair in pairs if pair not in found]
    if missing:
        size, rate = missing[0]
        return Verdict(
            Outcome.WRONG_SHAPE,
            f"there is no row for hidden_size {size} with learning_rate {rate:g}: a row for each pair",
        )
    if len(rows) != len(pairs):
        return Verdict(
            Outcome.WRONG_SHAPE, f"there are {len(rows)} rows, but should be {len(pairs)}: one for each pair"
        )
    losses = [found[pair] for pair in pairs]
    if replays(losses, values["replayed"]):
        return PASSED
    if replays(losses, values["seeded once"]):
        return wrong(
            "the losses are those of networks that start from different weights, so they can't be compared: the "
            "generator should be seeded before each network",
            "seeded-once",
        )
    place = next(place for place, loss in enumerate(losses) if not replays([loss], [values["replayed"][place]]))
    size, rate = pairs[place]
    return wrong(
        f"final_loss for hidden_size {size} and learning_rate {rate:g} is {losses[place]:.6g}, but your own class, trained "
        f"for {case.epochs} steps from seed {case.seed}, ends at {values['replayed'][place][0]:.6g}"
    )


def replays(losses: list[float], replayed: list[list[float]]) -> bool:
    """Whether each loss is the last one of the replay, or that after it."""
    return all(
        any(abs(loss - due) <= 1e-6 * abs(due) for due in either) for loss, either in zip(losses, replayed, strict=True)
    )


pack.prose("reflection", title="Reflection: for a person to read")
