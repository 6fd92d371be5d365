"""The mistake is named: alone, two at once, and never where none fits."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from grader.grading.remarks import shared
from grader.judging import Observation, Outcome, Tolerance
from grader.judging.diagnose import CaseSignatures, Cause, KnownMistake, Signatures, answer, explain, record
from grader.reports import Fault

from .conftest import Grade, exercise

MISTAKES = [KnownMistake(name, "f", "") for name in ("one", "two", "three")]


def signatures(**values: list[float]) -> list[Signatures]:
    cases: dict[str, CaseSignatures] = {}
    for name, scales in values.items():
        cases[name] = record(
            [Observation({"a": np.ones(2) * scale, "b": np.ones(1) * scale}) for scale in scales], EXPECTED
        )
    return [Signatures(MISTAKES, [(0,), (1,), (2,)], cases)]


def seen(a: float, b: float | None = None) -> Observation:
    return Observation({"a": np.ones(2) * a, "b": np.ones(1) * (a if b is None else b)})


EXPECTED = {"a": np.ones(2), "b": np.ones(1)}
TOLERANCES = {"x": Tolerance(), "y": Tolerance()}


def explained(known: list[Signatures], **observations: Observation) -> list[str]:
    answers = {name: answer(each, EXPECTED) for name, each in observations.items()}
    return named(explain(known, answers, TOLERANCES, {name: {"a", "b"} for name in answers}))


def named(found: list[Cause]) -> list[str]:
    return [cause.mistake.slug for cause in found]


def test_a_mistake_must_fit_on_every_case() -> None:
    known = signatures(x=[2, 3, 4], y=[5, 5, 7])
    assert explained(known, x=seen(3), y=seen(5)) == ["two"]
    assert explained(known, x=seen(3), y=seen(7)) == []
    assert explained(known, x=seen(3.00001), y=seen(5)) == []


def test_of_two_that_give_the_same_the_one_that_fits_the_names_in_the_code_is_said() -> None:
    (known,) = signatures(x=[2, 2, 4])
    mistakes = [dataclasses.replace(MISTAKES[0], unless="helper"), *MISTAKES[1:]]
    known = dataclasses.replace(known, mistakes=mistakes)
    answers = {"x": answer(seen(2), EXPECTED)}
    wrong = {"x": {"a", "b"}}
    assert named(explain([known], answers, TOLERANCES, wrong, lambda: {"helper"})) == ["two"]
    assert named(explain([known], answers, TOLERANCES, wrong, lambda: {"other"})) == ["one"]
    # What nothing else explains is said whatever the code uses.
    alone = dataclasses.replace(known, combinations=[(0,), (2,)], cases=signatures(x=[2, 4])[0].cases)
    assert named(explain([alone], answers, TOLERANCES, wrong, lambda: {"helper"})) == ["one"]


def test_what_known_mistakes_explain_together_needs_no_other() -> None:
    (single,) = signatures(x=[2, 3, 4])
    pair = Signatures(MISTAKES, [(1, 2)], {"x": record([seen(2)], EXPECTED)})
    answers = {"x": answer(seen(2), EXPECTED)}
    wrong = {"x": {"a", "b"}}
    assert named(explain([single, pair], answers, TOLERANCES, wrong)) == ["one"]
    assert named(explain([single, pair], answers, TOLERANCES, wrong, told={"two", "three"})) == ["two", "three"]
    assert named(explain([single, pair], answers, TOLERANCES, wrong, told={"two"})) == ["one"]


def test_what_is_right_on_a_case_that_is_wrong_and_not_compared_explains_nothing() -> None:
    # On x the mistakes give what is right, as two that undo each other do; y (saturated, say) is wrong.
    known = signatures(x=[1, 1, 4], y=[1, 6, 7])
    answers = {"x": answer(seen(1), EXPECTED)}
    wrong: dict[str, set[str]] = {"x": set(), "y": {"a", "b"}}
    assert named(explain(known, answers, TOLERANCES, wrong)) == ["one"]
    assert named(explain(known, answers, TOLERANCES, wrong, expected={"y": EXPECTED})) == ["two"]


def test_each_quantity_is_explained_by_itself_where_nothing_explains_all() -> None:
    known = signatures(x=[2, 3, 4], y=[5, 6, 7])
    assert explained(known, x=seen(3, 99), y=seen(6, 98)) == ["two"]
    assert explained(known, x=seen(3, 4), y=seen(6, 7)) == ["two", "three"]


def test_a_pair_explains_nothing_of_a_quantity_that_is_right_wherever_it_was_asked() -> None:
    known = signatures(x=[2, 3, 4], y=[5, 6, 7])
    pair = record([Observation({"a": np.ones(2) * 9, "b": np.ones(1)})], EXPECTED)
    unasked = record([None], EXPECTED)
    known.append(Signatures(MISTAKES, [(0, 1)], {"x": pair, "y": unasked}))
    answers = {name: answer(each, EXPECTED) for name, each in {"x": seen(8, 1), "y": seen(8, 7.5)}.items()}
    assert named(explain(known, answers, TOLERANCES, {"x": {"a"}, "y": {"a", "b"}})) == []


def test_a_pair_that_was_asked_only_where_the_answers_are_right_explains_nothing() -> None:
    known = signatures(x=[2, 3, 4], y=[5, 6, 7])
    right, unasked = record([seen(1)], EXPECTED), record([None], EXPECTED)
    known.append(Signatures(MISTAKES, [(0, 1)], {"x": right, "y": unasked}))
    touching = [dataclasses.replace(each, touches=frozenset({"a", "b"})) for each in MISTAKES]
    known = [dataclasses.replace(each, mistakes=touching) for each in known]
    answers = {name: answer(each, EXPECTED) for name, each in {"x": seen(1), "y": seen(8)}.items()}
    assert named(explain(known, answers, TOLERANCES, {"x": set(), "y": {"a", "b"}})) == []


def test_a_pair_is_compared_on_the_cases_that_gave_an_answer() -> None:
    known = signatures(x=[2, 3, 4])
    pair = record([seen(9)], EXPECTED)
    known.append(Signatures(MISTAKES, [(0, 1)], {"x": pair, "far": record([seen(1)], EXPECTED)}))
    assert explained(known, x=seen(9)) == ["one", "two"]


def test_numbers_of_a_wrong_shape_may_end_in_another_digit() -> None:
    # As float32 has it: 7.41621e-4, where 7.4162e-4 is the key's.
    def turned(*numbers: float) -> Observation:
        return Observation({"a": np.array([numbers]), "b": np.ones(1)})

    known = [Signatures(MISTAKES[:1], [(0,)], {"x": record([turned(7.416204e-4, -2.34568e-3)], EXPECTED)})]
    assert explained(known, x=turned(7.416206e-4, -2.34567e-3)) == ["one"]
    assert explained(known, x=turned(7.417e-4, -2.34568e-3)) == []
    assert explained(known, x=Observation({"a": np.array([[7.416204e-4], [-2.34568e-3]]), "b": np.ones(1)})) == []
    assert explained(known, x=Observation({"a": None, "b": np.ones(1)})) == []
    known = [Signatures(MISTAKES[:1], [(0,)], {"x": record([turned(5, float("inf"))], EXPECTED)})]
    assert explained(known, x=turned(5, float("inf"))) == ["one"]
    assert explained(known, x=turned(float("inf"), 5)) == []
    assert explained(known, x=turned(5, float("-inf"))) == []


def test_what_is_saturated_is_no_sign_of_what_comes_near_to_it() -> None:
    tolerances = {"x": Tolerance(rtol=1e-3, norm=1e-3)}
    known = [Signatures(MISTAKES[:2], [(0,), (1,)], {"x": record([seen(1.0001, 0), seen(1, 0)], EXPECTED)})]
    answers = {"x": answer(seen(1, 0), EXPECTED)}
    assert named(explain(known, answers, tolerances, {"x": {"a", "b"}})) == ["two"]
    answers = {"x": answer(Observation({"a": np.array([1, 1.0001]), "b": np.zeros(1)}), EXPECTED)}
    assert named(explain(known, answers, tolerances, {"x": {"a", "b"}})) == ["one"]


def test_what_changes_its_input_need_not_do_so_on_every_case() -> None:
    def changing(a: float) -> Observation:
        return dataclasses.replace(seen(a), changed=("x",))

    cases = {"near": record([changing(1), seen(2)], EXPECTED), "far": record([changing(1), seen(2)], EXPECTED)}
    known = [Signatures(MISTAKES[:2], [(0,), (1,)], cases)]
    tolerances = {"near": Tolerance(), "far": Tolerance()}

    def said(near: Observation, far: Observation) -> list[str]:
        answers = {"near": answer(near, EXPECTED), "far": answer(far, EXPECTED)}
        return named(explain(known, answers, tolerances, {}))

    assert said(changing(1), changing(1)) == ["one"]
    assert said(seen(1), changing(1)) == ["one"]  # it cuts off only what is far out
    assert said(seen(3), changing(1)) == []


def test_a_pair_that_was_asked_only_where_something_is_raised_explains_no_values() -> None:
    raised = Observation(outcome=Outcome.RAISED, message="f raised ValueError: shapes")
    singles = Signatures(MISTAKES, [(0,)], {name: record([seen(5)], EXPECTED) for name in "xy"})
    pair = {"x": record([raised], EXPECTED), "y": record([None], EXPECTED)}
    known = [singles, Signatures(MISTAKES, [(1, 2)], pair)]
    answers = {"x": answer(raised, EXPECTED), "y": answer(seen(8), EXPECTED)}
    touching = [dataclasses.replace(each, touches=frozenset({"a", "b"})) for each in MISTAKES]
    known = [dataclasses.replace(each, mistakes=touching) for each in known]
    assert named(explain(known, answers, TOLERANCES, {"x": set(), "y": {"a", "b"}})) == []
    assert named(explain(known, {"x": answers["x"]}, TOLERANCES, {"x": set()})) == ["two", "three"]


def test_what_only_raises_is_matched_by_type_and_words() -> None:
    raised = Observation(outcome=Outcome.RAISED, message="f raised ValueError: shapes")
    known = [Signatures(MISTAKES[:1], [(0,)], {"x": record([raised], EXPECTED)})]
    again = Observation(outcome=Outcome.RAISED, message="f raised ValueError: shapes   (line 3)")
    words = Observation(outcome=Outcome.RAISED, message="f raised ValueError: other words")
    other = Observation(outcome=Outcome.RAISED, message="f raised TypeError: shapes")
    assert explained(known, x=again) == ["one"]
    assert explained(known, x=words) == []
    assert explained(known, x=other) == []


NET = "\nclass SimpleNeuralNetwork(SimpleNeuralNetwork):\n"
HEAD = "    def backward(self, X, y, y_pred):\n        m = len(X)\n"
TAIL = "        return X.T @ d1, d1.sum(axis=0, keepdims=True), self.a1.T @ d2, d2.sum(axis=0, keepdims=True)\n"
LAYER_2 = "        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)\n"
LAYER_1 = "        d1 = d2 @ self.W2.T * sigmoid_derivative(self.z1)\n"

# What follows a right module; the exercise; the mistakes.
NAMED = {
    "double mean": (NET + HEAD + LAYER_2 + "        d2 /= m\n" + LAYER_1 + TAIL, "backward", ["batch-mean-twice"]),
    "no hidden derivative": (NET + HEAD + LAYER_2 + "        d1 = d2 @ self.W2.T\n" + TAIL, "backward", ["missing-hidden-derivative"]),
    "cross-entropy's short form": (
        NET + HEAD + "        d2 = (self.a2 - y) / m\n" + LAYER_1 + TAIL, "backward", ["cross-entropy-shortcut-under-mse"],
    ),
    "transposed": (NET + HEAD + LAYER_2 + LAYER_1 + TAIL.replace("self.a1.T @ d2", "(self.a1.T @ d2).T"), "backward", ["gradient-transposed"]),
    "flat biases": (NET + HEAD + LAYER_2 + LAYER_1 + TAIL.replace("d1.sum(axis=0, keepdims=True)", "d1.sum(axis=0)"), "backward", ["returns-wrong-shape"]),
    "not transposed": (NET + HEAD + LAYER_2 + LAYER_1.replace(".W2.T", ".W2") + TAIL, "backward", ["weights-not-transposed"]),
    "accumulated": (
        NET + HEAD + LAYER_2 + LAYER_1
        + "        g = (X.T @ d1, d1.sum(0, keepdims=True), self.a1.T @ d2, d2.sum(0, keepdims=True))\n"
        "        self.g = [a + b for a, b in zip(getattr(self, 'g', [0] * 4), g)]\n        return tuple(self.g)\n",
        "backward", ["gradients-accumulate-over-calls"],
    ),
    "two: no hidden derivative, bias means": (
        NET + HEAD + LAYER_2 + "        d1 = d2 @ self.W2.T\n" + TAIL.replace("d2.sum", "d2.mean"),
        "backward", ["bias-mean-for-sum", "missing-hidden-derivative"],
    ),
    "two: derivative of the activation, mean twice": (
        NET + HEAD + LAYER_2 + "        d2 = d2 / m\n" + LAYER_1.replace("self.z1", "self.a1") + TAIL,
        "backward", ["batch-mean-twice", "hidden-derivative-of-activation"],
    ),
    "one known, one unknown": (
        NET + HEAD + LAYER_2 + LAYER_1 + TAIL.replace("X.T @ d1", "1.37 * X.T @ d1").replace("d2.sum", "d2.mean"),
        "backward", ["bias-mean-for-sum"],
    ),
    "one-sided": (
        "\ndef numerical_gradient(f, x, h=1e-5):\n    x = np.array(x, float)\n    g = np.zeros(x.shape)\n"
        "    for i in np.ndindex(x.shape):\n        y = x.copy()\n        y[i] += h\n        g[i] = (f(y) - f(x)) / h\n    return g\n",
        "numerical_gradient", ["forward-difference"],
    ),
    "ascent": (
        NET + "    def update_weights(self, *g):\n        for n, d in zip(('W1', 'b1', 'W2', 'b2'), g):\n"
        "            setattr(self, n, getattr(self, n) + self.learning_rate * d)\n",
        "update_weights", ["gradient-ascent"],
    ),
    "losses late": (
        NET + "    def train(self, X, y, epochs=1000):\n        out = []\n        for _ in range(epochs):\n"
        "            p = self.forward(X)\n            self.update_weights(*self.backward(X, y, p))\n"
        "            out.append(mse_loss(self.forward(X), y))\n        return out\n",
        "train", ["loss-after-update"],
    ),
    "half the loss": ("\ndef mse_loss(p, t):\n    return ((p - t) ** 2).mean() / 2\n", "mse_loss", ["half-loss"]),
    "changed in place": ("\ndef relu(x):\n    x[x < 0] = 0\n    return x\n", "relu", ["mutates-input"]),
    "whole numbers": (
        "\ndef sigmoid(x):\n    out = np.zeros_like(x)\n    out[...] = 1 / (1 + np.exp(-np.asarray(x)))\n    return out\n",
        "sigmoid", ["returns-wrong-dtype"],
    ),
    "a matrix product of two factors": (
        NET + HEAD + LAYER_2.replace(" * sig", " @ sig") + LAYER_1 + TAIL, "backward", ["matmul-for-elementwise"],
    ),
    "booleans": ("\ndef relu_derivative(x):\n    return x > 0\n", "relu_derivative", ["returns-wrong-dtype"]),
    "nothing returned": ("\ndef relu(x):\n    np.maximum(x, 0)\n", "relu", ["returns-nothing"]),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_a_mistake_in_a_students_own_words_is_named(name: str, plain: str, grade_text: Grade) -> None:
    text, where, slugs = NAMED[name]
    found = exercise(grade_text(plain + text), where)
    assert sorted(fault.mistake for fault in found.diagnosis) == sorted(slugs)
    assert all(fault.hint for fault in found.diagnosis)


# What changes what it was handed: the function, the line that does, all else that is wrong.
CHANGING = {
    "a prediction": (NET + HEAD + "        y_pred -= 0.0625\n" + LAYER_2.replace("y_pred,", "y_pred + 0.0625,") + LAYER_1 + TAIL, "backward", "y_pred -= 0.0625", []),
    "gradients": (
        NET + "    def update_weights(self, *g):\n        for n, d in zip(('W1', 'b1', 'W2', 'b2'), g):\n"
        "            d *= self.learning_rate\n            setattr(self, n, getattr(self, n) - d)\n",
        "update_weights", "d *= self.learning_rate", [],
    ),
    "an error": (
        "\ndef mse_loss(p, t):\n    p -= t\n    p **= 2\n    return p.mean()\n", "mse_loss", "p -= t", [],
    ),
    "an error, and a mistake": (
        "\ndef mse_loss(p, t):\n    p -= t\n    return (p ** 2).mean() / 2\n", "mse_loss", "p -= t", ["half-loss"],
    ),
    "under another name": (
        "\ndef mse_loss(p, t):\n    e = p\n    e[...] = p - t\n    return (e ** 2).mean()\n", "mse_loss", "e = p", [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGING)
def test_what_is_changed_that_was_only_handed_in_is_named_in_any_exercise(
    name: str, plain: str, grade_text: Grade
) -> None:
    text, where, line, others = CHANGING[name]
    found = {fault.mistake: fault.source for fault in exercise(grade_text(plain + text), where).diagnosis}
    assert sorted(found) == sorted(["mutates-input", *others])
    assert found["mutates-input"] == line


ODD = {
    "scaled by 1.37": NET + HEAD + LAYER_2 + LAYER_1 + TAIL.replace("X.T @ d1", "1.37 * X.T @ d1"),
    "clipped": NET + HEAD + LAYER_2 + "        d2 = np.clip(d2, -0.01, 0.01)\n" + LAYER_1 + TAIL,
    "noisy": NET + HEAD + LAYER_2 + "        d2 = d2 + 1e-3 * np.random.randn(*d2.shape)\n" + LAYER_1 + TAIL,
    "half of the batch": NET + HEAD + LAYER_2 + "        d2[: m // 2] = 0\n" + LAYER_1 + TAIL,
    "another activation": "\ndef sigmoid(x):\n    return np.log1p(np.exp(x))\n",
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_wrong_in_an_unknown_way_gets_no_name(name: str, plain: str, grade_text: Grade) -> None:
    report = grade_text(plain + ODD[name])
    assert report.score is not None
    assert report.score < report.max_score
    assert [fault.mistake for each in report.exercises for fault in each.diagnosis] == []


def test_what_is_wrong_once_is_explained_by_none_that_would_spoil_more_in_another_way() -> None:
    known = signatures(x=[2, 3, 4], y=[5, 6, 7])
    touching = [dataclasses.replace(each, touches=frozenset({"a", "b"})) for each in MISTAKES]
    known = [dataclasses.replace(each, mistakes=touching) for each in known]
    answers = {name: answer(each, EXPECTED) for name, each in {"x": seen(3, 99), "y": seen(8, 98)}.items()}
    right_on_y = {**answers, "y": answer(seen(6, 98), EXPECTED)}
    once = {"x": {"a", "b"}, "y": {"b"}}
    assert named(explain(known, right_on_y, TOLERANCES, once)) == []
    assert named(explain(known, right_on_y, TOLERANCES, {"x": {"a", "b"}, "y": {"a", "b"}})) == ["two"]
    of_a = [dataclasses.replace(each, touches=frozenset({"a"})) for each in MISTAKES]
    known = [dataclasses.replace(each, mistakes=of_a) for each in known]
    assert named(explain(known, right_on_y, TOLERANCES, once)) == ["two"]


def test_what_gives_all_that_it_spoils_is_told_beside_what_has_explained_a_part_of_that() -> None:
    expected = {"a": np.ones(2), "b": np.ones(1), "c": np.ones(1)}

    def gives(a: float, b: float, c: float) -> Observation:
        return Observation({"a": np.ones(2) * a, "b": np.ones(1) * b, "c": np.ones(1) * c})

    cases = {"x": record([gives(2, 3, 1), gives(1, 3, 4)], expected), "y": record([None, None], expected)}
    mistakes = [
        dataclasses.replace(each, touches=frozenset(names)) for each, names in zip(MISTAKES, ("ab", "bc"), strict=False)
    ]
    known = [Signatures(mistakes, [(0,), (1,)], cases)]
    answers = {"x": answer(gives(2, 3, 4), expected), "y": answer(gives(5, 6, 7), expected)}
    wrong = {"x": {"a", "b", "c"}, "y": {"a", "b", "c"}}
    assert named(explain(known, answers, TOLERANCES, wrong)) == ["one", "two"]


def test_a_line_with_anothers_mistake_is_told_once_and_only_if_it_ran() -> None:
    told = [
        ("backward", Fault(mistake="a", hint="", cell=None, line=7)),
        ("backward", Fault(mistake="b", hint="", cell=None, line=7)),
        ("forward", Fault(mistake="c", hint="", cell=None, line=8)),
        ("loss", Fault(mistake="d", hint="", cell=None, line=None)),
    ]
    assert shared({(None, 7), (2, 8)}, told) == [
        "It runs line 7 too, where backward has its mistake: put that right first, and look again."
    ]
    assert shared({(2, 8)}, [("step", Fault(mistake="a", hint="", cell=2, line=8))]) == [
        "It runs cell 2, line 8 too, where step has its mistake: put that right first, and look again."
    ]
    assert shared(set(), told) == []
