"""Lists of weights and biases, column vectors, one sample at a time."""

# mypy: allow-untyped-defs, allow-untyped-calls
import itertools

import numpy as np

from grader.packs import Case, Pack, by_name, unpacked

pack = Pack(
    "list_network",
    title="A network of any depth, one sample at a time",
    reference="reference.list_network",
    twin="reference.list_network_autograd",
    seed=20266,
    stand_ins=["mnist_loader"],
)
HELPERS = ["sigmoid", "sigmoid_prime", "cost_derivative"]
PARAMETERS = ["biases", "weights"]


def network(rng, *sizes, samples=1, **others):
    """Parameters, and pairs of an input and a target: no bias is zero, no output saturated."""
    pairs = [(rng.normal(size=(sizes[0], 1)), rng.uniform(size=(sizes[-1], 1))) for _ in range(samples)]
    biases = [rng.normal(size=(size, 1)) for size in sizes[1:]]
    weights = [rng.normal(size=(after, before)) for before, after in itertools.pairwise(sizes)]
    return {"sizes": list(sizes), "biases": biases, "weights": weights, "pairs": pairs, **others}


def networks(rng):
    return [
        Case("two inputs, three hidden, one output", **network(rng, 2, 3, 1, eta=0.5)),
        Case("four, five and three units, three samples", weight=2, **network(rng, 4, 5, 3, samples=3, eta=2.0)),
        Case("four layers, two samples", weight=2, **network(rng, 3, 4, 5, 2, samples=2, eta=3.0)),
        Case("layers of one size", **network(rng, 3, 3, 3, eta=1.0)),
        Case("other sizes", weight=2, hidden=True, **network(rng, 5, 3, 4, 2, samples=5, eta=1.5)),
    ]


def trainings(rng):  # where a step is made on all samples, or all are alike, their order does not matter
    alike = network(rng, 3, 4, 2, epochs=2, size=3, eta=2.0)
    return [
        Case("all samples at once, three epochs", **network(rng, 2, 3, 1, samples=5, epochs=3, size=5, eta=2.0)),
        Case("seven samples alike, three at a time", **{**alike, "pairs": alike["pairs"] * 7}),
        Case("in one batch", hidden=True, **network(rng, 4, 3, 2, samples=6, epochs=4, size=6, eta=1.0)),
    ]


def made(student, case):
    net = student.Network(case.sizes)
    net.biases, net.weights = case.biases, case.weights
    return net


def arrays(case, **lists):
    """Each array of a list under a name of its own: {"nabla_w[0]": …}."""
    return {f"{name}[{place}]": value[place] for name, value in lists.items() for place in range(len(case.biases))}


@pack.exercise(points=1, cases=networks)
def sigmoid(student, case):
    """The sigmoid."""
    return {"sigmoid(z)": student.sigmoid(3 * case.weights[0])}


@pack.exercise(points=1, cases=networks, needs=["sigmoid"])
def sigmoid_prime(student, case):
    """The derivative of the sigmoid."""
    return {"sigmoid_prime(z)": student.sigmoid_prime(case.weights[0])}


@sigmoid_prime.differences
def _(student, case):
    return {"sigmoid_prime(z)": (lambda z: np.sum(student.sigmoid(z)), case.weights[0])}


@pack.exercise(points=3, cases=networks, needs=["sigmoid"])
def feedforward(student, case):
    """The network's output."""
    return {"output": made(student, case).feedforward(case.pairs[0][0])}


@pack.exercise(points=1, cases=networks)
def cost_derivative(student, case):
    """The derivative of the cost by the output."""
    function, y = made(student, case).cost_derivative, case.pairs[0][1]
    return {"cost_derivative": by_name(function, output_activations=np.linspace(0.2, 0.9, len(y))[:, None], y=y)}


@pack.exercise(points=8, cases=networks, needs=HELPERS)
def backprop(student, case):
    """The gradient of one sample's cost."""
    net = made(student, case)
    net.backprop(*case.pairs[0])  # twice: what is left over from the first call must not count
    return arrays(case, **unpacked(net.backprop(*case.pairs[0]), "nabla_b", "nabla_w"))


@backprop.differences
def _(student, case):
    """Half the squared distance of your own feedforward's output from the target."""

    def cost(name, place, value):
        net, changed = made(student, case), list(getattr(case, name))
        changed[place] = value
        setattr(net, name, changed)
        x, y = case.pairs[0]
        return float(np.sum((np.asarray(net.feedforward(x)) - y) ** 2) / 2)

    return {
        f"nabla_{name[0]}[{place}]": (lambda value, name=name, place=place: cost(name, place, value), array)
        for name in PARAMETERS
        for place, array in enumerate(getattr(case, name))
    }


@pack.exercise(points=4, cases=networks, needs=[*HELPERS, "backprop"], may_change=PARAMETERS)
def update_mini_batch(student, case):
    """One step on a mini-batch."""
    net = made(student, case)
    net.update_mini_batch(case.pairs, case.eta)
    return arrays(case, biases=net.biases, weights=net.weights)


@pack.exercise(
    points=3, cases=trainings, needs=[*HELPERS, "backprop", "update_mini_batch"], may_change=[*PARAMETERS, "pairs"]
)
def SGD(student, case):
    """Training."""
    net = made(student, case)
    net.SGD(case.pairs, case.epochs, case.size, case.eta)
    return arrays(case, biases=net.biases, weights=net.weights)
