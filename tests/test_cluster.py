"""A Dask cluster as executor: a real scheduler and two workers, each a process of its own."""

from __future__ import annotations

import dataclasses
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.batch import cluster
from grader.batch.cluster import Parcel
from grader.batch.processes import NotReadyError
from grader.cli.main import app, make_task
from grader.packs import loading

from .conftest import ROOT
from .small_class import reports, stamps, submission, write_class

Worker = subprocess.Popen[bytes]


@dataclasses.dataclass
class Cluster:
    url: str
    scheduler: Worker
    workers: list[Worker]


@pytest.fixture
def two_workers(tmp_path: Path) -> Iterator[Cluster]:
    """Started in an empty folder, with a cache of their own: nothing but the package is there."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder)}

    def start(*arguments: str) -> Worker:
        with (tmp_path / f"{arguments[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
                cwd=folder, env=environment, stdout=log, stderr=log,
            )  # fmt: skip

    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", str(port))
    workers: list[Worker] = []
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        connect = ("worker", f"tcp://127.0.0.1:{port}", "--nthreads", "1", "--no-nanny")
        workers += [start(*connect), start(*connect)]
        yield Cluster(f"dask://127.0.0.1:{port}", scheduler, workers)
    finally:
        for process in [*workers, scheduler]:
            process.kill()  # a worker that is asked to end may wait long for a scheduler that is gone
            process.wait()


def grade(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "grader", "grade", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_a_cluster_gives_the_same_reports_and_a_lost_worker_loses_nothing(
    half: Path, tmp_path: Path, two_workers: Cluster
) -> None:
    folder = write_class(tmp_path / "class", 20)
    (folder / "ends.py").write_text(submission(30, "ends"))
    (folder / "broken.ipynb").write_text("{")
    assert grade(half, folder, "-o", tmp_path / "local").returncode == 0
    done = grade(half, folder, "-o", tmp_path / "cluster", "--executor", two_workers.url)
    assert done.returncode == 0, done.stderr
    assert reports(tmp_path / "cluster") == reports(tmp_path / "local")

    out = tmp_path / "lost"
    arguments: list[str | Path] = [
        sys.executable,
        "-m",
        "grader",
        "grade",
        half,
        folder,
        "-o",
        out,
        "--executor",
        two_workers.url,
    ]
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while not list(out.glob("s*.json")) and process.poll() is None:
        time.sleep(0.02)
    assert process.poll() is None
    two_workers.workers[0].kill()
    _, complaint = process.communicate(timeout=300)
    assert process.returncode == 0, complaint
    assert reports(out) == reports(tmp_path / "local")


@pytest.mark.slow
def test_a_scheduler_that_goes_away_stops_the_run_and_it_goes_on_elsewhere(
    half: Path, tmp_path: Path, two_workers: Cluster
) -> None:
    folder, out = write_class(tmp_path / "class", 20), tmp_path / "out"
    arguments: list[str | Path] = [
        sys.executable,
        "-m",
        "grader",
        "grade",
        half,
        folder,
        "-o",
        out,
        "--executor",
        two_workers.url,
    ]
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while not list(out.glob("s*.json")) and process.poll() is None:
        time.sleep(0.02)
    two_workers.scheduler.kill()
    _, complaint = process.communicate(timeout=120)
    assert process.returncode == 3, complaint
    assert b"Traceback" not in complaint
    assert b"the executor gave up what it was working on; is the cluster still there?" in complaint
    assert b"the same command goes on with the others" in complaint
    before = stamps(out)
    assert grade(half, folder, "-o", out).returncode == 0
    assert before.items() <= stamps(out).items()
    assert len(stamps(out)) == 20


def test_a_pack_travels_by_content(half: Path, tmp_path: Path) -> None:
    for name in (str(half), "sigmoid_network"):
        pack = loading.load(name)
        for path, content in loading.contents(pack).items():
            target = tmp_path / name.strip("/").replace("/", "_") / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        there = tmp_path / name.strip("/").replace("/", "_") / "assignments" / pack.id
        moved = loading.load(str(there))
        assert loading.digest(moved) == loading.digest(pack)
        assert loading.module_path(moved, moved.reference).is_relative_to(tmp_path)


def test_a_worker_with_another_version_refuses(half: Path) -> None:
    parcel = dataclasses.replace(Parcel.of(make_task(loading.load(str(half)), None)), grader="sha256:other")
    with pytest.raises(NotReadyError, match="another version of the grader"):
        cluster._unpack(parcel)


@pytest.mark.parametrize("url", ["dask://somewhere", "tcp://127.0.0.1:8786", "dask://127.0.0.1:many", "8786"])
def test_an_executor_is_an_address(url: str, half: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_class(tmp_path / "class", 1)
    code = app(["grade", str(half), str(folder), "-o", str(tmp_path / "out"), "--executor", url], standalone_mode=False)
    assert code == 2
    assert "should be dask://host:port" in capsys.readouterr().err


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer(half: Path, tmp_path: Path) -> None:
    folder = write_class(tmp_path / "class", 1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    done = grade(half, folder, "-o", tmp_path / "out", "--executor", f"dask://127.0.0.1:{port}")
    assert done.returncode == 3
    assert f"no Dask scheduler answers at tcp://127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_without_dask_the_extra_is_named(half: Path, tmp_path: Path) -> None:
    folder = write_class(tmp_path / "class", 1)
    code = "import sys; sys.modules['distributed'] = None; from grader.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "grade", half, folder, "-o", tmp_path / "out", "--executor", "dask://localhost:1"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert "pip install 'backprop-grader[dask]'" in done.stderr
    assert grade(half, folder, "-o", tmp_path / "out").returncode == 0
    assert json.loads((tmp_path / "out" / "s00000.json").read_text())["score"] == 3
