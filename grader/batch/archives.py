"""Folders and archives as trees of files.  Nothing is ever unpacked by the name it has in an archive."""

from __future__ import annotations

import dataclasses
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from grader.submissions import MAX_BYTES

SUFFIXES = (".zip", ".tar.gz", ".tgz", ".tar")
PASSED_OVER = ("__MACOSX", "__pycache__")
MAX_UNPACKED = 4 << 30  # bytes of a tar archive's files together: they are unpacked to a temporary file
MAX_ENTRIES = 200_000

Read = Callable[[], bytes]
Tree = Mapping[PurePosixPath, Read]  # a folder's or archive's files: hidden ones, links and caches left out


class RefusedError(Exception):
    """The archive as a whole is not opened; the text says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Refusal:
    """An entry of an archive that is not read.

    Attributes:
      name: as the archive has it.
      path: where it would lie in the archive, None if it leads out of it.
      why: to follow the name.
    """

    name: str
    path: PurePosixPath | None
    why: str


def folder(root: Path) -> Tree:
    """A folder's files; a sub-folder without any has an empty one of no suffix, so that it is not lost."""
    tree: dict[PurePosixPath, Read] = {}
    for place, names, files in os.walk(root):  # does not follow links
        names[:] = [name for name in names if not is_passed_over(name) and not Path(place, name).is_symlink()]
        for name in files:
            path = Path(place, name)
            if not is_passed_over(name) and path.is_file() and not path.is_symlink():
                tree[PurePosixPath(path.relative_to(root))] = path.read_bytes
        # A folder without files is a submission too: one that has nothing in it.
        if Path(place).parent == root and not any(path.parts[0] == Path(place).name for path in tree):
            tree[PurePosixPath(Path(place).name, "nothing")] = bytes
    return tree


def archive(path: Path) -> tuple[Tree, list[Refusal]]:
    """An archive's files, and the entries that are refused.

    Raises:
      RefusedError: it is a bomb.
      OSError, zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, ValueError: it can't be read.
    """
    return _zip(path) if path.name.lower().endswith(".zip") else _tar(path)


def _zip(path: Path) -> tuple[Tree, list[Refusal]]:
    tree: dict[PurePosixPath, Read] = {}
    refused = []
    opened = zipfile.ZipFile(path)
    entries = opened.infolist()
    _count(len(entries))
    for entry in entries:
        if entry.is_dir():
            continue
        is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
        name = _inside(entry.filename)
        if (refusal := _refusal(entry.filename, name, entry.file_size, is_link=is_link)) is not None:
            refused.append(refusal)
        elif name is not None and not _is_hidden(name):
            tree[name] = lambda entry=entry: opened.open(entry).read(MAX_BYTES + 1)  # type: ignore[misc]
    return tree, refused


def _tar(path: Path) -> tuple[Tree, list[Refusal]]:
    """A tar archive's files, which lie in one nameless temporary file: it can be read from its start to its end only."""
    tree: dict[PurePosixPath, Read] = {}
    refused = []
    unpacked = _Unpacked()
    size = 0
    with tarfile.open(path) as opened:
        for count, member in enumerate(opened):
            _count(count)
            if member.isdir():
                continue
            name = _inside(member.name)
            size += member.size
            if size > MAX_UNPACKED:
                raise RefusedError(f"with {_quoted(member.name)} its files have more than {MAX_UNPACKED >> 30} GB")
            refusal = _refusal(member.name, name, member.size, is_link=not member.isreg(), target=member.linkname)
            file = opened.extractfile(member) if refusal is None and name is not None and not _is_hidden(name) else None
            if refusal is not None:
                refused.append(refusal)
            elif name is not None and file is not None:
                tree[name] = unpacked.keep(file.read(MAX_BYTES + 1))
    return tree, refused


class _Unpacked:
    """Contents, one after the other in a nameless temporary file, which is gone when nothing refers to it."""

    def __init__(self) -> None:
        with tempfile.TemporaryFile() as file:
            self._handle = os.dup(file.fileno())
        self._size = 0

    def keep(self, content: bytes) -> Read:
        """Keeps content, and gives it back when it is wanted."""
        place, size = self._size, len(content)
        view = memoryview(content)
        while view:
            written = os.pwrite(self._handle, view, self._size)
            self._size += written
            view = view[written:]
        return lambda: os.pread(self._handle, size, place)

    def __del__(self) -> None:
        os.close(self._handle)


def _count(entries: int) -> None:
    if entries > MAX_ENTRIES:
        raise RefusedError(f"it has more than {MAX_ENTRIES} entries")


def _refusal(name: str, path: PurePosixPath | None, size: int, *, is_link: bool, target: str = "") -> Refusal | None:
    """Why an entry is not read; None if it is, or is passed over without a word."""
    if path is None:
        return Refusal(name, None, "leads out of the archive")
    if _is_hidden(path):
        return None
    if is_link:
        to = f" to {_quoted(target)}" if target else ""
        return Refusal(name, path, f"is a link{to} or no ordinary file")
    if size > MAX_BYTES:
        return Refusal(name, path, f"has {size >> 20} MB unpacked; at most {MAX_BYTES >> 20} MB are read")
    return None


def _inside(name: str) -> PurePosixPath | None:
    """An entry's path, None if it leads out of the archive."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts:
        return None
    return path


def _is_hidden(path: PurePosixPath) -> bool:
    return any(map(is_passed_over, path.parts))


def is_passed_over(name: str) -> bool:
    return name.startswith(".") or name in PASSED_OVER


def _quoted(name: str) -> str:
    return repr(name[:200])
