"""What students get: that it is whole, and that no solution and no hidden case is in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from grader.cli.main import app, make_task
from grader.grading import Task
from grader.packs import PackError, loading, stubs
from grader.packs.model import Pack
from grader.practice import leaks
from grader.practice.compiled import NoCheckPackError, compiled, from_bytes, read
from grader.practice.release import Release, release
from grader.reports import LEVELS
from grader.sandbox.worker.wire import WireError

from .small_pack import write_pack

PACKS = [folder.name for folder in loading.available(Path(__file__).parent.parent / "assignments")]


@pytest.fixture(scope="module")
def released(sigmoid_network: Task) -> Release:
    return release(sigmoid_network)


@pytest.fixture
def half(tmp_path: Path) -> Task:
    return make_task(loading.load(str(write_pack(tmp_path))), None)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["release", *map(str, arguments)])


def hidden_arrays(pack: Pack) -> list[bytes]:
    """The numbers that hidden cases hand in."""
    return [
        np.asarray(value, float).tobytes()
        for each in pack.exercises.values()
        for case in each.cases(pack.seed, pack.seed)
        if case.hidden
        for value in case.fields.values()
        if isinstance(value, np.ndarray) and value.size > 2
    ]


def test_a_release_has_stubs_checks_and_a_readme(released: Release) -> None:
    assert set(released.files) == {
        "README.md", "sigmoid_network.py", "sigmoid_network.ipynb", "sigmoid_network.check",
    }  # fmt: skip
    assert b"pip install backprop_grader" in released.files["README.md"]
    assert b"11 hidden checks with other numbers come on top" in released.files["README.md"]
    assert b'check(\\"backward\\")' in released.files["sigmoid_network.ipynb"]


def test_a_check_pack_asks_and_expects_what_the_pack_does(sigmoid_network: Task) -> None:
    made = from_bytes(compiled(sigmoid_network).content)
    whole = sigmoid_network.pack
    assert list(made.task.pack.exercises) == list(whole.exercises)
    for name, exercise in made.task.pack.exercises.items():
        own = whole.exercises[name]
        public = [case for case in own.cases(whole.seed, whole.seed) if not case.hidden]
        cases = exercise.cases(0, 0)
        assert [case.name for case in cases] == [case.name for case in public]
        for case, other in zip(cases, public, strict=True):
            assert list(case.fields) == list(other.fields)
            for field, value in other.fields.items():
                if callable(value):
                    assert case.fields[field](case.x) == value(case.x)
                else:
                    np.testing.assert_array_equal(case.fields[field], value)
            for quantity, value in sigmoid_network.key.expected(own, other).items():
                np.testing.assert_array_equal(made.task.key.expected(exercise, case)[quantity], value)
        assert [len(each.combinations) for each in made.task.key.signatures(exercise)] == [
            len(each.combinations) for each in sigmoid_network.key.signatures(own)
        ]


def test_no_hidden_case_is_in_a_check_pack(sigmoid_network: Task) -> None:
    content = compiled(sigmoid_network).content
    pack = sigmoid_network.pack
    arrays = hidden_arrays(pack)
    assert len(arrays) > 20
    assert not [array for array in arrays if array in content]
    for each in pack.exercises.values():
        for case in each.cases(pack.seed, pack.seed):
            if case.hidden:
                assert f'"{case.name}"'.encode() not in content
    assert b"hidden=True" not in content
    assert str(pack.seed).encode() not in content
    public = pack.exercises["backward"].cases(pack.seed, pack.seed)[1]
    assert public.W1.tobytes() in content  # the search finds what is there


@pytest.mark.parametrize(
    "name", ["sigmoid_network", *(pytest.param(each, marks=pytest.mark.slow) for each in PACKS[:])]
)
def test_no_line_of_a_solution_is_in_a_release(name: str, sigmoid_network: Task) -> None:
    task = sigmoid_network if name == "sigmoid_network" else make_task(loading.load(name), None)
    pack = loading.load_mistakes(task.pack)
    lines = leaks.secrets(pack)
    assert len(lines) > 20
    for file, content in release(task).files.items():
        assert leaks.found(leaks.texts(file, content), lines) == []


def test_each_line_of_a_solution_would_be_found(sigmoid_network: Task, released: Release) -> None:
    pack = loading.load_mistakes(sigmoid_network.pack)
    lines = leaks.secrets(pack)
    reference = loading.module_path(pack, pack.reference).read_text()
    assert set(leaks.found([reference], stubs.solution_lines(loading.reference(pack)) & lines)) >= {
        stubs.normalised("self.z1 = X @ self.W1 + self.b1")
    }
    for line in lines:
        assert line in leaks.found([f"text\n{line.replace('=', ' = ')}\n"], lines)
    # In a notebook, where quotes and line ends are written another way.
    file = released.files["sigmoid_network.ipynb"].replace(b"import numpy as np", b"dW2 = self.a1.T @ dz2")
    assert leaks.found(leaks.texts("a.ipynb", file), lines) != []


def test_nothing_is_released_that_holds_a_solution(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "data").mkdir()
    (folder / "data" / "notes.txt").write_text("square_sum: return  np.sum(x*x)")
    result = run(folder, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "data/notes.txt would hold a line of the solution" in result.output.replace("\n", " ")
    assert not (tmp_path / "out").exists()


def test_data_files_are_part_of_it_and_links_are_not(half: Task, tmp_path: Path) -> None:
    data = half.pack.folder / "data"
    data.mkdir()
    (data / "points.csv").write_text("1,2\n")
    (data / "link").symlink_to(half.pack.folder / "mistakes.py")
    assert {name for name in release(half).files if name.startswith("data")} == {"data/points.csv"}


def test_what_is_told_is_all_that_is_in_the_file(sigmoid_network: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    for level in LEVELS:
        monkeypatch.setitem(sigmoid_network.pack.feedback, "check", level)
        made = compiled(sigmoid_network)
        sizes.append(len(made.content))
        assert (b"batch-mean-twice" in made.content) == (level in ("mistake", "hint"))
        assert (b"The mean over the batch" in made.content) == (level == "hint")
        assert from_bytes(made.content).feedback == level
    assert sizes == sorted(sizes)


def test_what_needs_the_course_is_graded_after_hand_in(tmp_path: Path) -> None:
    edit = ('    return {"half": student.half(case.x)}', '    return {"half": pack and student.half(case.x)}')
    task = make_task(loading.load(str(write_pack(tmp_path, exercises=edit))), None)
    made = release(task)
    assert made.reasons == {"half": "it uses pack, which a release does not hold"}
    assert b"* `half`: Halves" in made.files["README.md"]
    check = from_bytes(made.files["half.check"])
    assert list(check.task.pack.exercises) == ["gradient"]
    assert dict(check.withheld) == {"half": "Halves"}


@pytest.mark.parametrize("place", [0, 25, 60, -1])
def test_a_damaged_check_pack_says_so(half: Task, place: int, tmp_path: Path) -> None:
    content = bytearray(compiled(half).content)
    content[place] ^= 1
    with pytest.raises(WireError):
        from_bytes(bytes(content))
    with pytest.raises(WireError):
        from_bytes(bytes(content[: len(content) // 2]))
    path = tmp_path / "half.check"
    path.write_bytes(content)
    with pytest.raises(NoCheckPackError, match="Get it again"):
        read(path)


def test_a_folder_with_other_files_is_left_alone(half: Task, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("mine")
    result = run(half.pack.folder, "-o", out)
    assert result.exit_code == 2
    assert "holds other files" in result.output
    assert [path.name for path in out.iterdir()] == ["thesis.txt"]
    assert run(half.pack.folder, "-o", tmp_path / "new").exit_code == 0
    assert run(half.pack.folder, "-o", tmp_path / "new").exit_code == 0  # an earlier release is written over
    assert run(half.pack.folder, "-o", half.pack.folder / "handout").exit_code == 2


def test_a_release_of_no_pack_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(PackError):
        loading.load(str(tmp_path))
    assert run(tmp_path, "-o", tmp_path / "out").exit_code == 2
