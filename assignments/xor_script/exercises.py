"""Pack 4: exclusive or as one script, graded by the variables that it leaves and by its functions."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.packs import Case, Pack, Tolerance, plain, unpacked

pack = Pack(
    "xor_script",
    title="Learning from mistakes: exclusive or in one script",
    reference="reference.xor_script",
    twin="reference.xor_script_autograd",
    seed=20264,
    axes={"X": "m n", "y": "m k", "W1": "n h"},
    runs_as_script=True,
)

PARAMETERS = ("W1", "b1", "W2", "b2")

# The sigmoid's own digits matter where it is asked for by itself; beyond |x| = 15 what is left of them is rounding,
# so there the absolute error counts.
NEAR = Tolerance(float32="typed")
FAR = Tolerance(rtol=0.0, norm=0.0, atol=1e-8, float32="typed")
# Ten thousand iterations in float64, in whatever order of operations, agree to 1e-12 or better.
RUN = Tolerance(rtol=1e-9, norm=1e-9, float32="never")
# The outputs of the last iteration and those after its update differ by 1.7e-4 of the smallest; either is right.
OUTPUTS = Tolerance(rtol=3e-4, norm=1e-9, float32="never")


def pre_activations(rng: np.random.Generator) -> list[Case]:
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


@pack.exercise(points=1, cases=pre_activations, tolerance=NEAR)
def sigmoid(student: Any, case: Case) -> dict[str, Any]:
    """The sigmoid."""
    return {"sigmoid(x)": student.sigmoid(case.x)}


def activations(rng: np.random.Generator) -> list[Case]:
    return [
        Case("five activations", x=np.array([0.1, 0.25, 0.5, 0.75, 0.9]), weight=2),
        Case("a single number", x=0.3),
        Case("a 3 by 4 array", x=rng.uniform(0.01, 0.99, size=(3, 4)), weight=2),
        Case("saturated", x=np.array([0.0, 1.0, 0.5]), kinked=True),
        Case("three axes", x=rng.uniform(0.01, 0.99, size=(2, 3, 4)), weight=2, hidden=True),
    ]


@pack.exercise(points=1, cases=activations, tolerance=NEAR)
def sigmoid_derivative(student: Any, case: Case) -> dict[str, Any]:
    """The derivative of the sigmoid, of the activation."""
    return {"sigmoid_derivative(a)": student.sigmoid_derivative(case.x)}


@sigmoid_derivative.differences
def _(student: Any, case: Case) -> dict[str, Any]:
    return {"sigmoid_derivative(a)": (lambda z: np.sum(student.sigmoid(z)), np.log(case.x / (1 - case.x)))}


# ------------------------------------------------------------------------------------------- what the script leaves


# What the script is made of, and a run of it that is soon over.
OF_SCRIPT = ["train", "sigmoid", "sigmoid_derivative"]
BEGUN = ("_script", "iterations = 10000", "iterations = 2")


def the_run(rng: np.random.Generator) -> list[Case]:
    return [Case("after 10,000 iterations")]


@pack.exercise(points=3, cases=the_run, tolerance=RUN, agreement=1e-10, is_script=True, begun=BEGUN, needs=OF_SCRIPT)
def weights(student: Any, case: Case) -> dict[str, Any]:
    """The parameters that the script leaves."""
    return {name: getattr(student, name) for name in PARAMETERS}


@pack.exercise(
    points=3, cases=the_run, tolerance=OUTPUTS, agreement=1e-10, is_script=True, begun=BEGUN, needs=OF_SCRIPT
)
def output(student: Any, case: Case) -> dict[str, Any]:
    """The outputs that the script leaves."""
    return {"output_layer_output": student.output_layer_output}


def the_table(rng: np.random.Generator) -> list[Case]:
    return [Case("the first two losses", first=2), Case("all ten losses", first=10, weight=2)]


@pack.exercise(points=3, cases=the_table, tolerance=RUN, agreement=1e-10, is_script=True, begun=BEGUN, needs=OF_SCRIPT)
def loss_table(student: Any, case: Case) -> dict[str, Any]:
    """The losses at every thousandth iteration."""
    losses = student.losses
    return {"losses": losses} if case.first == 10 else {"losses[:2]": plain(losses)[:2]}


# ------------------------------------------------------------------------------------------------ the run as a function


def network(rng: np.random.Generator, m: int, n: int, h: int, k: int) -> dict[str, Any]:
    """Data and parameters: biases that are not zero, targets that vary, outputs that are not saturated."""
    return {
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
        "X": np.array([[1.0, 0.5], [-1.0, 2.0]]),
        "y": np.array([[1.0], [0.0]]),
        "W1": np.array([[0.5, -0.3, 0.8], [0.2, 0.7, -0.4]]),
        "b1": np.array([[0.1, -0.2, 0.3]]),
        "W2": np.array([[0.6], [-0.9], [0.4]]),
        "b2": np.array([[0.2]]),
    }


def training_cases(rng: np.random.Generator) -> list[Case]:
    # Large steps, so that gradients taken from weights of another moment show; no rate stands for a factor in the sizes.
    xor = {
        **network(rng, 4, 2, 4, 1),
        "X": np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]),
        "y": np.array([[0.0], [1.0], [1.0], [0.0]]),
    }
    return [
        Case("two iterations", iterations=2, learning_rate=0.5, **small()),
        Case("exclusive or, five iterations", iterations=5, learning_rate=2.25, weight=2, **xor),
        Case("seven samples, three outputs", iterations=4, learning_rate=1.25, weight=2, **network(rng, 7, 4, 5, 3)),
        Case("1,001 iterations: two losses", iterations=1001, learning_rate=0.02, **small()),
        Case("a batch of six", iterations=5, learning_rate=1.5, hidden=True, weight=2, **network(rng, 6, 3, 4, 2)),
    ]


@pack.exercise(points=5, cases=training_cases, may_change=PARAMETERS, needs=["sigmoid", "sigmoid_derivative"])
def train(student: Any, case: Case) -> dict[str, Any]:
    """Training: the losses, and where the parameters end."""
    start = [getattr(case, name) for name in PARAMETERS]
    result = student.train(case.X, case.y, *start, case.learning_rate, case.iterations)
    return unpacked(result, *PARAMETERS, "losses")
