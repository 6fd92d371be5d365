"""The private folder that a submission runs in.

What stops a judge may come between the making of a folder and whoever looks after it, or in the midst of its removal:
so this process keeps a list of those that it has made, and removes what is left of them at its end.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

MAX_FILES = 10_000

Stamp = dict[str, tuple[int, ...]]

_made: set[Path] = set()  # and not removed yet


def new_folder() -> Path:
    """A folder that nobody else may look into."""
    path = Path(tempfile.gettempdir(), f"grader-{secrets.token_hex(8)}")
    _made.add(path)
    path.mkdir(mode=0o700)
    return path


def remove(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
    if path.exists():  # a submission may have closed it, or folders in it
        with contextlib.suppress(OSError):
            path.chmod(0o700)
        for folder, names, _ in os.walk(path):
            for name in names:
                inner = os.path.join(folder, name)  # noqa: PTH118 - may be no text
                if not os.path.islink(inner):  # noqa: PTH114
                    with contextlib.suppress(OSError):
                        os.chmod(inner, 0o700)  # noqa: PTH101
        shutil.rmtree(path, ignore_errors=True)
    if not path.exists():
        _made.discard(path)


def remove_all() -> None:
    """Removes the folders that this process has made, when nothing runs in them any more."""
    for path in list(_made):
        remove(path)


def forget() -> None:
    """In a fork: they are the parent's."""
    _made.clear()


class Scratch:
    """A new folder with files in it.

    Args:
      files: (relative path, content).
    """

    def __init__(self, files: Sequence[tuple[str, bytes]]) -> None:
        self.path = new_folder()
        self._own = 2 * sum(len(content) + 4096 for _, content in files)  # bytes on disk of what was handed in
        self._most = MAX_FILES + len(files)
        try:
            for name, content in files:
                with contextlib.suppress(OSError):  # a name that this file system won't have, or one folder and file
                    (self.path / name).parent.mkdir(parents=True, exist_ok=True)
                    (self.path / name).write_bytes(content)
        except BaseException:  # the run was stopped
            self.remove()
            raise

    def holds(self, limit: int) -> bool:
        """Whether at most `limit` bytes lie in it, in at most `MAX_FILES` files and folders."""
        size = count = 0
        for folder, names, files in os.walk(self.path):  # does not follow links
            for name in (*names, *files):
                with contextlib.suppress(OSError):
                    size += os.lstat(os.path.join(folder, name)).st_blocks * 512  # noqa: PTH118 - may be no text
                count += 1
            if size > limit + self._own or count > self._most:
                return False
        return True

    def stamp(self) -> Stamp:
        """What lies in it now, with all that can be seen of it: one that is read has another time of reading then."""
        found: Stamp = {}
        for folder, names, files in os.walk(self.path):  # does not follow links
            links = [name for name in names if os.path.islink(os.path.join(folder, name))]  # noqa: PTH114, PTH118
            for name in ("", *links, *files):  # the folder itself after it was listed, which is reading it
                path = os.path.join(folder, name)  # noqa: PTH118 - names may be no text
                with contextlib.suppress(OSError):
                    seen = os.lstat(path)
                    times = (seen.st_atime_ns, seen.st_mtime_ns, seen.st_ctime_ns)
                    found[path] = (seen.st_ino, seen.st_mode, seen.st_size, *times)
        return found

    def remove(self) -> None:
        remove(self.path)
