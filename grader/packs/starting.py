"""`grader new`: a pack to start from, which holds every law as it stands."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from . import loading, stubs
from .model import ID, PackError

STARTER = Path(__file__).parent / "starter"
GENERATED = ("stub.py", "stub.ipynb")


def place(name: str) -> Path:
    """Where a new pack goes: under ./assignments if that is there, else here; a path is taken as it is.

    Raises:
      PackError: the name can't be a pack's, or something lies there.
    """
    path = Path(name)
    if path.name == name and Path("assignments").is_dir():
        path = Path("assignments") / name
    if not ID.fullmatch(path.name):
        raise PackError(
            f"{name!r} can't be a pack's name: it is made of letters, digits and underscores, and begins with no digit"
        )
    if path.exists():
        raise PackError(f"{path} is there already; give another name, or move it away")
    return path


def new(folder: Path) -> list[Path]:
    """Writes a pack, all of it or nothing.

    Returns:
      Its files.
    """
    name = folder.name
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent.resolve()))
    try:
        made = beside / name
        _copy(STARTER, made, "starter", name)
        for path, content in stubs.generated(loading.load(str(made))).items():
            path.write_text(content, encoding="utf-8")
        for cache in made.rglob("__pycache__"):
            shutil.rmtree(cache)
        made.rename(folder)
    finally:
        shutil.rmtree(beside)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _copy(source: Path, target: Path, old: str, new: str) -> None:
    """A pack's files under another name, which its text and its files' names take on."""
    for path in source.rglob("*"):
        relative = path.relative_to(source)
        if path.is_file() and "__pycache__" not in relative.parts and path.name not in GENERATED:
            copy = target / relative.with_name(path.name.replace(old, new))
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            copy.write_text(re.sub(rf"(?<![A-Za-z0-9]){old}(?![A-Za-z0-9])", new, text), encoding="utf-8")
