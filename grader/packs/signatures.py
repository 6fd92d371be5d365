"""Makes the signatures of an exercise's mistakes: what the probe yields with each combination of them."""

from __future__ import annotations

import dataclasses
import itertools
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.judging import Observation
from grader.judging.diagnose import CaseSignatures, KnownMistake, Signatures, record
from grader.judging.steps import Known, Traced, beyond

from .edits import OverlapError, Source
from .implementation import Connection, Local, observe
from .model import Case, Exercise, Mistake, Pack

TRACED = 3  # public cases, from the smallest, on which traces are kept
LONGEST = 300  # values of a trace that are kept: a training's first epochs
FEW = 300  # pairs; where there are more, they are tried on the two largest cases alone

Values = Mapping[str, Any]


def functions_called(source: Source, exercise: Exercise, cases: Sequence[Case]) -> set[str]:
    """The reference's functions that the exercise's probe reaches, as `NeuralNetwork.backward`."""
    lines = {node.lineno: name for name, node in source.functions()}
    called: set[str] = set()
    path = str(source.path)

    def note(frame: Any, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename == path:
            called.add(lines.get(frame.f_code.co_firstlineno, ""))

    connection = Connection(Local(source.namespace()))
    sys.setprofile(note)
    try:
        for case in cases:
            observe(exercise.probe, connection, case, 0)
    finally:
        sys.setprofile(None)
    return called - {""}


def own_functions(exercise: Exercise, called: set[str]) -> set[str]:
    """The functions that the exercise is about: those of its name, those it says, and constructors."""
    return {name for name in called if name in exercise.about or name.rpartition(".")[2] in (exercise.id, "__init__")}


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
    """Singles of all functions that the probe reaches, and pairs with at least one in the exercise's own."""
    called = functions_called(source, exercise, cases)
    own = own_functions(exercise, called)
    mistakes = sorted(
        (mistake for mistake in pack.mistakes if mistake.function in called),
        key=lambda mistake: mistake.function not in own,  # what is the exercise's own explains it first
    )
    known = [KnownMistake(mistake.slug, mistake.function, mistake.hint) for mistake in mistakes]
    singles = [(number,) for number in range(len(mistakes))]
    pairs = list(_pairs(source, mistakes, own))
    largest = cases
    if len(pairs) > FEW:
        size = {case.name: sum(np.size(value) for value in expected[case.name].values()) for case in cases}
        largest = sorted(cases, key=lambda case: -size[case.name])[:2]

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

    return [tried(singles, cases), tried(pairs, largest)]


def traces(source: Source, pack: Pack, exercise: Exercise, cases: Sequence[Case]) -> dict[str, Any]:
    """The reference's trace on the first public cases, and what each mistake's trace holds beyond it, by slug.

    As plain data for the key: {case: {"right": [[name, array], …], "wrong": {slug: [[name, array], …]}}}.
    """
    called = functions_called(source, exercise, cases)
    mistakes = [mistake for mistake in pack.mistakes if mistake.function in called]
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


def _pairs(source: Source, mistakes: Sequence[Mistake], own: set[str]) -> Iterator[tuple[int, int]]:
    for first, second in itertools.combinations(range(len(mistakes)), 2):
        one, other = mistakes[first], mistakes[second]
        if one.function not in own and other.function not in own:
            continue
        try:
            source.namespace([_edit(one), _edit(other)])
        except OverlapError:
            continue
        yield first, second


# ------------------------------------------------------------------------------------------ as plain data, for the key


def to_plain(signatures: Signatures) -> dict[str, Any]:
    return {
        "mistakes": [[mistake.slug, mistake.function, mistake.hint] for mistake in signatures.mistakes],
        "combinations": _padded(signatures.combinations),
        "cases": {
            name: {
                "values": dict(case.values),
                "shapes": {quantity: list(shape) for quantity, shape in case.shapes.items()},
                "others": [[row, list(words.items())] for row, words in case.others.items()],
            }
            for name, case in signatures.cases.items()
        },
    }


def from_plain(plain: Any) -> Signatures:
    return Signatures(
        [KnownMistake(*mistake) for mistake in plain["mistakes"]],
        [tuple(int(number) for number in row if number >= 0) for row in plain["combinations"]],
        {
            name: CaseSignatures(
                case["values"],
                {quantity: tuple(shape) for quantity, shape in case["shapes"].items()},
                {row: dict(words) for row, words in case["others"]},
            )
            for name, case in plain["cases"].items()
        },
    )


def _padded(combinations: Sequence[tuple[int, ...]]) -> np.ndarray[Any, Any]:
    width = max((len(combination) for combination in combinations), default=1)
    rows = np.full((len(combinations), width), -1, np.int32)
    for row, combination in enumerate(combinations):
        rows[row, : len(combination)] = combination
    return rows
