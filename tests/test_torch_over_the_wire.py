"""torch's own objects: built beside the implementation, handed in by handle, and what autograd did is seen."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.packs import Case
from grader.packs.implementation import Channel, Connection, Implementation, Local, plain
from grader.packs.oracles import stand_in
from grader.sandbox import Limits, Session
from grader.sandbox.session import Copy
from grader.submissions import parse

from .conftest import ROOT

pytestmark = pytest.mark.slow  # keys of several packs, torch in every process

STUDENT = """
import torch
from torch.autograd import grad as taken_before

def scaled(X):
    return X * 2

def tracked(X):
    return (X * 2).requires_grad_()

def draw(generator):
    return torch.randn(3, generator=generator, dtype=torch.float64)

def run(model, X):
    return model(X)

def kinds(X):
    return [type(X).__name__, str(X.dtype), X.is_leaf, X.requires_grad]

def spoil(X):
    X.mul_(2)

def by_hand(x):
    return 3 * x**2

def backwards(x):
    x = torch.tensor(x, requires_grad=True)
    (x**3).backward()
    return x.grad.item()

def grad(x):
    x = torch.tensor(x, requires_grad=True)
    return taken_before(x**3, x)[0].item()

def func(x):
    return torch.func.grad(lambda x: x**3)(torch.tensor(x)).item()

def forwards(x):
    x = torch.tensor(x)
    return torch.func.jvp(lambda x: x**3, (x,), (torch.ones_like(x),))[1].item()

def halved(x):
    return x / 2

def helped(X):
    return halved(X).sum(dim=0)
"""


def local() -> Iterator[Local]:
    namespace: dict[str, Any] = {"__file__": "student.py"}
    exec(STUDENT, namespace)
    yield Local(namespace)


@contextlib.contextmanager
def asked(text: str) -> Iterator[Copy]:
    """A process with what a submission defines."""
    with Session(parse("a", "a.py", text.encode()), Limits(), 0) as session:
        assert session.loading == ()
        copy = session.copy(alone=True)
        copy.allow(60)
        yield copy
        copy.close()


def behind_the_wall() -> Iterator[Copy]:
    with asked(STUDENT) as copy:
        yield copy


@pytest.fixture(scope="module", params=[local, behind_the_wall], ids=["in this process", "behind the wall"])
def channel(request: pytest.FixtureRequest) -> Iterator[Channel]:
    yield from request.param()


@pytest.fixture
def connection(channel: Channel) -> Connection:
    return Connection(channel)


X = np.array([[1.5, -2.0], [0.25, 3.0]])


@pytest.fixture
def student(connection: Connection) -> Implementation:
    connection.begin(Case("a case", X=X), 0)
    return Implementation(connection)


def test_tensors_go_in_as_tensors_and_come_back_as_arrays(student: Implementation) -> None:
    assert np.array_equal(plain(student.scaled(student.torch.tensor(X))), 2 * X)
    single = student.torch.tensor(X.astype(np.float32))
    assert plain(student.scaled(single)).dtype == np.float32
    assert plain(student.kinds(student.torch.tensor(X))) == ["Tensor", "torch.float64", True, False]
    assert plain(student.kinds(student.torch.tensor(X, requires_grad=True)))[2:] == [True, True]


def test_facts_are_those_of_the_students_own_tensor(student: Implementation) -> None:
    facts = student.torch.facts
    leaf = student.torch.tensor(X, requires_grad=True)
    assert facts(student.scaled(leaf)) == {
        "tensor": True, "is_leaf": False, "requires_grad": True, "has_grad_fn": True, "dtype": "float64",
    }  # fmt: skip
    assert facts(student.tracked(student.torch.tensor(X))) == {
        "tensor": True, "is_leaf": True, "requires_grad": True, "has_grad_fn": False, "dtype": "float64",
    }  # fmt: skip
    assert facts(student.by_hand(2.0)) == {"tensor": False}


def test_a_generator_draws_the_same_again(student: Implementation) -> None:
    first, second = (plain(student.draw(student.torch.generator(7))) for _ in range(2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, plain(student.draw(student.torch.generator(8))))


def test_a_model_is_its_weights(student: Implementation) -> None:
    rng = np.random.default_rng(0)
    layers = [(rng.normal(size=(3, 2)), rng.normal(size=3)), (rng.normal(size=(1, 3)), rng.normal(size=1))]
    hidden = np.maximum(0, X @ layers[0][0].T + layers[0][1])
    expected = 1 / (1 + np.exp(-(hidden @ layers[1][0].T + layers[1][1])))
    actual = plain(student.run(student.torch.model(layers), student.torch.tensor(X)))
    assert np.allclose(actual, expected, rtol=1e-12)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # torch's own, of what torch.func imports
@pytest.mark.parametrize(
    ("way", "used"), [("by_hand", False), ("backwards", True), ("grad", True), ("func", True), ("forwards", True)]
)
def test_every_use_of_autograd_is_seen_and_nothing_else(way: str, used: bool, student: Implementation) -> None:
    student.torch.watch()
    assert float(getattr(student, way)(2.0)) == 12
    assert student.torch.autograd_used() is used
    student.backwards(2.0)
    student.torch.watch()
    student.by_hand(2.0)
    assert student.torch.autograd_used() is False


def test_a_new_case_ends_the_watch(connection: Connection) -> None:
    connection.begin(Case("one"), 0)
    student = Implementation(connection)
    student.torch.watch()
    connection.begin(Case("two"), 0)
    student.backwards(2.0)
    assert student.torch.autograd_used() is False


def test_a_tensor_that_was_changed_is_called_like_its_array(connection: Connection) -> None:
    case = Case("a case", X=X.copy())
    connection.begin(case, 0)
    student = Implementation(connection)
    student.spoil(student.torch.tensor(case.X))
    assert connection._case.changed == ["X"]


def test_a_numpy_stand_in_answers_tensors_with_tensors(connection: Connection) -> None:
    connection.replace("halved", stand_in({"halved": lambda x: x / 4}, "halved"), ())
    connection.begin(Case("a case"), 0)
    student = Implementation(connection)
    # `sum(dim=0)` is torch's: NumPy's arrays don't know it.
    assert np.array_equal(plain(student.helped(student.torch.tensor(X))), (X / 4).sum(axis=0))


def test_the_judge_does_not_import_torch_for_it() -> None:
    code = (
        "import sys, numpy as np\n"
        "from grader.packs import Case\n"
        "from grader.packs.implementation import Connection, Implementation, plain\n"
        "from grader.sandbox import Limits, Session\n"
        "from grader.submissions import parse\n"
        "with Session(parse('a', 'a.py', b'def f(x): return x * 2'), Limits(), 0) as session:\n"
        "    copy = session.copy(alone=True)\n"
        "    copy.allow(20)\n"
        "    connection = Connection(copy)\n"
        "    connection.begin(Case('a case'), 0)\n"
        "    student = Implementation(connection)\n"
        "    assert plain(student.f(student.torch.tensor(np.ones(2)))).tolist() == [2, 2]\n"
        "print('torch' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout == "False\n"


def test_where_the_student_has_hidden_torch_it_is_said_so() -> None:
    text = "import sys\nsys.modules['torch'] = None\ndef f(x): return x\n"
    with asked(text) as copy:
        connection = Connection(copy)
        connection.begin(Case("a case"), 0)
        with pytest.raises(Exception, match="torch can't be imported after what was run before"):
            Implementation(connection).torch.tensor(X)


def test_where_torch_is_not_installed_it_is_no_fault_of_the_students(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "import sys\nsys.modules['torch'] = None\ndef f(x): return x\n"
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with asked(text) as copy:
        connection = Connection(copy)
        connection.begin(Case("a case"), 0)
        with pytest.raises(RuntimeError, match="install torch"):
            Implementation(connection).torch.tensor(X)
