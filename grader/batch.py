"""Many submissions: finds them, names their reports, grades each, and lets none spoil another's result."""

from __future__ import annotations

import dataclasses
import os
import re
import tarfile
import traceback
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from grader import grading
from grader.grading import Task
from grader.reports import Report, SubmissionInfo, to_json
from grader.submissions import MAX_BYTES, UnreadableError, digest, parse

CODE = (".py", ".ipynb")
ARCHIVES = (".zip", ".tar.gz", ".tgz", ".tar")
PASSED_OVER = ("__MACOSX", "__pycache__")
MAX_BESIDE = 64 << 20  # bytes of files beside a submission
MAX_UNPACKED = 1 << 30  # bytes of an archive's files together

Read = Callable[[], bytes]
Tree = Mapping[PurePosixPath, Read]  # a folder's or archive's files: hidden ones, links and caches left out


class NoSuchSubmissionError(Exception):
    """A path of the call is not there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A submission, not read yet.

    Attributes:
      name: names the report: the file's or folder's, without suffix.
      shown: its path as the report shows it.
      read: gives its bytes; None if there is nothing to grade, and `problem` says why.
      beside: the files that lie beside it when it runs.
    """

    name: str
    shown: str
    read: Read | None
    problem: str = ""
    beside: Tree = dataclasses.field(default_factory=dict)


# ----------------------------------------------------------------------------------------------------- discovery


def discover(paths: Iterable[Path], pack_id: str, helpers: Collection[str] = ()) -> list[Found]:
    """The submissions that paths stand for: files, and folders and archives of them.

    Args:
      helpers: names of modules that lie in such folders beside submissions and are none.

    Raises:
      NoSuchSubmissionError: a path is not there.
    """
    paths = list(paths)
    for path in paths:
        if not os.path.lexists(path):
            raise NoSuchSubmissionError(f"there is no file or folder {escaped(path)}")
    return [found for path in paths for found in _at(path, pack_id, helpers)]


def _at(path: Path, pack_id: str, helpers: Collection[str]) -> list[Found]:
    shown, name = escaped(path), escaped(path.name)
    try:
        if path.is_dir():
            tree = _folder(path)
            return list(_class(tree, pack_id, helpers, path)) or [
                Found(name, shown, None, "The folder has no .py or .ipynb file.")
            ]
        if not path.is_file():
            return [Found(name, shown, None, "It is neither a file nor a folder.")]
        if path.suffix.lower() in CODE:
            return [Found(escaped(path.stem), shown, path.read_bytes)]
        if path.name.lower().endswith(ARCHIVES):
            tree = _unwrapped(_archive(path), path)
            return list(_class(tree, pack_id, helpers)) or [
                Found(escaped(path.stem), shown, None, "The archive has no .py or .ipynb file.")
            ]
    except OSError as error:
        return [Found(escaped(path.stem), shown, None, f"It can't be read: {error.strerror or error}.")]
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        return [Found(escaped(path.stem), shown, None, f"The archive is damaged: {error}.")]
    return [Found(escaped(path.stem), shown, None, "It is neither a .py nor an .ipynb file, nor a folder or archive.")]


def _class(tree: Tree, pack_id: str, helpers: Collection[str], root: Path | None = None) -> Iterator[Found]:
    """Each file of a folder or archive is a submission, each sub-folder is one."""

    def shown(path: PurePosixPath) -> str:
        return escaped(root / path if root else path)

    folders: dict[str, dict[PurePosixPath, Read]] = {}
    for path, read in sorted(tree.items()):
        if len(path.parts) > 1:
            folders.setdefault(path.parts[0], {})[path] = read
        elif path.suffix.lower() in CODE and path.stem not in helpers:
            yield Found(escaped(path.stem), shown(path), read)
    for name, files in folders.items():
        code = [
            path for path in files if path.suffix.lower() in CODE and PurePosixPath(path.parts[1]).stem not in helpers
        ]
        named = [path for path in code if path.stem.lower() in (pack_id.lower(), "stub")]
        chosen = code if len(code) == 1 else named
        if len(chosen) == 1:
            inside = {path.relative_to(name): read for path, read in files.items() if path != chosen[0]}
            yield Found(escaped(name), shown(chosen[0]), files[chosen[0]], beside=inside)
            continue
        names = ", ".join(escaped(path.relative_to(name)) for path in code[:10])
        problem = (
            f"The folder has several files that could be it ({names}); call one of them {pack_id}.py or {pack_id}.ipynb."
            if code
            else "The folder has no .py or .ipynb file."
        )
        yield Found(escaped(name), shown(PurePosixPath(name)), None, problem)


def _folder(root: Path) -> Tree:
    tree: dict[PurePosixPath, Read] = {}
    for folder, names, files in os.walk(root):  # does not follow links
        names[:] = [name for name in names if not _is_passed_over(name) and not Path(folder, name).is_symlink()]
        for name in files:
            path = Path(folder, name)
            if not _is_passed_over(name) and path.is_file() and not path.is_symlink():
                tree[PurePosixPath(path.relative_to(root))] = path.read_bytes
        # A folder without files is a submission too: one that has nothing in it.
        if Path(folder).parent == root and not any(path.parts[0] == Path(folder).name for path in tree):
            tree[PurePosixPath(Path(folder).name, "nothing")] = bytes
    return tree


def _archive(path: Path) -> Tree:
    """An archive's files.  Names that lead out of it are passed over: nothing is ever unpacked by its name."""
    tree: dict[PurePosixPath, Read] = {}
    if path.name.lower().endswith(".zip"):
        archive = zipfile.ZipFile(path)
        for entry in archive.infolist():
            is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
            name = _inside(entry.filename)
            if name is not None and not entry.is_dir() and not is_link:
                tree[name] = lambda entry=entry: _bounded(archive.open(entry).read)  # type: ignore[misc]
        return tree
    room = MAX_UNPACKED
    with tarfile.open(path) as unpacked:
        for member in unpacked:
            name = _inside(member.name)
            if name is not None and member.isreg():
                room -= member.size
                if room < 0:
                    raise ValueError(f"its files are larger than {MAX_UNPACKED >> 20} MB together")
                file = unpacked.extractfile(member)
                content = _bounded(file.read) if file else b""
                tree[name] = lambda content=content: content  # type: ignore[misc]
    return tree


def _bounded(read: Callable[[int], bytes]) -> bytes:
    """At most one byte more than a submission may have, so that a bomb is only known to be too large."""
    return read(MAX_BYTES + 1)


def _inside(name: str) -> PurePosixPath | None:
    """An entry's path, None if it leads out of the archive or is passed over."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts or any(map(_is_passed_over, path.parts)):
        return None
    return path


def _unwrapped(tree: Tree, archive: Path) -> Tree:
    """The content of the one folder that an archive of a folder holds, if it is called like the archive."""
    (top, *others) = {path.parts[0] for path in tree} or {""}
    if others or any(len(path.parts) < 2 for path in tree) or not archive.name.startswith(f"{top}."):
        return tree
    return {path.relative_to(top): read for path, read in tree.items()}


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name in PASSED_OVER


def escaped(path: Path | PurePosixPath | str) -> str:
    """A path as text; bytes that are no UTF-8 as \\xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def identify(found: Sequence[Found]) -> list[str]:
    """A report id for each: safe as a file name anywhere, unique without regard to case."""
    taken = {"summary"}
    ids = [""] * len(found)
    for place in sorted(range(len(found)), key=lambda place: found[place].shown):
        base = re.sub(r"[^A-Za-z0-9._-]", "_", found[place].name).lstrip(".")[:100] or "submission"
        name, number = base, 1
        while name.lower() in taken:
            number += 1
            name = f"{base[: 100 - len(f'-{number}')]}-{number}"
        taken.add(name.lower())
        ids[place] = name
    return ids


# ------------------------------------------------------------------------------------------------------- grading


def grade_one(task: Task, found: Found, id: str, run: grading.Runner) -> Report:
    """The report of one submission, whatever happens."""
    info = SubmissionInfo(id=id, file=found.shown, kind=None, digest=digest(b""))
    if found.read is None:
        return grading.unscored(task, info, "unreadable", found.problem)
    try:
        content = found.read()
        info = SubmissionInfo(id=id, file=found.shown, kind=None, digest=digest(content))
        submission = parse(id, found.shown, content, tuple(_beside(found)))
    except UnreadableError as error:
        return grading.unscored(task, info, "unreadable", str(error))
    except OSError as error:
        return grading.unscored(task, info, "unreadable", f"The file can't be read: {error.strerror or error}.")
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError) as error:  # encrypted, or damaged here
        return grading.unscored(task, info, "unreadable", f"The file can't be read from its archive: {error}.")
    try:
        report = grading.grade(task, submission, run)
        to_json(report)  # what can't be written is a fault of ours too, and must not end the others
        return report
    except Exception as error:
        # A fault of ours is never the student's zero: no score, and all that helps to find it, for staff.
        sentence = f"This is a fault of the grader, not of the submission: {type(error).__name__}."
        report = grading.unscored(task, grading.info(submission), "harness_error", sentence)
        report.staff["traceback"] = traceback.format_exc()
        return report


def _beside(found: Found) -> Iterator[tuple[str, bytes]]:
    room = MAX_BESIDE
    for path, read in found.beside.items():
        content = read()
        room -= len(content)
        if room < 0:
            return
        yield str(path), content


def grade_all(task: Task, found: Sequence[Found], run: grading.Runner, done: Callable[[Report], None]) -> list[Report]:
    """Grades one after another; `done` gets each report when it is there."""
    reports = []
    for each, id in zip(found, identify(found), strict=True):
        reports.append(grade_one(task, each, id, run))
        done(reports[-1])
    return reports
