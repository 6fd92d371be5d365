"""What is asked: exercises, each a function that uses a student's module, and the cases that it is used on."""

import numpy as np

from grader.packs import Case, Pack

pack = Pack(
    "starter",
    title="A linear model",
    reference="reference.starter",
    twin="reference.starter_autograd",
    seed=1,  # draws the cases; whoever grades for credit gives another: grader grade --seed
    axes={"inputs": "m n"},  # letters in which the report tells factors: "m times too large"
)


def models(rng):
    """The cases, the smallest first: the report shows the first that fails."""
    return [
        Case(
            "two samples",
            inputs=np.array([[1.0, 2.0, -1.0], [0.5, -1.0, 3.0]]),
            targets=np.array([1.0, -0.5]),
            weights=np.array([0.3, -0.2, 0.1]),
        ),
        Case("a batch of seven", weight=2, **drawn(rng, 7, 4)),
        Case("a batch of five", weight=2, hidden=True, **drawn(rng, 5, 3)),
    ]


def drawn(rng, m, n):
    """A case's fields: m samples of n inputs. Sizes that differ show a transposed or wrongly divided gradient."""
    return {
        "inputs": rng.normal(size=(m, n)),
        "targets": rng.normal(size=m),
        "weights": rng.normal(size=n),
    }


@pack.exercise(points=2, cases=models)
def squared_error(student, case):
    """Half the mean squared error."""
    return {"squared_error": student.squared_error(case.inputs, case.targets, case.weights)}


@pack.exercise(points=4, cases=models)
def squared_error_gradient(student, case):
    """The gradient of half the mean squared error."""
    return {"gradient": student.squared_error_gradient(case.inputs, case.targets, case.weights)}


@squared_error_gradient.differences
def _(student, case):
    """Half the mean squared error."""
    return {"gradient": (lambda weights: student.squared_error(case.inputs, case.targets, weights), case.weights)}
