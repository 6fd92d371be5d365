"""What courses leave to their students: order and names of arguments, the form of answers, files and modules beside."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from grader import batch
from grader.grading import grade
from grader.judging import Outcome
from grader.packs import Case, PackError, beside, by_name, named, plain
from grader.packs.beside import STAND_IN
from grader.packs.implementation import Connection, Local, StudentFault, observe
from grader.sandbox import Session
from grader.submissions import parse

from .test_course_packs import task

CALLED = """
import types
def f(a, b): return (a, b, "ab")
def g(b, a): return (a, b, "ba")
def other(x, y): return (x, y, "xy")
def more(a, b, c): return (a, b, c)
def keywords(*, b, a): return (a, b, "kw")
def wrapped(*args, **kwargs): return other(*args, **kwargs)
def few(a): return a
def broken(a, b): return len(a, b)
class C:
    def method(self, b, a): return (a, b, "method")
    @staticmethod
    def static(b, a): return (a, b, "static")
"""


def asked(text: str, probe: Any) -> Any:
    """What a probe yields on a module, and the outcome and the message where it fails; also where calls are kept until
    something of them is wanted.
    """
    found = []
    for calls_wait in (False, True):
        namespace: dict[str, Any] = {"__file__": "<student>"}
        exec(compile(text, "<student>", "exec"), namespace)
        connection = Connection(Local(namespace), calls_wait=calls_wait)
        seen = observe(lambda student, case: {"it": probe(student)}, connection, Case("one"), 0)
        found.append(seen.values["it"] if seen.outcome is Outcome.PASSED else (seen.outcome, seen.message))
    assert repr(found[0]) == repr(found[1])
    return found[0]


@pytest.mark.parametrize(
    ("name", "last"),
    [("f", "ab"), ("g", "ba"), ("other", "xy"), ("more", 3), ("keywords", "kw"), ("wrapped", "xy")],
)
def test_arguments_go_by_name_or_else_by_position(name: str, last: object) -> None:
    found = asked(CALLED, lambda student: by_name(getattr(student, name), {"c": 3}, a=1, b=2))
    assert found == (1, 2, last)


@pytest.mark.parametrize("name", ["method", "static"])
def test_methods_too(name: str) -> None:
    assert asked(CALLED, lambda student: by_name(getattr(student.C(), name), a=1, b=2)) == (1, 2, name)


def test_what_fits_no_way_is_told_of_the_call_as_the_stub_writes_it() -> None:
    outcome, message = asked(CALLED, lambda student: by_name(student.few, a=1, b=2))
    assert (outcome, "takes 1 positional argument but 2 were given" in message) == (Outcome.RAISED, True)
    outcome, message = asked(CALLED, lambda student: by_name(student.more, a=1, b=2))
    assert (outcome, "missing 1 required positional argument: 'c'" in message) == (Outcome.RAISED, True)
    outcome, message = asked(CALLED, lambda student: by_name(student.broken, a=1, b=2))
    assert (outcome, "len() takes exactly one argument (2 given)" in message) == (Outcome.RAISED, True)


FORMS = """
import dataclasses, types
def as_dict(): return {"db": 2.0, "more": 7.0, "dW": 1.0}
def as_tuple(): return 1.0, 2.0
def as_list(): return [1.0, 2.0]
def as_object(): return types.SimpleNamespace(db=2.0, dW=1.0, more=7.0)
@dataclasses.dataclass
class Grads: db: float; dW: float
def as_dataclass(): return Grads(2.0, 1.0)
def three(): return 1.0, 2.0, 3.0
def lacking(): return {"dW": 1.0}
def nothing(): pass
class Net:
    def backward(self): self.dW, self.db = 1.0, 2.0
"""


@pytest.mark.parametrize("name", ["as_dict", "as_tuple", "as_list", "as_object", "as_dataclass"])
def test_answers_come_in_any_form(name: str) -> None:
    found = asked(FORMS, lambda student: {k: plain(v) for k, v in named(getattr(student, name)(), "dW", "db").items()})
    assert found == {"dW": 1.0, "db": 2.0}


def test_attributes_count_where_nothing_is_returned() -> None:
    def probe(student: Any) -> Any:
        net = student.Net()
        return {name: plain(value) for name, value in named(net.backward(), "dW", "db", of=net).items()}

    assert asked(FORMS, probe) == {"dW": 1.0, "db": 2.0}


@pytest.mark.parametrize(
    ("name", "outcome", "message"),
    [
        ("three", Outcome.WRONG_SHAPE, "three returned 3 values, but should return 2 values (dW, db)"),
        ("lacking", Outcome.NOT_DEFINED, "what lacking returned has no 'db' (it has: dW)"),
        ("nothing", Outcome.WRONG_DTYPE, "nothing returned nothing (None), but should return 2 values (dW, db)"),
    ],
)
def test_what_is_missing_is_told(name: str, outcome: Outcome, message: str) -> None:
    assert asked(FORMS, lambda student: named(getattr(student, name)(), "dW", "db")) == (outcome, message)
    assert issubclass(StudentFault, Exception)


def test_a_stand_in_does_nothing_whatever_is_asked_of_it() -> None:
    module: dict[str, Any] = {"__name__": "seaborn"}
    exec(STAND_IN.format(name="seaborn"), module)
    anything = module["__getattr__"]("anything")
    assert list(anything.more(1, x=2)["key"]) == []
    with anything() as entered:
        assert entered is not None
    with pytest.raises(AttributeError):
        module["__getattr__"]("__all__")
    assert type("Mine", (module["Nothing"],), {"own": 1})().own == 1


def test_a_stand_in_is_named_as_modules_are() -> None:
    from grader.packs import Pack

    with pytest.raises(PackError, match="stand_ins holds 'a-b'"):
        Pack("x", title="", reference="", twin="", stand_ins=["a-b"])


USES = """
from planar_utils import sigmoid
import testCases_v2, sklearn.linear_model
from testCases_v2 import *
import numpy as np
classifier = sklearn.linear_model.LogisticRegressionCV().fit([[1.0]], [1])

def predict(parameters, X):
    Z = parameters["W2"] @ np.tanh(parameters["W1"] @ X + parameters["b1"]) + parameters["b2"]
    return sigmoid(Z) > 0.5

def forward_propagation(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    Z2 = parameters["W2"] @ np.tanh(Z1) + parameters["b2"]
    return sigmoid(Z2), dict(Z1=Z1, A1=np.tanh(Z1), Z2=Z2, A2=sigmoid(Z2))
"""


@pytest.mark.slow
def test_a_packs_helper_files_and_stand_ins_lie_beside_a_submission() -> None:
    graded = grade(task("planar_classifier"), parse("hw", "hw.py", USES.encode()))
    assert [each.error for each in graded.loading if "sklearn" not in each.error] == []
    assert {each.id for each in graded.exercises if each.outcome == "passed"} == {"forward_propagation", "predict"}


@pytest.mark.slow
def test_a_students_own_helper_file_counts(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("ada/hw.py", USES)
        archive.writestr("ada/testCases_v2.py", "")
        archive.writestr("ada/planar_utils.py", "def sigmoid(x): return 0.25 + 0 * x\n")
        archive.writestr("planar_utils.py", "")
    (tmp_path / "class.zip").write_bytes(content.getvalue())
    (found,) = batch.discover(
        [tmp_path / "class.zip"], "planar_classifier", helpers=beside.names(task("planar_classifier").pack)
    )
    graded = batch.grade_one(task("planar_classifier"), found, "ada", Session)
    (forward,) = (each for each in graded.exercises if each.id == "forward_propagation")
    assert "is 0.25, but should be" in forward.checks[0].message
