"""How a check can end."""

from __future__ import annotations

import enum


class Outcome(enum.StrEnum):
    """One of the contract's outcomes."""

    PASSED = "passed"
    WRONG_VALUE = "wrong_value"
    WRONG_SHAPE = "wrong_shape"
    WRONG_DTYPE = "wrong_dtype"
    NOT_FINITE = "not_finite"
    CHANGED_INPUT = "changed_input"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    NOT_DEFINED = "not_defined"
    NOT_IMPLEMENTED = "not_implemented"
    SKIPPED = "skipped"

    @property
    def sentence(self) -> str:
        """What it means, for a person."""
        return SENTENCES[self]


SENTENCES = {
    Outcome.PASSED: "right",
    Outcome.WRONG_VALUE: "a number is wrong",
    Outcome.WRONG_SHAPE: "an array has the wrong shape, or there are too many or too few of them",
    Outcome.WRONG_DTYPE: "something else than floating-point numbers came back",
    Outcome.NOT_FINITE: "NaN or infinity came back",
    Outcome.CHANGED_INPUT: "something was changed that was only handed in",
    Outcome.RAISED: "it raised an exception",
    Outcome.TIMED_OUT: "it ran too long and was stopped",
    Outcome.OUT_OF_MEMORY: "it needed too much memory",
    Outcome.CRASHED: "it ended the Python interpreter",
    Outcome.NOT_DEFINED: "it is not there",
    Outcome.NOT_IMPLEMENTED: "it is still the stub",
    Outcome.SKIPPED: "it was not asked: the time for the whole submission was used up",
}
