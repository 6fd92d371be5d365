"""What a report holds for people to look at: the question, the code, curves, a boundary, figures.

All of it is the submission's own, the stub's, or of public cases; all of it is capped, and none decides a point.
"""

from __future__ import annotations

import ast
import base64
import binascii
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from grader.judging import Observation, Outcome
from grader.judging.compare import Array, as_array
from grader.packs.model import Case
from grader.reports import Boundary, Curve, Display, Excerpt, ExerciseDisplay, ExerciseReport, Fault, Figure, Step
from grader.submissions import Cell, Submission

from .asking import Answers, Loaded, Task
from .syntax import parsed

LONGEST_QUESTION = 4000  # characters
MOST_LINES = 160  # of code, an exercise
LONGEST_LINE = 240  # characters
MOST_POINTS = 120  # of a curve; more can't be told apart in a picture
FINEST_GRID = 64  # rows and columns of a boundary
MOST_SAMPLES = 400  # points drawn over it
MOST_FIGURES = 6
LARGEST_FIGURE = 150_000  # characters of base64; a plot of matplotlib's usual size has 20,000 to 60,000
LARGEST_FIGURES = 320_000  # of all together
LARGEST_SIDE = 4000  # pixels: a small file can unfold into a picture that stops a browser
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def display(
    task: Task,
    submission: Submission,
    loaded: Loaded,
    answers: Iterable[Answers],
    reports: Sequence[ExerciseReport],
) -> Display:
    """What there is to look at.

    Args:
      reports: of the exercises, in the order of `answers`.
    """
    questions = _questions(task.pack.folder)
    exercises = {}
    for own, report in zip(answers, reports, strict=True):
        functions = _functions(task, report.id)
        is_right = report.outcome == Outcome.PASSED
        exercises[report.id] = ExerciseDisplay(
            asked="\n\n\n".join(questions[name] for name in functions if name in questions)[:LONGEST_QUESTION],
            code=[] if is_right else _code(submission, functions, report),
            right={} if report.example is None else _right(task, own, report.example.check),
            curve=_curve(task, own),
            boundary=_boundary(own),
        )
    figures, left_out = _figures(getattr(loaded, "notebook", None))
    return Display(exercises=exercises, figures=figures, figures_left_out=left_out)


# ---------------------------------------------------------------------------------------------------- the question


def _functions(task: Task, exercise: str) -> list[str]:
    """The functions, methods and classes that an exercise is about, as `Class.method`."""
    pack = task.pack
    own = task.key.functions.get(exercise)
    about = pack.exercises[exercise].about or ([own] if own else [])
    return list(dict.fromkeys([*about, *([own] if own else [])]))


@functools.lru_cache(maxsize=8)
def _questions(folder: Path) -> Mapping[str, str]:
    """What the stub says of each function, method and class: its signature and docstring."""
    path = folder / "stub.py"
    if not path.is_file():
        return {}
    return dict(_signatures(ast.parse(path.read_text(encoding="utf-8")), ""))


def _signatures(tree: ast.AST, prefix: str) -> Iterator[tuple[str, str]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield prefix + node.name, _question(f"class {node.name}:", node)
            yield from _signatures(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            yield prefix + node.name, _question(f"def {node.name}({ast.unparse(node.args)}):", node)


def _question(head: str, node: ast.FunctionDef | ast.ClassDef) -> str:
    text = (ast.get_docstring(node) or "").strip()
    return head + "".join(f"\n    {line}".rstrip() if line else "\n" for line in text.split("\n") if text)


# -------------------------------------------------------------------------------------------------------- the code


def _code(submission: Submission, functions: Sequence[str], report: ExerciseReport) -> list[Excerpt]:
    """The submission's own definitions of an exercise's functions, and those that its faults and steps lie in."""
    definitions = [each for cell in submission.cells for each in _definitions(parsed(cell.source), "", cell)]
    last = {name: (cell, start, end) for name, cell, start, end in definitions}
    chosen = [last[name] for name in functions if name in last]
    places: list[Fault | Step] = [*report.diagnosis, *report.steps]
    for number, line in ((each.cell, each.line) for each in places):
        if line is None:
            continue
        if any(cell.number == number and start <= line <= end for cell, start, end in chosen):
            continue
        around = [
            (end - start, cell, start, end)
            for _, cell, start, end in definitions
            if cell.number == number and start <= line <= end
        ]
        if around:
            chosen.append(min(around, key=lambda each: each[0])[1:])
        else:
            chosen += [
                (cell, max(line - 3, cell.line), line + 3)
                for cell in submission.cells
                if cell.number == number and (number is not None or _holds(cell, line))
            ]
    found, room = [], MOST_LINES
    for cell, start, end in dict.fromkeys(chosen):
        own = cell.source.split("\n")[start - cell.line : end - cell.line + 1][:room]
        room -= len(own)
        if own:
            text = "\n".join(line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…" for line in own)
            found.append(Excerpt(cell=cell.number, line=start, text=text))
    return found


def _holds(cell: Cell, line: int) -> bool:
    return cell.line <= line <= cell.line + cell.source.count("\n")


def _definitions(tree: ast.AST, prefix: str, cell: Cell) -> Iterator[tuple[str, Cell, int, int]]:
    """Functions, methods, and names that are given a value: (name, cell, first line, last line)."""
    for node in ast.iter_child_nodes(tree):
        names: list[str] = []
        start = getattr(node, "lineno", 1)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names = [node.name]
            start = min([node.lineno, *(each.lineno for each in node.decorator_list)])
        elif isinstance(node, ast.Assign):
            names = [each.id for each in node.targets if isinstance(each, ast.Name)]
        elif isinstance(node, ast.ClassDef):
            yield from _definitions(node, f"{prefix}{node.name}.", cell)
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            yield from _definitions(node, prefix, cell)
        for name in names:
            end = getattr(node, "end_lineno", None) or start
            yield prefix + name, cell, start + cell.line - 1, end + cell.line - 1


# ------------------------------------------------------------------------------------------------- what came back


def _right(task: Task, answers: Answers, check: str) -> dict[str, list[int]]:
    """The shapes of what came back right in the example."""
    for case, verdict in zip(answers.cases, answers.verdicts, strict=True):
        if case.name == check:
            expected = task.key.expected(answers.exercise, case)
            return {name: list(np.shape(value)) for name, value in expected.items() if name not in verdict.wrong}
    return {}


def _public(answers: Answers) -> Iterator[tuple[Case, Observation, bool]]:
    """The public cases, those that failed first, and whether they passed."""
    cases = [
        (case, seen, verdict.outcome is Outcome.PASSED) for case, seen, verdict in answers.in_full if not case.hidden
    ]
    yield from sorted(cases, key=lambda each: each[2])


def _curve(task: Task, answers: Answers) -> Curve | None:
    """The longest row of losses, of a case that failed if there is one."""
    curves = []
    for case, seen, passed in _public(answers):
        for name, value in seen.values.items():
            numbers = _numbers(value)
            if "loss" in name and numbers is not None and numbers.ndim == 1 and numbers.size >= 3:
                expected = _numbers(task.key.expected(answers.exercise, case).get(name))
                curves.append((passed, -numbers.size, case.name, name, numbers, expected))
    if not curves:
        return None
    _, _, check, name, numbers, expected = min(curves, key=lambda each: each[:2])
    places = sorted({int(place) for place in np.linspace(0, numbers.size - 1, MOST_POINTS)})
    alike = expected is not None and expected.shape == numbers.shape
    return Curve(
        name=name,
        check=check,
        places=places,
        actual=_listed(numbers[places]),
        expected=_listed(expected[places]) if alike and expected is not None else [],
    )


def _boundary(answers: Answers) -> Boundary | None:
    """What a probe returns as xx, yy and predictions, with the case's samples over it."""
    boundaries = []
    for case, seen, passed in _public(answers):
        xx, yy, predictions = (_numbers(seen.values.get(name)) for name in ("xx", "yy", "predictions"))
        if xx is None or yy is None or predictions is None or not xx.shape == yy.shape == predictions.shape:
            continue
        if xx.ndim != 2 or min(xx.shape) < 2 or max(xx.shape) > FINEST_GRID or not _is_finite(xx, yy):
            continue
        boundaries.append((passed, -xx.size, case, xx, yy, predictions))
    if not boundaries:
        return None
    _, _, case, xx, yy, predictions = min(boundaries, key=lambda each: each[:2])
    return Boundary(
        check=case.name,
        x_range=[float(xx.min()), float(xx.max())],
        y_range=[float(yy.min()), float(yy.max())],
        predictions=[_listed(row, digits=3) for row in predictions],
        points=_samples(case),
    )


def _samples(case: Case) -> list[list[float]]:
    """The case's samples as [x, y, label], where they are points of a plane in two classes."""
    points, labels = _numbers(case.fields.get("X")), _numbers(case.fields.get("y"))
    if points is None or labels is None or points.ndim != 2 or points.shape[1] != 2 or labels.size != len(points):
        return []
    step = -(-len(points) // MOST_SAMPLES)
    return [
        [round(float(x), 3), round(float(y), 3), float(label)]
        for (x, y), label in zip(points[::step], labels.ravel()[::step], strict=True)
    ]


def _numbers(value: Any) -> Array | None:
    array, _ = as_array(value)
    return None if array is None or array.dtype.kind not in "biuf" else array.astype(float)


def _is_finite(*arrays: Array) -> bool:
    return all(bool(np.all(np.isfinite(array))) for array in arrays)


def _listed(values: Array, digits: int = 6) -> list[float | None]:
    """Numbers of so many significant digits; what is not finite is null."""
    return [float(f"{value:.{digits}g}") if np.isfinite(value) else None for value in values]


# ------------------------------------------------------------------------------------------------------- its figures


def _figures(notebook: Any) -> tuple[list[Figure], int]:
    """The pictures that a notebook's cells drew, as far as there is room, and how many were left out."""
    found: list[Figure] = []
    left_out, room = 0, LARGEST_FIGURES
    for number, cell in enumerate(notebook["cells"] if notebook is not None else (), 1):
        for output in cell.get("outputs", ()):
            text = output.get("data", {}).get("image/png") if isinstance(output.get("data"), Mapping) else None
            if text is None:
                continue
            figure = _figure(number, text)
            if figure is None or len(found) == MOST_FIGURES or len(figure.png) > room:
                left_out += 1
                continue
            room -= len(figure.png)
            found.append(figure)
    return found, left_out


def _figure(cell: int, text: Any) -> Figure | None:
    """A picture, if it is a PNG of moderate size: the student's process says what it sends."""
    if not isinstance(text, str) or len(text) > 2 * LARGEST_FIGURE:
        return None
    text = "".join(text.split())  # base64 comes in lines
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    width, height = (int.from_bytes(content[start : start + 4]) for start in (16, 20))
    if not content.startswith(PNG) or not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE):
        return None
    if len(text) > LARGEST_FIGURE:
        return None
    return Figure(cell=cell, png=base64.b64encode(content).decode(), width=width, height=height)
