"""How a check can end."""

from __future__ import annotations

import enum


class Outcome(enum.StrEnum):
    """One of the contract's outcomes; `sentence` explains it to a person."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> Outcome:
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    PASSED = "passed", "right"
    WRONG_VALUE = "wrong_value", "a number is wrong"
    WRONG_SHAPE = "wrong_shape", "an array has the wrong shape, or there are too many or too few of them"
    WRONG_DTYPE = "wrong_dtype", "something else than floating-point numbers came back"
    NOT_FINITE = "not_finite", "NaN or infinity came back"
    CHANGED_INPUT = "changed_input", "something was changed that was only handed in"
    RAISED = "raised", "it raised an exception"
    TIMED_OUT = "timed_out", "it ran too long and was stopped"
    OUT_OF_MEMORY = "out_of_memory", "it needed too much memory"
    CRASHED = "crashed", "it ended the Python interpreter"
    NOT_DEFINED = "not_defined", "it is not there"
    NOT_IMPLEMENTED = "not_implemented", "it is still the stub"
    SKIPPED = "skipped", "it was not asked: the time for the whole submission was used up"
