"""A wrong helper costs its own points once, and what is right by itself keeps its own."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from grader.packs.oracles import LARGEST_KEPT, LONG, remembered
from grader.reports import Report

from .conftest import Grade, exercise

ALL = 30


def lost(report: Report) -> dict[str, float]:
    return {each.id: each.max_score - each.score for each in report.exercises if each.score != each.max_score}


def test_a_wrong_derivative_costs_its_points_and_backward_that_calls_it_keeps_its_own(
    plain: str, grade_text: Grade
) -> None:
    report = grade_text(plain + "\n\ndef sigmoid_derivative(x):\n    return x * (1 - x)\n")
    assert list(lost(report)) == ["sigmoid_derivative"]
    backward = exercise(report, "backward")
    assert (backward.outcome, backward.follow_through, backward.diagnosis) == ("wrong_value", True, [])
    assert all(check.score == 0 for check in backward.checks)
    assert backward.remarks == [
        "backward is right by itself: with the right sigmoid_derivative in place of yours it passes, "
        "so it earns 8 of 8."
    ]


CONSISTENT_PAIR = """
def sigmoid_derivative(a):
    return a * (1 - a)

class SimpleNeuralNetwork(SimpleNeuralNetwork):
    def forward(self, X):
        self.z1 = X @ self.W1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        delta2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.a2)
        delta1 = delta2 @ self.W2.T * sigmoid_derivative(self.a1)
        return X.T @ delta1, delta1.sum(0, keepdims=True), self.a1.T @ delta2, delta2.sum(0, keepdims=True)
"""


def test_a_wrong_forward_beside_a_consistent_pair_leaves_backward_its_points(plain: str, grade_text: Grade) -> None:
    report = grade_text(plain + CONSISTENT_PAIR)
    assert set(lost(report)) == {"sigmoid_derivative", "forward"}
    assert exercise(report, "backward").follow_through
    assert exercise(report, "train").follow_through


OWN_NAMES = """
class Layer:
    def __init__(self):
        self.kept = {}

class SimpleNeuralNetwork(SimpleNeuralNetwork):
    def forward(self, X):
        hidden = Layer()
        hidden.kept["before"] = X @ self.W1 + self.b1
        hidden.kept["after"] = sigmoid(hidden.kept["before"])
        self.memory = {"layers": [hidden], "pair": (X, LINE)}
        self.z1, self.a1, self.z2 = hidden.kept["before"], hidden.kept["after"], self.memory["pair"][1]
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        kept = self.memory["layers"][0].kept
        delta2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.memory["pair"][1])
        delta1 = delta2 @ self.W2.T * sigmoid_derivative(kept["before"])
        return X.T @ delta1, delta1.sum(0, keepdims=True), kept["after"].T @ delta2, delta2.sum(0, keepdims=True)
"""


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [
        (
            "hidden.kept['after'] @ self.W2 + self.b2",
            '= sigmoid(hidden.kept["before"])',
            '= np.tanh(hidden.kept["before"])',
        ),
        ("hidden.kept['after'] @ self.W2 + self.b2", " + self.b1", ""),
        ("hidden.kept['after'] @ self.W2", " + self.b1", ""),
    ],
)
def test_what_a_wrong_forward_keeps_under_names_of_its_own_costs_backward_nothing(
    line: str, old: str, new: str, plain: str, grade_text: Grade
) -> None:
    report = grade_text(plain + OWN_NAMES.replace("LINE", line).replace(old, new))
    forward = exercise(report, "forward")
    assert forward.diagnosis
    assert set(lost(report)) == {"forward"}
    assert exercise(report, "backward").follow_through


FORGETS = """
class SimpleNeuralNetwork(SimpleNeuralNetwork):
    def forward(self, X):
        self.pre1 = self.z1 = X @ self.W1 + self.b1
        self.hid1 = self.a1 = sigmoid(self.pre1)
        self.pre2 = self.z2 = self.hid1 @ self.W2 + self.b2
        self.out = self.a2 = self.pre2
        return self.out

    def backward(self, X, y, y_pred):
        delta2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.pre2)
        delta1 = delta2 @ self.W2.T * sigmoid_derivative(self.pre1)
        return X.T @ delta1, delta1.sum(0, keepdims=True), self.hid1.T @ delta2, delta2.sum(0, keepdims=True)
"""


def test_what_is_wrong_as_an_output_may_be_right_as_what_it_is_made_from(plain: str, grade_text: Grade) -> None:
    report = grade_text(plain + FORGETS)
    assert exercise(report, "forward").diagnosis
    assert set(lost(report)) == {"forward"}


ODD = """
class Odd:
    @property
    def __dict__(self):
        raise ValueError("no")
"""


def test_an_object_that_cannot_be_looked_into_costs_backward_nothing(plain: str, grade_text: Grade) -> None:
    text = OWN_NAMES.replace("LINE", "hidden.kept['after'] @ self.W2").replace("Layer()", "Layer(); self.odd = Odd()")
    report = grade_text(plain + ODD + text)
    assert exercise(report, "forward").diagnosis
    assert not any("ValueError" in check.message for each in report.exercises for check in each.checks)
    assert set(lost(report)) == {"forward"}


def test_a_missing_helper_leaves_three_quarters(plain: str, grade_text: Grade) -> None:
    report = grade_text(plain.replace("def mse_loss_derivative(", "def another_name("))
    assert lost(report) == {"mse_loss_derivative": 2, "backward": 2, "train": 1.25}
    report = grade_text(
        plain.replace(
            "def mse_loss_derivative(y_pred, y_true):",
            "def mse_loss_derivative(y_pred, y_true):\n    raise NotImplementedError",
        )
    )
    assert lost(report) == {"mse_loss_derivative": 2, "backward": 2, "train": 1.25}


def test_an_exercise_that_is_wrong_itself_gets_nothing_by_it(plain: str, grade_text: Grade) -> None:
    text = plain + "\ndef sigmoid_derivative(x):\n    return x * (1 - x)\n"
    report = grade_text(text.replace("delta1 = delta2.dot(self.W2.T)", "delta1 = 1.1 * delta2.dot(self.W2.T)"))
    backward = exercise(report, "backward")
    assert (backward.score, backward.diagnosis) == (0, [])


def test_what_is_wrong_in_the_helper_is_told_there_and_the_rest_here(plain: str, grade_text: Grade) -> None:
    text = plain + "\ndef sigmoid_derivative(x):\n    return x * (1 - x)\n"
    report = grade_text(text.replace("delta1.sum(axis=0, keepdims=True)", "delta1.mean(axis=0, keepdims=True)"))
    assert [fault.mistake for fault in exercise(report, "sigmoid_derivative").diagnosis] == [
        "derivative-of-activation-given-pre-activation"
    ]
    assert [fault.mistake for fault in exercise(report, "backward").diagnosis] == ["bias-mean-for-sum"]


def test_the_stand_in_is_not_there_for_any_other_exercise(plain: str, grade_text: Grade) -> None:
    # backward keeps what it was given in place of the missing helper, and relu tries to make use of it.
    text = (
        plain.replace("def mse_loss_derivative(", "def another_name(").replace(
            "def backward(self, X, y, y_pred):",
            "def backward(self, X, y, y_pred):\n        global kept\n        kept = mse_loss_derivative",
        )
        + "\ndef mse_loss(p, t):\n    return (kept(p, t) ** 2).sum() * p.size / 4\n"
    )
    report = grade_text(text)
    assert exercise(report, "mse_loss").score == 0


@pytest.mark.parametrize("name", ["forward", "sigmoid"])
def test_a_helper_that_never_ends_costs_only_itself(name: str, plain: str, grade_text: Grade) -> None:
    spoilt = {
        "forward": "\nclass SimpleNeuralNetwork(SimpleNeuralNetwork):\n    def forward(self, X): raise ValueError('no')\n",
        "sigmoid": "\ndef sigmoid(x): raise ValueError('no')\n",
    }[name]
    report = grade_text(plain + spoilt)
    assert set(lost(report)) == {name}


def test_what_takes_long_is_worked_out_once_for_the_same_arguments() -> None:
    calls = []

    def train(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        calls.append(args)
        time.sleep(2 * LONG)
        return {"W": args[0] * kwargs.get("rate", 1.0)}

    source = object()
    one, two = np.arange(3.0), np.arange(4.0)
    train_once = remembered(source, "train", train)
    first = train_once((one,), {})
    first["W"] += 1  # what was handed out is nobody else's
    assert [train_once((one,), {})["W"].tolist() for _ in range(3)] == [[0, 1, 2]] * 3
    assert len(calls) == 1
    assert train_once((two,), {})["W"].tolist() == [0, 1, 2, 3]
    assert train_once((one,), {"rate": 2.0})["W"].tolist() == [0, 2, 4]
    assert len(calls) == 3
    # Another submission's is the same function; another pack's is not.
    assert remembered(source, "train", train)((two,), {})["W"].tolist() == [0, 1, 2, 3]
    assert len(calls) == 3
    assert remembered(object(), "train", train)((two,), {})["W"].tolist() == [0, 1, 2, 3]
    assert len(calls) == 4


def test_what_draws_is_asked_each_time() -> None:
    def draw(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        time.sleep(2 * LONG)
        return np.random.rand(3)  # noqa: NPY002 - as references do

    drawn = remembered(object(), "draw", draw)
    assert drawn((), {}).tolist() != drawn((), {}).tolist()


def test_what_is_large_is_not_kept() -> None:
    calls = []

    def double(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        calls.append(args[0].size)
        time.sleep(2 * LONG)
        return np.zeros(args[1])

    doubled = remembered(object(), "double", double)
    large = np.zeros(LARGEST_KEPT)
    for _ in range(2):
        doubled((large, 1), {})
        doubled((np.zeros(1), LARGEST_KEPT), {})
    assert calls == [LARGEST_KEPT, 1, LARGEST_KEPT, 1]
