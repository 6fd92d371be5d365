"""Makes the signatures of an exercise's mistakes: what the probe yields with each combination of them."""

from __future__ import annotations

import dataclasses
import itertools
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.judging import Observation
from grader.judging.diagnose import WHOLE, CaseSignatures, KnownMistake, Signatures, record, touched
from grader.judging.steps import Values

from .edits import Edit, OverlapError, Source
from .evidence import Notes, Table, right_values, wrong_values
from .implementation import Connection, Local, observe
from .model import Case, Exercise, Mistake, Pack

FEW = 300  # pairs; where there are more, they are not tried on all cases

Expected = Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Reach:
    """The reference's functions that an exercise's probe reaches, as `NeuralNetwork.backward`.

    Attributes:
      own: those that the probe calls itself, but for other exercises' that it needs.
      helpers: those that its own call: a student may write them out there.
    """

    own: frozenset[str]
    helpers: frozenset[str]


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
    return Reach(frozenset(own), frozenset(helpers))


def mistakes_about(pack: Pack, exercise: Exercise) -> list[Mistake]:
    """The mistakes in what an exercise with a predicate is about."""
    return [mistake for mistake in pack.mistakes if mistake.function in exercise.about]


def unasked(pack: Pack, exercise: Exercise) -> Signatures:
    """The mistakes that an exercise's predicate may name, without what they give."""
    mistakes = mistakes_about(pack, exercise)
    return Signatures([KnownMistake(mistake.slug, mistake.function, mistake.hint) for mistake in mistakes], [], {})


def make(
    pack: Pack, source: Source, exercise: Exercise, cases: Sequence[Case], expected: Mapping[str, Expected]
) -> tuple[list[Signatures], dict[str, Any]]:
    """The signatures of an exercise's mistakes, and evidence for their lines on the public cases that tell most.

    Singles of the exercise's own functions and of helpers that these call, if they are edits: what students write out
    in place of a call has the helper's faults.  (A fault in a helper itself is told there, and the exercise asked with
    the right one.)  Pairs with at least one in the exercise's own.

    Evidence is plain data: {case: {"own", "others": [[name, array], …], "tables": [of singles, of pairs]}}.
    """
    if exercise.is_script:
        return [] if exercise.shortened is None else [_in_script(pack, source, exercise, cases[0], expected)], {}
    reached = reach(source, exercise, cases)
    mistakes = sorted(
        (mistake for mistake in pack.mistakes if _is_candidate(mistake, reached)),
        key=lambda mistake: mistake.function not in reached.own,  # what is the exercise's own explains it first
    )
    known = [KnownMistake(mistake.slug, mistake.function, mistake.hint) for mistake in mistakes]

    faults = [mistake.edits for mistake in mistakes]
    ask = _Asking(source, exercise, known, faults, expected)
    # Each call of a puppet's takes its time; what is shown to students tells their mistakes apart.
    tried_on = [case for case in cases if not case.hidden] if exercise.oracles else cases
    singles, _ = ask.all([(number,) for number in range(len(mistakes))], tried_on)
    known[:] = [
        dataclasses.replace(
            each,
            touches=frozenset().union(*(touched(case, row, expected[name]) for name, case in singles.cases.items())),
        )
        for row, each in enumerate(known)
    ]
    if exercise.oracles:  # what the lines of a check hold is its own business; what it says of known networks counts
        return [singles], {}
    pairs = list(_pairs(source, mistakes, reached))
    tell_most = telling(singles, cases, expected)
    both, tables = ask.all(pairs, cases if len(pairs) <= FEW else tell_most)
    evidence = {}
    for case in tell_most:
        if not case.hidden:
            own, others = right_values(source, pack, exercise, case)
            single = Table()
            for row, fault in enumerate(faults):
                single.add(row, wrong_values(source, fault, exercise, case, Values([*own, *others])))
            evidence[case.name] = {
                "own": [[each.name, each.value] for each in own],
                "others": [[each.name, each.value] for each in others],
                "tables": [single.to_plain(), tables[case.name].to_plain()],
            }
    return [singles, both], evidence


@dataclasses.dataclass(frozen=True, slots=True)
class _Asking:
    """Asks the reference with combinations of mistakes in it."""

    source: Source
    exercise: Exercise
    known: Sequence[KnownMistake]
    faults: Sequence[Sequence[Edit]]
    expected: Mapping[str, Expected]

    def all(
        self, combinations: Sequence[tuple[int, ...]], cases: Sequence[Case]
    ) -> tuple[Signatures, dict[str, Table]]:
        """What each combination yields on each case, and what its statements make there."""
        found: dict[str, list[Observation]] = {case.name: [] for case in cases}
        tables = {case.name: Table() for case in cases}
        for row, combination in enumerate(combinations):
            notes = Notes()
            namespace = self.source.namespace(*(self.faults[number] for number in combination), note=notes)
            connection = Connection(Local(namespace))
            for case in cases:
                notes.found.clear()
                seen = observe(self.exercise.probe, connection, case, 0)
                changed = tuple(name for name in seen.changed if name not in self.exercise.may_change)
                found[case.name].append(dataclasses.replace(seen, changed=changed))
                tables[case.name].add(row, notes)
        recorded = {name: record(observations, self.expected[name]) for name, observations in found.items()}
        return Signatures(self.known, combinations, recorded), tables


def _in_script(
    pack: Pack, source: Source, exercise: Exercise, case: Case, expected: Mapping[str, Expected]
) -> Signatures:
    """Singles in what a script leaves, on one case and with the shortened run."""
    assert exercise.shortened is not None
    tried: list[Mistake] = []
    found: list[Observation] = []
    for mistake in pack.mistakes:
        try:
            namespace = source.namespace([exercise.shortened], mistake.edits)
        except OverlapError:
            continue
        tried.append(mistake)
        found.append(observe(exercise.probe, Connection(Local(namespace)), case, 0))
    known = [KnownMistake(mistake.slug, mistake.function, mistake.hint) for mistake in tried]
    combinations = [(number,) for number in range(len(tried))]
    return Signatures(known, combinations, {case.name: record(found, expected[case.name])})


def telling(singles: Signatures, cases: Sequence[Case], expected: Mapping[str, Expected]) -> list[Case]:
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
    size = {case.name: sum(map(_size, case.fields.values())) for case in cases}
    chosen: list[Case] = []
    left = set.union(*told.values())
    while left:
        best = max(cases, key=lambda case: (len(told[case.name] & left), not case.hidden, size[case.name]))
        chosen.append(best)
        left -= told[best.name]
    return chosen


def _size(value: Any) -> int:
    if isinstance(value, (dict, list, tuple)):
        return sum(map(_size, value.values() if isinstance(value, dict) else value))
    return 0 if callable(value) else int(np.size(value))


def _alike(value: Any, right: Any) -> bool:
    return bool(np.all(np.abs(value - right) <= 1e-7 * np.max(np.abs(right), initial=1e-300)))


def _pairs(source: Source, mistakes: Sequence[Mistake], reached: Reach) -> Iterator[tuple[int, int]]:
    for first, second in itertools.combinations(range(len(mistakes)), 2):
        one, other = mistakes[first], mistakes[second]
        if one.function not in reached.own:
            continue
        try:
            source.namespace(one.edits, other.edits)
        except OverlapError:
            continue
        yield first, second


def _is_candidate(mistake: Mistake, reached: Reach) -> bool:
    return mistake.function in reached.own or (mistake.function in reached.helpers and isinstance(mistake.new, str))


# ------------------------------------------------------------------------------------------ as plain data, for the key


def to_plain(signatures: Signatures) -> dict[str, Any]:
    return {
        "mistakes": [
            [mistake.slug, mistake.function, mistake.hint, sorted(mistake.touches)] for mistake in signatures.mistakes
        ],
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
        [KnownMistake(slug, function, hint, frozenset(touches)) for slug, function, hint, touches in plain["mistakes"]],
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
