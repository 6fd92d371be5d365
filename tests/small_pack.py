"""A whole pack in a few lines, to be broken on purpose."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "reference/half.py": '''\
"""Halves and squares."""

import numpy as np


def half(x):
    """Half of x.

    Args:
      x: (n,) floats.

    Derivation: x / 2.
    """
    result = x / 2
    return result


def square_sum(x):
    """The sum of squares of x, a number."""
    return np.sum(x * x)


def gradient(x):
    """The gradient of square_sum at x, of its shape."""
    twofold = 2 * x
    return twofold
''',
    "reference/half_twin.py": """\
import numpy as np
import torch


def half(x):
    return np.asarray(x) * 0.5


def square_sum(x):
    return float(np.dot(x, x))


def gradient(x):
    x = torch.tensor(np.asarray(x, np.float64), requires_grad=True)
    (x * x).sum().backward()
    return x.grad.numpy()
""",
    "exercises.py": '''\
import numpy as np

from grader.packs import Case, Pack, Tolerance

pack = Pack("half", title="Halves", reference="reference.half", twin="reference.half_twin")


def numbers(rng):
    return [Case("two", x=np.array([1.5, -0.5])), Case("five", x=rng.normal(size=5), hidden=True)]


@pack.exercise(points=1, cases=numbers)
def half(student, case):
    """Halves."""
    return {"half": student.half(case.x)}


@pack.exercise(points=2, cases=numbers)
def gradient(student, case):
    """A gradient."""
    return {"gradient": student.gradient(case.x)}


@gradient.differences
def _(student, case):
    return {"gradient": (student.square_sum, case.x)}
''',
    "mistakes.py": """\
from .exercises import pack

pack.mistake("not-halved", "half", "x / 2", "x", hint="Only a part of it is asked for.")
pack.mistake("factor-forgotten", "gradient", "2 * x", "x", hint="A factor comes down.")
pack.rewrite("times a half", ("half", "x / 2", "0.5 * x"))
""",
}


def write_pack(folder: Path, **edits: tuple[str, str]) -> Path:
    """The pack in `folder`, with (old, new) edits of its files by their stems.  Its stubs are written too."""
    from grader.packs import loading, stubs

    root = folder / "half"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for path, content in stubs.generated(loading.load(str(root))).items():
        path.write_text(content)
    for stem, (old, new) in edits.items():
        (path,) = (path for path in root.rglob("*.py") if path.stem == stem)
        text = path.read_text()
        assert text.count(old) >= 1, old
        path.write_text(text.replace(old, new))
    return root
