"""Makes the signatures of an exercise's mistakes: what the probe yields with each combination of them."""

from __future__ import annotations

import dataclasses
import itertools
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.judging import Observation
from grader.judging.diagnose import WHOLE, CaseSignatures, KnownMistake, Signatures, record
from grader.judging.steps import Known, Traced, beyond

from .edits import OverlapError, Source
from .implementation import Connection, Local, observe
from .model import Case, Exercise, Mistake, Pack

TRACED = 3  # public cases, from the smallest, on which traces are kept
LONGEST = 300  # values of a trace that are kept: a training's first epochs
FEW = 300  # pairs; where there are more, they are not tried on all cases

Values = Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Reach:
    """The reference's functions that an exercise's probe reaches, as `NeuralNetwork.backward`.

    Attributes:
      own: those that the probe calls itself, but for other exercises' that it needs.
      helpers: those that its own call: a student may write them out there.
      all: these, and what they call in turn.
    """

    own: frozenset[str]
    helpers: frozenset[str]
    all: frozenset[str]


def reach(source: Source, exercise: Exercise, cases: Sequence[Case]) -> Reach:
    """Runs the probe on the reference and watches the calls."""
    lines = {node.lineno: name for name, node in source.functions()}
    calls: set[tuple[str, str]] = set()
    path = str(source.path)

    def name_of(frame: Any) -> str:
        is_ours = frame is not None and frame.f_code.co_filename == path
        return lines.get(frame.f_code.co_firstlineno, "") if is_ours else ""

    def note(frame: Any, event: str, _: Any) -> None:
        if event == "call" and (name := name_of(frame)):
            calls.add((name_of(frame.f_back), name))

    connection = Connection(Local(source.namespace()))
    sys.setprofile(note)
    try:
        for case in cases:
            observe(exercise.probe, connection, case, 0)
    finally:
        sys.setprofile(None)
    own = {name for caller, name in calls if not caller and name.rpartition(".")[2] not in exercise.needs}
    helpers = {name for caller, name in calls if caller in own} - own
    return Reach(frozenset(own), frozenset(helpers), frozenset(name for _, name in calls))


def mistakes_about(pack: Pack, exercise: Exercise) -> list[Mistake]:
    """The mistakes in what an exercise with a predicate is about."""
    return [mistake for mistake in pack.mistakes if mistake.function in exercise.about]


def unasked(pack: Pack, exercise: Exercise) -> Signatures:
    """The mistakes that an exercise's predicate may name, without what they give."""
    mistakes = mistakes_about(pack, exercise)
    return Signatures([KnownMistake(mistake.slug, mistake.function, mistake.hint) for mistake in mistakes], [], {})


def make(
    pack: Pack, source: Source, exercise: Exercise, cases: Sequence[Case], expected: Mapping[str, Values]
) -> list[Signatures]:
    """Singles of all functions that the probe reaches, and pairs with at least one in the exercise's own.

    The other may be in a helper that the own ones call, if it is an edit: what students write out in place of a call
    has the helper's faults.  (A fault in a helper itself is told there, and the exercise asked with the right one.)
    """
    if exercise.is_script:
        return [] if exercise.shortened is None else [_in_script(pack, source, exercise, cases[0], expected)]
    reached = reach(source, exercise, cases)
    mistakes = sorted(
        (mistake for mistake in pack.mistakes if mistake.function in reached.all),
        key=lambda mistake: mistake.function not in reached.own,  # what is the exercise's own explains it first
    )
    known = [KnownMistake(mistake.slug, mistake.function, mistake.hint) for mistake in mistakes]

    def tried(combinations: Sequence[tuple[int, ...]], tried_on: Sequence[Case]) -> Signatures:
        found: dict[str, list[Observation]] = {case.name: [] for case in tried_on}
        for combination in combinations:
            namespace = source.namespace([_edit(mistakes[number]) for number in combination])
            connection = Connection(Local(namespace))
            for case in tried_on:
                seen = observe(exercise.probe, connection, case, 0)
                changed = tuple(name for name in seen.changed if name not in exercise.may_change)
                found[case.name].append(dataclasses.replace(seen, changed=changed))
        recorded = {name: record(observations, expected[name]) for name, observations in found.items()}
        return Signatures(known, combinations, recorded)

    # Each call of a puppet's takes its time; what is shown to students tells their mistakes apart.
    tried_on = [case for case in cases if not case.hidden] if exercise.oracles else cases
    singles = tried([(number,) for number in range(len(mistakes))], tried_on)
    pairs = list(_pairs(source, mistakes, reached)) if exercise.pairs else []
    return [singles, tried(pairs, cases if len(pairs) <= FEW else telling(singles, cases, expected))]


def _in_script(
    pack: Pack, source: Source, exercise: Exercise, case: Case, expected: Mapping[str, Values]
) -> Signatures:
    """Singles in what a script leaves, on one case and with the shortened run."""
    assert exercise.shortened is not None
    tried: list[Mistake] = []
    found: list[Observation] = []
    for mistake in pack.mistakes:
        try:
            namespace = source.namespace([exercise.shortened, _edit(mistake)])
        except OverlapError:
            continue
        tried.append(mistake)
        found.append(observe(exercise.probe, Connection(Local(namespace)), case, 0))
    known = [KnownMistake(mistake.slug, mistake.function, mistake.hint) for mistake in tried]
    combinations = [(number,) for number in range(len(tried))]
    return Signatures(known, combinations, {case.name: record(found, expected[case.name])})


def telling(singles: Signatures, cases: Sequence[Case], expected: Mapping[str, Values]) -> list[Case]:
    """The fewest cases, the largest first, on which each mistake gives an answer, and another than the right one."""
    told: dict[str, set[int]] = {}
    for name, case in singles.cases.items():
        right = {quantity: np.ravel(value) for quantity, value in expected[name].items()}
        told[name] = {
            row
            for row in range(len(singles.combinations))
            if WHOLE not in (answer := case.row(row)).words
            and (answer.words or any(not _alike(answer.values[quantity], right[quantity]) for quantity in right))
        }
    size = {case.name: sum(np.size(value) for value in expected[case.name].values()) for case in cases}
    chosen: list[Case] = []
    left = set.union(*told.values())
    while left:
        best = max(cases, key=lambda case: (len(told[case.name] & left), size[case.name]))
        chosen.append(best)
        left -= told[best.name]
    return chosen


def _alike(value: Any, right: Any) -> bool:
    return bool(np.all(np.abs(value - right) <= 1e-7 * np.max(np.abs(right), initial=1e-300)))


def traces(source: Source, pack: Pack, exercise: Exercise, cases: Sequence[Case]) -> dict[str, Any]:
    """The reference's trace on the first public cases, and what each mistake's trace holds beyond it, by slug.

    As plain data for the key: {case: {"right": [[name, array], …], "wrong": {slug: [[name, array], …]}}}.
    """
    if exercise.oracles:
        return {}  # what the lines of a check hold is its own business; what it says of known networks counts
    reached = reach(source, exercise, cases)
    mistakes = [mistake for mistake in pack.mistakes if mistake.function in reached.all]
    found = {}
    for case in [case for case in cases if not case.hidden][:TRACED]:
        right = _trace(source.namespace(), exercise, case)
        known = Known(right)
        wrong: dict[str, list[Traced]] = {}
        for mistake in mistakes:
            trace = _trace(source.namespace([_edit(mistake)]), exercise, case)
            wrong.setdefault(mistake.slug, []).extend(beyond(trace, known))
        found[case.name] = {
            "right": [[each.name, each.value] for each in right],
            "wrong": {slug: [[each.name, each.value] for each in values] for slug, values in wrong.items()},
        }
    return found


def _trace(namespace: dict[str, Any], exercise: Exercise, case: Case) -> list[Traced]:
    seen = Connection(Local(namespace)).trace(exercise.probe, case, 0)
    return [Traced(each.name.removeprefix("self."), each.value) for each in seen[:LONGEST]]


def _edit(mistake: Mistake) -> Any:
    return mistake.function, mistake.old, mistake.new


def _pairs(source: Source, mistakes: Sequence[Mistake], reached: Reach) -> Iterator[tuple[int, int]]:
    for first, second in itertools.combinations(range(len(mistakes)), 2):
        one, other = mistakes[first], mistakes[second]
        if not (one.function in reached.own and _is_partner(other, reached)):
            continue
        try:
            source.namespace([_edit(one), _edit(other)])
        except OverlapError:
            continue
        yield first, second


def _is_partner(mistake: Mistake, reached: Reach) -> bool:
    return mistake.function in reached.own or (mistake.function in reached.helpers and isinstance(mistake.new, str))


# ------------------------------------------------------------------------------------------ as plain data, for the key


def to_plain(signatures: Signatures) -> dict[str, Any]:
    return {
        "mistakes": [[mistake.slug, mistake.function, mistake.hint] for mistake in signatures.mistakes],
        "combinations": _padded(signatures.combinations),
        "cases": {
            name: {
                "values": dict(case.values),
                "words": [[row, list(words.items())] for row, words in case.words.items()],
            }
            for name, case in signatures.cases.items()
        },
    }


def from_plain(plain: Any) -> Signatures:
    return Signatures(
        [KnownMistake(*mistake) for mistake in plain["mistakes"]],
        [tuple(int(number) for number in row if number >= 0) for row in plain["combinations"]],
        {
            name: CaseSignatures(case["values"], {row: dict(words) for row, words in case["words"]})
            for name, case in plain["cases"].items()
        },
    )


def _padded(combinations: Sequence[tuple[int, ...]]) -> np.ndarray[Any, Any]:
    width = max((len(combination) for combination in combinations), default=1)
    rows = np.full((len(combinations), width), -1, np.int32)
    for row, combination in enumerate(combinations):
        rows[row, : len(combination)] = combination
    return rows
