"""Points."""

from __future__ import annotations

from collections.abc import Sequence

DIGITS = 4  # points are rounded to ten-thousandths, so that sums of shares print as people expect


def share(points: float, weights: Sequence[float]) -> list[float]:
    """An exercise's points divided among its checks by weight; they add up to `points`.

    >>> share(3, [1, 1, 1])
    [1.0, 1.0, 1.0]
    """
    total = sum(weights)
    ends = [round(points * sum(weights[: place + 1]) / total, DIGITS) for place in range(len(weights))]
    return [round(end - start, DIGITS) for start, end in zip([0.0, *ends], ends, strict=False)]


def total(scores: Sequence[float]) -> float:
    return round(sum(scores), DIGITS)
