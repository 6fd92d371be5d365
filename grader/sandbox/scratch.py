"""The private folder that a submission runs in."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

MAX_FILES = 10_000

Stamp = dict[str, tuple[int, int]]


class Scratch:
    """A new folder with files in it.

    Args:
      files: (relative path, content).
    """

    def __init__(self, files: Sequence[tuple[str, bytes]]) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="grader-"))
        self._files = files
        self._own = 2 * sum(len(content) + 4096 for _, content in files)  # bytes on disk of what was handed in
        self._write()

    def _write(self) -> None:
        for name, content in self._files:
            with contextlib.suppress(OSError):  # a name that this file system won't have, or one folder and file
                (self.path / name).parent.mkdir(parents=True, exist_ok=True)
                (self.path / name).write_bytes(content)

    def holds(self, limit: int) -> bool:
        """Whether at most `limit` bytes lie in it, in at most `MAX_FILES` files and folders."""
        size = count = 0
        for folder, names, files in os.walk(self.path):  # does not follow links
            for name in (*names, *files):
                with contextlib.suppress(OSError):
                    size += os.lstat(os.path.join(folder, name)).st_blocks * 512  # noqa: PTH118 - may be no text
                count += 1
            if size > limit + self._own or count > MAX_FILES + len(self._files):
                return False
        return True

    def stamp(self) -> Stamp:
        """What lies in it now: inode and time of the last change of each file, which no process can set."""
        found = {}
        for folder, names, files in os.walk(self.path):  # does not follow links
            for name in (*names, *files):
                path = os.path.join(folder, name)  # noqa: PTH118 - names may be no text
                with contextlib.suppress(OSError):
                    status = os.lstat(path)
                    found[path] = (status.st_ino, 0 if name in names else status.st_ctime_ns)
        return found

    def restore(self, before: Stamp) -> None:
        """Removes what was written since, and puts back what was handed in: nothing is left there for later runs."""
        now = self.stamp()
        changed = [path for path, stamp in now.items() if before.get(path) != stamp]
        for path in changed:
            if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114
                shutil.rmtree(path, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    os.unlink(path)  # noqa: PTH108
        if changed or now.keys() != before.keys():
            self._write()

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
