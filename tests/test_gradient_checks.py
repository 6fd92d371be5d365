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
    are_same,
    near_pairs,
)
from grader.judging.gradient_checks import Checked, left_alone

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
    left = checked(moved(1e-5, 0, 0), moved(-1e-5, 1e-5, 0), moved(0, 0, 1e-5))
    assert left_alone(left).holds.tolist() == [0.0, 1.0]
    assert left_alone(left).message == "while one element was moved, others of W had not been put back yet"
    across = checked(moved(1e-5, 0, 0), moved(-1e-5, 0, 1e-5))
    assert left_alone(across).holds.tolist() == [0.0, 0.0]


def test_rounding_is_no_move_and_many_may_be_moved_at_a_time() -> None:
    assert left_alone(checked(moved(1e-5, 0, 0), moved(1e-16, 1e-5, 0))).holds.tolist() == [1.0, 1.0]
    along_a_direction = checked(moved(1e-5, 2e-5, -1e-5), moved(-1e-5, -2e-5, 1e-5))
    assert left_alone(along_a_direction).holds.tolist() == [1.0, 1.0]
    # One direction for each parameter: that of a single number moves one.
    by_parameter = checked(moved(1e-5, 2e-5, 0), moved(-1e-5, -2e-5, 0), moved(0, 0, 1e-5), moved(0, 0, -1e-5))
    assert left_alone(by_parameter).holds.tolist() == [1.0, 1.0]


def test_what_is_changed_afterwards_is_told_first() -> None:
    changed = checked(moved(1e-5, 0, 0), moved(1e-5, 1e-5, 0), after=W + 1e-5)
    assert left_alone(changed).message == "W of the network is not as before the check"
    assert left_alone(checked()).message == "the network was never evaluated"


# ------------------------------------------------------------------------------------------------- pairs of mistakes


def known(*rows: tuple[str, str]) -> Signatures:
    """Singles (slug, facts) on three cases of two facts each; "x" where the mistake raises."""
    cases: dict[str, CaseSignatures] = {}
    for number, name in enumerate("abc"):
        facts = [text[2 * number : 2 * number + 2] for _, text in rows]
        values = np.array([[np.nan if fact == "x" else float(fact) for fact in text] for text in facts])
        words = {row: {WHOLE: "raised"} for row, text in enumerate(facts) if "x" in text}
        cases[name] = CaseSignatures({"fact": values}, words, np.ones(len(rows), bool))
    return Signatures(
        [KnownMistake(slug, "check", "") for slug, _ in rows], [(row,) for row in range(len(rows))], cases
    )


def seen(text: str) -> dict[str, Answer]:
    return {
        name: Answer({"fact": np.array([float(fact) for fact in text[2 * number : 2 * number + 2]])}, {})
        for number, name in enumerate("abc")
    }


def test_two_mistakes_fail_about_where_either_does() -> None:
    singles = known(("one-sided", "110111"), ("skips", "011111"), ("skips", "101111"), ("nothing", "xxxxxx"))
    rows = list(range(4))
    exact = near_pairs(singles, seen("010111"), rows)
    assert exact[0] == ((0, 1), ["a", "b", "c"])
    assert [pair for pair, _ in exact] == [(0, 1), (0, 2)]  # the second on one case otherwise; never two of one kind
    # What they would not give is asked first.
    assert near_pairs(singles, seen("010110"), rows)[0] == ((0, 1), ["c", "a", "b"])
    assert near_pairs(singles, seen("001000"), rows) == []
    assert near_pairs(singles, seen("010111"), [0, 3]) == []


def test_what_is_no_fact_is_explained_by_no_pair() -> None:
    answers = {**seen("010111"), "b": Answer({}, {WHOLE: "raised ValueError"})}
    assert near_pairs(known(("one-sided", "110111"), ("skips", "011111")), answers, [0, 1]) == []


def test_answers_are_the_same_if_their_facts_are() -> None:
    assert are_same(seen("010111")["a"], seen("011111")["a"])
    assert not are_same(seen("010111")["a"], seen("110111")["a"])
    assert not are_same(seen("010111")["a"], Answer({}, {WHOLE: "raised"}))
