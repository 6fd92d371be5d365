"""How a wrong answer relates to the right one: a constant factor, the transpose, an exchange, a step late.

Such a relation explains what no known mistake does, and says it in the case's own sizes: a gradient that is k/m times
the right one on each case has the batch in it twice.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from .compare import Array, as_array

CLOSE = 1e-6  # relative; a relation is no verdict
SINGLE = 1e-4


@dataclasses.dataclass(frozen=True, slots=True)
class Answered:
    """One case: what came back, what should have, and the case's sizes by letter (m samples, say)."""

    actual: Mapping[str, Any]
    expected: Mapping[str, Any]
    sizes: Mapping[str, int]


def relations(answered: Sequence[Answered]) -> list[str]:
    """Sentences that hold on every case, most telling first; nothing where a quantity is right everywhere."""
    found: list[str] = []
    for quantities in dict.fromkeys(tuple(each.expected) for each in answered):
        alike = [each for each in answered if tuple(each.expected) == quantities]
        if len(alike) > 1:
            found += _of_alike(alike, quantities)
    return found


def _of_alike(answered: Sequence[Answered], quantities: Sequence[str]) -> Iterator[str]:
    """The same for cases that ask for the same quantities."""
    names = [name for name in quantities if any(_is_wrong(each, name) for each in answered)]
    yield from _exchanged(answered, names)
    yield from _late(answered, names)
    factors: dict[str, list[str]] = {}
    for name in names:
        if (factor := _factor(answered, name)) is not None:
            factors.setdefault(factor, []).append(name)
    for factor, each in factors.items():
        yield f"{_listed(each)} {_be(each)} {factor} times the right {_one(each)}."
    for name in names:
        if all(_is_transposed(each, name) for each in answered if _is_wrong(each, name)):
            yield f"{name} is the transpose of the right one."


def _is_wrong(each: Answered, name: str) -> bool:
    actual, expected = _pair(each, name)
    return actual is None or actual.shape != expected.shape or not _close(actual, expected)


def _pair(each: Answered, name: str) -> tuple[Array | None, Array]:
    actual, _ = as_array(each.actual.get(name))
    if actual is not None and actual.dtype.kind not in "fiu":
        actual = None
    return actual, np.asarray(each.expected[name], np.float64)


def _close(actual: Array, expected: Array) -> bool:
    with np.errstate(all="ignore"):
        largest = float(np.max(np.abs(expected), initial=0.0))
        tolerance = SINGLE if actual.dtype == np.float32 else CLOSE
        return bool(np.all(np.abs(actual - expected) <= tolerance * largest + 1e-300))


# ---------------------------------------------------------------------------------------------------------- factors


def _factor(answered: Sequence[Answered], name: str) -> str | None:
    """The factor on all cases, in words; the simplest that fits."""
    ratios = []
    for each in answered:
        actual, expected = _pair(each, name)
        if actual is None or actual.shape != expected.shape:
            return None
        ratio = _ratio(actual, expected)
        if ratio is None:
            return None
        ratios.append(ratio)
    if max(ratios) == min(ratios) == 1.0:
        return None
    letters = set.intersection(*(set(each.sizes) for each in answered))
    for text, value in _candidates(sorted(letters)):
        fits = (
            abs(ratio - (one := value(each.sizes))) <= SINGLE * abs(one)
            for ratio, each in zip(ratios, answered, strict=True)
        )
        if all(fits):
            return text
    return None


def _ratio(actual: Array, expected: Array) -> float | None:
    """The one number that the right answer is to be multiplied with."""
    place = int(np.argmax(np.abs(expected)))
    with np.errstate(all="ignore"):
        ratio = float(actual.ravel()[place] / expected.ravel()[place]) if expected.size else float("nan")
    if not np.isfinite(ratio) or ratio == 0 or not _close(np.asarray(actual, np.float64) / ratio, expected):
        return None
    return ratio


def _candidates(letters: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Factors in order of simplicity: numbers, then products and quotients of sizes, halved, doubled, negated."""
    for number, text in (
        (-1.0, "-1"),
        (2.0, "2"),
        (0.5, "1/2"),
        (4.0, "4"),
        (0.25, "1/4"),
        (-2.0, "-2"),
        (-0.5, "-1/2"),
    ):
        yield text, lambda sizes, number=number: number
    products = [each for size in (1, 2) for each in itertools.combinations(letters, size)]
    for above, below in sorted(itertools.product([(), *products], repeat=2), key=lambda both: len(both[0] + both[1])):
        if set(above) & set(below) or not (above or below):
            continue
        for number, words in ((1.0, ("", "")), (2.0, ("2", "")), (0.5, ("", "2")), (-1.0, ("-", ""))):
            text = _fraction(words[0] if words[0] != "-" else "", above, (words[1], *below))
            sign = "-" if words[0] == "-" else ""

            def value(
                sizes: Mapping[str, int], above: Any = above, below: Any = below, number: float = number
            ) -> float:
                for letter in above:
                    number *= sizes[letter]
                for letter in below:
                    number /= sizes[letter]
                return number

            yield sign + text, value


def _fraction(number: str, above: Sequence[str], below: Sequence[str]) -> str:
    top = "·".join([each for each in (number, *above) if each]) or "1"
    parts = [each for each in below if each]
    bottom = "·".join(parts)
    return top if not parts else f"{top}/{bottom}" if len(parts) == 1 else f"{top}/({bottom})"


# ---------------------------------------------------------------------------------------------- places and transposes


def _exchanged(answered: Sequence[Answered], names: Sequence[str]) -> Iterator[str]:
    for one, other in itertools.combinations(names, 2):
        if all(_has(each, one, other) and _has(each, other, one) for each in answered):
            yield f"{one} and {other} are exchanged."


def _has(each: Answered, name: str, other: str) -> bool:
    actual, _ = _pair(each, name)
    expected = np.asarray(each.expected[other], np.float64)
    return actual is not None and actual.shape == expected.shape and _close(actual, expected)


def _late(answered: Sequence[Answered], names: Sequence[str]) -> Iterator[str]:
    """A series that is a step ahead or behind; both ends are not compared."""
    for name in names:
        pairs = [_pair(each, name) for each in answered]
        series = [(a, e) for a, e in pairs if a is not None and a.shape == e.shape and e.ndim == 1 and e.size > 2]
        if len(series) != len(pairs):
            continue
        if all(_close(actual[:-1], expected[1:]) for actual, expected in series):
            yield f"{name} is one step ahead: what you have first is what should come second."
        elif all(_close(actual[1:], expected[:-1]) for actual, expected in series):
            yield f"{name} is one step behind: what you have second is what should come first."


def _is_transposed(each: Answered, name: str) -> bool:
    actual, expected = _pair(each, name)
    if actual is None or expected.ndim != 2 or actual.shape != expected.shape[::-1]:
        return False
    return _close(actual.T, expected) and not (actual.shape == expected.shape and _close(actual, expected))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _be(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _one(names: Sequence[str]) -> str:
    return "one" if len(names) == 1 else "ones"
