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

    With scale 0: the rounding error 4 eps |f| / h that a step of scale 1 would have.
    """
    point = np.asarray(point, np.float64)
    result: np.ndarray[Any, Any] = np.zeros_like(point)
    for index in np.ndindex(point.shape):
        h = 2.0**-17 * max(1.0, abs(float(point[index])))
        if scale == 0:
            result[index] = 4 * EPS * max(1.0, abs(_value(function, point))) / h
            continue
        up, down = point.copy(), point.copy()
        up[index] += scale * h
        down[index] -= scale * h
        result[index] = (_value(function, up) - _value(function, down)) / (up[index] - down[index])
    return result


def _value(function: Callable[[Any], Any], point: Any) -> float:
    try:
        return float(np.asarray(plain(function(point))))
    except StudentFault as fault:
        raise PackError(f"differences: {fault.message}") from None
