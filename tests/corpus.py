"""Submissions that were written from the stub alone, each beside a file that says what is wrong in it.

python -m tests.corpus sigmoid_network          how many are named, and their lines found
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from grader.cli.main import make_task
from grader.grading import Task, grade
from grader.packs import loading
from grader.reports import Report
from grader.submissions import parse

SUBMISSIONS = Path(__file__).parent / "submissions"
KINDS = ("right", "single", "double", "odd")
Equivalents = Sequence[tuple[Set[str], Set[str]]]


@dataclasses.dataclass(frozen=True)
class Written:
    """One submission.

    Attributes:
      exercise: the one that is wrong, None where all are right.
      also: others that lose points by that: one script leaves what several of them ask for.
      faults: slug (None for what has none), cell and line, and the texts that make it right.
    """

    path: Path
    exercise: str | None
    faults: list[dict[str, Any]]
    also: tuple[str, ...] = ()

    @property
    def lost(self) -> set[str]:
        """The exercises that should lose points."""
        return {self.exercise, *self.also} if self.exercise else set()

    @property
    def kind(self) -> str:
        return self.path.parent.name

    @property
    def slugs(self) -> set[str]:
        return {fault["slug"] for fault in self.faults if fault["slug"]}


def written(pack: str, *kinds: str) -> list[Written]:
    """The submissions of these kinds."""
    found = []
    for kind in kinds or KINDS:
        for notes in sorted((SUBMISSIONS / pack / kind).glob("*.json")):
            read = json.loads(notes.read_text())
            found.append(Written(notes.with_suffix(""), read["exercise"], read["faults"], tuple(read.get("also", ()))))
    return found


def report(task: Task, submission: Written) -> Report:
    return grade(task, parse("hw", submission.path.name, submission.path.read_bytes()))


@dataclasses.dataclass(frozen=True)
class Found:
    """What the grader said of one submission.

    Attributes:
      failing: the exercises that lost points.
      is_named: the diagnosis of the exercise is what was made wrong, and there is no other.
      is_located: each fault's line is one where it was made.
      said: for a person to read.
    """

    failing: list[str]
    is_named: bool
    is_located: bool
    said: str


def compare(submission: Written, graded: Report, equivalents: Equivalents) -> Found:
    """Holds a report against what is known."""
    failing = [each.id for each in graded.exercises if each.score < each.max_score]
    own = [each for each in graded.exercises if each.id == submission.exercise]
    faults = [fault for each in own for fault in each.diagnosis]
    others = [f"{each.id}: {fault.mistake}" for each in graded.exercises if each not in own for fault in each.diagnosis]
    slugs = {fault.mistake for fault in faults}
    is_named = not others and any(slugs == alike for alike in _alike(submission.slugs, equivalents))
    right_places = {(fault["cell"], fault["line"]) for fault in submission.faults}
    places = {(fault.cell, fault.line) for fault in faults}
    is_located = bool(places) and places <= right_places
    said = ", ".join([*(f"{fault.mistake} at {fault.cell}:{fault.line}" for fault in faults), *others]) or "nothing"
    return Found(failing, is_named, is_located, said)


def _alike(slugs: set[str], equivalents: Equivalents) -> list[set[str]]:
    """The sets of slugs that explain the same."""
    both = [*equivalents, *((other, one) for one, other in equivalents)]
    return [slugs, *({*(slugs - one), *other} for one, other in both if one <= slugs)]


def main() -> None:
    pack_id = sys.argv[1]
    submissions = written(pack_id)
    with ProcessPoolExecutor(2, initializer=_begin, initargs=(pack_id,)) as pool:
        results = list(zip(submissions, pool.map(_said, submissions), strict=True))
    for submission, found in results:
        wanted = ", ".join(f"{fault['slug']} at {fault['cell']}:{fault['line']}" for fault in submission.faults)
        if submission.kind in ("single", "double"):
            mark = ("" if found.is_named else "NOT NAMED ") + ("" if found.is_located else "NOT LOCATED ")
        else:
            mark = "" if found.said == "nothing" else "ACCUSED "
        mark += "" if set(found.failing) == submission.lost else f"POINTS LOST: {found.failing} "
        if mark:
            print(
                f"{submission.kind}/{submission.path.name} ({submission.exercise}): {mark}\n    is: {found.said}\n    should be: {wanted}"
            )
    wrong = [found for submission, found in results if submission.kind in ("single", "double")]
    print(
        f"named {sum(f.is_named for f in wrong)} of {len(wrong)}, located {sum(f.is_located for f in wrong)} of {len(wrong)}"
    )


_task: Task
_equivalents: Equivalents


def _begin(pack_id: str) -> None:
    global _task, _equivalents
    pack = loading.load(pack_id)
    _task = make_task(pack, None)
    loading.load_mistakes(pack)
    _equivalents = pack.equivalents


def _said(submission: Written) -> Found:
    return compare(submission, report(_task, submission), _equivalents)


if __name__ == "__main__":
    main()
