"""Compares what came back with what should have come back.

The order of judgement is fixed: defined, returned, count, kind, shape, finite, close; the first that fails is
reported.  Nothing is broadcast.  Every comparison is written so that NaN fails.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np

from .outcome import Outcome

Array = np.ndarray[Any, Any]

SINGLE = 1e-4  # float32 answers: right backward passes are off by up to 2e-6 of the largest element
EPS_32 = float(np.finfo(np.float32).eps)
MIXED = 1e-5  # float64 answers that were computed in float32 somewhere on the way


@dataclasses.dataclass(frozen=True, slots=True)
class Tolerance:
    """Normwise closeness: |actual - expected| <= rtol·|expected| + norm·max|expected| + atol.

    A relative test of each element alone is too strict for small elements of a sum (they carry the rounding of
    the large ones), a test against the norm alone too loose for the others; the sum of both is the usual model
    of floating-point error (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1).

    Attributes:
      rtol, norm, atol: for float64 answers.
      float32: "free" accepts answers that are right to float32 precision, "typed" only where the answer's dtype
        or digits show that it is float32, "never" asks for float64.
    """

    rtol: float = 1e-7
    norm: float = 1e-9
    atol: float = 0.0
    float32: str = "free"

    def __post_init__(self) -> None:
        if self.float32 not in ("free", "typed", "never"):
            raise ValueError(f"float32 is {self.float32!r}, but should be 'free', 'typed' or 'never'")
        if not all(0.0 <= value < 1.0 for value in (self.rtol, self.norm, self.atol)):
            raise ValueError("rtol, norm and atol should be from 0 up to 1")

    def allowed(self, expected: Array) -> Array:
        """The largest error allowed, element by element, for a float64 answer."""
        size = np.abs(expected)
        return np.asarray(self.rtol * size + self.norm * _largest(size) + self.atol)

    def allowed_single(self, expected: Array, is_single: bool) -> Array | None:
        """The same for answers of float32 precision; None where they are not accepted."""
        if self.float32 == "never" or (self.float32 == "typed" and not is_single):
            return None
        relative = SINGLE if is_single else MIXED
        size = np.abs(expected)
        # Where an absolute error is allowed, outputs saturate, and float32 loses more of them there.
        atol = max(self.atol, 4 * EPS_32) if self.atol and is_single else self.atol
        return np.asarray(np.maximum(relative * size + relative * _largest(size) + atol, self.allowed(expected)))


@dataclasses.dataclass(frozen=True, slots=True)
class Mismatch:
    """Why an answer is not right; `message` starts with the array's name."""

    outcome: Outcome
    message: str


@dataclasses.dataclass(frozen=True, slots=True)
class Fact:
    """What the judge found about the student's side where there is no number to compare.

    Attributes:
      holds: 1 where something is as it should be, 0 where not.
      message: what is not, for the student.
    """

    holds: Array
    message: str = ""

    def __array__(self, dtype: Any = None, copy: Any = None) -> Array:
        return np.array(self.holds, dtype or float)


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """A right answer; `remark` says what was tolerated."""

    remark: str = ""


def compare(name: str, actual: Any, expected: Any, tolerance: Tolerance, *, integers: bool = False) -> Match | Mismatch:
    """Compares one quantity.

    Args:
      name: what the message calls it.
      actual: plain data from the student's side.
      expected: an array or number of the reference's.
      integers: whether whole numbers of an integer type may stand for floats.
    """
    should = np.asarray(expected)
    if isinstance(actual, Fact):
        same = actual.holds.shape == should.shape and bool(np.all(actual.holds == should))
        return Match() if same else Mismatch(Outcome.WRONG_VALUE, actual.message)
    array, kind = as_array(actual)
    if array is None:
        return Mismatch(Outcome.WRONG_DTYPE, f"{name} is {kind}, but should be {_due(should)}")
    if should.dtype.kind == "f" and not (array.dtype.kind == "f" or (integers and array.dtype.kind in "iu")):
        return Mismatch(Outcome.WRONG_DTYPE, f"{name} holds {kind}, but should hold floating-point numbers")
    if should.dtype.kind in "iu" and array.dtype.kind not in "iub":
        return Mismatch(Outcome.WRONG_DTYPE, f"{name} holds {kind}, but should hold whole numbers")
    if array.shape != should.shape:
        return Mismatch(
            Outcome.WRONG_SHAPE, f"{name} has {_shape(array)}, but should have {_shape(should)}{_why(array, should)}"
        )
    wide = np.asarray(array, np.float64)
    right = np.asarray(should, np.float64)
    if not np.all(np.isfinite(wide)):
        where = np.argwhere(~np.isfinite(wide))[0]
        return Mismatch(
            Outcome.NOT_FINITE,
            f"{name}{_index(where)} is {wide[tuple(where)]}, but should be {_number(right[tuple(where)])}",
        )
    with np.errstate(all="ignore"):
        error = np.abs(wide - right)
        allowed = tolerance.allowed(right)
        if bool(np.all(error <= allowed)):
            return Match()
        loose = tolerance.allowed_single(right, is_single(array))
        if loose is not None and bool(np.all(error <= loose)):
            return Match(f"{name} is right to float32 precision")
        return _differs(name, wide, right, error, allowed)


def as_array(value: Any) -> tuple[Array | None, str]:
    """A value as an array of numbers, and what its elements are in words; None where it is no numbers."""
    if value is None:
        return None, "nothing (None)"
    if isinstance(value, str):
        return None, "a text"
    if isinstance(value, dict):
        return None, "a dict"
    if isinstance(value, (list, tuple)):
        try:
            array = np.asarray(_plain(value))
        except (ValueError, TypeError, OverflowError):
            return None, f"a {type(value).__name__} whose rows have different lengths"
    elif isinstance(value, (np.ndarray, np.generic, bool, int, float, complex, Fact)):
        array = np.asarray(value)
    else:
        return None, f"an object of type {value!r:.100}"
    words = {"b": "booleans", "i": "integers", "u": "integers", "f": "floats", "c": "complex numbers"}
    if array.dtype.kind not in words:
        return None, "no array of numbers"
    return array, words[array.dtype.kind]


def _plain(value: Any) -> Any:
    """Nested lists with arrays of one element made numbers, so that [array(1.0), 2.0] is a list of two numbers."""
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.item() if isinstance(value, np.ndarray) and value.ndim == 0 else value


def is_single(array: Array) -> bool:
    """Whether the digits are those of float32: by dtype, or because each number is one that float32 has."""
    if array.dtype.itemsize < 8:
        return True
    with np.errstate(all="ignore"):
        return array.size > 0 and bool(
            np.all(array.astype(np.float32).astype(np.float64) == array) and np.any(array != np.rint(array))
        )


def _differs(name: str, actual: Array, expected: Array, error: Array, allowed: Array) -> Mismatch:
    wrong = ~(error <= allowed)
    relative = error / np.maximum(np.abs(expected), np.abs(actual))
    place = np.unravel_index(int(np.argmax(np.where(wrong, error, -1.0))), error.shape)
    is_, should = actual[place], expected[place]
    count = f"; {int(wrong.sum())} of {error.size} elements differ" if error.size > 1 else ""
    permitted = allowed[place] / abs(should) if should else allowed[place]
    return Mismatch(
        Outcome.WRONG_VALUE,
        f"{name}{_index(np.array(place))} is {_number(is_, should)}, but should be {_number(should, is_)}: "
        f"relative error {relative[place]:.2g} (at most {permitted:.1g} allowed){count}",
    )


def _why(array: Array, should: Array) -> str:
    if array.ndim == 2 and array.shape == should.shape[::-1]:
        return ": this is the transpose of the right shape"
    if array.size == should.size and tuple(n for n in array.shape if n != 1) == tuple(
        n for n in should.shape if n != 1
    ):
        return (
            f": an axis of length 1 is {'missing' if array.ndim < should.ndim else 'too many'}"
            if array.ndim != should.ndim
            else ""
        )
    return ""


def _shape(array: Array) -> str:
    return f"shape {array.shape}" if array.ndim else "shape () (a single number)"


def _due(should: Array) -> str:
    kind = "floats" if should.dtype.kind == "f" else "whole numbers"
    return (
        f"an array of {kind} of shape {should.shape}"
        if should.ndim
        else f"a single number ({kind[:-1] if kind == 'floats' else 'a whole one'})"
    )


def _index(place: Array) -> str:
    return f"[{', '.join(str(int(number)) for number in place)}]" if len(place) else ""


def _number(value: float, other: float | None = None) -> str:
    """Six digits, or as many as it takes to tell it from the other."""
    for digits in (6, 9, 12, 17):
        text = f"{value:.{digits}g}"
        if other is None or text != f"{other:.{digits}g}":
            return text
    return text


def _largest(size: Array) -> float:
    return float(np.max(size, initial=0.0))


@dataclasses.dataclass(frozen=True, slots=True)
class Observation:
    """What a probe saw: named values, or why there are none.

    Attributes:
      values: plain data by name; empty unless the outcome is `PASSED` (which here means: it came back).
      frames: the student's lines of a traceback, as the worker tells them.
      changed: what was changed that was only handed in.
      about: the function or attribute that failed or is missing.
      lost: whether the process that it happened in is gone.
    """

    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    outcome: Outcome = Outcome.PASSED
    message: str = ""
    frames: tuple[Any, ...] = ()
    changed: tuple[str, ...] = ()
    about: str = ""
    lost: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one check.

    Attributes:
      wrong: the mismatch of each quantity that is not right.
      mistake: the slug of a known mistake that the judgement itself has recognised.
    """

    outcome: Outcome
    message: str = ""
    wrong: Mapping[str, Mismatch] = dataclasses.field(default_factory=dict)
    mistake: str = ""


ORDER = (Outcome.WRONG_DTYPE, Outcome.WRONG_SHAPE, Outcome.NOT_FINITE, Outcome.WRONG_VALUE)


def judge(
    observation: Observation, expected: Mapping[str, Any], tolerance: Tolerance, *, integers: bool = False
) -> Verdict:
    """Judges what a probe saw against the answer key."""
    if observation.outcome is not Outcome.PASSED:
        return Verdict(observation.outcome, observation.message)
    wrong: dict[str, Mismatch] = {}
    remarks = []
    for name, value in expected.items():
        result = compare(name, observation.values.get(name), value, tolerance, integers=integers)
        if isinstance(result, Mismatch):
            wrong[name] = result
        elif result.remark:
            remarks.append(result.remark)
    if wrong:
        # The one that the message is about comes first.
        wrong = dict(sorted(wrong.items(), key=lambda item: ORDER.index(item[1].outcome)))
        first = next(iter(wrong.values()))
        return Verdict(first.outcome, first.message + _others(expected, wrong, first), wrong)
    if observation.changed:
        names = " and ".join(observation.changed)
        return Verdict(
            Outcome.CHANGED_INPUT,
            f"{names} {'was' if len(observation.changed) == 1 else 'were'} changed by the call; work on a copy instead",
        )
    return Verdict(Outcome.PASSED, "; ".join(remarks))


def _others(expected: Mapping[str, Any], wrong: Mapping[str, Mismatch], first: Mismatch) -> str:
    """What the other quantities are, if there are any."""
    if len(expected) < 2:
        return ""
    also = [name for name, mismatch in wrong.items() if mismatch is not first]
    right = [name for name in expected if name not in wrong]
    parts = [f"{', '.join(also)} {'is' if len(also) == 1 else 'are'} wrong too"] if also else []
    parts += [f"{', '.join(right)} {'is' if len(right) == 1 else 'are'} right"] if right else []
    return f" ({'; '.join(parts)})"
