"""Central differences of functions of an implementation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .implementation import StudentFault, plain
from .model import PackError

EPS = float(np.finfo(np.float64).eps)


def central_differences(function: Callable[[Any], Any], point: Any, scale: float) -> np.ndarray[Any, Any]:
    """(f(x + h) - f(x - h)) / 2h for each element, h = scale · 2^-17 max(1, |x|).

    With scale 0: the rounding error 4 eps |f| / h that a step of scale 1 would have.  With any other, all
    values are asked for before the first is needed: what the function gives as a handle need not come one by one.
    """
    point = np.asarray(point, np.float64)
    result: np.ndarray[Any, Any] = np.zeros_like(point)
    steps = {index: 2.0**-17 * max(1.0, abs(float(point[index]))) for index in np.ndindex(point.shape)}
    try:
        if scale == 0:
            size = max(1.0, abs(_value(function(point)))) if steps else 0.0
            for index, h in steps.items():
                result[index] = 4 * EPS * size / h
            return result
        asked = []
        for index, h in steps.items():
            up, down = point.copy(), point.copy()
            up[index] += scale * h
            down[index] -= scale * h
            asked.append((index, up[index] - down[index], function(up), function(down)))
        for index, width, above, below in asked:
            result[index] = (_value(above) - _value(below)) / width
    except StudentFault as fault:
        raise PackError(f"differences: {fault.message}") from None
    return result


def _value(given: Any) -> float:
    return float(np.asarray(plain(given)))
