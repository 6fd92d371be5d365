"""Classes of the small pack: submissions in any number, and what is compared of their reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .small_pack import FILES

# Right, wrong in two known ways, and what ends its process.
KINDS = {
    "right": ("", ""),
    "not_halved": ("x / 2", "x"),
    "factor": ("2 * x", "x"),
    "ends": ("    twofold = 2 * x\n", "    import os; os._exit(3)\n    twofold = 2 * x\n"),
}


def submission(number: int, kind: str | None = None) -> str:
    """A module's text, no two alike."""
    old, new = KINDS[kind or ("right", "not_halved", "factor")[number % 3]]
    text = FILES["reference/half.py"]
    assert old in text
    return text.replace(old, new) + f"\n# {number}\n"


def write_class(folder: Path, size: int) -> Path:
    folder.mkdir(parents=True)
    for number in range(size):
        (folder / f"s{number:05}.py").write_text(submission(number))
    return folder


def reports(folder: Path) -> dict[str, dict[str, Any]]:
    """Reports by file name, without what varies from run to run."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        report = json.loads(path.read_text())
        del report["run"]
        found[path.name] = report
    return found


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of each report: they change when it is written."""
    return {
        path.name: ((status := path.stat()).st_ino, status.st_mtime_ns)
        for path in folder.glob("*.json")
        if path.name != "summary.json"
    }
