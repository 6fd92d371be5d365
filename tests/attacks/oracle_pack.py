"""A pack whose first exercise hands out right answers to the second one: what `oracles` must not carry over."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "reference/tones.py": '''\
"""A check that is handed a function, and the function that it is handed."""

import numpy as np


def check(f, x):
    """The largest of f's values at x."""
    return np.max(f(x))


def tone(x):
    """What nobody guesses, at x (n,)."""
    result = np.sin(137.03 * x) + np.cos(29.97 * x)
    return result
''',
    "reference/tones_twin.py": """\
import numpy as np
import torch


def check(f, x):
    return torch.max(torch.tensor(f(x))).numpy()


def tone(x):
    x = torch.tensor(x)
    return (torch.sin(137.03 * x) + torch.cos(29.97 * x)).numpy()
""",
    "exercises.py": '''\
import numpy as np

from grader.packs import Case, Pack

pack = Pack("tones", title="Tones", reference="reference.tones", twin="reference.tones_twin")


def right(x):
    return np.sin(137.03 * np.asarray(x, float)) + np.cos(29.97 * np.asarray(x, float))


def numbers(rng):
    return [Case("two", x=np.array([1.5, -0.5]))]


@pack.exercise(points=1, cases=numbers, oracles=True)
def check(student, case):
    """A check, handed a right function."""
    return {"largest": student.check(right, case.x)}


@pack.exercise(points=1, cases=numbers)
def tone(student, case):
    """The function itself."""
    return {"tone": student.tone(case.x)}
''',
    "mistakes.py": """\
from .exercises import pack

pack.mistake("wrong-sign", "tone", "np.sin(137.03 * x) + np.cos(29.97 * x)", "np.sin(137.03 * x) - np.cos(29.97 * x)", hint="Look at the sign.")
""",
}

# Right but for what only the handed function knows.
BASE = '''\
"""A check, and no tone."""
import numpy as np


def check(f, x):
    return np.max(f(x))


def tone(x):
    return x * 0.5
'''


def write_pack(folder: Path) -> Path:
    """The pack in `folder`."""
    root = folder / "tones"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root
