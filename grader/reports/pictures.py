"""Pictures as numbers: where each square, line and bar lies, and the sentence that says what is to be seen.

Templates draw them as inline SVG.  Pure functions of the report.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from .model import Boundary, Curve, Example
from .rendering import number

# Shades of an error relative to the largest element of what should have come back.
SHADES = ((1e-7, "right"), (0.01, "up to 1 %"), (0.1, "up to 10 %"), (0.5, "up to 50 %"), (1.0, "up to 100 %"))
MORE = "more"
CELL = 24  # of a heat map


@dataclasses.dataclass(frozen=True, slots=True)
class Heat:
    """The error of an array, element by element; shades count from 0, right, to 5.

    Attributes:
      rows: shades.
      wrong: how many elements are.
      largest: the largest error relative to the largest element of the right array, of those that are finite.
      infinite: how many are not.
    """

    name: str
    rows: list[list[int]]
    wrong: int
    largest: float
    infinite: int = 0

    @property
    def size(self) -> int:
        return sum(len(row) for row in self.rows)

    @property
    def width(self) -> int:
        return CELL * max((len(row) for row in self.rows), default=1)

    @property
    def height(self) -> int:
        return CELL * len(self.rows)

    @property
    def sentence(self) -> str:
        if not self.wrong:
            return f"{self.name}: right"
        elements = f"{self.wrong} of {self.size}" if self.size > 1 else "its only element"
        told = [f"by up to {_percent(self.largest)}"] if self.wrong > self.infinite else []
        told += [f"{self.infinite} not finite"] if self.infinite else []
        return f"{self.name}: {elements} wrong, {' and '.join(told)}"


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %" if share < 0.995 else f"{100 * share:.0f} %"


def heats(example: Example | None, right: Mapping[str, Sequence[int]]) -> list[Heat]:
    """Heat maps of all that came back in an example; none where no array can be compared element by element.

    Args:
      right: shapes of what came back right.
    """
    if example is None:
        return []
    found = [heat for name in example.actual if (heat := _heat(name, example)) is not None]
    if not any(heat.size > 1 for heat in found):
        return []
    for name, shape in right.items():
        if 0 < len(shape) <= 2 and math.prod(shape) <= 64:
            rows, columns = (1, shape[0]) if len(shape) == 1 else shape
            found.append(Heat(name, [[0] * columns for _ in range(rows)], 0, 0.0))
    return found


def _heat(name: str, example: Example) -> Heat | None:
    actual, expected = matrix(example.actual.get(name)), matrix(example.expected.get(name))
    if actual is None or expected is None or actual.shape != expected.shape or not expected.size:
        return None
    scale = float(np.nanmax(np.abs(np.where(np.isfinite(expected), expected, 0.0)))) or 1.0
    with np.errstate(all="ignore"):
        error = np.abs(actual - expected) / scale
    error = np.where(np.isfinite(error), error, np.inf)
    shades = np.searchsorted([most for most, _ in SHADES], error)
    largest = float(np.max(np.where(np.isfinite(error), error, 0.0)))
    infinite = int(np.sum(~np.isfinite(error)))
    return Heat(name, shades.tolist(), int(np.sum(shades > 0)), largest, infinite)


def matrix(value: Any) -> np.ndarray[Any, Any] | None:
    """A number or nested list from a report as rows and columns; None if it is neither, or has more axes."""
    try:
        array = np.array(value, dtype=float)  # "nan" and "inf" are written as texts
    except (TypeError, ValueError):
        return None
    if isinstance(value, str) or array.ndim > 2:
        return None
    return array.reshape(1, -1) if array.ndim < 2 else array


# -------------------------------------------------------------------------------------------------------------- lines

WIDTH, HEIGHT = 420, 210  # of a curve's picture
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 12, 30  # its margins


@dataclasses.dataclass(frozen=True, slots=True)
class Lines:
    """A curve over another.

    Attributes:
      actual, expected: SVG paths, "" where there is nothing to draw.
      marks: points of `actual`, where they are few.
      x_ticks, y_ticks: places and labels.
    """

    actual: str
    expected: str
    marks: list[tuple[float, float]]
    x_ticks: list[tuple[float, str]]
    y_ticks: list[tuple[float, str]]
    is_log: bool
    sentence: str
    rows: list[tuple[int, str, str]]


def lines(curve: Curve | None) -> Lines | None:
    """The picture of a curve, None if it has nothing finite to draw."""
    if curve is None or len(curve.places) < 2:
        return None
    numbers = [value for value in (*curve.actual, *curve.expected) if value is not None]
    if not numbers:
        return None
    low, high = min(numbers), max(numbers)
    is_log = low > 0 and high / low > 50
    bottom, top = (math.log10(low), math.log10(high)) if is_log else (low, high)
    if top - bottom < 1e-12:
        bottom, top = bottom - 0.5, top + 0.5
    last = curve.places[-1]

    def x(place: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (place - curve.places[0]) / (last - curve.places[0]), 1)

    def y(value: float) -> float:
        height = math.log10(value) if is_log else value
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (top - height) / (top - bottom), 1)

    def path(values: Sequence[float | None]) -> str:
        parts, pen = [], "M"
        for place, value in zip(curve.places, values, strict=False):
            if value is None:
                pen = "M"
                continue
            parts.append(f"{pen}{x(place):g} {y(value):g}")
            pen = "L"
        return "".join(parts)

    heights = [bottom + (top - bottom) * part / 3 for part in range(4)]
    few = len(curve.places) <= 12
    return Lines(
        actual=path(curve.actual),
        expected=path(curve.expected),
        marks=[
            (x(place), y(value))
            for place, value in zip(curve.places, curve.actual, strict=False)
            if few and value is not None
        ],
        x_ticks=[(x(place), str(place)) for place in _ticks(curve.places[0], last)],
        y_ticks=[(y(value), f"{value:.3g}") for value in (10**each if is_log else each for each in heights)],
        is_log=is_log,
        sentence=_told_of(curve),
        rows=list(_rows(curve)),
    )


def _ticks(first: int, last: int) -> list[int]:
    step = max(1, round((last - first) / 4))
    return list(range(first, last + 1, step))


def _told_of(curve: Curve) -> str:
    """What a curve shows, in a sentence."""
    start, end = (_told(each) for each in (curve.actual[0], curve.actual[-1]))
    sentence = f"Yours go from {start} to {end}"
    if curve.expected:
        sentence += f", the reference's from {_told(curve.expected[0])} to {_told(curve.expected[-1])}"
        pairs = list(zip(curve.places, curve.actual, curve.expected, strict=False))
        apart = next((place for place, is_, should in pairs if not _is_near(is_, should)), None)
        sentence += "; they are the same all along" if apart is None else f"; they part at number {apart}"
    return sentence + "."


def _is_near(actual: float | None, expected: float | None) -> bool:
    if actual is None or expected is None:
        return actual is expected
    return abs(actual - expected) <= 2e-5 * max(abs(actual), abs(expected))  # six digits are kept


def _rows(curve: Curve) -> Iterator[tuple[int, str, str]]:
    """The curve as a table of at most a dozen rows."""
    chosen = sorted({round(each) for each in np.linspace(0, len(curve.places) - 1, min(12, len(curve.places)))})
    for place in chosen:
        expected = _told(curve.expected[place]) if curve.expected else ""
        yield curve.places[place], _told(curve.actual[place]), expected


def _told(value: float | None) -> str:
    return "not finite" if value is None else f"{value:.4g}"


# ----------------------------------------------------------------------------------------------------------- boundary

SIDE = 320  # of a boundary's picture


@dataclasses.dataclass(frozen=True, slots=True)
class Region:
    """A decision boundary.

    Attributes:
      runs: neighbours of one shade in a row, as (x, y, width, height, shade from 0 to 9).
      points: samples, as (x, y, label above a half, on the right side).
    """

    runs: list[tuple[float, float, float, float, int]]
    points: list[tuple[float, float, bool, bool]]
    sentence: str


def region(boundary: Boundary | None) -> Region | None:
    """The picture of a boundary."""
    if boundary is None or not boundary.predictions:
        return None
    rows, columns = len(boundary.predictions), len(boundary.predictions[0])
    width, height = SIDE / columns, SIDE / rows
    runs: list[tuple[float, float, float, float, int]] = []
    for row, values in enumerate(boundary.predictions):
        start = 0
        for column in range(1, columns + 1):
            if column == columns or _shade(values[column]) != _shade(values[start]):
                # Rows go up from the smallest y; SVG counts down.  A little overlap keeps seams out.
                x, y = start * width, SIDE - (row + 1) * height
                runs.append(
                    (
                        round(x, 1),
                        round(y, 1),
                        round((column - start) * width + 0.4, 1),
                        round(height + 0.4, 1),
                        _shade(values[start]),
                    )
                )
                start = column
    points = [_point(boundary, *sample) for sample in boundary.points]
    inside = [point for point in points if point is not None]
    return Region(runs, inside, _told_of_region(boundary, inside))


def _shade(value: float | None) -> int:
    return 0 if value is None else min(9, max(0, math.floor(10 * value)))


def _point(boundary: Boundary, x: float, y: float, label: float) -> tuple[float, float, bool, bool] | None:
    (left, right), (low, high) = boundary.x_range, boundary.y_range
    if not (left <= x <= right and low <= y <= high and right > left and high > low):
        return None
    across, up = (x - left) / (right - left), (y - low) / (high - low)
    rows, columns = len(boundary.predictions), len(boundary.predictions[0])
    value = boundary.predictions[min(rows - 1, round(up * (rows - 1)))][min(columns - 1, round(across * (columns - 1)))]
    return (
        round(across * SIDE, 1),
        round(SIDE - up * SIDE, 1),
        label > 0.5,
        value is not None and (value > 0.5) == (label > 0.5),
    )


def _told_of_region(boundary: Boundary, points: Sequence[tuple[float, float, bool, bool]]) -> str:
    values = [value for row in boundary.predictions for value in row if value is not None]
    share = sum(value > 0.5 for value in values) / len(values) if values else 0.0
    sentence = f"Above a half on {share:.0%} of the square"
    if points:
        right = sum(point[3] for point in points)
        sentence += f"; {right} of {len(points)} samples lie on their own side"
    return sentence + "."


# --------------------------------------------------------------------------------------------------------------- bars


def bins(shares: Sequence[float]) -> list[int]:
    """How many scores, as shares of the points, lie in each tenth; full marks are in the last."""
    counts = [0] * 10
    for share in shares:
        counts[min(9, max(0, math.floor(share * 10 + 1e-9)))] += 1
    return counts


def told_value(value: Any, digits: int = 5) -> str:
    """A number of a report for a table."""
    return f"{value:.{digits}g}" if isinstance(value, float) else str(value)


def points(score: float, most: float) -> str:
    return f"{number(score)} of {number(most)}"
