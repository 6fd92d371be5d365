"""Notebooks as they are handed in: each is graded as its code deserves.

A notebook here is a right solution in a few cells, with something odd before, between or after them.
"""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import nbformat
import pytest

from grader import batch
from grader.grading import Task, grade
from grader.reports import Report
from grader.sandbox import Limits, Session
from grader.submissions import parse

from .conftest import PLAIN

SOURCE = PLAIN.read_text()
FUNCTIONS, REST = SOURCE.split("\n\nclass SimpleNeuralNetwork")
NETWORK, NUMERICAL = REST.split("\n\n\ndef numerical_gradient")
SOLUTION = [FUNCTIONS, "class SimpleNeuralNetwork" + NETWORK, "def numerical_gradient" + NUMERICAL]
ALL = 30
TRAINING = (
    "X = np.array([[0, 0], [0, 1], [1, 0], [1, 1.]])\ny = np.array([[0], [1], [1], [0.]])\n"
    "net = SimpleNeuralNetwork(2, 4, 1, learning_rate=2.0)\nlosses = net.train(X, y, 20000)"
)
PNG = "iVBORw0KGgo" + "A" * 3_000_000

# Cells, then the numbers of the code cells that fail, then the points.
CELLS: dict[str, tuple[list[str], list[int], float]] = {
    "line magics": (["%matplotlib inline\n%load_ext autoreload\n%autoreload 2", *SOLUTION, "%time sigmoid(np.zeros(3))"], [], ALL),
    "timeit": ([*SOLUTION, "%timeit -n2 -r1 sigmoid(np.zeros(9))", "%%timeit -n1 -r1\nrelu(np.zeros(9))"], [], ALL),
    "cell magics": (["%%html\n<b>Homework</b>", "%%javascript\nalert(1)", "%%latex\n$x$", *SOLUTION, "%%capture kept\nprint(1)"], [], ALL),
    "definitions under a cell magic": ([f"%%time\n{SOLUTION[0]}", *SOLUTION[1:]], [], ALL),
    "empty lines first": (
        [f"\n\n{SOLUTION[0]}", *SOLUTION[1:], "\n \n%%time\n1 + 1", "\n\n  x = 1\n  y = 2", "\n>>> z = 3", "\nIn [1]: w = 4"], [], ALL,
    ),
    "a magic that is not there": (["%no_such_magic 3", *SOLUTION, "%%no_such_magic\ntext"], [1, 5], ALL),
    "a helper written by a magic": (
        ["%%writefile helper.py\ndef twice(x):\n    return 2 * x", *SOLUTION, "import helper\nassert helper.twice(2) == 4"], [], ALL,
    ),
    "pip install": (["!pip install no-such-package-at-all", *SOLUTION], [], ALL),
    "shell commands": (["!ls", "files = !ls\nprint(files)", *SOLUTION, "get_ipython().system('true')"], [], ALL),
    "a missing module in its own cell": (["import a_missing_module as amm", *SOLUTION], [1], ALL),
    "a missing module before definitions": ([f"import a_missing_module\n{SOLUTION[0]}", *SOLUTION[1:]], [1], 0),
    "a missing module that is caught": (
        ["try:\n    from tqdm_missing import tqdm\nexcept ImportError:\n    tqdm = lambda x: x", *SOLUTION], [], ALL,
    ),
    "a data file that is missing": ([*SOLUTION, "data = np.loadtxt('data.csv')", "data.mean()"], [4, 5], ALL),
    "input": ([*SOLUTION[:1], "name = input('Your name? ')", *SOLUTION[1:]], [2], ALL),
    "Google Drive": (["from google.colab import drive\ndrive.mount('/content/drive')", *SOLUTION], [1], ALL),
    "plots": (
        [*SOLUTION, "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig('loss.png')\nplt.show()",
         "fig, ax = plt.subplots()\nax.imshow(np.eye(3))\nfig", "plt.style.use('ggplot'); plt.hist([1, 2, 2]);"], [], ALL,
    ),
    "widgets": (["from ipywidgets import interact\n@interact(x=3)\ndef show(x): print(x)", *SOLUTION], [1], ALL),
    "out of order": (["net = SimpleNeuralNetwork(2, 3, 1)", *SOLUTION, "answer = other + 1", "other = 1"], [1, 5], ALL),
    "cells that don't parse": (["def unfinished(", *SOLUTION[:2], "Now the numerical gradient:", *SOLUTION[2:], "x = = 2"], [1, 4, 6], ALL),
    "Python 2 prints": (["print 'hello'", *SOLUTION, "print net.W1"], [1, 5], ALL),
    "long training": ([*SOLUTION, TRAINING, "print(losses[-1])"], [], ALL),
    "asking for ever": ([*SOLUTION[:2], "while True: input()", *SOLUTION[2:]], [3], ALL),
    "endless": ([*SOLUTION[:2], "while True:\n    pass", *SOLUTION[2:]], [3], ALL),
    "defined twice": (["import numpy as np\ndef sigmoid(x): return x", *SOLUTION], [], ALL),
    "a right one overwritten": ([*SOLUTION, "def relu(x): return x"], [], ALL - 1),
    "methods patched in later": (
        [*SOLUTION, "class SimpleNeuralNetwork(SimpleNeuralNetwork):\n    pass",
         "def forward(self, X):\n    self.z1 = X @ self.W1 + self.b1\n    self.a1 = sigmoid(self.z1)\n"
         "    self.z2 = self.a1 @ self.W2 + self.b2\n    self.a2 = sigmoid(self.z2)\n    return self.a2",
         "SimpleNeuralNetwork.forward = forward"], [], ALL,
    ),
    "await": ([*SOLUTION, "import asyncio\nawait asyncio.sleep(0)", "async def f(): return 3\nassert await f() == 3"], [], ALL),
    "rich display": (
        [*SOLUTION, "from IPython.display import display, HTML, Math, Image\ndisplay(HTML('<b>x</b>'), Math('x^2'))",
         "display(np.eye(2), display_id=True).update(3)", "from IPython.display import clear_output\nclear_output()"], [], ALL,
    ),
    "exits": ([*SOLUTION[:1], "exit()", *SOLUTION[1:2], "import sys\nsys.exit(1)", *SOLUTION[2:], "quit"], [4], ALL),
    "asserts and errors on purpose": (["assert False, 'on purpose'", *SOLUTION, "raise RuntimeError('stop here')"], [1, 5], ALL),
    "warnings and logging": (
        ["import warnings, logging, sys\nwarnings.warn('w')\nlogging.error('e')\nprint('x', file=sys.stderr)", *SOLUTION], [], ALL,
    ),
    "threads that print": (
        [*SOLUTION, "import threading, time\ndef talk():\n    while True:\n        print('still here', flush=True)\n"
         "        time.sleep(0.001)\nthreading.Thread(target=talk, daemon=True).start()"], [], ALL,
    ),
    "another folder": (["import os\nos.makedirs('sub', exist_ok=True)\nos.chdir('sub')", *SOLUTION], [], ALL),
    "names of other alphabets": ([*SOLUTION, "größe = 3\nσ = sigmoid\nσ(größe)"], [], ALL),
    "empty cells": (["", "   ", *SOLUTION, "", "1 / 0"], [7], ALL),
    "everything of numpy": (["from numpy import *\nfrom math import *", *SOLUTION, "pi"], [], ALL),
    "print redefined": ([*SOLUTION, "def print(*a): raise ValueError", "def input(*a): return '1'\nint(input())"], [], ALL),
    "standard streams replaced": ([*SOLUTION, "import sys, io\nsys.stdout = io.StringIO()", "print(1)"], [], ALL),
    "help": (["import numpy as np\nnp.dot?", *SOLUTION, "?sigmoid", "sigmoid??"], [], ALL),
    "numpy's errors raised": ([*SOLUTION, "np.seterr(all='ignore')"], [], ALL),
    "much output": ([*SOLUTION, "for i in range(100_000): print(i, 'x' * 20)"], [], ALL),
    "last value shown": ([*SOLUTION, "np.arange(100000)", "_ + 1", "Out[4].sum()", "In[1]"], [], ALL),
    "one cell of all": (["\n\n\n".join(SOLUTION)], [], ALL),
    "an annotated future": (["from __future__ import annotations", *SOLUTION, "def f(x: Undefined) -> Nothing: ..."], [], ALL),
}  # fmt: skip


def notebook(cells: list[str]) -> Any:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def graded(task: Task, content: bytes) -> Report:
    before, task.pack.limits = task.pack.limits, Limits(loading=5.0)
    try:
        return grade(task, parse("hw", "hw.ipynb", content))
    finally:
        task.pack.limits = before


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if number % 2 else []) for number, name in enumerate(CELLS)]
)
def test_odd_cells(name: str, sigmoid_network: Task) -> None:
    cells, failing, points = CELLS[name]
    report = graded(sigmoid_network, nbformat.writes(notebook(cells)).encode())
    assert ([error.cell for error in report.loading], report.score) == (failing, points), report.loading


def old() -> dict[str, Any]:
    cells = [
        {"cell_type": "code", "input": cell, "language": "python", "outputs": [], "metadata": {}} for cell in SOLUTION
    ]
    sheet = {
        "cells": [{"cell_type": "heading", "level": 1, "source": "Homework", "metadata": {}}, *cells],
        "metadata": {},
    }
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "old"}, "worksheets": [sheet]}


def changed(**metadata: Any) -> dict[str, Any]:
    made = dict(notebook(SOLUTION))
    made["metadata"] = metadata
    return made


def with_cells(change: Any) -> dict[str, Any]:
    made = json.loads(nbformat.writes(notebook(SOLUTION)))
    for cell in made["cells"]:
        cell["source"] = "".join(cell["source"])
        change(cell)
    return dict(made)


def store_output(cell: dict[str, Any]) -> None:
    cell["outputs"] = [{"output_type": "display_data", "data": {"image/png": PNG}, "metadata": {}}]


FILES: dict[str, Any] = {
    "format 3": old,
    "no kernelspec": changed,
    "a kernel of another name": lambda: changed(kernelspec={"name": "python3.6-my-env", "display_name": "mine", "language": "python"}),
    "a kernel of another language": lambda: changed(kernelspec={"name": "ir", "display_name": "R", "language": "R"}),
    "a damaged kernelspec": lambda: changed(kernelspec=3, language_info="x", widgets=[]),
    "Colab": lambda: changed(colab={"provenance": [], "toc_visible": True}, accelerator="GPU", kernelspec={"name": "python3", "display_name": "Python 3"}),
    "3 MB of stored outputs": lambda: with_cells(store_output),
    "tags that skip cells": lambda: with_cells(lambda cell: cell["metadata"].update(tags=["skip-execution", "raises-exception"])),
    "lines as a list": lambda: with_cells(lambda cell: cell.update(source=cell["source"].splitlines(keepends=True))),
    "Windows line ends": lambda: with_cells(lambda cell: cell.update(source=cell["source"].replace("\n", "\r\n"))),
    "cells without ids, or all of one": lambda: with_cells(lambda cell: cell.update(id="same")),
    "cells without what is due": lambda: with_cells(lambda cell: [cell.pop(key) for key in ("outputs", "execution_count", "metadata")]),
    "an unknown kind of cell": lambda: {**(made := with_cells(lambda _: None)), "cells": [{"cell_type": "poem", "source": "?"}, *made["cells"]]},
    "a minor version to come": lambda: {**with_cells(lambda _: None), "nbformat_minor": 99},
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_odd_files(name: str, sigmoid_network: Task) -> None:
    report = graded(sigmoid_network, json.dumps(FILES[name]()).encode())
    assert (report.loading, report.score) == ([], ALL)


def test_a_byte_order_mark_and_another_unicode_are_read(sigmoid_network: Task) -> None:
    text = nbformat.writes(notebook(SOLUTION))
    for encoding in ("utf-8-sig", "utf-16"):
        assert graded(sigmoid_network, text.encode(encoding)).score == ALL


def test_helper_files_beside_the_notebook(sigmoid_network: Task) -> None:
    cells = ["from parts.functions import *\nimport numpy as np", *SOLUTION[1:]]
    beside = {"parts/functions.py": SOLUTION[0].encode(), "parts/__init__.py": b""}
    found = batch.Found(
        "hw", "hw.ipynb", nbformat.writes(notebook(cells)).encode,
        beside={PurePosixPath(name): BytesIO(content).getvalue for name, content in beside.items()},
    )  # fmt: skip
    report = batch.grade_one(sigmoid_network, found, "hw", Session)
    assert (report.loading, report.score) == ([], ALL)
