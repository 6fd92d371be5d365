"""How well an exercise's mistakes are told apart: each, alone and in pairs, is handed to the diagnosis as an answer."""

from __future__ import annotations

import dataclasses
import itertools
import time
from collections.abc import Mapping, Sequence, Set
from typing import Any

import numpy as np

from grader.judging.diagnose import CHANGED, RAISED, WHOLE, Answer, Signatures, answer, explain

from . import key, loading, signatures
from .edits import Source
from .implementation import Connection, Local
from .model import Case, Exercise, Pack
from .parallel import for_each_exercise

Slugs = frozenset[str]


@dataclasses.dataclass(frozen=True, slots=True)
class Naming:
    """One exercise's figures.

    Attributes:
      singles, pairs: (how many are explained by themselves or a declared equivalent, of how many).
      cancelling: pairs that give the right answer.
      hidden: pairs that give what one of the two gives alone, or nothing but exceptions.
      equivalents: explained by others that give the same; those that the pack declares, and those that it does not.
      overlaps: mistakes that touch the same text, so that they exclude each other, by that text.
      seconds: what all this took; less where the answer key is there, which has the signatures.
    """

    exercise: str
    singles: tuple[int, int]
    pairs: tuple[int, int]
    cancelling: int
    hidden: int
    equivalents: dict[tuple[Slugs, Slugs], int]
    undeclared: dict[tuple[Slugs, Slugs], int]
    overlaps: dict[str, Slugs]
    seconds: float


def naming_of_all(pack: Pack) -> list[Naming]:
    """The figures of all exercises whose mistakes are searched for in pairs too."""
    return [each for each in for_each_exercise(pack, naming_of).values() if each is not None]


def naming_of(pack: Pack, name: str) -> Naming | None:
    """Those of one exercise; None where it is judged by a predicate, or its mistakes are not searched for in pairs."""
    exercise = pack.exercises[name]
    if exercise.predicate is not None or exercise.is_prose or exercise.is_script or exercise.oracles:
        return None
    reference = loading.reference(pack)
    cases = exercise.cases(pack.seed, pack.seed)
    names = reference.namespace()
    return naming(
        pack, reference, exercise, cases, {case.name: key.ask(exercise, case, names, reference) for case in cases}
    )


def naming(
    pack: Pack, source: Source, exercise: Exercise, cases: Sequence[Case], expected: Mapping[str, Mapping[str, Any]]
) -> Naming:
    """Explains every single mistake and pair."""
    start = time.perf_counter()
    tables = signatures_of(pack, source, exercise, cases, expected)
    tolerances = {case.name: case.tolerance or exercise.tolerance for case in cases}
    saturated = {case.name for case in cases if case.tolerance is not None and case.tolerance.rtol == 0.0}
    # A function may have several of one slug; they are known in the order of the pack.
    faults: dict[tuple[str, str], list[Any]] = {}
    for mistake in pack.mistakes:
        faults.setdefault((mistake.slug, mistake.function), []).append(mistake.edits)
    edits = [faults[each.slug, each.function].pop(0) for each in tables[0].mistakes]
    named = [[0, 0], [0, 0]]
    cancelling = hidden = 0
    equivalents: dict[tuple[Slugs, Slugs], int] = {}
    undeclared: dict[tuple[Slugs, Slugs], int] = {}
    for table, each in enumerate(tables):
        for row, combination in enumerate(each.combinations):
            answers = {
                name: case.row(row) for name, case in each.cases.items() if name not in saturated and case.asked[row]
            }
            wrong = {name: _wrong(answers[name], expected[name]) for name in answers}
            if not any(wrong.values()) and not any(given.words for given in answers.values()):
                cancelling += 1
                continue
            if all(given.words.get(WHOLE, "").startswith(RAISED) for given in answers.values()):
                hidden += 1
                continue
            true = frozenset(each.mistakes[number].slug for number in combination)
            said = frozenset(cause.mistake.slug for cause in explain(tables, answers, tolerances, wrong))
            alike = _alike(true, pack)
            if said not in alike and len(answers) < len(cases) - len(saturated):
                # It was asked on some cases alone: another may fit those, but not all that a submission is asked on.
                connection = Connection(Local(source.namespace(*(edits[number] for number in combination))))
                for case in cases:
                    if case.name not in answers and case.name not in saturated:
                        seen = signatures.seen_of(exercise, connection, case)
                        answers[case.name] = answer(seen, expected[case.name], integers=exercise.integers)
                        wrong[case.name] = _wrong(answers[case.name], expected[case.name])
                said = frozenset(cause.mistake.slug for cause in explain(tables, answers, tolerances, wrong))
            is_named = said in alike
            if not is_named and any(said < other for other in alike):
                hidden += 1
                continue
            named[table][0] += is_named
            named[table][1] += 1
            if said != true:
                found = equivalents if is_named else undeclared
                differing = (true - said, said - true)
                found[differing] = found.get(differing, 0) + 1
    return Naming(
        exercise.id,
        (named[0][0], named[0][1]),
        (named[1][0], named[1][1]),
        cancelling,
        hidden,
        equivalents,
        undeclared,
        _overlaps(source, pack, tables[0]),
        time.perf_counter() - start,
    )


def signatures_of(
    pack: Pack, source: Source, exercise: Exercise, cases: Sequence[Case], expected: Mapping[str, Mapping[str, Any]]
) -> list[Signatures]:
    """Singles, then pairs: as the answer key has them, if there is one."""
    if (known := key.cached(pack, pack.seed)) is not None:
        return known.signatures(exercise)
    return signatures.make(pack, source, exercise, cases, expected)[0]


def _alike(slugs: Slugs, pack: Pack) -> set[Slugs]:
    """The sets of slugs that the pack declares to give the same."""
    both = [*pack.equivalents, *((other, one) for one, other in pack.equivalents)]
    found, ahead = {slugs}, [slugs]
    while ahead:
        known = ahead.pop()
        new = {(known - one) | other for one, other in both if one <= known} - found
        found |= new
        ahead += new
    return found


def _wrong(answer: Answer, expected: Mapping[str, Any]) -> Set[str]:
    """The quantities that are not right."""
    if WHOLE in answer.words:
        return set()
    return {
        name
        for name, value in expected.items()
        if name not in answer.values or not np.allclose(answer.values[name], np.ravel(value), rtol=1e-6, atol=0)
    } - {CHANGED}


def _overlaps(source: Source, pack: Pack, singles: Signatures) -> dict[str, Slugs]:
    """By the place of the first edit: the mistakes that touch it."""
    known = {(mistake.slug, mistake.function) for mistake in singles.mistakes}
    mistakes = [each for each in pack.mistakes if (each.slug, each.function) in known and isinstance(each.new, str)]
    found: dict[str, set[str]] = {}
    for one, other in itertools.combinations(mistakes, 2):
        if one.function == other.function and not source.fit_together(one.edits, other.edits):
            line = source.line(one.function, one.old, str(one.new))
            found.setdefault(f"{one.function}, line {line}", set()).update((one.slug, other.slug))
    return {place: frozenset(slugs) for place, slugs in found.items()}
