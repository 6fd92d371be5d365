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
class CaseSignatures:
    """What the combinations give on one case, a row each.

    Attributes:
      values: by quantity, (combinations, size): the answers that have the expected shape and are floats, raveled;
        rows of NaN for the others.
      shapes: by quantity, the expected shape.
      others: by row: what is no such answer, in words (see `in_words`).
    """

    values: Mapping[str, Array]
    shapes: Mapping[str, tuple[int, ...]]
    others: Mapping[int, Mapping[str, str]]


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


WHOLE = ""  # the key in `others` for an observation that has no values at all


def explain(
    signatures: Sequence[Signatures],
    seen: Mapping[str, Observation],
    tolerances: Mapping[str, Tolerance],
    wrong: Set[str],
) -> list[KnownMistake]:
    """The fewest mistakes that give what was seen on every case, jointly or, failing that, quantity by quantity.

    Args:
      signatures: singles, then pairs.
      seen: the observations by case.
      tolerances: by case.
      wrong: the quantities that are wrong on some case.

    Returns:
      The mistakes, or nothing when no combination fits.
    """
    for each in signatures:
        fits = np.ones(len(each.combinations), bool)
        for name, case in each.cases.items():
            fits &= _whole_fits(case, seen[name], tolerances[name], fits)
        if fits.any():
            return _first(each, fits)
    for each in signatures:
        if found := _by_quantity(each, seen, tolerances, wrong):
            return found
    return []


def _first(signatures: Signatures, fits: Array) -> list[KnownMistake]:
    row = int(np.argmax(fits))
    return [signatures.mistakes[number] for number in signatures.combinations[row]]


def _by_quantity(
    signatures: Signatures, seen: Mapping[str, Observation], tolerances: Mapping[str, Tolerance], wrong: Set[str]
) -> list[KnownMistake]:
    """Explains each quantity for itself: a known mistake may stand beside an unknown one in another quantity."""
    answered = [name for name in signatures.cases if seen[name].outcome is Outcome.PASSED]
    if len(answered) < 2:
        return []
    quantities = list(signatures.cases[answered[0]].values)
    if len(quantities) < 2:
        return []

    def fitting(quantity: str, rows: Array) -> Array:
        for name in answered:
            if quantity in signatures.cases[name].values:
                rows = rows & _quantity_fits(signatures.cases[name], quantity, seen[name], tolerances[name], rows)
        return rows

    # A mistake that would spoil what is right is no explanation of what is wrong.
    harmless = np.ones(len(signatures.combinations), bool)
    for quantity in quantities:
        if quantity not in wrong:
            harmless = fitting(quantity, harmless)
    found: dict[str, KnownMistake] = {}
    for quantity in quantities:
        if quantity in wrong and (fits := fitting(quantity, harmless)).any():
            found.update({mistake.slug: mistake for mistake in _first(signatures, fits)})
    return list(found.values())


def _whole_fits(case: CaseSignatures, seen: Observation, tolerance: Tolerance, rows: Array) -> Array:
    if seen.outcome is not Outcome.PASSED:
        text = in_words(seen)
        return _rows(len(rows), (row for row, words in case.others.items() if words.get(WHOLE) == text))
    changed = ", ".join(seen.changed)
    with_changes = {row: words.get("changed", "") for row, words in case.others.items()}
    fits = rows & ~_rows(len(rows), (row for row, words in case.others.items() if WHOLE in words))
    fits &= ~_rows(len(rows), (row for row, names in with_changes.items() if names != changed))
    if changed:
        fits &= _rows(len(rows), (row for row, names in with_changes.items() if names == changed))
    for quantity in case.values:
        if not fits.any():
            break
        fits &= _quantity_fits(case, quantity, seen, tolerance, fits)
    return fits


def _quantity_fits(case: CaseSignatures, quantity: str, seen: Observation, tolerance: Tolerance, rows: Array) -> Array:
    array, _ = as_array(seen.values.get(quantity))
    shape = case.shapes[quantity]
    if array is None or array.dtype.kind != "f" or array.shape != shape:
        text = value_in_words(seen.values.get(quantity))
        return _rows(len(rows), (row for row, words in case.others.items() if words.get(quantity) == text))
    values = case.values[quantity]
    fits = np.zeros(len(rows), bool)
    candidates = np.flatnonzero(rows)
    flat = np.asarray(array, np.float64).ravel()
    if not np.all(np.isfinite(flat)):
        text = value_in_words(seen.values.get(quantity))
        return _rows(len(rows), (row for row, words in case.others.items() if words.get(quantity) == text))
    with np.errstate(all="ignore"):
        expected = values[candidates]
        size = np.abs(expected)
        largest = np.max(size, axis=1, keepdims=True, initial=0.0)
        single = is_single(array) and tolerance.float32 != "never"
        rtol, norm = (1e-4, 1e-5) if single else (max(tolerance.rtol, 1e-7), max(tolerance.norm, 1e-9))
        close = np.abs(expected - flat) <= rtol * size + norm * largest + 1e-300
    fits[candidates] = np.all(close, axis=1)
    return fits


def _rows(count: int, numbers: Any) -> Array:
    chosen = np.zeros(count, bool)
    chosen[list(numbers)] = True
    return chosen


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


def record(observations: Sequence[Observation], expected: Mapping[str, Any]) -> CaseSignatures:
    """The signatures of one case from what the combinations gave there."""
    shapes = {name: np.asarray(value).shape for name, value in expected.items()}
    values = {name: np.full((len(observations), int(np.prod(shape))), np.nan) for name, shape in shapes.items()}
    others: dict[int, dict[str, str]] = {}
    for row, seen in enumerate(observations):
        if seen.outcome is not Outcome.PASSED:
            others[row] = {WHOLE: in_words(seen)}
            continue
        if seen.changed:
            others.setdefault(row, {})["changed"] = ", ".join(seen.changed)
        for name, shape in shapes.items():
            array, _ = as_array(seen.values.get(name))
            plain = array is not None and array.dtype.kind == "f" and array.shape == shape
            if plain and array is not None and np.all(np.isfinite(array)):
                values[name][row] = array.ravel()
            else:
                others.setdefault(row, {})[name] = value_in_words(seen.values.get(name))
    return CaseSignatures(values, shapes, others)
