"""Generated rewrites of right solutions: none loses a point, none is accused, and no two are alike."""

from __future__ import annotations

import ast
import itertools
import math
import random
from collections.abc import Iterable

import pytest

from grader.grading import Task

from . import rewrites
from .conftest import Grade
from .rewrite_edits import shape_of
from .rewrite_parts import FUNCTIONS
from .rewrites import Judged, all_judged, complaints, judged, rewrite, upper_bound, without_a_scalar


@pytest.mark.parametrize("seed", range(2))
def test_a_right_solution_in_other_words_gets_all_points_and_no_diagnosis(seed: int, sigmoid_network: Task) -> None:
    assert judged(sigmoid_network, seed).complaints == []


@pytest.mark.slow
def test_a_thousand_right_solutions_get_all_points_and_no_diagnosis(sigmoid_network: Task) -> None:
    wrongly = [each for each in all_judged(range(1000)) if each.complaints]
    assert wrongly == []


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [rewrite(seed) for seed in range(24)]


def test_rewrites_differ_in_their_texts_and_in_their_trees_whatever_the_names(texts: list[str]) -> None:
    assert len(set(texts)) == len(texts)
    assert len({shape_of(text) for text in texts}) == len(texts)
    # Two of them share hardly any function.
    bodies = [
        {shape_of(ast.unparse(node)) for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
        for text in texts
    ]
    shared = [len(one & other) / len(one) for one, other in itertools.pairwise(bodies) if one]
    assert sum(shared) / len(shared) < 0.3


def test_a_seed_always_gives_the_same_module(texts: list[str]) -> None:
    assert rewrite(7) == texts[7]


def test_every_kind_and_every_edit_is_drawn(texts: list[str]) -> None:
    for trace in ("import torch", ".float32)", "_of", "einsum", "for ", "out=", "lambda", "δ", "__main__"):
        assert any(trace in text for text in texts), trace
    assert all(len(ways) >= 7 for ways in FUNCTIONS)


def test_names_don_t_count_in_the_shape_of_a_module() -> None:
    assert shape_of("def f(x):\n    return x + 1") == shape_of("def g(y):\n    return y + 1")
    assert shape_of("def f(x, y):\n    return x + y") != shape_of("def f(x, y):\n    return y + x")


@pytest.mark.parametrize("seed", [1, 4])
def test_a_rewrite_with_a_scalar_dropped_is_reported(seed: int, grade_text: Grade) -> None:
    spoilt = without_a_scalar(rewrite(seed), random.Random(seed))
    assert any("wrong_value" in each for each in complaints(grade_text(spoilt)))


def test_an_accusation_is_reported(grade_text: Grade, plain: str) -> None:
    said = complaints(grade_text(plain + "\ndef mse_loss(p, t):\n    return ((p - t) ** 2).mean() / 2\n"))
    assert any(each.startswith("mse_loss is said to be half-loss (line ") for each in said)


def test_what_is_judged_wrongly_is_printed_with_its_seed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def found(seeds: Iterable[int]) -> list[Judged]:
        return [Judged(seed, ["backward gets 7 of 8"] if seed == 12 else []) for seed in seeds]

    monkeypatch.setattr(rewrites, "all_judged", found)
    monkeypatch.setattr("sys.argv", ["rewrites", "100"])
    assert rewrites.main() == 1
    printed = capsys.readouterr().out
    assert printed.startswith("seed 12:\n    backward gets 7 of 8\n")
    assert "100 rewrites of right solutions graded, 1 wrongly: at most 4.656% are (95 % confidence)" in printed
    monkeypatch.setattr("sys.argv", ["rewrites", "100", "50"])
    assert rewrites.main() == 0


@pytest.mark.parametrize(("failed", "number"), [(0, 1000), (1, 100), (3, 50), (9, 10)])
def test_the_bound_is_where_so_few_failures_have_a_chance_of_one_in_twenty(failed: int, number: int) -> None:
    bound = upper_bound(failed, number)
    chance = sum(math.comb(number, i) * bound**i * (1 - bound) ** (number - i) for i in range(failed + 1))
    assert chance == pytest.approx(0.05)


def test_the_bound_obeys_the_rule_of_three_where_none_failed() -> None:
    assert upper_bound(0, 1000) == pytest.approx(3 / 1000, rel=0.01)
    assert upper_bound(5, 5) == 1
