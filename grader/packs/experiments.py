"""Experiments that several packs make; see `Experiment`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .model import Case, Exercise


def starts_anew(train: Exercise, rate: str) -> None:
    """Declares how a training is told that draws its weights again in each epoch (reinitialised-each-epoch).

    Neither where it began nor how large its steps are changes any loss but the first.

    Args:
      train: its cases have the weights W1 and W2, its probe gives "losses".
      rate: the name of the learning rate in its cases.
    """

    def elsewhere(case: Case) -> Case:
        return case.other(
            **{name: getattr(case, name) * 1.25 for name in ("W1", "W2")}, **{rate: getattr(case, rate) * 1.5}
        )

    @train.experiment("reinitialised-each-epoch", elsewhere)
    def _(first: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        later, otherwise = (np.asarray(each["losses"], float)[1:] for each in (first, other))
        return later.size > 0 and bool(np.all(later > 0)) and np.array_equal(later, otherwise)
