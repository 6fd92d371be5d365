"""Right solutions of the pack sigmoid_network, as many as are asked for: no two alike, and none may lose a point.

python -m tests.rewrites 1000            grades those of the seeds 0 to 999, says which are judged wrongly
python -m tests.rewrites 1000 5000       those of the seeds from 5000

A seed stands for a choice among right ways to write each function (tests/rewrite_parts.py) and for edits of the whole
that keep what it means (tests/rewrite_edits.py).  The bound that is printed is for modules drawn like these.
"""

from __future__ import annotations

import ast
import dataclasses
import math
import os
import random
import sys
import textwrap
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

from grader.cli.main import make_task
from grader.grading import Task, grade
from grader.packs import loading
from grader.reports import Report
from grader.submissions import parse

from . import rewrite_edits as edits
from . import rewrite_parts as parts

PACK = "sigmoid_network"
COMMENTS = ("# TODO", "# see the lecture notes, p. 12", "# wrong: dW2 = a2.T @ dz2", "# chain rule", "# ok", "#")


def rewrite(seed: int) -> str:
    """A complete right module, another for each seed."""
    rng = random.Random(seed)
    kind = rng.choices(["plain", "float32", "torch"], [76, 15, 9])[0]
    tree = ast.parse(assembled(rng, kind))
    if kind == "float32":
        edits.to_float32(tree)
    edits.to_function(tree, rng, rng.choice([0, 0, 0.3, 1]))
    if rng.random() < 0.7:
        tree = edits.MovedScalars(rng, rng.choice([0.3, 0.8])).visit(tree)
    if rng.random() < 0.7:
        tree = edits.Swapped(rng, rng.choice([0.2, 0.6])).visit(tree)
    order = [edits.split, edits.fuse]
    rng.shuffle(order)
    for edit in order:
        edit(tree, rng, rng.choice([0, 0.2, 0.5, 0.8]))
    style = rng.choice([*edits.STYLES, "permuted", "kept"])
    if style != "kept":
        edits.rename(tree, rng, style, parameters=rng.random() < 0.5)
    alias = rng.choice(["np", "np", "np", "numpy", "xp"])
    edits.Renamed({"np": alias}).visit(tree)
    text = ast.unparse(ast.fix_missing_locations(tree)).replace("import numpy as np", f"import numpy as {alias}")
    return dressed(text, rng)


def assembled(rng: random.Random, kind: str) -> str:
    """One way for each function and method, what they call, and perhaps a demonstration."""
    if kind == "torch":
        blocks = [rng.choice(ways) for ways in parts.TORCH_FUNCTIONS]
        methods = [rng.choice(ways) for ways in parts.TORCH_METHODS]
    else:
        blocks = [rng.choice(ways) for ways in parts.FUNCTIONS]
        methods = network(rng)
    if rng.random() < 0.5:
        rng.shuffle(blocks)
    head, *others = methods
    if rng.random() < 0.3:
        rng.shuffle(others)
    body = "\n\n".join(each.strip("\n") for each in [head, *others])
    network_class = "class SimpleNeuralNetwork:\n" + textwrap.indent(body, "    ")
    blocks.insert(rng.choice([len(blocks), rng.randrange(len(blocks) + 1)]), network_class)
    helpers: list[str] = []
    for helper, text in parts.HELPERS.items():
        if any(f"{helper}(" in block or f"({helper}," in block for block in blocks):
            helpers.append(text)
    imports = ["import math", "import numpy as np"] + (["import torch"] if kind == "torch" else [])
    demo = rng.choice(parts.DEMOS)
    return "\n\n".join(["\n".join(imports), *helpers, *blocks, demo])


def network(rng: random.Random) -> list[str]:
    """The class's members, its constructor first."""
    backward = parts.scaled_backward(rng) if rng.random() < 0.15 else rng.choice(parts.BACKWARD)
    forward = rng.choice(parts.FORWARD).rstrip("\n")
    for cache, statement in parts.CACHES.items():
        if f"self.{cache}" in backward or rng.random() < 0.1:
            *before, last = forward.split("\n")
            forward = "\n".join([*before, f"    {statement}", last])
    update = rng.choice(parts.UPDATE_WEIGHTS)
    methods = [rng.choice(parts.INIT), forward, backward, update, rng.choice(parts.TRAIN)]
    if "vars(" not in update and rng.random() < 0.1:
        methods.append(parts.PROPERTIES)
    return methods


def dressed(text: str, rng: random.Random) -> str:
    """Comments, blank lines, another indentation, statements on one line; ast.unparse leaves one statement a line."""
    unit = rng.choice([4, 4, 2, 3])
    clutter = rng.choice([0, 0, 0.1, 0.3])
    joined = rng.choice([0, 0, 0, 0.3])
    lines: list[str] = []
    for line in text.split("\n"):
        bare = line.lstrip(" ")
        depth = (len(line) - len(bare)) // 4
        indent = " " * (unit * depth)
        if bare and rng.random() < clutter:
            lines.append(rng.choice([indent + rng.choice(COMMENTS), ""]))
        previous = lines[-1] if lines else ""
        is_alike = previous.startswith(indent) and not previous[len(indent) :].startswith(" ")
        if is_alike and is_simple(bare) and is_simple(previous.strip()) and rng.random() < joined:
            lines[-1] = f"{previous}; {bare}"
        else:
            lines.append(indent + bare)
    return "\n".join(lines) + "\n"


def is_simple(line: str) -> bool:
    """Whether it is an assignment of one line, so that another may stand beside it."""
    try:
        statements = ast.parse(line).body
    except SyntaxError:
        return False
    return bool(statements) and all(isinstance(each, (ast.Assign, ast.AugAssign)) for each in statements)


def without_a_scalar(text: str, rng: random.Random) -> str:
    """The module with a number dropped from one of its products: no longer right."""
    tree = ast.parse(text)
    places: list[tuple[edits.Place, ast.expr]] = []
    for function in edits.functions(tree):
        if function.name == "__init__":
            continue
        for node in ast.walk(function):
            for field in node._fields:
                value = getattr(node, field)
                if isinstance(value, ast.BinOp) and (rest := _rest(value)):
                    places.append(((node, field, None), rest))
    place, rest = rng.choice(places)
    edits.put(place, rest)
    return ast.unparse(tree)


def _rest(product: ast.BinOp) -> ast.expr | None:
    match product:
        case ast.BinOp(ast.Constant(float(number) | int(number)), ast.Mult(), rest) if abs(number) != 1:
            return rest
        case ast.BinOp(rest, ast.Mult() | ast.Div(), ast.Constant(float(number) | int(number))) if abs(number) != 1:
            return rest
    return None


# ------------------------------------------------------------------------------------------------------------- grading


@dataclasses.dataclass(frozen=True)
class Judged:
    """A rewrite that should have been found right; `complaints` is empty if it was."""

    seed: int
    complaints: list[str]


def complaints(report: Report) -> list[str]:
    """What a report holds against a right solution."""
    found = [f"{each.error} (line {each.line})" for each in report.loading]
    if report.status != "graded":
        found.append(f"{report.status}: {report.message}")
    for each in report.exercises:
        if each.score < each.max_score or each.follow_through:
            said = next((check.message for check in each.checks if check.outcome != "passed"), "")
            found.append(f"{each.id} gets {each.score:g} of {each.max_score:g}: {each.outcome}: {said}")
        found += [f"{each.id} is said to be {fault.mistake} (line {fault.line})" for fault in each.diagnosis]
        found += [f"{each.id}: the step {step.name} is called wrong" for step in each.steps if step.right is False]
    return found + [f"fault of the grader in {name}: {text}" for name, text in report.staff.get("faults", {}).items()]


def judged(task: Task, seed: int) -> Judged:
    return Judged(seed, complaints(grade(task, parse("hw", "hw.py", rewrite(seed).encode()))))


_task: Task


def _begin() -> None:
    global _task
    _task = make_task(loading.load(PACK), None)


def _judged(seed: int) -> Judged:
    return judged(_task, seed)


def all_judged(seeds: Iterable[int]) -> Iterator[Judged]:
    """Those of these seeds through the real wall, in as many processes as there are processors, at most two."""
    make_task(loading.load(PACK), None)  # the key is made once
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1), initializer=_begin) as pool:
        yield from pool.map(_judged, seeds, chunksize=4)


def upper_bound(failed: int, number: int, confidence: float = 0.95) -> float:
    """The rate that is not exceeded, with this confidence (exact, one-sided).

    The largest p with P(at most `failed` of `number` | p) >= 1 - confidence (Clopper and Pearson, Biometrika 26, 1934);
    where none failed it is 1 - 0.05^(1/N), which the rule of three writes as 3/N.
    """
    if failed >= number:
        return 1.0

    def at_most(p: float) -> float:
        logs = [
            math.lgamma(number + 1)
            - math.lgamma(i + 1)
            - math.lgamma(number - i + 1)
            + i * math.log(p)
            + (number - i) * math.log1p(-p)
            for i in range(failed + 1)
        ]
        return math.fsum(map(math.exp, logs))

    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if at_most(middle) >= 1 - confidence else (low, middle)
    return high


def main() -> int:
    number = int(sys.argv[1])
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    failed = 0
    for each in all_judged(range(first, first + number)):
        if each.complaints:
            failed += 1
            print(f"seed {each.seed}:", *each.complaints, sep="\n    ", flush=True)
    bound = upper_bound(failed, number)
    print(f"{number} rewrites of right solutions graded, {failed} wrongly: at most {bound:.3%} are (95 % confidence)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
