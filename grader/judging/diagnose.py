"""Which known mistake gives exactly these answers?

A *signature* is what a probe yields on the reference with a combination of mistakes in it, case by case.  What came
back from a student is compared with all of them: the fewest mistakes that give the same on every case explain it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence, Set
from typing import Any

import numpy as np

from .compare import Array, Observation, Tolerance, as_array, is_single
from .outcome import Outcome


@dataclasses.dataclass(frozen=True, slots=True)
class KnownMistake:
    """A mistake as the answer key holds it."""

    slug: str
    function: str
    hint: str


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What one case gave, in the form that signatures have.

    Attributes:
      values: by quantity, the answers that have the expected shape and are finite floats, raveled.
      words: by quantity, what the others are; under `WHOLE` why there is no answer at all, under `CHANGED` what was
        changed that was only handed in.
    """

    values: Mapping[str, Array]
    words: Mapping[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class CaseSignatures:
    """What the combinations give on one case, a row each.

    Attributes:
      values: by quantity, (combinations, size): as in `Answer`; rows of NaN where there are none.
      words: by row, as in `Answer`.
    """

    values: Mapping[str, Array]
    words: Mapping[int, Mapping[str, str]]

    def row(self, number: int) -> Answer:
        """What one of the combinations gives."""
        words = self.words.get(number, {})
        values = {} if WHOLE in words else self.values
        return Answer({name: rows[number] for name, rows in values.items() if name not in words}, words)


@dataclasses.dataclass(frozen=True, slots=True)
class Signatures:
    """Everything known about one exercise's mistakes.

    Attributes:
      mistakes: the single mistakes.
      combinations: for each row the mistakes in it, by number; fewest first.
      cases: by name of the case, those that were tried.
    """

    mistakes: Sequence[KnownMistake]
    combinations: Sequence[tuple[int, ...]]
    cases: Mapping[str, CaseSignatures]


WHOLE, CHANGED = "", "changed"  # keys beside the quantities


def explain(
    signatures: Sequence[Signatures],
    answers: Mapping[str, Answer],
    tolerances: Mapping[str, Tolerance],
    wrong: Set[str],
) -> list[KnownMistake]:
    """The fewest mistakes that give what was seen on every case, jointly or, failing that, quantity by quantity.

    Args:
      signatures: singles, then pairs.
      answers: by case; cases that are not there are not compared.
      tolerances: by case.
      wrong: the quantities that are wrong on some case.

    Returns:
      The mistakes, or nothing when no combination fits.
    """
    for each in signatures:
        fits = np.ones(len(each.combinations), bool)
        for name, case in each.cases.items():
            if name in answers:
                fits &= _whole_fits(case, answers[name], tolerances[name], fits)
        if fits.any():
            return _mistakes(each, int(np.argmax(fits)))
    return _by_quantity(signatures, answers, tolerances, wrong)


def _mistakes(signatures: Signatures, row: int) -> list[KnownMistake]:
    return [signatures.mistakes[number] for number in signatures.combinations[row]]


def _by_quantity(
    signatures: Sequence[Signatures],
    answers: Mapping[str, Answer],
    tolerances: Mapping[str, Tolerance],
    wrong: Set[str],
) -> list[KnownMistake]:
    """Explains each quantity for itself: many faults sit in one alone, and a known one may stand beside an unknown.

    What explains most of the quantities that are not explained yet comes first, single mistakes before pairs.
    """
    answered = {name: answer for name, answer in answers.items() if WHOLE not in answer.words}
    if len(answered) < 2:
        return []
    found: dict[str, KnownMistake] = {}
    unexplained = set(wrong)
    for each in signatures:
        cases = {name: case for name, case in each.cases.items() if name in answered}
        quantities = list(next(iter(cases.values())).values) if cases else []
        if len(quantities) < 2 or not each.combinations:
            continue

        def fitting(quantity: str, rows: Array, cases: Mapping[str, CaseSignatures] = cases) -> Array:
            for name, case in cases.items():
                rows = rows & _quantity_fits(case, quantity, answered[name], tolerances[name], rows)
            return rows

        # A mistake that would spoil what is right is no explanation of what is wrong.
        harmless = np.ones(len(each.combinations), bool)
        for quantity in quantities:
            if quantity not in wrong:
                harmless = fitting(quantity, harmless)
        fits = {quantity: fitting(quantity, harmless) for quantity in quantities if quantity in unexplained}
        while unexplained & fits.keys():
            covered = np.sum([fits[quantity] for quantity in sorted(unexplained & fits.keys())], axis=0)
            best = int(np.argmax(covered))
            if not covered[best]:
                break
            found.update({mistake.slug: mistake for mistake in _mistakes(each, best)})
            unexplained -= {quantity for quantity in unexplained & fits.keys() if fits[quantity][best]}
    return list(found.values())


def _whole_fits(case: CaseSignatures, answer: Answer, tolerance: Tolerance, rows: Array) -> Array:
    fits = rows & _says(case, len(rows), WHOLE, answer) & _says(case, len(rows), CHANGED, answer)
    if WHOLE in answer.words:
        return np.asarray(fits)
    for quantity in case.values:
        if not fits.any():
            break
        fits &= _quantity_fits(case, quantity, answer, tolerance, fits)
    return np.asarray(fits)


def _says(case: CaseSignatures, count: int, key: str, answer: Answer) -> Array:
    """The rows that say the same under a key as an answer does, or as little."""
    text = answer.words.get(key)
    same = np.full(count, text is None)
    for row, words in case.words.items():
        same[row] = words.get(key) == text
    return same


def _quantity_fits(case: CaseSignatures, quantity: str, answer: Answer, tolerance: Tolerance, rows: Array) -> Array:
    if quantity not in answer.values:
        return rows & _says(case, len(rows), quantity, answer)
    fits = np.zeros(len(rows), bool)
    candidates = np.flatnonzero(rows)
    value = answer.values[quantity]
    with np.errstate(all="ignore"):
        expected = case.values[quantity][candidates]
        size = np.abs(expected)
        largest = np.max(size, axis=1, keepdims=True, initial=0.0)
        single = is_single(value) and tolerance.float32 != "never"
        rtol, norm = (1e-4, 1e-5) if single else (max(tolerance.rtol, 1e-7), max(tolerance.norm, 1e-9))
        close = np.abs(expected - value) <= rtol * size + norm * largest + 1e-300
    fits[candidates] = np.all(close, axis=1)
    return fits


def in_words(seen: Observation) -> str:
    """An observation without values, so that two of the same cause have the same words."""
    if seen.outcome is Outcome.RAISED:
        return f"raised {seen.message.partition(' raised ')[2].partition(':')[0]}"
    return f"{seen.outcome}: {seen.message}"


def value_in_words(value: Any) -> str:
    """A value that is no float array of the right shape: its kind, shape and numbers to six digits."""
    array, kind = as_array(value)
    if array is None:
        return kind
    with np.errstate(all="ignore"):
        numbers = np.asarray(array, complex if array.dtype.kind == "c" else float).ravel()[:64]
        return f"{kind} {array.shape} " + " ".join(f"{number:.6g}" for number in numbers)


def answer(seen: Observation, expected: Mapping[str, Any]) -> Answer:
    """An observation in the form that signatures have."""
    if seen.outcome is not Outcome.PASSED:
        return Answer({}, {WHOLE: in_words(seen)})
    values: dict[str, Array] = {}
    words = {CHANGED: ", ".join(seen.changed)} if seen.changed else {}
    for name, value in expected.items():
        array, _ = as_array(seen.values.get(name))
        plain = array is not None and array.dtype.kind == "f" and array.shape == np.shape(value)
        if plain and array is not None and bool(np.all(np.isfinite(array))):
            values[name] = np.asarray(array, np.float64).ravel()
        else:
            words[name] = value_in_words(seen.values.get(name))
    return Answer(values, words)


def record(observations: Sequence[Observation], expected: Mapping[str, Any]) -> CaseSignatures:
    """The signatures of one case from what the combinations gave there."""
    values = {name: np.full((len(observations), np.size(value)), np.nan) for name, value in expected.items()}
    words: dict[int, Mapping[str, str]] = {}
    for row, seen in enumerate(observations):
        given = answer(seen, expected)
        if given.words:
            words[row] = given.words
        for name, value in given.values.items():
            values[name][row] = value
    return CaseSignatures(values, words)
