"""Judges a gradient check by what it says of networks that are known to be right or wrong, and by what it evaluated.

A check is trusted when what it says of wrong networks lies far above all that it says of right ones; which measure it
takes is its own business.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from .compare import Array, Fact

MOST = 1e-3  # what a check may say of a right network
APART = 100.0  # how far above that it must be on a wrong one
ROUNDING = 1e-12  # x + h - h is not always x
MOVED = 1e-11  # less is what such rounding leaves
FEW_BITS = 8 * np.finfo(np.float64).eps  # relative; what rounding leaves when a step is taken back
# Central differences in float64: their own error, h^2, is a thousandth with the one; that of rounding, 2e-16 / h, a
# millionth of a loss of 1 with the other: more than the check is to find.
LONGEST, SHORTEST = 0.03, 2e-10
TOLD_APART = "told apart"  # the fact that hangs on the measure that a check takes
LEFT = "left as it was"  # the fact that hangs on what it has written into the network

Parameters = Mapping[str, Array]


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """One network that was handed to a check.

    Attributes:
      what: what is wrong with it, for the student; "" if nothing is.
      said: the numbers that came back, by parameter.
      before, after: the network's parameters.
      evaluated: the parameters at each evaluation of the network.
      wrong_in: the one parameter whose gradient is wrong; "" if none is, or several are.
    """

    what: str
    said: Mapping[str, float]
    before: Parameters
    after: Parameters
    evaluated: Sequence[Parameters]
    wrong_in: str = ""

    @property
    def largest(self) -> float:
        """The largest number, of what is wrong in one parameter that one's; NaN if there is none, or one of them."""
        if self.wrong_in:
            return self.said.get(self.wrong_in, float("nan"))
        return float(np.max(list(self.said.values()))) if self.said else float("nan")


def told_apart(checked: Sequence[Checked]) -> Fact:
    """Whether right networks are accepted and wrong ones are not; one element a network."""
    right = [each.largest for each in checked if not each.what]
    most = max(right) if not any(np.isnan(right)) else float("nan")
    holds, messages = [], []
    for each in checked:
        if not each.what:
            fine = each.largest <= MOST  # false for NaN
            says = (
                f"it says {each.largest:.2g} of a network whose backward pass is right (at most {MOST:g} is expected)"
            )
        else:
            fine = each.largest > 0 and each.largest >= APART * most
            says = (
                f"it says {each.largest:.2g} of a network {each.what}, and {most:.2g} of a right one: "
                "that is not told apart"
            )
        holds.append(float(fine))
        if not fine:
            messages.append(says)
    return Fact(np.array(holds), messages[0] if messages else "")


def covered(checked: Checked, *, every_element: bool) -> Fact:
    """Whether each parameter (or each element of it) was moved in some evaluation; one element a parameter."""
    holds, missed = [], []
    for name, start in checked.before.items():
        moved = _moved(checked, name, 1) | _moved(checked, name, -1)
        fine = bool(np.all(moved) if every_element else np.any(moved)) and name in checked.said
        holds.append(float(fine))
        if not fine:
            missed.append(f"{int(moved.sum())} of {start.size} elements of {name}" if every_element else name)
    looked = "were moved" if every_element else "not checked"
    return Fact(np.array(holds), f"not all of the network is looked at: {', '.join(missed)} {looked}" if missed else "")


def two_sided(checked: Checked) -> Fact:
    """Whether what was moved was moved both up and down; one element a parameter."""
    holds, missed = [], []
    for name in checked.before:
        up, down = _moved(checked, name, 1), _moved(checked, name, -1)
        fine = bool(np.any(up)) and bool(np.all(up == down))
        holds.append(float(fine))
        if not fine:
            missed.append(name)
    return Fact(
        np.array(holds),
        f"the loss was not evaluated on both sides of {', '.join(missed)}: a difference to one side is off by the order "
        "of the step, a central one by the order of its square"
        if missed
        else "",
    )


def sensible_step(checked: Checked) -> Fact:
    """Whether the step is one with which a central difference is a slope, as far as elements were moved at all."""
    sizes = [
        size
        for parameters in checked.evaluated
        for name, start in checked.before.items()
        if (value := parameters.get(name)) is not None and value.shape == start.shape
        for size in np.abs(value - start)[np.abs(value - start) > FEW_BITS * np.maximum(1.0, np.abs(start))].tolist()
    ]
    step = float(np.median(sizes)) if sizes else SHORTEST
    message = ""
    if step > LONGEST:
        message = f"elements are moved by {step:.2g}: with so long a step the difference is not the slope at the point"
    if step < SHORTEST:
        message = f"elements are moved by {step:.2g}: with so short a step the difference is mostly rounding"
    return Fact(np.array(float(not message)), message)


def left_alone(checked: Checked) -> Fact:
    """Whether the parameters are afterwards what they were, though they were moved; one element a parameter."""
    holds, changed = [], []
    for name, before in checked.before.items():
        after = checked.after.get(name)
        same = after is not None and after.shape == before.shape and bool(np.all(np.abs(after - before) <= ROUNDING))
        holds.append(float(same and bool(checked.evaluated)))
        if not same:
            changed.append(name)
    message = f"{', '.join(changed)} of the network {'is' if len(changed) == 1 else 'are'} not as before the check"
    if not changed:
        message = "" if checked.evaluated else "the network was never evaluated"
    return Fact(np.array(holds), message)


def moved_alone(checked: Checked) -> Fact:
    """Whether a check that moves elements one by one has each of them back before the next; one element a parameter."""
    stale = _still_moved(checked)
    return Fact(
        np.array([float(name not in stale) for name in checked.before]),
        f"while one element was moved, others of {', '.join(sorted(stale))} had not been put back yet" if stale else "",
    )


def _still_moved(checked: Checked) -> set[str]:
    """The parameters with elements that were moved in an evaluation beside another, where elements are moved alone."""
    counts = [
        {
            name: int(np.count_nonzero(np.abs(value - checked.before[name]) > MOVED))
            for name, value in parameters.items()
            if value.shape == checked.before[name].shape
        }
        for parameters in checked.evaluated
    ]
    several = {name for name, value in checked.before.items() if value.size > 1}
    if not any(sum(each.values()) == 1 and any(each.get(name) for name in several) for each in counts):
        return set()  # it moves many at a time
    return {name for each in counts if sum(each.values()) > 1 for name, count in each.items() if count}


def _moved(checked: Checked, name: str, sign: int) -> Array:
    """Which elements of a parameter some evaluation had moved up (1) or down (-1)."""
    start = checked.before[name]
    moved = np.zeros(start.shape, bool)
    for parameters in checked.evaluated:
        value = parameters.get(name)
        if value is not None and value.shape == start.shape:
            moved |= sign * (value - start) > MOVED
    return moved
