"""The exercises of `sigmoid_network` as other graders' tests: assertions with numbers in them.

The cases are the pack's, hidden ones included, the numbers its NumPy reference's. The same text is wrapped as otter's
test files, nbgrader's test cells, or check50's checks.
"""

from __future__ import annotations

import dataclasses
import inspect
import textwrap
from typing import Any

import numpy as np

from grader.packs.model import Case, Pack
from reference import sigmoid_network

TOLERANCE = "rtol=1e-6, atol=1e-8"
ROUNDED = "rtol=1e-6, atol=1e-6"  # what central differences leave
PARAMETERS = ("W1", "b1", "W2", "b2")
FAILING = """\
import functools

import check50
import check50.py
import numpy as np


def failing(check):
    @functools.wraps(check)
    def wrapped():
        try:
            check()
        except Exception as error:
            raise check50.Failure(f"{type(error).__name__}: {error}")
    return wrapped


"""
CLASS = ("forward", "backward", "update_weights", "train")


@dataclasses.dataclass(frozen=True, slots=True)
class Test:
    """An exercise's test.

    Attributes:
      uses: the student's function or class that it is about.
      cases: name and code of each.
    """

    exercise: str
    points: float
    uses: str
    cases: tuple[tuple[str, str], ...]


def tests(pack: Pack) -> list[Test]:
    """All exercises of the pack."""
    return [
        Test(
            exercise.id,
            exercise.points,
            "SimpleNeuralNetwork" if exercise.id in CLASS else exercise.id,
            tuple(
                (case.name, code(exercise.id, case, exercise.probe(sigmoid_network, case.fresh())))
                for case in exercise.cases(pack.seed, pack.seed)
            ),
        )
        for exercise in pack.exercises.values()
    ]


def code(exercise: str, case: Case, expected: dict[str, Any]) -> str:
    """A case as lines of a test."""
    match exercise:
        case "sigmoid" | "sigmoid_derivative" | "relu" | "relu_derivative":
            return close(f"{exercise}({literal(case.x)})", expected[f"{exercise}(x)"])
        case "mse_loss" | "mse_loss_derivative":
            return close(f"{exercise}({literal(case.y_pred)}, {literal(case.y_true)})", expected[exercise])
        case "forward" if case.ask == "shapes":
            made = f"net = SimpleNeuralNetwork({case.n}, {case.h}, {case.k})"
            return lines(made, *(f"assert net.{name}.shape == {expected[name].shape}" for name in PARAMETERS))
        case "forward" if case.ask == "output":
            return lines(network(case), close("net.forward(X)", expected["a2"]))
        case "forward":
            kept = (close(f"net.{name}", value) for name, value in expected.items())
            return lines(network(case), "net.forward(X)", *kept)
        case "backward":
            call = "net.backward(X, y, y_pred)"
            gradients = (close(name, value) for name, value in expected.items())
            again = [call] if case.again else []
            return lines(network(case), "y_pred = net.forward(X)", *again, f"dW1, db1, dW2, db2 = {call}", *gradients)
        case "update_weights":
            step = ", ".join(literal(getattr(case, f"d{name}")) for name in PARAMETERS)
            return lines(network(case), *[f"net.update_weights({step})"] * case.steps, attributes(expected))
        case "train":
            losses = close(f"net.train(X, y, epochs={case.epochs})", expected["losses"])
            return lines(network(case), losses, attributes(expected))
        case "numerical_gradient":
            weights = literal(inspect.getclosurevars(case.f).nonlocals["weights"])
            total = "np.sin(2 * np.sum(weights * x)) + np.sum(weights * x**3) + np.sum(x) ** 3 / 5"
            return lines(
                f"def f(x):\n    weights = {weights}\n    return float({total})",
                close(f"numerical_gradient(f, {literal(case.x)})", expected["numerical_gradient"], ROUNDED),
            )
    raise ValueError(f"{exercise} has no test here")


def network(case: Case) -> str:
    """The network and the data that the case is about."""
    rate = f", learning_rate={case.learning_rate}" if "learning_rate" in case.fields else ""
    return lines(
        f"X, y = {literal(case.X)}, {literal(case.y)}",
        f"net = SimpleNeuralNetwork({case.n}, {case.h}, {case.k}{rate})",
        *(f"net.{name} = {literal(getattr(case, name))}" for name in PARAMETERS),
    )


def attributes(expected: dict[str, Any]) -> str:
    return lines(*(close(f"net.{name}", expected[name]) for name in PARAMETERS))


def close(actual: str, expected: Any, tolerance: str = TOLERANCE) -> str:
    return f"np.testing.assert_allclose({actual}, {literal(expected)}, {tolerance})"


def literal(value: Any) -> str:
    """Python text for a number or an array."""
    array = np.asarray(value)
    if array.ndim == 0:
        return repr(array.item())
    kind = ", np.float32" if array.dtype == np.float32 else ""
    return f"np.array({array.tolist()!r}{kind})"


def lines(*parts: str) -> str:
    return "\n".join(parts)


# ------------------------------------------------------------------------------------------------------ other graders


def otter(test: Test) -> str:
    """A test file of otter-grader, with a test case for each case. The student's names are handed in by name."""
    functions = (
        f'@test_case(name="{name}")\ndef test_{number}({test.uses}):\n{textwrap.indent(text, "    ")}\n'
        for number, (name, text) in enumerate(test.cases)
    )
    header = "import numpy as np\nfrom otter.test_files import test_case\n\nOK_FORMAT = False"
    return f'{header}\nname = "{test.exercise}"\npoints = {test.points}\n\n' + "\n\n".join(functions)


def nbgrader(test: Test) -> str:
    """A test cell of nbgrader: all cases; the first that fails costs the points."""
    return "import numpy as np\n\n" + "\n".join(f"# {name}\n{text}" for name, text in test.cases)


def check50(tests: list[Test]) -> str:
    """Checks for check50: one for each exercise. What is raised in one is made into its kind of failure."""
    checks = (
        f'@check50.check()\n@failing\ndef check_{test.exercise}():\n    """{test.exercise}"""\n'
        f'    {test.uses} = check50.py.import_("hw.py").{test.uses}\n'
        + textwrap.indent("\n".join(f"# {name}\n{text}" for name, text in test.cases), "    ")
        for test in tests
    )
    return FAILING + "\n\n\n".join(checks) + "\n"
