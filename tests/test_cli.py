"""The commands: what they print, what they write, how they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import grader
from grader.cli.main import app
from grader.packs import key, loading

from .conftest import PLAIN, ROOT
from .small_pack import write_pack


def run(*arguments: str | Path | bytes, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "grader", *arguments],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_grader_alone_shows_a_command_to_try() -> None:
    done = run()
    first = run("list").stdout.partition(":")[0]
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, f"Try: grader grade {first} homework.ipynb")


def test_version() -> None:
    assert run("--version").stdout == f"grader {grader.__version__}\n"


@pytest.mark.parametrize("command", ["list", "grade", "render", "gradescope", "key", "show", "validate"])
def test_every_help_has_an_example(command: str) -> None:
    assert f"Example: grader {command}" in CliRunner().invoke(app, [command, "--help"]).stdout


def test_list_names_packs_exercises_and_points() -> None:
    text = CliRunner().invoke(app, ["list"]).stdout
    assert "sigmoid_network: Programming backpropagation: a sigmoid network, 30 points" in text
    assert "mse_loss_derivative" in text


def test_grade_prints_a_result_and_writes_the_report(tmp_path: Path) -> None:
    done = run("grade", "sigmoid_network", "tests/submissions/sigmoid_network/homework.ipynb", "-o", tmp_path)
    assert done.returncode == 0
    assert "✔ sigmoid" in done.stdout
    assert "◐ backward" in done.stdout
    assert "dW1[0, 1] is 0.0179099, but should be 0.0358198: relative error 0.5" in done.stdout
    report = json.loads((tmp_path / "homework.json").read_text())
    assert report["submission"]["kind"] == "notebook"
    shown = run("show", tmp_path / "homework.json", "backward").stdout
    assert "✘ a batch of six: 0 of 2" in shown
    assert "a hidden check: its numbers are not shown" in shown


@pytest.mark.slow
def test_without_a_folder_the_report_goes_to_results(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grader", "grade", ROOT / "assignments/sigmoid_network", PLAIN],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "30 of 30" in done.stdout
    assert (tmp_path / "results/sigmoid_network/plain.json").is_file()


def test_usage_errors_end_with_2_before_anything_is_graded(tmp_path: Path) -> None:
    for arguments, sentence in (
        (["grade", "sigmoid_network", PLAIN, tmp_path / "nowhere.py", "-o", tmp_path], "there is no file or folder"),
        (["grade", "no_such_pack", PLAIN], "there is no pack 'no_such_pack'"),
        (["grade", "sigmoid_network"], "Missing argument"),
        (["show", PLAIN], "is no report"),
        (["grade", "sigmoid_network", PLAIN, "--isolation", "perfect"], "Invalid value"),
    ):
        done = CliRunner().invoke(app, [*map(str, arguments)])
        assert (done.exit_code, done.stdout) == (2, "")
        assert sentence in " ".join(done.stderr.replace("│", " ").split())
    assert list(tmp_path.iterdir()) == []


def test_unreadable_submissions_end_with_0_and_the_others_are_graded(tmp_path: Path) -> None:
    (tmp_path / "empty.ipynb").write_bytes(b"")
    (tmp_path / "image.png").write_bytes(b"x")
    done = run(
        "grade", "sigmoid_network", tmp_path / "empty.ipynb", tmp_path / "image.png", PLAIN, "-o", tmp_path / "out"
    )
    assert done.returncode == 0
    read = {path.stem: json.loads(path.read_text()) for path in (tmp_path / "out").glob("*.json")}
    assert (read["empty"]["status"], read["empty"]["score"]) == ("unreadable", None)
    assert "zero bytes" in read["empty"]["message"]
    assert read["image"]["message"] == "It is neither a .py nor an .ipynb file, nor a folder or archive."
    assert read["plain"]["score"] == 30


@pytest.mark.slow
def test_fail_under(tmp_path: Path) -> None:
    empty = tmp_path / "empty.py"
    empty.write_text("")
    assert run("grade", "sigmoid_network", empty, "-o", tmp_path, "--fail-under", "50").returncode == 1
    assert run("grade", "sigmoid_network", PLAIN, "-o", tmp_path, "--fail-under", "100").returncode == 0
    report = json.loads((tmp_path / "empty.json").read_text())
    assert {each["outcome"] for each in report["exercises"]} == {"not_defined"}
    assert report["exercises"][0]["checks"][0]["message"] == "sigmoid is not defined in empty.py (it defines: nothing)"


NO_TORCH = """
import sys, importlib.metadata
sys.modules["torch"] = None
version = importlib.metadata.version
def without(name):
    if name == "torch": raise importlib.metadata.PackageNotFoundError(name)
    return version(name)
importlib.metadata.version = without
from grader.cli.main import main
main()
"""


@pytest.mark.slow
@pytest.mark.usefixtures("sigmoid_network")
def test_without_torch_a_key_is_needed_and_enough(tmp_path: Path) -> None:
    def without_torch(**environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", NO_TORCH, "grade", "sigmoid_network", PLAIN, "-o", tmp_path],
            cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    empty = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = without_torch(**empty)
    assert done.returncode == 3
    assert "install torch, or bring the key" in done.stderr
    assert run("key", "sigmoid_network", "-o", tmp_path / "the.key").returncode == 0
    assert "30 of 30" in without_torch(**empty, GRADER_KEY=str(tmp_path / "the.key")).stdout
    assert "30 of 30" in without_torch().stdout  # the cache of the session has a key made with torch
    other = without_torch(**empty, GRADER_KEY=str(tmp_path / "the.key"), GRADER_SEED="7")
    assert other.returncode == 3
    assert "was made for another seed" in other.stderr


@pytest.mark.slow
def test_a_damaged_key_is_made_again_with_a_note(tmp_path: Path) -> None:
    pack, cache = write_pack(tmp_path), {"XDG_CACHE_HOME": str(tmp_path)}
    answer = tmp_path / "hw.py"
    answer.write_text((pack / "reference" / "half.py").read_text())
    assert run("grade", pack, answer, "-o", tmp_path / "out", **cache).returncode == 0
    (path,) = (tmp_path / "grader").glob("*.key")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    done = run("grade", pack, answer, "-o", tmp_path / "out", **cache)
    assert (done.returncode, "3 of 3" in done.stdout) == (0, True)
    assert "it is damaged, or no answer key); it is made again" in done.stderr


def test_a_key_is_its_owners_alone_and_changes_with_the_pack(tmp_path: Path) -> None:
    pack = loading.load("sigmoid_network")
    key.write(key.Key(key.ingredients(pack, 1), {}, {}, {}, {}), tmp_path / "a.key")
    assert (tmp_path / "a.key").stat().st_mode & 0o077 == 0
    assert key.ingredients(pack, 1) != key.ingredients(pack, 2)


@pytest.mark.slow
@pytest.mark.parametrize("pack", ["xor_script", "training_loop"])
def test_packs_in_numpy_grade_with_a_key_and_without_torch(pack: str, tmp_path: Path) -> None:
    assert run("key", pack, "-o", tmp_path / "the.key").returncode == 0
    # A wrong sigmoid, so that what needs it is asked again with the reference's.
    text = (ROOT / "reference" / f"{pack}.py").read_text().replace("return np.where(", "return 1.001 * np.where(")
    (tmp_path / "hw.py").write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", NO_TORCH, "grade", pack, tmp_path / "hw.py", "-o", tmp_path / "results"],
        cwd=ROOT, env={**os.environ, "XDG_CACHE_HOME": str(tmp_path), "GRADER_KEY": str(tmp_path / "the.key")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "results" / "hw.json").read_text())
    lost = {each["id"] for each in report["exercises"] if each["score"] < each["max_score"]}
    assert "sigmoid" in lost
    assert "train" not in lost
    assert "backward" not in lost
