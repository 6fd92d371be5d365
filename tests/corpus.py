"""Submissions that were written from the stub alone, each beside a file that says what is wrong in it.

python -m tests.corpus PACK [PROCESSES]          how many are named, their lines found, and who is accused
"""

from __future__ import annotations

import dataclasses
import difflib
import json
import os
import sys
from collections.abc import Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from grader.cli.main import make_task
from grader.grading import Task, grade
from grader.judging import Outcome
from grader.packs import loading
from grader.reports import Report
from grader.submissions import parse

SUBMISSIONS = Path(__file__).parent / "submissions"
WRONG = ("single", "double")
KINDS = ("right", *WRONG, "odd")
LEFT_BY_A_RUN = ("weights", "output", "loss_table")
# Wrong ones that pass: what no check asks about.
PASSES = {
    "java__stops_before_the_end.py",  # ends early where the loss hardly changes: it does in every case
}
Equivalents = Sequence[tuple[Set[str], Set[str]]]


@dataclasses.dataclass(frozen=True)
class Written:
    """One submission.

    Attributes:
      exercise: the one that is wrong, None where all are right.
      also: others that are wrong by the same lines, which they share with it.
      faults: slug (None for what has none), cell and line, and the texts that make it right.
    """

    path: Path
    exercise: str | None
    also: list[str]
    faults: list[dict[str, Any]]

    @property
    def pack(self) -> str:
        return self.path.parent.parent.name

    @property
    def kind(self) -> str:
        return self.path.parent.name

    @property
    def slugs(self) -> set[str]:
        return {fault["slug"] for fault in self.faults if fault["slug"]}

    @property
    def wrong(self) -> set[str]:
        """The exercises that are wrong."""
        return {self.exercise, *self.also} if self.exercise else set()

    @property
    def places(self) -> set[tuple[int | None, int]]:
        """Cell and line of the lines that are marked, and of those that taking the faults back changes."""
        found = set()
        for fault in self.faults:
            found.add((fault["cell"], fault["line"]))
            source = self._source(fault["cell"])
            first = source[: source.index(fault["wrong"])].count("\n") + 1
            wrong, right = (fault[key].rstrip("\n").splitlines() for key in ("wrong", "right"))
            for tag, start, end, _, _ in difflib.SequenceMatcher(None, wrong, right, autojunk=False).get_opcodes():
                if tag != "equal":
                    found.update((fault["cell"], first + line) for line in range(start, end))
        return found

    def _source(self, cell: int | None) -> str:
        text = self.path.read_text()
        if cell is None:
            return text
        cells = [each for each in json.loads(text)["cells"] if each["cell_type"] == "code"]
        return "".join(cells[cell - 1]["source"])


def written(pack: str, *kinds: str) -> list[Written]:
    """The submissions of these kinds."""
    found = []
    for kind in kinds or KINDS:
        for notes in sorted((SUBMISSIONS / pack / kind).glob("*.json")):
            read = json.loads(notes.read_text())
            found.append(Written(notes.with_suffix(""), read["exercise"], read.get("also", []), read["faults"]))
    return found


def taken(submissions: Sequence[Written], every: int = 2) -> Sequence[Written]:
    """Those that every run grades: one of so many, or all of them if CORPUS=all is set."""
    return submissions if os.environ.get("CORPUS") == "all" else submissions[::every]


def report(task: Task, submission: Written) -> Report:
    return grade(task, parse("hw", submission.path.name, submission.path.read_bytes()))


@dataclasses.dataclass(frozen=True)
class Found:
    """What the grader said of one submission.

    Attributes:
      failing: the exercises that lost points.
      is_named: the diagnosis of the exercise is what was made wrong, and there is no other.
      is_located: each fault's line is one where it was made: a marked one, or one that taking it back changes.
      is_marked: each is one that the writer has marked.
      said: for a person to read.
    """

    failing: list[str]
    is_named: bool
    is_located: bool
    is_marked: bool
    said: str


def compare(submission: Written, graded: Report, equivalents: Equivalents) -> Found:
    """Holds a report against what is known."""
    failing = [each.id for each in graded.exercises if each.score < each.max_score]
    own = [each for each in graded.exercises if each.id in submission.wrong]
    faults = [fault for each in own if each.id == submission.exercise for fault in each.diagnosis]
    others = [f"{each.id}: {fault.mistake}" for each in graded.exercises if each not in own for fault in each.diagnosis]
    alike = _alike(submission.slugs, equivalents)
    # All that a script leaves comes of one run: its mistakes are told where they are seen first.
    told = [
        each
        for each in own
        if each.diagnosis
        or each.id == submission.exercise
        or not (each.id in LEFT_BY_A_RUN or each.outcome == Outcome.NOT_DEFINED)
    ]
    is_named = not others and all({fault.mistake for fault in each.diagnosis} in alike for each in told)
    marked = {(fault["cell"], fault["line"]) for fault in submission.faults}
    places = {(fault.cell, fault.line) for fault in faults}
    is_located = bool(places) and places <= submission.places
    is_marked = bool(places) and places <= marked
    said = ", ".join([*(f"{fault.mistake} at {fault.cell}:{fault.line}" for fault in faults), *others]) or "nothing"
    return Found(failing, is_named, is_located, is_marked, said)


def _alike(slugs: set[str], equivalents: Equivalents) -> list[set[str]]:
    """The sets of slugs that explain the same."""
    both = [*equivalents, *((other, one) for one, other in equivalents)]
    return [slugs, *({*(slugs - one), *other} for one, other in both if one <= slugs)]


def main() -> None:
    pack_id = sys.argv[1]
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    submissions = written(pack_id)
    with ProcessPoolExecutor(processes, initializer=_begin, initargs=(pack_id,)) as pool:
        results = list(zip(submissions, pool.map(_said, submissions), strict=True))
    for submission, found in results:
        wanted = ", ".join(f"{fault['slug']} at {fault['cell']}:{fault['line']}" for fault in submission.faults)
        if submission.kind in WRONG:
            mark = ("" if found.is_named else "NOT NAMED ") + ("" if found.is_located else "NOT LOCATED ")
        else:
            mark = "" if found.said == "nothing" else "ACCUSED "
        mark += "" if _is_clean(submission, found) else f"POINTS LOST: {found.failing} "
        if mark:
            print(f"{submission.kind}/{submission.path.name} ({submission.exercise}): {mark}")
            print(f"    is: {found.said}\n    should be: {wanted or 'nothing'}")
    wrong = [found for submission, found in results if submission.kind in WRONG]
    print(f"named {sum(f.is_named for f in wrong)} of {len(wrong)}, located {sum(f.is_located for f in wrong)}", end="")
    print(f" (on the very line marked {sum(f.is_marked for f in wrong)})")
    for kind in ("odd", "right"):
        said = [found.said for submission, found in results if submission.kind == kind]
        print(f"{kind}: {sum(text != 'nothing' for text in said)} of {len(said)} accused")
    print(f"points lost or kept elsewhere: {sum(not _is_clean(*each) for each in results)} of {len(results)}")


def _is_clean(submission: Written, found: Found) -> bool:
    """Whether the exercise that is wrong lost points, and no other."""
    return set(found.failing) == submission.wrong


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
