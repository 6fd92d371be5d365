"""What a gradient check does to the networks that it is handed, and which mistakes may give what it says of them."""

from __future__ import annotations

import numpy as np

from grader.judging.compare import Array
from grader.judging.diagnose import (
    WHOLE,
    Answer,
    CaseSignatures,
    KnownMistake,
    Signatures,
    covers,
)
from grader.judging.gradient_checks import Checked, left_alone, moved_alone, sensible_step, told_apart

W, B = np.array([[1.0, 2.0]]), np.array([3.0])


def checked(*moves: tuple[Array, Array], after: Array = W) -> Checked:
    """One that was evaluated with these changes of W and b."""
    evaluated = [{"W": W + dw, "b": B + db} for dw, db in moves]
    return Checked("", {"W": 0.0, "b": 0.0}, {"W": W, "b": B}, {"W": after, "b": B}, evaluated)


def moved(*steps: float) -> tuple[Array, Array]:
    """Of W's first and second element and of b's."""
    first, second, third = steps
    return np.array([[first, second]]), np.array([third])


def test_elements_that_are_moved_one_by_one_are_back_before_the_next() -> None:
    one_by_one = checked(moved(0, 0, 0), moved(1e-5, 0, 0), moved(0, -1e-5, 0), moved(0, 0, 1e-5))
    assert left_alone(one_by_one).holds.tolist() == [1.0, 1.0]
    assert moved_alone(one_by_one).holds.tolist() == [1.0, 1.0]
    left = checked(moved(1e-5, 0, 0), moved(-1e-5, 1e-5, 0), moved(0, 0, 1e-5))
    assert moved_alone(left).holds.tolist() == [0.0, 1.0]
    assert moved_alone(left).message == "while one element was moved, others of W had not been put back yet"
    across = checked(moved(1e-5, 0, 0), moved(-1e-5, 0, 1e-5))
    assert moved_alone(across).holds.tolist() == [0.0, 0.0]


def test_a_step_with_which_a_difference_is_no_slope_is_told() -> None:
    assert sensible_step(checked(moved(1e-5, 0, 0), moved(1e-16, -1e-5, 0))).holds
    assert sensible_step(checked(moved(0, 0, 0))).holds  # that it moves nothing is told elsewhere
    assert sensible_step(checked(moved(1e-3, 0, 0), moved(0, 1e-9, 0))).holds
    assert "moved by 0.1: with so long a step" in sensible_step(checked(moved(0.1, 0, 0))).message
    short = sensible_step(checked(moved(1e-13, 0, 0), moved(0, 1e-13, 0)))
    assert "with so short a step" in short.message
    assert not short.holds


def test_rounding_is_no_move_and_many_may_be_moved_at_a_time() -> None:
    assert moved_alone(checked(moved(1e-5, 0, 0), moved(1e-16, 1e-5, 0))).holds.tolist() == [1.0, 1.0]
    along_a_direction = checked(moved(1e-5, 2e-5, -1e-5), moved(-1e-5, -2e-5, 1e-5))
    assert moved_alone(along_a_direction).holds.tolist() == [1.0, 1.0]
    # One direction for each parameter: that of a single number moves one.
    by_parameter = checked(moved(1e-5, 2e-5, 0), moved(-1e-5, -2e-5, 0), moved(0, 0, 1e-5), moved(0, 0, -1e-5))
    assert moved_alone(by_parameter).holds.tolist() == [1.0, 1.0]


def test_what_is_changed_afterwards_is_told() -> None:
    changed = checked(moved(1e-5, 0, 0), moved(1e-5, 1e-5, 0), after=W + 1e-5)
    assert left_alone(changed).message == "W of the network is not as before the check"
    assert left_alone(checked()).message == "the network was never evaluated"


def test_what_is_wrong_in_one_parameter_is_to_be_said_of_that() -> None:
    right = Checked("", {"W": 1e-9, "b": 1e-9}, {}, {}, [])
    wrong = {"W": 0.5, "b": 1e-9}
    assert told_apart([right, Checked("whose W is wrong", wrong, {}, {}, [], "W")]).holds.tolist() == [1.0, 1.0]
    assert told_apart([right, Checked("whose b is wrong", wrong, {}, {}, [], "b")]).holds.tolist() == [1.0, 0.0]
    assert told_apart([right, Checked("whose b is wrong", {"W": 0.5}, {}, {}, [], "b")]).holds.tolist() == [1.0, 0.0]


# ------------------------------------------------------------------------------------------------- pairs of mistakes


def known(*rows: tuple[str, str]) -> Signatures:
    """Singles (slug, facts): two that were weighed on a case, two that were watched on another; "x" where it raises."""
    cases: dict[str, CaseSignatures] = {}
    for number, (name, quantity) in enumerate([("a", "weighed"), ("b", "watched")]):
        facts = [text[2 * number : 2 * number + 2] for _, text in rows]
        values = np.array([[np.nan if fact == "x" else float(fact) for fact in text] for text in facts])
        words = {row: {WHOLE: "raised"} for row, text in enumerate(facts) if "x" in text}
        cases[name] = CaseSignatures({quantity: values}, words, np.ones(len(rows), bool))
    return Signatures(
        [KnownMistake(slug, "check", "") for slug, _ in rows], [(row,) for row in range(len(rows))], cases
    )


def covering(singles: Signatures, facts: str) -> list[tuple[tuple[int, ...], set[int]]]:
    """The rows, and those that are proven, of what explains four facts."""
    answers = {
        "a": Answer({"weighed": np.array([float(fact) for fact in facts[:2]])}, {}),
        "b": Answer({"watched": np.array([float(fact) for fact in facts[2:]])}, {}),
    }
    return [(each.rows, set(each.proven)) for each in covers(singles, answers, "weighed")]


def test_one_mistake_is_enough_where_it_accounts_for_all() -> None:
    singles = known(("skips", "1110"), ("halves", "0011"), ("raises", "xxxx"))
    assert covering(singles, "1110") == [((0,), {0})]
    assert covering(singles, "0011") == [((1,), {1})]
    assert covering(singles, "1100") == []  # of what was watched, each element counts
    assert covering(singles, "0111") == [((1,), set())]  # another measure: not proven, it must show in the lines


def test_two_mistakes_fail_where_either_does() -> None:
    singles = known(("skips", "1110"), ("halves", "0011"), ("doubles", "0011"), ("scales", "1011"))
    assert covering(singles, "0010") == [((0, 1), {0}), ((0, 2), {0})]  # which of the two others must show
    assert covering(singles, "1010") == [((0, 3), {0, 3})]  # what gives all of it is proven
    assert covering(known(("skips", "1110"), ("halves", "0011")), "0010") == [((0, 1), {0, 1})]


def test_a_mistake_in_one_parameter_or_another_may_be_in_both() -> None:
    assert covering(known(("skips", "1110"), ("skips", "1101")), "1100") == [((0,), {0})]
    assert covering(known(("skips", "1110"), ("stays", "1101")), "1100") == [((0, 1), {0, 1})]


def test_what_is_no_fact_is_explained_by_none() -> None:
    assert covering(known(("harmless", "1111"), ("skips", "1110")), "1111") == []
    answers = {"a": Answer({}, {WHOLE: "raised ValueError"})}
    assert covers(known(("skips", "1110")), answers, "weighed") == []
