"""A class at a time: the same reports however they are made, and none lost or made twice."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import pty
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader import batch
from grader.batch import processes
from grader.batch.processes import CallFailedError, NotReadyError, ProcessDiedError, Processes
from grader.cli.main import app
from grader.reports import write_atomically
from grader.sandbox.scratch import Scratch

from .conftest import ROOT, children
from .small_class import reports, stamps, submission, write_class


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "grader", *map(str, arguments)]


def grade(*arguments: str | Path) -> int:
    return app(["grade", *map(str, arguments)], standalone_mode=False) or 0


@pytest.mark.slow
def test_reports_do_not_depend_on_processes_or_order(half: Path, tmp_path: Path) -> None:
    folder = write_class(tmp_path / "class", 7)
    (folder / "ends.py").write_text(submission(7, "ends"))
    (folder / "empty.ipynb").write_bytes(b"")
    files = sorted(folder.iterdir())
    grade(half, *files, "-j", "1", "-o", tmp_path / "one")
    grade(half, *files, "-j", "3", "-o", tmp_path / "three")
    grade(half, *reversed(files), "-j", "2", "-o", tmp_path / "reversed")
    assert len(reports(tmp_path / "one")) == 10
    assert reports(tmp_path / "one") == reports(tmp_path / "three")
    other = reports(tmp_path / "reversed")
    assert other["summary.json"].pop("submissions")[::-1] == reports(tmp_path / "one")["summary.json"]["submissions"]
    assert {**other, "summary.json": None} == {**reports(tmp_path / "one"), "summary.json": None}
    # One alone is graded in the judge's own process.
    grade(half, files[1], "-o", tmp_path / "alone")
    assert reports(tmp_path / "alone")[f"{files[1].stem}.json"] == reports(tmp_path / "one")[f"{files[1].stem}.json"]


@pytest.mark.slow
def test_what_was_graded_is_not_graded_again(half: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = write_class(tmp_path / "class", 4), tmp_path / "out"
    grade(half, folder, "-o", out)
    before = stamps(out)
    (folder / "s00001.py").write_text(submission(11))
    (folder / "s00009.py").write_text(submission(12))
    (out / "s00002.json").write_text('{"status": "graded", "run": {')
    capsys.readouterr()
    assert grade(half, folder, "-o", out) == 0
    printed = capsys.readouterr()
    changed = {name for name, stamp in stamps(out).items() if before.get(name) != stamp}
    assert changed == {"s00001.json", "s00002.json", "s00009.json"}
    assert "2 of 5 were graded before; --fresh grades them again." in printed.err
    assert len(printed.out.splitlines()) == 4  # a line for each that is graded now, and the closing one
    graded = reports(out)
    for path in out.glob("s*.json"):
        path.write_bytes(path.read_bytes().replace(b'"max_score": 3', b'"max_score": 4'))
    assert reports(out) != graded
    capsys.readouterr()
    grade(half, folder, "-o", out, "--fresh")
    assert reports(out) == graded
    assert len(capsys.readouterr().out.splitlines()) == 6


@pytest.mark.slow
def test_another_seed_or_pack_is_graded_anew(half: Path, tmp_path: Path) -> None:
    folder, out = write_class(tmp_path / "class", 2), tmp_path / "out"
    grade(half, folder, "-o", out)
    before = stamps(out)
    grade(half, folder, "-o", out, "--seed", "5")
    assert all(before[name] != stamp for name, stamp in stamps(out).items())


def test_a_renamed_submission_keeps_its_report(half: Path, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "hw.py").write_text(submission(0))
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "hw.py").write_text(submission(0))
    out = tmp_path / "out"
    grade(half, tmp_path / "a" / "hw.py", tmp_path / "b" / "hw.py", "-o", out)
    one, other = (json.loads((out / name).read_text()) for name in ("hw.json", "hw-2.json"))
    assert one["run"] == other["run"]  # the same bytes under the same name: graded once
    assert (one["submission"]["file"], other["submission"]["file"]) == (
        str(tmp_path / "a" / "hw.py"),
        str(tmp_path / "b" / "hw.py"),
    )


@pytest.mark.slow
def test_the_best_attempt_counts_and_every_attempt_is_kept(half: Path, tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ada_101_90001_hw.py", submission(0, "right"))
        archive.writestr("ada_101_90002_hw-1.py", submission(1, "factor"))
        archive.writestr("ben_102_90003_hw.py", submission(2, "factor"))
    out = tmp_path / "out"
    grade(half, path, "-o", out, "--keep", "best")
    ada = json.loads((out / "ada_101.json").read_text())
    assert ada["score"] == 3
    assert ada["student"] == {"id": "101", "name": "ada"}
    assert [(row["score"], row["kept"]) for row in ada["submission"]["attempts"]] == [(3, True), (1, False)]
    assert {each.name for each in (out / "attempts").iterdir()} == {"ada_101.1.json", "ada_101.2.json"}
    before = {**stamps(out), **stamps(out / "attempts")}
    grade(half, path, "-o", out, "--keep", "best")
    assert before == {**stamps(out), **stamps(out / "attempts")}
    grade(half, path, "-o", out)
    ada = json.loads((out / "ada_101.json").read_text())
    assert ada["score"] == 1
    assert [(row["score"], row["kept"]) for row in ada["submission"]["attempts"]] == [(None, False), (1, True)]


GRADESCOPE = """\
submission_1:
  :submitters:
  - :name: Ada
    :sid: '1'
  :created_at: 2026-11-20 12:00:30 Z
submission_2:
  :submitters:
  - :name: Ben
    :sid: '2'
  :created_at: 2026-11-19 12:00:00 Z
"""


@pytest.mark.slow
def test_a_report_says_how_late_it_is(half: Path, tmp_path: Path) -> None:
    from .small_pack import write_pack

    pack = write_pack(tmp_path, exercises=('title="Halves"', 'title="Halves", deadline=DUE'))
    text = (pack / "exercises.py").read_text()
    due = "import datetime\nDUE = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)\n"
    (pack / "exercises.py").write_text(due + text)
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("submission_metadata.yml", GRADESCOPE)
        archive.writestr("submission_1/hw.py", submission(0))
        archive.writestr("submission_2/hw.py", submission(1))
    grade(pack, path, "-o", tmp_path / "out", "--keep", "before=2026-11-20T12:01+00:00")
    ada, ben = (json.loads((tmp_path / "out" / f"submission_{number}.json").read_text()) for number in (1, 2))
    assert (ada["submission"]["submitted_at"], ada["submission"]["late_seconds"]) == ("2026-11-20T12:00:30+00:00", 30)
    assert ben["submission"]["late_seconds"] == 0
    grade(pack, path, "-o", tmp_path / "out", "--keep", "before=2026-11-20T12:00+00:00")
    ada = json.loads((tmp_path / "out" / "submission_1.json").read_text())
    assert (ada["status"], ada["message"]) == ("unreadable", "It was handed in after 2026-11-20T12:00:00+00:00.")


def test_two_graders_do_not_write_to_one_folder(half: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_class(tmp_path / "class", 1)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".writing-abc").write_text("half a repo")
    with batch.writing_to(tmp_path / "out"):
        assert grade(half, folder, "-o", tmp_path / "out") == 2
    assert "another grader is writing to" in capsys.readouterr().err
    assert not (tmp_path / "out" / ".writing-abc").exists()
    assert grade(half, folder, "-o", tmp_path / "out") == 0


@pytest.mark.slow
def test_on_a_terminal_there_is_a_bar(half: Path, tmp_path: Path) -> None:
    folder = write_class(tmp_path / "class", 3)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command("grade", half, folder, "-o", tmp_path / "out"),
        stdout=theirs,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError), os.fdopen(ours, "rb", 0) as terminal:
        while piece := terminal.read(4096):
            shown += piece
    assert process.wait() == 0
    assert b"3/3" in shown
    assert b"100 %" in shown
    assert b"s00001.py" in shown


# ---------------------------------------------------------------------------------------------- stopped and killed


def until_a_report(folder: Path, process: subprocess.Popen[str]) -> None:
    while not list(folder.glob("s*.json")) and process.poll() is None:
        time.sleep(0.02)


def all_ended(pids: Iterable[int]) -> bool:
    """Whether they end: what was killed may need a moment on a busy machine."""
    end = time.monotonic() + 30
    while (left := [pid for pid in pids if is_running(pid)]) and time.monotonic() < end:
        time.sleep(0.02)
    return not left


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_cleanly_and_says_where_to_go_on(number: signal.Signals, half: Path, tmp_path: Path) -> None:
    folder, out = write_class(tmp_path / "class", 30), tmp_path / "out"
    arguments = command("grade", half, folder, "-o", out)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = subprocess.Popen(
        arguments,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(scratch)},
    )
    until_a_report(out, process)
    started = descendants(process.pid)
    process.send_signal(number)
    _, complaint = process.communicate(timeout=60)
    assert process.returncode == 130
    count = len(list(out.glob("s*.json")))
    assert complaint.strip().splitlines()[-1] == (
        f"Stopped. {count} of 30 submissions are graded and kept in {out}; the same command goes on with the others."
    )
    assert 0 < count < 30
    assert all_ended(started)
    assert list(scratch.iterdir()) == []
    before = stamps(out)
    assert subprocess.run(arguments, cwd=ROOT, check=False, capture_output=True).returncode == 0
    assert len(stamps(out)) == 30
    assert before.items() <= stamps(out).items()


@pytest.mark.parametrize("is_written", [True, False])
def test_a_report_counts_as_soon_as_it_is_written(
    is_written: bool, half: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = write_class(tmp_path / "class", 3), tmp_path / "out"

    def interrupted(path: Path, content: bytes) -> None:
        count = len(list(out.glob("s*.json")))
        if count < 1 or is_written:
            write_atomically(path, content)
        if count >= 1:
            raise KeyboardInterrupt

    monkeypatch.setattr("grader.batch.run.write_atomically", interrupted)
    assert grade(half, folder, "-j", "1", "-o", out) == 130
    count = len(list(out.glob("s*.json")))
    assert count == 1 + is_written
    assert f"Stopped. {count} of 3 submissions are graded" in " ".join(capsys.readouterr().err.split())


def descendants(pid: int) -> set[int]:
    found: set[int] = set()
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found |= {int(child)} | descendants(int(child))
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
def test_killed_at_twenty_random_moments_nothing_is_lost_or_graded_twice(half: Path, tmp_path: Path) -> None:
    folder = write_class(tmp_path / "class", 24)
    (folder / "ends.py").write_text(submission(30, "ends"))
    quiet = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    start = time.monotonic()
    subprocess.run(command("grade", half, folder, "-o", tmp_path / "undisturbed"), check=True, **quiet)  # type: ignore[call-overload]
    seconds = time.monotonic() - start
    moments = random.Random(8)
    kills = interrupted = rounds = 0
    while kills < 20:
        rounds += 1
        out = tmp_path / f"out{rounds}"
        arguments = command("grade", half, folder, "-o", out)
        kept: dict[str, tuple[int, int]] = {}
        while kills < 20:
            process = subprocess.Popen(arguments, **quiet)  # type: ignore[call-overload]
            # Some way into the work, or (no report yet) into the start; then at any moment of what comes next.
            reached = len(kept) + moments.randint(0, 4)
            while len(stamps(out)) < reached and process.poll() is None:
                time.sleep(0.005)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(moments.uniform(0, 0.3 if reached > len(kept) else seconds / 2))
            process.kill()
            if process.wait() == 0:
                break
            kills += 1
            now = stamps(out)
            interrupted += len(kept) < len(now) < 25
            assert kept.items() <= now.items()
            assert all(json.loads((out / name).read_text())["status"] == "graded" for name in now)
            kept = now
        subprocess.run(arguments, check=True, **quiet)  # type: ignore[call-overload]
        assert kept.items() <= stamps(out).items()
        assert reports(out) == reports(tmp_path / "undisturbed")
        assert not [path for path in out.iterdir() if path.name.startswith(".")]
    assert interrupted >= 8  # it was killed in the middle of grading, too


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for a few reports."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", folder], check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.slow
def test_a_full_disk_stops_the_run_and_loses_nothing(
    half: Path, tmp_path: Path, small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_class(tmp_path / "class", 30)
    grade(half, folder, "-o", tmp_path / "undisturbed")
    assert grade(half, folder, "-o", small_disk / "out") == 3
    complaint = capsys.readouterr().err
    count = len(stamps(small_disk / "out"))
    assert "No space left on device" in complaint
    assert f"{count} of 30 submissions are graded and kept" in complaint
    assert 0 < count < 30
    before = stamps(small_disk / "out")
    expected = reports(tmp_path / "undisturbed")
    assert all(expected[name] == report for name, report in reports(small_disk / "out").items())
    subprocess.run(["mount", "-o", "remount,size=16m", small_disk], check=True)
    assert grade(half, folder, "-o", small_disk / "out") == 0
    assert before.items() <= stamps(small_disk / "out").items()
    assert reports(small_disk / "out") == expected


# ----------------------------------------------------------------------------------------------- processes that die


def die(number: int) -> None:
    os.kill(os.getpid(), number)


def die_once(mark: str) -> int:
    path = Path(mark)
    if not path.exists():
        path.touch()
        die(signal.SIGKILL)
    return 7


@pytest.mark.slow
def test_a_process_that_dies_costs_a_retry_and_takes_no_other_call_with_it(tmp_path: Path) -> None:
    with Processes(2, len, ("",)) as executor:
        calls = [executor.submit(abs, -number) for number in range(5)]
        deadly = executor.submit(die, signal.SIGKILL)
        once = executor.submit(die_once, str(tmp_path / "mark"))
        raises = executor.submit(int, "seven")
        calls += [executor.submit(abs, -number) for number in range(5)]
        assert [call.result() for call in calls] == [*range(5), *range(5)]
        assert once.result() == 7
        with pytest.raises(ProcessDiedError, match=r"signal 9, signal 9, signal 9"):
            deadly.result()
        with pytest.raises(CallFailedError, match="invalid literal for int"):
            raises.result()


def come_and_go(place: str) -> None:
    """Makes and removes submissions' folders for ever."""
    tempfile.tempdir = place
    Path(place, "begun").touch()
    while True:
        Scratch([(f"{number}/data.csv", b"1") for number in range(20)]).remove()


@pytest.mark.slow
def test_a_process_that_is_stopped_leaves_no_folder_whatever_it_was_busy_with(tmp_path: Path) -> None:
    chance = random.Random(0)
    for number in range(12):
        place = tmp_path / str(number)
        place.mkdir()
        executor = Processes(1, len, ("",))
        executor.submit(come_and_go, str(place))
        while not (place / "begun").exists():
            time.sleep(0.01)
        time.sleep(chance.random() / 50)
        executor.shutdown(cancel_futures=True)
        assert [each.name for each in place.iterdir()] == ["begun"]


IN_FORKS = """
import os, signal, time
from pathlib import Path
from grader.batch import processes

mark, begun = Path(os.environ["MARK"]), []

def begin(number):
    begun.append(number)

def first_dies(number):
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number, begun

def main():
    assert processes.can_fork()
    with processes.Processes(3, begin, (7,), forks=3) as executor:
        calls = [executor.submit(first_dies, number) for number in range(4)]
        print([call.result() for call in calls], begun)
        print(executor.submit(int, "seven").exception())
    with processes.Processes(2, begin, (7,), forks=2) as executor:
        pass  # never asked
    executor = processes.Processes(2, begin, (7,), forks=2)
    slow = executor.submit(time.sleep, 60)
    while not slow.running():
        time.sleep(0.01)
    executor.shutdown(cancel_futures=True)
    print(type(slow.exception()).__name__)
    with processes.Processes(1, os._exit, (4,), forks=1) as executor:
        print(executor.submit(abs, -1).exception())
    left = processes.Processes(1, begin, (7,), forks=1)  # neither asked nor ended
"""


@pytest.mark.slow
def test_forks_are_used_as_other_processes_are(tmp_path: Path) -> None:
    (tmp_path / "calls.py").write_text(IN_FORKS)
    result = subprocess.run(
        [sys.executable, "-c", "import calls; calls.main()"], capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "MARK": str(tmp_path / "mark")},
    )  # fmt: skip
    assert result.stderr == ""
    assert result.stdout.startswith("[(0, [7]), (1, [7]), (2, [7]), (3, [7])] []\n")
    assert "\nValueError: invalid literal for int() with base 10: 'seven'\n" in result.stdout
    assert result.stdout.splitlines()[-2:] == [
        "ProcessDiedError", "the process that was to do it ended (exit code 4, exit code 4, exit code 4)"
    ]  # fmt: skip


@pytest.mark.slow
def test_a_process_that_cannot_be_made_ready_says_why(half: Path, tmp_path: Path) -> None:
    with Processes(1, int, ("seven",)) as executor:
        call = executor.submit(abs, -1)
        with pytest.raises(NotReadyError, match=r"^ValueError: invalid literal for int\(\) with base 10: 'seven'$"):
            call.result()
    with Processes(1, os._exit, (4,)) as executor:
        call = executor.submit(abs, -1)
        with pytest.raises(ProcessDiedError, match="exit code 4, exit code 4, exit code 4"):
            call.result()


@pytest.mark.slow
def test_a_pack_that_changes_while_it_is_graded_stops_the_run(
    half: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = shutil.copytree(half, tmp_path / "half")
    of = batch.Kit.of

    def later(*arguments: Any) -> batch.Kit:
        kit = of(*arguments)
        (pack / "exercises.py").write_text((pack / "exercises.py").read_text() + "\n# changed\n")
        return kit

    monkeypatch.setattr(batch.Kit, "of", later)
    monkeypatch.setattr(processes, "can_fork", lambda: False)  # a fork has the pack as it was, and grades by it
    assert grade(pack, write_class(tmp_path / "class", 3), "-o", tmp_path / "out") == 3
    complaint = capsys.readouterr().err
    assert "was changed while submissions were graded by it" in complaint
    assert "0 of 3 submissions are graded and kept" in complaint


@pytest.mark.slow
def test_processes_end_when_the_judge_is_killed(half: Path, tmp_path: Path) -> None:
    folder = write_class(tmp_path / "class", 2)
    # A submission that would run for a minute while it is loaded.
    (folder / "s00000.py").write_text("import time\ntime.sleep(60)\n")
    process = subprocess.Popen(
        command("grade", half, folder, "-o", tmp_path / "out"), cwd=ROOT, stdout=subprocess.DEVNULL, text=True
    )
    until_a_report(tmp_path / "out", process)
    started = descendants(process.pid)
    assert started
    process.kill()
    process.wait()
    assert all_ended(started)


@pytest.mark.slow
def test_nothing_is_left_running(half: Path, tmp_path: Path) -> None:
    before = children()
    grade(half, write_class(tmp_path / "class", 3), "-o", tmp_path / "out")
    assert children() == before


def test_modules_in_the_current_folder_are_not_the_graders(half: Path, tmp_path: Path) -> None:
    folder = write_class(tmp_path / "class", 2)
    (tmp_path / "numpy.py").write_text("raise SystemExit('a student file was imported by the grader')")
    (tmp_path / "grader.py").write_text("raise SystemExit('a student file was imported by the grader')")
    with Processes(1, len, ("",)) as executor, contextlib.chdir(tmp_path):
        # Where the judge itself is started is the user's choice; what it starts is ours.
        assert executor.submit(batch.escaped, "x").result() == "x"
    assert folder.exists()


# ------------------------------------------------------------------------------------------------------- overrides


@pytest.mark.slow
def test_overrides_are_applied_last_and_shown(half: Path, tmp_path: Path) -> None:
    folder, out = write_class(tmp_path / "class", 3), tmp_path / "out"
    grade(half, folder, "-o", out)
    graded = reports(out)
    (out / "overrides.csv").write_text(
        "id,exercise,score,reason,by,date\n"
        "s00002,gradient,1.5,right idea,Prof. X,2026-11-26\n"
        's00001,,0,"copied, see mail",Prof. X,2026-11-26\n'
    )
    before = stamps(out)
    grade(half, folder, "-o", out)
    one, two = (json.loads((out / f"s0000{number}.json").read_text()) for number in (1, 2))
    assert (one["score"], two["score"], two["exercises"][1]["score"]) == (0, 2.5, 1.5)
    assert two["adjustments"] == [
        {"exercise": "gradient", "from": 0, "to": 1.5, "reason": "right idea", "by": "Prof. X", "date": "2026-11-26"}
    ]
    assert one["adjustments"][0]["from"] == 2
    assert stamps(out)["s00000.json"] == before["s00000.json"]
    rows = list(csv.DictReader((out / "summary.csv").read_text().splitlines()))
    assert [(row["id"], row["score"], row["gradient"]) for row in rows[1:]] == [
        ("s00001", "0.0", "2.0"),
        ("s00002", "2.5", "1.5"),
    ]
    (out / "overrides.csv").unlink()
    grade(half, folder, "-o", out)
    assert reports(out) == graded


@pytest.mark.slow
def test_one_more_leaves_the_class_in_the_summary_and_in_what_is_graded_again(half: Path, tmp_path: Path) -> None:
    folder, out = write_class(tmp_path / "class", 3), tmp_path / "out"
    grade(half, folder, "-o", out)
    late = tmp_path / "late.py"
    late.write_text((folder / "s00001.py").read_text())
    for again in (late, folder / "s00002.py"):  # the second is of the class
        grade(half, again, "-o", out)
    summary = json.loads((out / "summary.json").read_text())
    assert sorted(row["id"] for row in summary["submissions"]) == ["late", "s00000", "s00001", "s00002"]
    assert summary["run"]["submissions"] == [str(folder), str(late)]
    (out / "s00000.json").unlink()  # taken away by hand
    grade(half, late, "-o", out)
    rows = list(csv.DictReader((out / "summary.csv").read_text().splitlines()))
    assert sorted(row["id"] for row in rows) == ["late", "s00001", "s00002"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("id,score\na,1\n", "has no column exercise; it should have id, exercise, score, reason, by, date"),
        (
            "id,exercise,score\na,thirds,1\n",
            "line 2: exercise is 'thirds', but should be empty (for the whole) or one of: half, gradient",
        ),
        ("id;exercise;score\n\na;half;1,5\n", "line 3: score is '1,5', but should be a number from 0 up"),
        ("id,exercise,score\na,half,nan\n", "score is 'nan'"),
        ("id,exercise,score\na,half,-1\n", "score is '-1'"),
        ("id,exercise,score\n,half,1\n", "line 2: id is empty"),
        ("", "has no column id, exercise, score"),
    ],
)
def test_overrides_that_are_wrong_stop_before_anything_is_graded(
    text: str, sentence: str, half: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = write_class(tmp_path / "class", 1), tmp_path / "out"
    out.mkdir()
    (out / "overrides.csv").write_text(text)
    assert grade(half, folder, "-o", out) == 2
    assert sentence in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == ["overrides.csv"]
