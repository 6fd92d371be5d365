"""The first wrong line: a student's trace held against the reference's.

A value that the reference's own trace has - equal, equal up to a constant factor, transposed, or a row of it - is
right.  A value that it has no counterpart for is not recognised, which is no accusation.  Wrong is only what the trace
of a named mistake holds and the right one does not.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np

from .compare import Array


@dataclasses.dataclass(frozen=True, slots=True)
class Traced:
    """A value of a trace: the reference's name for it, and its content."""

    name: str
    value: Array


@dataclasses.dataclass(frozen=True, slots=True)
class Seen:
    """A value of the student's trace: where, how it is called there, and its content."""

    frame: Any
    name: str
    value: Array
    in_place: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Judged:
    """A step: right, wrong, or not recognised (None)."""

    seen: Seen
    name: str
    right: bool | None


class Known:
    """A trace's values, grouped by shape so that one comparison serves all of a shape.

    Axes of length 1 don't count, and a matrix is known by its transpose too.
    """

    def __init__(self, values: Sequence[Traced]) -> None:
        grouped: dict[tuple[int, ...], list[tuple[str, Array]]] = {}
        for each in values:
            flat = np.squeeze(each.value)
            for form in (flat, flat.T) if flat.ndim == 2 else (flat,):
                grouped.setdefault(form.shape, []).append((each.name, form.ravel()))
        self._groups = {
            shape: ([name for name, _ in found], np.array([value for _, value in found]))
            for shape, found in grouped.items()
        }

    def equal(self, value: Array) -> str | None:
        """The name of a value that this is equal to."""
        flat = np.squeeze(value)
        if flat.shape not in self._groups:
            return None
        names, known = self._groups[flat.shape]
        return _first(names, _close(flat.ravel(), known))

    def related(self, value: Array) -> str | None:
        """The name of a value that this is a multiple of, or a row of; only where several numbers agree."""
        flat = np.squeeze(value)
        if flat.size < 2:
            return None
        if flat.shape in self._groups:
            names, known = self._groups[flat.shape]
            if (found := _first(names, _proportional(flat.ravel(), known))) is not None:
                return found
        for shape, (names, known) in self._groups.items():
            if len(shape) == flat.ndim + 1 and shape[1:] == flat.shape:
                rows = known.reshape(len(names) * shape[0], flat.size)
                repeated = [name for name in names for _ in range(shape[0])]
                near = _close(flat.ravel(), rows) | _proportional(flat.ravel(), rows)
                if (found := _first(repeated, near)) is not None:
                    return found
        return None


def judge_steps(student: Sequence[Seen], right: Known, wrong: Known) -> list[Judged]:
    """Judges each value of the student's trace.

    Args:
      right: the reference's trace.
      wrong: what the traces of the named mistakes hold beyond it.
    """
    judged = []
    for seen in student:
        if (found := right.equal(seen.value)) is not None:
            judged.append(Judged(seen, found, right=True))
        elif (found := wrong.equal(seen.value)) is not None:
            judged.append(Judged(seen, found, right=False))
        elif (found := right.related(seen.value)) is not None:
            judged.append(Judged(seen, found, right=True))
        else:
            judged.append(Judged(seen, seen.name, right=None))
    return judged


def beyond(wrong: Sequence[Traced], right: Known) -> list[Traced]:
    """What the one trace holds and the other does not, each value once."""
    found: dict[bytes, Traced] = {}
    for each in wrong:
        if np.all(np.isfinite(each.value)) and right.equal(each.value) is None:
            found.setdefault(each.value.tobytes(), each)
    return list(found.values())


def _first(names: Sequence[str], near: Array) -> str | None:
    return names[int(np.argmax(near))] if near.any() else None


def _close(value: Array, known: Array) -> Array:
    """For each row of `known`, whether the value is equal to it but for rounding."""
    with np.errstate(all="ignore"):
        size = np.abs(known)
        largest = np.max(size, axis=1, keepdims=True, initial=0.0)
        return np.asarray(np.all(np.abs(value - known) <= 1e-7 * size + 1e-9 * largest + 1e-300, axis=1))


def _proportional(value: Array, known: Array) -> Array:
    """For each row of `known`, whether the value is a multiple of it (not by zero)."""
    with np.errstate(all="ignore"):
        places = np.argmax(np.abs(known), axis=1)
        rows = np.arange(len(known))
        factors = value[places] / known[rows, places]
        usable = np.isfinite(factors) & (factors != 0)
        return np.asarray(usable & _close(value, np.where(usable, factors, 1.0)[:, None] * known))
