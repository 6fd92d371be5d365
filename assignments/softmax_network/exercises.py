"""A class with a dict of parameters, whose loss gives the gradient with it: integer labels, softmax, L2."""

# mypy: allow-untyped-defs, allow-untyped-calls
import numpy as np

from grader.packs import Case, Pack, by_name, named, plain, unpacked

pack = Pack(
    "softmax_network",
    title="A two-layer classifier with softmax and regularization",
    reference="reference.softmax_network",
    twin="reference.softmax_network_autograd",
    seed=20267,
    axes={"X": "m n", "b1": "h", "b2": "k"},
    stand_ins=["past.builtins", "cs231n.data_utils", "cs231n.gradient_check", "cs231n.vis_utils"],
)
PARAMETERS = ("W1", "b1", "W2", "b2")


def network(rng, m, n, h, k, reg=0.0, scale=1.0):
    """Data and parameters: each pre-activation is at least 0.05 from zero, every class is there."""
    while True:
        X, W1, b1 = rng.normal(size=(m, n)), rng.normal(size=(n, h)), rng.normal(size=h)
        if np.min(np.abs(X @ W1 + b1)) >= 0.05:
            break
    W2, b2 = scale * rng.normal(size=(h, k)), scale * rng.normal(size=k)
    return {"X": X, "y": rng.permutation(np.arange(m) % k), "reg": reg, "W1": W1, "b1": b1, "W2": W2, "b2": b2}


def networks(rng):
    return [
        Case("two samples, without regularization", **network(rng, 2, 3, 4, 2)),
        Case("seven samples, three classes", weight=2, **network(rng, 7, 4, 5, 3, reg=0.3)),
        Case("a single sample", **network(rng, 1, 2, 4, 3, reg=0.1)),
        Case("all sizes four", **network(rng, 4, 4, 4, 4, reg=0.05)),
        Case("six samples, four classes", weight=2, hidden=True, **network(rng, 6, 3, 5, 4, reg=0.2)),
    ]


def large_networks(rng):
    return [Case("scores in the thousands", kinked=True, **network(rng, 3, 2, 4, 3, scale=1000.0))]


def made(student, case):
    net = student.TwoLayerNet(case.X.shape[1], len(case.b1), len(case.b2))
    net.params = {name: getattr(case, name) for name in PARAMETERS}
    return net


@pack.exercise(points=3, cases=networks, about=["TwoLayerNet.loss"])
def scores(student, case):
    """The scores, where no classes are given."""
    return {"scores": made(student, case).loss(case.X)}


@pack.exercise(points=2, cases=networks)
def loss(student, case):
    """The loss: softmax, cross-entropy and regularization."""
    return {"loss": by_loss(student, case)["loss"]}


@pack.exercise(points=1, cases=large_networks)
def large_scores(student, case):
    """The loss is finite whatever the scores."""
    return {"loss": by_loss(student, case)["loss"]}


def by_loss(student, case):
    net = made(student, case)
    by_name(net.loss, X=case.X, y=case.y, reg=case.reg)  # twice: nothing may be left over from the first call
    return unpacked(by_name(net.loss, X=case.X, y=case.y, reg=case.reg), "loss", "grads")


@pack.exercise(points=8, cases=networks)
def gradients(student, case):
    """The gradient of the loss."""
    found = named(by_loss(student, case)["grads"], *PARAMETERS)
    return {f"d{name}": value for name, value in found.items()}


@gradients.differences
def _(student, case):
    """Your own loss."""

    def at(name, value):
        net = made(student, case)
        net.params = {each: value if each == name else getattr(case, each) for each in PARAMETERS}
        return float(unpacked(net.loss(case.X, case.y, case.reg), "loss", "grads")["loss"])

    return {f"d{name}": (lambda value, name=name: at(name, value), getattr(case, name)) for name in PARAMETERS}


@pack.exercise(points=2, cases=networks, may_change=["params"])
def step(student, case):
    """One step of gradient descent."""
    net = made(student, case)
    net.step({name: np.cos(getattr(case, name)) for name in PARAMETERS}, 0.3 + case.reg)
    return named(net.params, *PARAMETERS)


@pack.exercise(points=2, cases=networks, needs=["scores"])
def predict(student, case):
    """The predicted classes."""
    return {"predict": np.array(plain(made(student, case).predict(case.X)), float)}
