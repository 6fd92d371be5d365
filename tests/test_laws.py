"""`validate`: a whole pack holds every law, and for each law there is a pack that breaks just this one."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.packs import PackError, loading
from grader.packs.validation import LAWS, Validation, validate

from .conftest import ROOT
from .small_pack import write_pack


def check(folder: Path) -> Validation:
    return validate(loading.load_mistakes(loading.load(str(folder))))


def test_a_whole_pack_holds_all_laws(tmp_path: Path) -> None:
    result = check(write_pack(tmp_path))
    assert result.findings == []
    assert [row.case for row in result.rows] == ["two", "five"] * 2
    autograd, differences, noise, single, tolerance, signal = result.rows[2].figures
    assert autograd == 0
    assert differences is not None
    assert differences < 1e-9
    assert noise == 0
    assert single is not None
    assert tolerance == pytest.approx(1.01e-7)
    assert signal == pytest.approx(0.5)


# Edits by file, in the order of the laws.
BROKEN: list[dict[str, tuple[str, str]]] = [
    {"exercises": ("rng.normal(size=5)", "np.random.default_rng().normal(size=5)")},
    {"half_twin": ("(x * x)", "(x * x * 1.0000001)")},
    {"exercises": ("(student.square_sum, case.x)", "(lambda x: 1.5 * student.square_sum(x).__float__(), case.x)")},
    {
        "half": ("result = x / 2", "result = x / 2 + np.random.rand()"),
        "half_twin": ("np.asarray(x) * 0.5", "np.asarray(x) * 0.5 + np.random.rand()"),
    },
    {
        "exercises": (
            '    return {"half": student.half(case.x)}',
            '    try:\n        return {"half": student.half(case.x)}\n'
            '    except Exception:\n        return {"half": 0 * case.x}',
        )
    },
    {"stub": ("Half of x.", "Half of x: x / 2.")},
    {"mistakes": ('"0.5 * x")', '"0.5000000001 * x")')},
    {"mistakes": ('"2 * x", "x"', '"2 * x", "2.0001 * x"')},
    {"mistakes": ("A factor comes down.", "A factor comes down of return np.sum(x * x).")},
    {
        "mistakes": (
            'pack.rewrite("times',
            'pack.mistake("another-name", "gradient", "2 * x", "1 * x", hint="Look at it.")\npack.rewrite("times',
        )
    },
    {
        "exercises": (
            "@gradient.differences",
            '@gradient.experiment("factor-forgotten", lambda case: case.other(x=-case.x))\ndef _(first, other):\n'
            '    return np.array_equal(first["gradient"], -other["gradient"])\n\n\n@gradient.differences',
        )
    },
]


@pytest.mark.parametrize("place", range(len(LAWS)), ids=lambda place: LAWS[place])
def test_a_pack_that_breaks_one_law_is_told_so_and_nothing_else(place: int, tmp_path: Path) -> None:
    result = check(write_pack(tmp_path, **BROKEN[place]))
    assert [law for law, found in result.laws.items() if found] == [LAWS[place]]


@pytest.mark.parametrize("halved", ["upstream / 2", "upstream"])
def test_a_vjp_is_held_against_central_differences(halved: str, tmp_path: Path) -> None:
    declared = (
        f'@half.backwards\ndef _(reference, upstream, x):\n    return {{"x": {halved}}}\n\n\n@pack.exercise(points=2'
    )
    result = check(write_pack(tmp_path, exercises=("@pack.exercise(points=2", declared)))
    assert bool(result.laws[LAWS[2]]) == (halved == "upstream")
    assert len(result.findings) == len(result.laws[LAWS[2]])


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ({"mistakes": ('"x / 2", "x"', '"x / 3", "x"')}, "'x / 3' stands 0 times in half, but should stand there exactly once"),
        ({"mistakes": ('"half", "x / 2", "x"', '"half", "x / 3", "x"')}, "mistakes.py: mistake 'not-halved': "),
        ({"exercises": ('title="Halves"', 'title="Halves", share=1.5')}, "exercises.py, line 5: Pack('half'): share is 1.5, but should be from 0 to 1"),
        ({"mistakes": ('"half", "x / 2", "x"', '"halve", "x / 2", "x"')}, "there is no function 'halve'; there are half"),
        ({"mistakes": ("not-halved", "Not halved")}, "a slug is made of small letters"),
        ({"mistakes": ('hint="A factor', 'place="here", hint="A factor')}, "place is 'here', but should be one of put back, "),
        ({"exercises": ("points=1", "points=-1")}, "points is -1, but should be a number from 0 up"),
        ({"exercises": ('Case("five"', 'Case("two"')}, "cases should have names of their own"),
        ({"exercises": ("points=2, cases=numbers", "points=2, cases=numbers, needs=['thirds']")}, "half.gradient: needs 'thirds'"),
        ({"exercises": ('Pack("half"', 'Pack("quarter"')}, "the pack is called 'quarter', but its folder 'half'"),
        ({"exercises": ("student.half(", "student.halve(")}, "half, 'two': the probe fails on"),
        ({"exercises": ("reference.half_twin", "reference.nowhere")}, "'reference.nowhere' is neither in the pack's folder"),
        ({"exercises": ("import numpy as np\n", "import numpy as np\n1 / 0\n")}, "exercises.py, line 2: ZeroDivisionError"),
    ],
)  # fmt: skip
def test_errors_in_a_pack_say_where_what_and_what_is_allowed(
    edits: dict[str, tuple[str, str]], message: str, tmp_path: Path
) -> None:
    folder = write_pack(tmp_path, **edits)
    with pytest.raises(PackError) as error:
        check(folder)
    assert message in str(error.value)


@pytest.mark.slow
@pytest.mark.parametrize("name", [path.name for path in loading.available(ROOT / "assignments")])
def test_a_shipped_pack_holds_all_laws(name: str) -> None:
    result = check(Path("assignments") / name)
    assert result.findings == []
    if name == "sigmoid_network":  # here nothing at all is mistaken for another
        assert all(each.singles[0] == each.singles[1] for each in result.names)
        # But for what is divided by a number of outputs or of samples, where the other mistake raises unless both are
        # one number.
        mistaken = {
            each.exercise: each.pairs[1] - each.pairs[0] for each in result.names if each.pairs[0] != each.pairs[1]
        }
        assert mistaken == {"backward": 2}
