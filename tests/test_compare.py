"""The comparison: its order, its error model, its messages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.judging import Match, Mismatch, Observation, Outcome, Tolerance, compare, judge, share
from grader.judging.compare import is_single

FLOATS = hnp.arrays(
    np.float64, hnp.array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e6, 1e6, allow_subnormal=False)
)


def outcome(actual: Any, expected: Any, tolerance: Tolerance = Tolerance(), **more: Any) -> str:
    result = compare("x", actual, expected, tolerance, **more)
    return result.outcome if isinstance(result, Mismatch) else "passed"


@given(FLOATS)
def test_an_array_equals_itself_and_its_lists(array: np.ndarray[Any, Any]) -> None:
    assert outcome(array, array) == "passed"
    assert outcome(array.tolist(), array) == "passed"


@given(FLOATS, st.data())
def test_one_wrong_element_is_found_wherever_it_is(array: np.ndarray[Any, Any], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, array.size - 1))
    wrong = array.copy()
    wrong.flat[place] += 1e-3 * max(1.0, float(np.abs(array).max()))
    result = compare("x", wrong, array, Tolerance())
    assert isinstance(result, Mismatch)
    index = ", ".join(str(int(i)) for i in np.unravel_index(place, array.shape))
    assert result.message.startswith(f"x[{index}] is")


@given(FLOATS)
def test_nan_never_passes_even_where_it_is_expected(array: np.ndarray[Any, Any]) -> None:
    wrong = array.copy()
    wrong.flat[0] = np.nan
    assert outcome(wrong, array) == "not_finite"
    assert outcome(wrong, wrong) != "passed"
    assert outcome(array, wrong) != "passed"


@given(FLOATS)
def test_shapes_are_never_broadcast(array: np.ndarray[Any, Any]) -> None:
    assert outcome(array[None], array) == "wrong_shape"
    assert outcome(array[..., None], array) == "wrong_shape"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (None, "x is nothing (None), but should be an array of floats of shape (2,)"),
        ("1 2", "x is a text, but should be an array of floats of shape (2,)"),
        ({"a": 1}, "x is a dict, but should be an array of floats of shape (2,)"),
        ([1, 2], "x holds integers, but should hold floating-point numbers"),
        ([True, False], "x holds booleans, but should hold floating-point numbers"),
        ([1j, 2j], "x holds complex numbers, but should hold floating-point numbers"),
        ([[1.0], [2.0]], "x has shape (2, 1), but should have shape (2,): an axis of length 1 is too many"),
        (1.0, "x has shape () (a single number), but should have shape (2,)"),
        ([1.0, np.inf], "x[1] is inf, but should be 2"),
        ([1.0, 2.5], "x[1] is 2.5, but should be 2: relative error 0.2 (at most 1e-07 allowed); 1 of 2 elements differ"),
        ([1.0, 2.0002], "x[1] is 2.0002, but should be 2: relative error 0.0001 (at most 1e-07 allowed); "
                        "1 of 2 elements differ"),
    ],
)  # fmt: skip
def test_messages_name_the_array_the_place_what_it_is_and_what_it_should_be(actual: Any, expected: str) -> None:
    result = compare("x", actual, np.array([1.0, 2.0]), Tolerance())
    assert isinstance(result, Mismatch)
    assert result.message == expected


def test_small_elements_may_carry_the_rounding_of_large_ones() -> None:
    expected = np.array([1e6, 1e-6])
    assert outcome(expected + [0, 1e-4], expected) == "passed"
    assert outcome(expected + [0, 1e-1], expected, Tolerance(float32="never")) == "wrong_value"


def test_float32_answers_are_right_and_said_to_be() -> None:
    expected = np.array([0.1, 0.7, 0.3])
    result = compare("x", expected.astype(np.float32), expected, Tolerance())
    assert result == Match()  # rounding to float32 is within the float64 tolerance here
    off = (expected * (1 + 2e-6)).astype(np.float32)
    assert compare("x", off, expected, Tolerance()) == Match("x is right to float32 precision")
    assert compare("x", off.astype(np.float64), expected, Tolerance()) == Match("x is right to float32 precision")
    assert outcome(off, expected, Tolerance(float32="never")) == "wrong_value"


def test_float64_answers_get_less_room_than_float32_ones() -> None:
    expected = np.array([0.1, 0.7, 0.3])
    off = expected * (1 + 5e-5)
    assert not is_single(off)
    assert outcome(off, expected) == "wrong_value"
    assert outcome(off.astype(np.float32), expected) == "passed"
    assert outcome(expected * (1 + 5e-6), expected, Tolerance(float32="typed")) == "wrong_value"


def test_an_updated_weight_is_seen_in_float32_too() -> None:
    expected = np.array([0.1, 0.7, 0.3])
    assert outcome((expected * 1.002).astype(np.float32), expected) == "wrong_value"


def test_whole_numbers_may_stand_for_floats_only_where_that_is_said() -> None:
    assert outcome([0, 2], [0.0, 2.0]) == "wrong_dtype"
    assert outcome([0, 2], [0.0, 2.0], integers=True) == "passed"
    assert outcome([True, False], [1.0, 0.0], integers=True) == "wrong_dtype"
    assert outcome([0.0, 1.0], np.array([0, 1])) == "wrong_dtype"
    assert outcome([False, True], np.array([0, 1])) == "passed"


def test_the_first_fault_by_order_of_judgement_is_told_and_the_others_named() -> None:
    expected = {"a": np.zeros(2), "b": np.zeros((1, 2)), "c": np.ones(1)}
    seen = Observation({"a": np.ones(2), "b": np.zeros(2), "c": np.ones(1)})
    verdict = judge(seen, expected, Tolerance())
    assert verdict.outcome is Outcome.WRONG_SHAPE
    assert verdict.message == (
        "b has shape (2,), but should have shape (1, 2): an axis of length 1 is missing (a is wrong too; c is right)"
    )
    assert list(verdict.wrong) == ["b", "a"]


def test_a_changed_input_is_told_when_the_answer_is_right() -> None:
    seen = Observation({"a": np.ones(2)}, changed=("X",))
    assert judge(seen, {"a": np.ones(2)}, Tolerance()).outcome is Outcome.CHANGED_INPUT
    assert judge(seen, {"a": np.zeros(2)}, Tolerance()).outcome is Outcome.WRONG_VALUE


@given(st.floats(0, 100), st.lists(st.floats(0.1, 10), min_size=1, max_size=12))
def test_shares_add_up(points: float, weights: list[float]) -> None:
    assert sum(share(points, weights)) == pytest.approx(round(points, 4), abs=1e-9)
    assert min(share(points, weights)) >= 0
