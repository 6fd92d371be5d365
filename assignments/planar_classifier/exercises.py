"""Functions that hand dicts to each other: parameters, cache and grads; columns, tanh and sigmoid."""

# mypy: allow-untyped-defs, allow-untyped-calls
import numpy as np

from grader.judging import Fact, Outcome, Verdict
from grader.packs import Case, Pack, by_name, named, plain, reseed, unpacked

pack = Pack(
    "planar_classifier",
    title="Two classes in the plane, with one hidden layer",
    reference="reference.planar_classifier",
    twin="reference.planar_classifier_autograd",
    seed=20268,
    axes={"X": "n m"},
    stand_ins=["testCases", "testCases_v2", "public_tests", "sklearn", "sklearn.datasets", "sklearn.linear_model"],
)
PARAMETERS, GRADS, CACHE = ("W1", "b1", "W2", "b2"), ("dW1", "db1", "dW2", "db2"), ("Z1", "A1", "Z2", "A2")


def network(rng, m, n_x, n_h):
    """Data and parameters: biases that are not zero, both labels, no output near one half."""
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (1, n_h), "b2": (1, 1)}
    while True:
        X, parameters = rng.normal(size=(n_x, m)), {name: rng.normal(size=shape) for name, shape in shapes.items()}
        Z2 = parameters["W2"] @ np.tanh(parameters["W1"] @ X + parameters["b1"]) + parameters["b2"]
        if np.min(np.abs(Z2)) > 0.05:
            return {"X": X, "Y": (np.arange(m) % 2)[np.newaxis].astype(float), "parameters": parameters}


def networks(rng):
    return [
        Case("two samples", **network(rng, 2, 3, 4)),
        Case("seven samples", weight=2, **network(rng, 7, 3, 5)),
        Case("all sizes four", **network(rng, 4, 4, 4)),
        Case("six samples", weight=2, hidden=True, **network(rng, 6, 2, 5)),
    ]


def forward(student, case, parameters=None):
    given = case.parameters if parameters is None else parameters
    return unpacked(by_name(student.forward_propagation, X=case.X, parameters=given), "A2", "cache")


def backward(student, case, parameters, cache):
    return by_name(student.backward_propagation, parameters=parameters, cache=cache, X=case.X, Y=case.Y)


def cost(student, case, A2):
    return by_name(student.compute_cost, {"parameters": case.parameters}, A2=A2, Y=case.Y)


@pack.exercise(points=1, cases=networks)
def initialize_parameters(student, case):
    """Parameters to start from."""
    sizes = (len(case.X), len(case.parameters["b1"]), 50)
    found = named(student.initialize_parameters(*sizes), *PARAMETERS)
    made = {name: np.array(plain(value), float) for name, value in found.items()}
    spread = [np.std(made[name]) for name in ("W1", "W2")]
    shapes = {f"shape of {name}": np.array(value.shape) for name, value in made.items()}
    small = Fact(np.array(float(max(spread) < 0.03)), "W1 and W2 should be drawn with a standard deviation of 0.01")
    drawn = Fact(np.array(float(min(spread) > 0.003)), "W1 and W2 should be drawn at random, each unit's by itself")
    return {**shapes, "b1": made["b1"], "b2": made["b2"], "small": small, "drawn": drawn}


@pack.exercise(points=3, cases=networks)
def forward_propagation(student, case):
    """The forward pass."""
    found = forward(student, case)
    return {"A2": found["A2"], **{f"cache {name}": value for name, value in named(found["cache"], *CACHE).items()}}


@pack.exercise(points=2, cases=networks)
def compute_cost(student, case):
    """The cost."""
    return {"cost": np.squeeze(plain(cost(student, case, np.linspace(0.1, 0.8, case.Y.size)[np.newaxis])))}


@pack.exercise(points=8, cases=networks, needs=["forward_propagation"])
def backward_propagation(student, case):
    """The gradient of the cost."""
    return named(backward(student, case, case.parameters, forward(student, case)["cache"]), *GRADS)


@backward_propagation.differences
def _(student, case):
    """Your own cost."""

    def at(name, value):
        return float(cost(student, case, forward(student, case, {**case.parameters, name: value})["A2"]))

    return {f"d{name}": (lambda value, name=name: at(name, value), case.parameters[name]) for name in PARAMETERS}


@pack.exercise(points=2, cases=networks)
def update_parameters(student, case):
    """One step of gradient descent."""
    grads = {f"d{name}": np.cos(value) for name, value in case.parameters.items()}
    other = student.update_parameters(case.parameters, grads, 0.3)
    found = named(student.update_parameters(case.parameters, grads), *PARAMETERS)
    return {**found, **{f"{name} at rate 0.3": value for name, value in named(other, *PARAMETERS).items()}}


@pack.exercise(points=4, cases=networks)
def nn_model(student, case):
    """Training: a step more is one of your own functions' steps."""
    found = []
    for steps in (3, 4):
        reseed(student, 1)
        model = by_name(student.nn_model, X=case.X, Y=case.Y, n_h=4, num_iterations=steps)
        found.append({name: plain(value) for name, value in named(model, *PARAMETERS).items()})
    grads = backward(student, case, found[0], forward(student, case, found[0])["cache"])
    due = named(student.update_parameters(found[0], grads), *PARAMETERS)
    return {"before": found[0], "after": found[1], "due": {name: plain(value) for name, value in due.items()}}


@nn_model.judged
def _(values, case):
    for name in PARAMETERS:
        before, after, due = (np.array(values[each][name], float) for each in ("before", "after", "due"))
        if not np.max(np.abs(after - due)) <= 1e-6 * np.max(np.abs(due - before)):
            text = (
                "is as before"
                if np.array_equal(after, before)
                else "is not what one more of your own steps makes of it"
            )
            return Verdict(Outcome.WRONG_VALUE, f"after four steps in place of three, {name} {text}")
    return Verdict(Outcome.PASSED)


@pack.exercise(points=2, cases=networks, needs=["forward_propagation"])
def predict(student, case):
    """The predicted labels."""
    return {"predict": np.array(plain(by_name(student.predict, parameters=case.parameters, X=case.X)), float)}
