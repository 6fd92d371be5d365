"""A line is corrected where a small change of another one makes the answer right; through the real wall."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grader.cli.main import make_task
from grader.grading import Task, changes, grade, repairs
from grader.grading.grade import Explanation, with_lines
from grader.grading.repairs import Repairs
from grader.packs import loading
from grader.packs.forms import form_of
from grader.packs.implementation import Connection, Local, observe_all
from grader.packs.model import Case
from grader.reports import ExerciseReport, Fault, Report
from grader.submissions import parse

PLAIN = Path(__file__).parent / "submissions" / "sigmoid_network" / "right" / "plain.py"


@pytest.fixture(scope="module")
def task() -> Task:
    return make_task(loading.load("sigmoid_network"), None)


LOSS = "((y_pred - y_true) ** 2).mean()"


def graded(task: Task, text: str) -> Report:
    return grade(task, parse("hw", "hw.py", text.encode()))


def lines(report: Report, exercise: str) -> list[tuple[str, int | None]]:
    faults = next(each for each in report.exercises if each.id == exercise).diagnosis
    return [(fault.mistake, fault.line) for fault in faults]


def backward_of(text: str) -> str:
    """The plain solution with another `backward`."""
    plain = PLAIN.read_text()
    start = plain.index("    def backward")
    end = plain.index("    def update_weights")
    return plain[:start] + text + "\n" + plain[end:]


HELPED = """\
    def backward(self, X, y, y_pred):
        through = self.through(self.a1, self.z2)
        signal = mse_loss_derivative(y_pred, y) * y_pred * (1 - y_pred)
        d2, dW2 = through(signal)
        d1, dW1 = self.through(X, self.z1)(d2 @ self.W2.T)
        return dW1, d1.sum(axis=0, keepdims=True), dW2, d2.sum(axis=0, keepdims=True)

    def through(self, came, z):
        def pull(signal):
            d = signal * sigmoid_derivative(z)
            return d, came.T @ d

        return pull
"""


def test_the_line_that_a_change_repairs_is_blamed_in_place_of_one_that_none_does(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = backward_of(HELPED)
    wrong = text.splitlines().index("        signal = mse_loss_derivative(y_pred, y) * y_pred * (1 - y_pred)") + 1
    assert lines(graded(task, text), "backward") == [("extra-output-derivative", wrong)]
    monkeypatch.setattr(Repairs, "line", lambda self, cause, where, brought: where)
    [(_, other)] = lines(graded(task, text), "backward")
    assert other != wrong


LOOP = HELPED.replace(
    "        d2, dW2 = through(signal)\n",
    "        rest = np.ones(3)\n        while rest.sum() > 0:\n            rest -= 1.0\n        d2, dW2 = through(signal)\n",
)


@pytest.mark.parametrize("loops_end", [True, False])
def test_a_change_that_never_ends_costs_little_and_leaves_the_line(
    task: Task, monkeypatch: pytest.MonkeyPatch, loops_end: bool
) -> None:
    lost: list[bool] = []

    def noted(*args: Any) -> Any:
        found = observe_all(*args)
        lost.extend(each.lost for each in found)
        return found

    monkeypatch.setattr(repairs, "SECONDS", 0.3)
    monkeypatch.setattr(repairs, "observe_all", noted)
    if not loops_end:
        monkeypatch.setattr(changes, "_ends_of_loops", lambda function: set())
    found = graded(task, backward_of(LOOP))
    assert [mistake for mistake, _ in lines(found, "backward")] == ["extra-output-derivative"]
    assert any(lost) is not loops_end
    assert not found.staff.get("faults")


def test_nothing_is_changed_where_the_submission_would_have_to_be_loaded_again(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    asked: list[Any] = []
    monkeypatch.setattr(Connection, "redefine", lambda self, *args: asked.append(args))
    found = graded(task, waits + backward_of(HELPED))
    assert [mistake for mistake, _ in lines(found, "backward")] == ["extra-output-derivative"]
    assert not asked


def test_what_changes_cost_and_print_is_not_the_submissions(task: Task) -> None:
    # A wrong loss, so that `train` is followed through after `backward` has been explained.
    loud = HELPED.replace("        through = ", "        print('x' * 10000)\n        through = ")
    text = backward_of(loud).replace(LOSS, f"{LOSS} * 0.5")
    assert f"{LOSS} * 0.5" in text
    quiet = graded(task, text.replace("print('x' * 10000)", "pass"))
    found = graded(task, text)
    assert found.message == quiet.message == ""
    assert found.score == quiet.score
    assert lines(found, "backward") == lines(quiet, "backward")


@pytest.mark.parametrize("before", ["", "\n\n \n", "%matplotlib inline\nhere = !pwd\n"])
def test_a_cells_lines_have_their_own_numbers(task: Task, before: str) -> None:
    text = PLAIN.read_text().replace("delta2 = mse", "delta2 = -mse")
    cell: dict[str, object] = {
        "cell_type": "code",
        "source": before + text,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    content = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    found = grade(task, parse("hw", "hw.ipynb", content))
    [fault] = next(each for each in found.exercises if each.id == "backward").diagnosis
    assert fault.source.startswith("delta2 = -mse")
    # Its text is read, too: the sum that a helper lacks is found there.
    helped = text.replace("delta2 = -mse", "delta2 = mse").replace("delta2.sum(axis=0, keepdims=True)", "flat(delta2)")
    cell["source"] = f"{before}def flat(d):\n    return d.sum(axis=0)\n\n\n{helped}"
    content = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    found = grade(task, parse("hw", "hw.ipynb", content))
    [fault] = next(each for each in found.exercises if each.id == "backward").diagnosis
    assert (fault.mistake, fault.source) == ("returns-wrong-shape", "return d.sum(axis=0)")


def test_an_odd_text_keeps_its_mistake(task: Task) -> None:
    long = "".join(f"        d2 = d2 * 1.0 + 0.0 - {place} * 0.0\n" for place in range(400))
    text = backward_of(HELPED.replace("        d1, dW1", long + "        d1, dW1"))
    found = graded(task, text)
    assert [mistake for mistake, _ in lines(found, "backward")] == ["extra-output-derivative"]
    assert not found.staff.get("faults")


CLASSES = """\
import functools


class Base:
    def value(self):
        return 1


def twice(function):
    @functools.wraps(function)
    def inner(*args):
        return 2 * function(*args)
    return inner


class Net(Base):
    def __init__(self):
        self.__own = 5

    def value(self):
        return super().value() + self.__own

    @twice
    def doubled(self):
        return self.__own

    @staticmethod
    def fixed():
        return 7


def outer():
    def inner():
        return 3
    return inner


kept = outer()
short = lambda: 9
"""


@pytest.mark.parametrize(
    ("owner", "first", "old", "new", "ask", "was", "now"),
    [
        ("Net", 20, "super().value() + self.__own", "super().value() - self.__own", "Net.value", 6, -4),
        ("Net", 23, "return self.__own", "return 10 * self.__own", "Net.doubled", 10, 100),
        ("Net", 27, "return 7", "return 8", "Net.fixed", 7, 8),
        ("", 32, "return 3", "return 4", "kept", 3, 4),
        ("", 39, "9", "11", "short", 9, 11),
    ],
)
def test_functions_do_what_another_text_says_until_the_next_one(
    owner: str, first: int, old: str, new: str, ask: str, was: int, now: int
) -> None:
    file = f"/{ask}.py"  # other tests' functions may still be there
    names: dict[str, Any] = {"__file__": file, "__name__": "hw"}
    exec(compile(CLASSES, file, "exec"), names)
    connection = Connection(Local(names))
    rows = CLASSES.split("\n")[first - 1 :]
    text = "\n".join(rows[: next(place for place, row in enumerate([*rows, ""]) if not row)])
    assert old in text

    def asked() -> Any:
        student: Any = names["Net"]() if ask.startswith("Net.") else None
        function = getattr(student, ask.partition(".")[2]) if student else names[ask]
        return function()

    assert asked() == was
    for changed, due in ((text.replace(old, new), now), (text, was)):
        connection.begin(Case("one"), 0)
        connection.redefine(None, owner, first, changed)
        connection.flush()
        assert asked() == due
    connection.begin(Case("one"), 0)
    connection.redefine(None, owner, first, text.replace(old, new))
    connection.redefine(None, "", 4, "class Base:\n    def value(self):\n        return 2\n")
    connection.flush()
    assert names["Base"]().value() == 2
    if ask != "Net.value":
        assert asked() == was


def test_a_text_that_is_no_python_changes_nothing() -> None:
    names: dict[str, Any] = {"__file__": "/hw.py"}
    exec(compile("def f():\n    return 1\n", "/hw.py", "exec"), names)
    connection = Connection(Local(names))
    connection.begin(Case("one"), 0)
    connection.redefine(None, "", 1, "def f(:\n    return 2\n")
    with pytest.raises(Exception, match="SyntaxError"):
        connection.flush()
    assert names["f"]() == 1


def test_the_form_of_a_mistake_says_what_may_repair_it() -> None:
    pack = loading.load_mistakes(loading.load("sigmoid_network"))
    forms = [(each.slug, form_of(each)) for each in pack.mistakes]
    assert {slug for slug, form in forms if form.adds} >= {
        "extra-output-derivative", "batch-mean-twice", "relu-applied-to-gradient", "gradients-accumulate-over-calls",
    }  # fmt: skip
    assert not {slug for slug, form in forms if form.adds} & {
        "missing-hidden-derivative", "bias-missing", "pre-activation-for-activation", "mean-over-samples-only",
    }  # fmt: skip
    assert {slug for slug, form in forms if form.hands_less} >= {"returns-wrong-shape"}


def test_what_is_said_of_a_line_elsewhere_names_the_line_that_is_blamed() -> None:
    fault, other = (Fault(mistake="wrong-sign", hint="", cell=None, line=line) for line in (7, 5))

    def fails() -> list[Fault]:
        raise ValueError

    told = {
        "backward": Explanation([fault], repaired=lambda: [other]),
        "train": Explanation(remarks=["last"], ran={(None, 5), (None, 7)}),
        "check": Explanation([fault], repaired=fails),
    }
    reports = [
        ExerciseReport(
            id=name, title="", outcome="wrong_value", score=0.0, max_score=1.0, follow_through=name == "train", checks=[],
            diagnosis=each.faults, remarks=["first", *each.remarks] if name == "train" else each.remarks,
        )
        for name, each in told.items()
    ]  # fmt: skip
    staff: dict[str, Any] = {}
    backward, train, check = with_lines(reports, told, staff)
    assert backward.diagnosis == [other]
    assert train.remarks[0] == "first"
    assert "line 5 too, where backward has its mistake" in train.remarks[1]
    assert train.remarks[2:] == ["last"]
    assert check.diagnosis == [fault]
    assert [*staff["faults"]] == ["check"]
