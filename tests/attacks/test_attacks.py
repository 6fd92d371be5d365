"""Every attack is seen to succeed with what stops it taken away, and to fail with the wall as it is."""

from __future__ import annotations

import collections
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from grader.cli.main import make_task
from grader.grading import Task
from grader.packs import loading
from grader.sandbox.isolation import layers_here
from grader.sandbox.worker import landlock
from grader.sandbox.worker.lockdown import LAYERS
from tests.conftest import shared_folder

from . import oracle_pack
from .surroundings import BASES, GROUPS, HERE, ROOT, Attack, attacks, run

ATTACKS = attacks()
# The quick ones of all kinds that the fast tests run; oracles have a pack of their own.
FEW = (
    "read_open", "read_answer_key", "write_append", "write_rights", "network_tcp", "network_unix_datagram",
    "processes_daemon", "signals_kill", "tampering_trace_the_zygote", "memory_one_object", "disk_removed_files",
    "wire_no_json", "wire_error_without_a_kind", "forging_imports_the_reference", "text_error",
)  # fmt: skip
TABLE = HERE / "table.md"
ORDINARY = 65534  # a user without any rights


@pytest.fixture(scope="session")
def packs(sigmoid_network: Task, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The packs, with their answer keys made."""
    base = shared_folder(tmp_path_factory)
    base.chmod(0o755)
    with (base / "tones.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        root = base / "tones"
        if not root.exists():
            oracle_pack.write_pack(base)
        make_task(loading.load(str(root)), None)
    return {"sigmoid_network": "sigmoid_network", "tones": str(root)}


@pytest.fixture(scope="session")
def honest(packs: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The neighbours' reports when nobody attacks, by pack and base."""
    found: dict[str, Any] = {}
    for name, pack in packs.items():
        quiet = run([], tmp_path_factory.mktemp("quiet"), pack=pack)
        assert quiet.trouble == []
        found[name] = quiet.neighbours
    assert found["sigmoid_network"]["right"]["score"] == 30
    assert found["sigmoid_network"]["wrong"]["score"] < 1
    assert found["tones"]["tones"]["score"] == 1
    return found


@pytest.fixture
def folder() -> Iterator[Path]:
    """A new folder that every user may enter, with a name that is short enough for sockets."""
    path = Path(tempfile.mkdtemp(prefix="attacks-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


def of_group(group: str) -> list[Attack]:
    return [each for each in ATTACKS if each.group == group]


def test_there_are_enough_of_them_and_each_says_what_it_does() -> None:
    assert len(ATTACKS) >= 80
    assert {each.group for each in ATTACKS} == set(GROUPS)
    assert len({each.name for each in ATTACKS}) == len(ATTACKS)
    for each in ATTACKS:
        assert each.base in BASES
        assert each.stopped_by
        assert each.success


def check_that_none_succeeds(
    chosen: Sequence[Attack], folder: Path, packs: dict[str, str], honest: dict[str, Any], **how: Any
) -> dict[str, Any]:
    name = chosen[0].pack
    result = run(chosen, folder, pack=packs[name], honest=honest[name], **how)
    assert {attack: got for attack, got in result.got.items() if got} == {}
    assert result.trouble == []
    return result.isolation


@pytest.mark.slow
def test_a_few_attacks_of_all_kinds_get_nothing(folder: Path, packs: dict[str, str], honest: dict[str, Any]) -> None:
    few = [each for each in ATTACKS if each.name in FEW]
    assert len(few) == len(FEW)
    check_that_none_succeeds(few, folder, packs, honest)


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_no_attack_gets_anything(group: str, folder: Path, packs: dict[str, str], honest: dict[str, Any]) -> None:
    check_that_none_succeeds(of_group(group), folder, packs, honest)


def needs_an_ordinary_user() -> None:
    if os.geteuid() != 0:
        pytest.skip("the other tests are run by an ordinary user already")
    code = f"from tests.attacks.launch import become; become({ORDINARY}); import grader.cli.main"
    tried = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"{sys.executable} or {ROOT} can't be read by an ordinary user: {tried.stderr[-500:]}")


def stopped_by_layers() -> list[Attack]:
    """Those that the wall stops, and that may fare otherwise with less of it; what the judge does is the same."""
    return [each for each in ATTACKS if each.layers and each.pack == "sigmoid_network"]


@pytest.mark.slow
def test_no_attack_gets_anything_from_an_ordinary_user(
    folder: Path, packs: dict[str, str], honest: dict[str, Any]
) -> None:
    needs_an_ordinary_user()
    isolation = check_that_none_succeeds(stopped_by_layers(), folder, packs, honest, user=ORDINARY)
    assert "user" not in isolation["layers"]


@pytest.mark.slow
@pytest.mark.parametrize("user", [None, ORDINARY], ids=["root", "ordinary"])
def test_no_attack_gets_anything_where_namespaces_are_refused(
    user: int | None, folder: Path, packs: dict[str, str], honest: dict[str, Any]
) -> None:
    if user:
        needs_an_ordinary_user()
    isolation = check_that_none_succeeds(stopped_by_layers(), folder, packs, honest, user=user, refused=True)
    assert "namespaces" not in isolation["layers"]
    assert "namespaces" in isolation["missing"]


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_each_attack_succeeds_without_what_stops_it(
    group: str, folder: Path, packs: dict[str, str], honest: dict[str, Any]
) -> None:
    runs = collections.defaultdict(list)
    for each in of_group(group):
        # What runs in the judge's process spoils it for the others.
        own = each.name if "process" in each.defences else ""
        runs[bool(each.layers), frozenset(each.defences), own].append(each)
    futile = []
    for number, ((is_open, off, _), chosen) in enumerate(runs.items()):
        name = chosen[0].pack
        result = run(
            chosen, folder / str(number), pack=packs[name], honest=honest[name], layers=() if is_open else None, off=off
        )
        futile += [attack for attack, got in result.got.items() if not got]
    assert futile == []


@pytest.mark.slow
def test_the_table_of_layers_is_as_it_is_written(folder: Path, packs: dict[str, str], honest: dict[str, Any]) -> None:
    """Layer by layer: which attacks each stops by itself."""
    lacking = {name: reason for name, reason in layers_here().items() if reason}
    if lacking or landlock.abi() < 6:
        pytest.skip(f"the table is that of a machine with every layer, and Landlock from ABI 6 on: {lacking}")
    chosen = stopped_by_layers()
    assert not {defence for each in chosen for defence in each.defences}, "these need runs of their own"
    stopped = {}
    for name in LAYERS:
        result = run(chosen, folder / name, pack="sigmoid_network", honest=honest["sigmoid_network"], layers=(name,))
        stopped[name] = {attack for attack, got in result.got.items() if not got}
    lines = ["| attack | " + " | ".join(LAYERS) + " |", "|---|" + "---|" * len(LAYERS)]
    for each in chosen:
        marks = " | ".join("stopped" if each.name in stopped[name] else "open" for name in LAYERS)
        lines.append(f"| {each.name.replace('_', ': ', 1).replace('_', ' ')} | {marks} |")
    table = "\n".join(lines) + "\n"
    said = {each.name: set(each.layers) for each in chosen}
    seen = {each.name: {name for name in LAYERS if each.name in stopped[name]} for each in chosen}
    if not TABLE.exists() or TABLE.read_text() != table:
        TABLE.write_text(table)
    assert {name: (said[name], seen[name]) for name in said if said[name] != seen[name]} == {}
