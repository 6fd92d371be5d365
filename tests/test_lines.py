"""What lines are found from, piece by piece, without a worker."""

from __future__ import annotations

import numpy as np

from grader.grading.calls import line_of_count, reached
from grader.judging.steps import (
    ARGUMENT,
    NEW,
    RETURNED,
    Call,
    Event,
    Evidence,
    Known,
    Place,
    Trace,
    Values,
    first_wrong,
    put_under_key,
    shows,
)
from grader.submissions import parse

CLASSES = """
class Net:
    def backward(self):
        return self._grads()

    def _grads(self):
        return 1

    def train(self):
        return self.backward()


class Deep:
    def backward(self):
        return deep_helper()

    def train(self):
        return self.backward()


def deep_helper():
    return 2


def check(nn):
    return nn.backward()
"""


def test_a_method_is_reached_through_self_in_its_own_class_and_else_by_name() -> None:
    submission = parse("hw", "hw.py", CLASSES.encode())
    assert reached(submission, ["Deep.train"]) == {"Deep.train", "Deep.backward", "deep_helper"}
    assert reached(submission, ["check"]) >= {"Net.backward", "Net._grads", "Deep.backward"}


def test_what_is_closed_is_not_gone_into() -> None:
    """A check that passes was handed another network: nothing is proven of the submission's own backward."""
    submission = parse("hw", "hw.py", CLASSES.encode())
    assert reached(submission, ["check"], {"Net.backward", "Deep.backward"}.__contains__) == {"check"}


def known(*values: object, name: str = "") -> list[Known]:
    return [Known(name, np.asarray(value, float)) for value in values]


def test_elements_drawn_at_random_are_equal_in_any_order_and_only_there() -> None:
    shuffled = np.array([3.1, 1.1, 2.1])
    assert Values(known([1.1, 2.1, 3.1]), any_order=True).equal(shuffled) is not None
    assert Values(known([1.1, 2.1, 3.1])).equal(shuffled) is None
    assert Values(known([1.1, 2.1, 3.2]), any_order=True).equal(shuffled) is None
    assert Values(known([1.1, 2.1]), any_order=True).equal(np.asarray(2.1)) is not None


RIGHT = Values(known([1.1, 2.1, 3.1], 0.7), any_order=True)
TWICE = Evidence(made=known([2.2, 4.2, 6.2], name="numeric"), parts=[], operands=[], after=[])


def event(line: int, name: str, value: object, kind: int = NEW, call: int = 0) -> Event:
    return Event(call, line, name, np.asarray(value, float), kind)


def check_call(last: int) -> Call:
    return Call("hw.py", "check", -1, 0, last)


def test_a_mistake_shows_in_what_its_own_statements_make() -> None:
    assert shows(Trace([check_call(9)], [event(5, "n", [4.2, 6.2, 2.2])]), RIGHT, TWICE)
    assert not shows(Trace([check_call(9)], [event(5, "n", [1.1, 2.1, 3.1])]), RIGHT, TWICE)


def test_numbers_that_a_helper_handed_back_one_by_one_are_made_there() -> None:
    calls = [check_call(9), *(Call("hw.py", "slope", 0, 7, 3) for _ in range(3)), Call("hw.py", "relative", 0, 7, 5)]
    back = [event(3, "return", value, RETURNED, call) for call, value in enumerate([2.2, 4.2, 6.2], 1)]
    handed_on = event(4, "b", [2.2, 4.2, 6.2], ARGUMENT, 4)
    # Each of them is right as a part of a formula; as the result they are not.
    right = Values(known([1.1, 2.1, 3.1], 2.2, 4.2, 6.2), any_order=True)
    assert first_wrong(Trace(calls, [*back, handed_on]), right, right, TWICE, []) == Place("hw.py", 3)
    # Without the helper's numbers: where it was handed on.
    assert first_wrong(Trace(calls, [handed_on]), right, right, TWICE, []) == Place("hw.py", 7)


def norms(*values: float) -> Evidence:
    return Evidence([Known(f"result['{n}']", np.asarray(v)) for n, v in zip("WV", values, strict=False)], [], [], [])


def test_what_comes_back_under_a_key_is_blamed_where_it_is_put_there() -> None:
    events = [event(5, "gap", 1e-9), event(6, "errors['W']", 1e-9), event(8, "return['W']", 1e-9, RETURNED)]
    trace = Trace([check_call(8)], events)
    assert put_under_key(trace, norms(3e-8)) == Place("hw.py", 6, "errors['W']")  # another measure, as small
    assert put_under_key(trace, norms(1.0)) is None  # that is not what the mistake makes
    inside = Trace(
        [check_call(8), Call("hw.py", "distance", 0, 6, 3)], [event(3, "return", 1e-9, RETURNED, 1), *events]
    )
    assert put_under_key(inside, norms(3e-8)) == Place("hw.py", 3, "return")
    assert put_under_key(trace, Evidence([*norms(0.0).made, *known(1.5, name="numeric")], [], [], [])) is None


def test_a_step_that_is_left_out_is_missed_where_the_value_is_made_if_it_is_handed_back_among_others() -> None:
    own = Values(known([1.1, 2.1, 3.1], name="values"))
    lacking = Evidence(made=known([1.1, 2.1, 3.1], name="values"), parts=[], operands=[], after=[])

    def found(returned: str) -> Place | None:
        events = [event(2, "p", [1.1, 2.1, 3.1]), event(3, returned, [1.1, 2.1, 3.1], RETURNED)]
        return first_wrong(Trace([check_call(3)], events), own, own, lacking, [])

    assert found("return['p']") == Place("hw.py", 2, "p", lacks=True)
    assert found("return") == Place("hw.py", 3, "return", lacks=True)


COUNTS = """
def backward(y):
    count = y.size
    half = 0.5
    def inner(d):
        return d / count
    return inner(y)

def two(y):
    k, m = y.shape
    n = len(y)
    return y / n

def unused(y):
    m = y.shape[1]
    return y

def fraction(y):
    scale = 2 / len(y)
    return y * scale

def product(y):
    m, k = y.shape
    scale = 2 / (m * k)
    return y * scale

def inline(y):
    m = len(y)
    return m * y / y.shape[1]

def both(y):
    m, k = y.shape
    scale = 2 / (m * k)
    return y * scale / m
"""


def test_a_wrong_count_is_where_it_is_taken() -> None:
    submission = parse("hw", "hw.py", COUNTS.encode())
    found = {line: line_of_count(submission, None, line, alone=True) for line in (6, 7, 12, 16, 20, 25, 29, 34)}
    assert found == {6: 3, 7: 3, 12: 11, 16: None, 20: 19, 25: 24, 29: None, 34: 33}


def test_a_factor_that_a_line_uses_is_where_it_is_made() -> None:
    submission = parse("hw", "hw.py", COUNTS.encode())
    found = {line: line_of_count(submission, None, line, alone=False) for line in (6, 12, 20, 25, 29, 34)}
    assert found == {6: None, 12: None, 20: 19, 25: 24, 29: None, 34: None}
