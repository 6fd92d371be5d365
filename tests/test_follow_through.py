"""A wrong helper costs its own points once, and what is right by itself keeps its own."""

from __future__ import annotations

import pytest

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
