"""Python where every user can reach it, in this process alone, though it lies in somebody's closed home folder."""

from __future__ import annotations

import ctypes
import os
import stat
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


def reveal_python() -> None:
    """Reveals the interpreter, what is installed and this project."""
    reveal([Path(sys.base_prefix), Path(sys.prefix), ROOT])


def reveal(paths: Sequence[Path]) -> None:
    """In a mount namespace of this process's own, closed folders (/root) are open and hold nothing but these paths."""
    within: dict[Path, set[Path]] = {}
    for path in {path.resolve() for path in paths}:
        closed = [parent for parent in path.parents if not parent.stat().st_mode & stat.S_IXOTH]
        if closed:
            within.setdefault(closed[-1], set()).add(path)
    if not within:
        return
    libc = ctypes.CDLL(None, use_errno=True)

    def mount(source: str, target: Path, kind: str | None, flags: int, options: str | None = None) -> None:
        values = [None if each is None else os.fsencode(each) for each in (source, target, kind, options)]
        if libc.mount(*values[:3], flags, values[3]):
            raise OSError(ctypes.get_errno(), f"{source} could not be mounted on {target}")

    bind, move, private = 0x1000 | 0x4000, 0x2000, 0x40000 | 0x4000
    if libc.unshare(0x00020000):
        raise OSError(ctypes.get_errno(), "no mount namespace could be made")
    mount("none", Path("/"), None, private)
    for top, inside in within.items():
        kept = {path: Path(tempfile.mkdtemp()) for path in inside if not inside & {*path.parents}}
        for path, place in kept.items():
            mount(str(path), place, None, bind)
        mount("none", top, "tmpfs", 0, "mode=755")
        for path, place in kept.items():
            path.mkdir(parents=True)
            mount(str(place), path, None, move)
            place.rmdir()
