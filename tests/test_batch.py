"""Files, folders and archives: what is found in them, how reports are named, what can't be read."""

from __future__ import annotations

import io
import json
import os
import tarfile
import zipfile
from functools import partial
from pathlib import Path

import pytest

from grader import batch
from grader.batch import Found, archives, discover, identify
from grader.batch.jobs import read
from grader.cli import classes
from grader.cli.main import app
from grader.grading import Task
from grader.sandbox import Session

from .conftest import PLAIN


def fill(folder: Path, *names: str, content: bytes = b"") -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def named(found: list[Found]) -> dict[str, str]:
    return {each.name: each.problem for each in found}


CLASS = [
    "ada.py", "ben.IPYNB", "notes.txt", ".hidden.py", "__MACOSX/x.py", "cid/only.py", "cid/data/numbers.csv",
    "dan/a.py", "dan/b.py", "eva/sigmoid_network.py", "eva/helper.py", "fay/readme.md", ".ipynb_checkpoints/ada.py",
    "eva/__pycache__/helper.py",
]  # fmt: skip
EXPECTED = {
    "ada": "",
    "ben": "",
    "cid": "",
    "dan": "The folder has several files that could be it (a.py, b.py); "
    "call one of them sigmoid_network.py or sigmoid_network.ipynb.",
    "eva": "",
    "fay": "The folder has no .py or .ipynb file.",
}


def test_a_folder_is_a_class(tmp_path: Path) -> None:
    fill(tmp_path, *CLASS)
    (tmp_path / "link.py").symlink_to(tmp_path / "ada.py")
    (tmp_path / "linked").symlink_to(tmp_path / "cid")
    (tmp_path / "empty").mkdir()
    found = discover([tmp_path], "sigmoid_network")
    assert named(found) == {**EXPECTED, "empty": "The folder has no .py or .ipynb file."}
    cid = next(each for each in found if each.name == "cid")
    assert cid.shown == str(tmp_path / "cid" / "only.py")
    assert [str(path) for path in cid.beside] == ["data/numbers.csv"]
    eva = next(each for each in found if each.name == "eva")
    assert [str(path) for path in eva.beside] == ["helper.py"]


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
@pytest.mark.parametrize("top", ["", "class/"])
def test_an_archive_is_a_class_and_its_one_folder_of_the_same_name_is_opened(
    suffix: str, top: str, tmp_path: Path
) -> None:
    path = tmp_path / f"class{suffix}"
    pack_up(path, {top + name: b"" for name in CLASS})
    found = discover([path], "sigmoid_network")
    assert named(found) == EXPECTED
    assert next(each for each in found if each.name == "cid").shown == "cid/only.py"


def pack_up(path: Path, files: dict[str, bytes]) -> None:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return
    with tarfile.open(path, "w:gz") as unpacked:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            unpacked.addfile(entry, io.BytesIO(content))


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_nothing_leads_out_of_an_archive(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"evil{suffix}"
    pack_up(path, {"../up.py": b"", "/abs.py": b"", "a/../../up.py": b"", "c\\..\\..\\up.py": b"", "fine.py": b""})
    found = discover([path], "x")
    assert named(found)["fine"] == ""
    assert {each.shown: each.problem for each in found if each.read is None} == {
        name: f"The archive's {name} leads out of the archive: refused."
        for name in ("../up.py", "/abs.py", "a/../../up.py", "c\\..\\..\\up.py")
    }


def test_links_in_archives_are_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "links.tar.gz"
    with tarfile.open(path, "w:gz") as unpacked:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            entry = tarfile.TarInfo(f"link{kind.decode()}.py")
            entry.type, entry.linkname = kind, "/etc/passwd"
            unpacked.addfile(entry)
    assert named(discover([path], "x")) == {
        f"link{kind}": f"The archive's link{kind}.py is a link to '/etc/passwd' or no ordinary file: refused."
        for kind in "216"
    }


def test_a_link_in_a_students_folder_is_left_out_and_said(tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ada/hw.py", "x = 1")
        link = zipfile.ZipInfo("ada/data.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    (found,) = discover([path], "x")
    assert found.notes == ("data.csv is a link or no ordinary file, so it was left out.",)
    assert found.beside == {}
    assert read(found).notes == found.notes


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_bombs_are_refused_by_name_and_the_rest_is_there(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_BYTES", 1 << 20)
    path = tmp_path / f"class{suffix}"
    pack_up(path, {"ada.py": b"x = 1", "bomb.py": bytes(3 << 20)})
    assert path.stat().st_size < 10_000 or suffix == ".zip"
    assert named(discover([path], "x")) == {
        "ada": "",
        "bomb": "The archive's bomb.py has 3 MB unpacked; at most 1 MB are read: refused.",
    }


def test_an_archive_that_unpacks_to_too_much_or_too_many_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "class.tar.gz"
    pack_up(path, {"ada.py": bytes(600), "ben.py": bytes(600)})
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1000)
    (found,) = discover([path], "x")
    assert found.problem == "The archive is refused: with 'ben.py' its files have more than 0 GB."
    monkeypatch.setattr(archives, "MAX_ENTRIES", 1)
    pack_up(tmp_path / "class.zip", {"ada.py": b"", "ben.py": b""})
    (found,) = discover([tmp_path / "class.zip"], "x")
    assert found.problem == "The archive is refused: it has more than 1 entries."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", b""),
        ("a.zip", b"PK\3\4 broken"),
        ("a.tar.gz", b"\x1f\x8b broken"),
        ("a.tgz", b""),
        ("a.zip", PLAIN.read_bytes()),
    ],
)
def test_a_damaged_archive_is_unreadable(name: str, content: bytes, tmp_path: Path) -> None:
    (found,) = discover([fill(tmp_path, name, content=content) / name], "x")
    assert found.read is None
    assert found.problem.startswith("The archive is damaged: ")


def test_a_damaged_file_in_an_archive_costs_only_itself(tmp_path: Path, sigmoid_network: Task) -> None:
    path = tmp_path / "class.zip"
    pack_up(path, {"ada.py": b"x = 'to be damaged'", "ben.py": b""})
    path.write_bytes(path.read_bytes().replace(b"to be damaged", b"now  damaged!"))
    reports = [batch.grade_one(sigmoid_network, found, found.name) for found in discover([path], "x")]
    assert [(each.submission.id, each.status) for each in reports] == [("ada", "unreadable"), ("ben", "graded")]
    assert reports[0].message.startswith("The file can't be read from its archive: Bad CRC-32")


def test_ids_are_safe_and_unique() -> None:
    names = ["hw", "HW", "summary", "a b", "..", ".env", "ü", "x" * 300, "x" * 120, "new\nline", "", "a/b"]
    ids = identify([Found(name, f"{place:03}", None) for place, name in enumerate(names)])
    assert ids[:3] == ["hw", "HW-2", "summary-2"]
    assert ids[3:7] == ["a_b", "submission", "env", "_"]
    assert ids[7] == "x" * 100
    assert ids[8] == "x" * 98 + "-2"
    assert ids[9:] == ["new_line", "submission-2", "a_b-2"]


def test_clashes_are_numbered_in_order_of_path() -> None:
    found = [Found("hw", path, None) for path in ("c/hw.py", "a/hw.py", "b/hw.ipynb")]
    assert identify(found) == ["hw-3", "hw", "hw-2"]


ODD_NAMES: list[bytes] = [
    b"hw.py", b"HW.py", b"new\nline.py", b"quo'te\".py", b"..py", b"...py", b"\xff\xfe.py", b"x" * 251 + b".py",
    b"<script>.py", b"-rf.py", b"=1+1.py", b"%s{0}$(id).py", b"summary.py", b"caf\xc3\xa9.py",
]  # fmt: skip


@pytest.mark.slow
def test_odd_names_are_all_graded_all_kept_and_none_escapes(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in ODD_NAMES:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("def relu(x): return 1 / 0")
    app(["grade", "sigmoid_network", str(folder), "-o", str(out)], standalone_mode=False)
    shown = [name for name in ODD_NAMES if not name.startswith(b".")]  # hidden files of a folder are passed over
    reports = [json.loads(path.read_text()) for path in out.glob("*.json") if path.name != "summary.json"]
    assert len(reports) == len(shown)
    assert all(report["status"] == "graded" for report in reports)
    assert {report["exercises"][2]["outcome"] for report in reports} == {"raised"}
    assert all("(line 1)" in report["exercises"][2]["checks"][0]["message"] for report in reports)
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out"}
    assert len((out / "summary.csv").read_text().splitlines()) == len(shown) + 2  # one name has a line break in it


def test_a_file_beside_the_submission_can_be_imported_and_read(tmp_path: Path, sigmoid_network: Task) -> None:
    fill(tmp_path, "ada/util/__init__.py")
    fill(tmp_path, "ada/util/parts.py", content=b"def double(x): return 2 * x")
    fill(tmp_path, "ada/hw.txt", content=b"3")
    fill(
        tmp_path,
        "ada/sigmoid_network.py",
        content=b"from util.parts import double\nassert double(int(open('hw.txt').read())) == 6\n",
    )
    (found,) = discover([tmp_path], "sigmoid_network")
    report = batch.grade_one(sigmoid_network, found, found.name)
    assert report.loading == []
    assert report.submission.id == "ada"


def test_a_pipe_and_a_file_that_may_not_be_read_cost_only_themselves(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (found,) = discover([tmp_path / "pipe.py"], "x")
    assert found.problem == "It is neither a file nor a folder."
    assert named(discover([tmp_path], "x")) == {tmp_path.name: "The folder has no .py or .ipynb file."}


@pytest.mark.parametrize("kind", ["module", "notebook"])
def test_a_fault_of_the_grader_is_no_zero_and_the_rest_is_graded(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sigmoid_network: Task
) -> None:
    name = {"module": "bad.py", "notebook": "bad.ipynb"}[kind]
    fill(tmp_path, name, content=b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}')
    fill(tmp_path, "fine.py")
    start = Session.start

    def fails(self: Session) -> None:
        if self.submission.name == name:
            raise RuntimeError("out of luck")
        start(self)

    monkeypatch.setattr(Session, "start", fails)
    # In this process, where what is patched is.
    monkeypatch.setattr(batch, "Processes", lambda *_, **__: batch.Here())
    monkeypatch.setattr(batch, "grade", partial(classes._grade_here, sigmoid_network, Session))
    assert app(["grade", "sigmoid_network", str(tmp_path), "-o", str(tmp_path / "out")], standalone_mode=False) == 3
    report = json.loads((tmp_path / "out" / "bad.json").read_text())
    assert (report["status"], report["score"]) == ("harness_error", None)
    assert report["message"] == "This is a fault of the grader, not of the submission: RuntimeError."
    assert "out of luck" in report["staff"]["traceback"]
    assert json.loads((tmp_path / "out" / "fine.json").read_text())["status"] == "graded"
