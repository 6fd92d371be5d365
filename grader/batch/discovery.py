"""Finds submissions in files, folders and archives, and names their reports."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from grader.reports import Student

from . import archives, layouts
from .archives import Read, Refusal, RefusedError, Tree
from .layouts import CODE, Hand

MOST_REFUSED = 20  # entries of an archive that each get a report which says why they were not read


class NoSuchSubmissionError(Exception):
    """A path of the call is not there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A submission, not read yet.

    Attributes:
      name: names the report: the file's or folder's, without suffix; a student's where an LMS tells.
      shown: its path as the report shows it.
      read: gives its bytes; None if there is nothing to grade, and `problem` says why.
      beside: the files that lie beside it when it runs.
      file: its name when it runs, where that is not the path's last part.
      student: who handed it in, as far as an LMS tells.
      submitted_at: when, likewise; aware.
      order: of attempts, the newest has the largest.
      late: whether the LMS says that it is late; None if it doesn't say.
      earlier: when the attempts were handed in that are known of, but not there.
      notes: what the report says of it before all else.
    """

    name: str
    shown: str
    read: Read | None
    problem: str = ""
    beside: Tree = dataclasses.field(default_factory=dict)
    file: str = ""
    student: Student | None = None
    submitted_at: dt.datetime | None = None
    order: int = 0
    late: bool | None = None
    earlier: tuple[dt.datetime, ...] = ()
    notes: tuple[str, ...] = ()


def discover(
    paths: Iterable[Path],
    pack_id: str,
    note: Callable[[str], None] = lambda text: None,
    helpers: Collection[str] = (),
) -> list[Found]:
    """The submissions that paths stand for: files, and folders and archives of them.

    Args:
      note: is told in a sentence what is not as it should be, and costs no submission.
      helpers: names of modules that lie beside submissions and are none.

    Raises:
      NoSuchSubmissionError: a path is not there.
    """
    paths = list(paths)
    for path in paths:
        if not os.path.lexists(path):
            raise NoSuchSubmissionError(f"there is no file or folder {escaped(path)}")
    return [found for path in paths for found in _at(path, pack_id, note, helpers)]


def _at(path: Path, pack_id: str, note: Callable[[str], None], helpers: Collection[str]) -> list[Found]:
    shown, name = escaped(path), escaped(path.name)
    try:
        if path.is_dir():
            tree = archives.folder(path)
            (top, *others) = {inside.parts[0] for inside in tree} or {""}
            if not others and layouts.is_gradescope(tree, top):
                return _at(path / top, pack_id, note, helpers)
            return list(_class(tree, [], pack_id, path, note, helpers)) or [
                Found(name, shown, None, "The folder has no .py or .ipynb file.")
            ]
        if not path.is_file():
            return [Found(name, shown, None, "It is neither a file nor a folder.")]
        if path.suffix.lower() in CODE:
            return [Found(escaped(path.stem), shown, path.read_bytes)]
        if path.name.lower().endswith(archives.SUFFIXES):
            tree, refused = archives.archive(path)
            return list(_class(*_unwrapped(tree, refused, path), pack_id, None, note, helpers)) or [
                Found(escaped(path.stem), shown, None, "The archive has no .py or .ipynb file.")
            ]
    except RefusedError as error:
        return [Found(escaped(path.stem), shown, None, f"The archive is refused: {error}.")]
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        return [Found(escaped(path.stem), shown, None, f"The archive is damaged: {error}.")]
    except OSError as error:
        return [Found(escaped(path.stem), shown, None, f"It can't be read: {error.strerror or error}.")]
    return [Found(escaped(path.stem), shown, None, "It is neither a .py nor an .ipynb file, nor a folder or archive.")]


def _class(
    tree: Tree,
    refused: Sequence[Refusal],
    pack_id: str,
    root: Path | None,
    note: Callable[[str], None],
    helpers: Collection[str],
) -> Iterator[Found]:
    """An LMS's export; else each file is a submission, and each sub-folder is one."""

    def shown(path: PurePosixPath) -> str:
        return escaped(root / path if root else path)

    exported = layouts.exported(tree, pack_id, note)
    for hand in _plain(tree, helpers) if exported is None else exported:
        top = hand.top.parts
        notes = tuple(
            f"{escaped(PurePosixPath(*refusal.path.parts[len(top) :]))} {refusal.why}, so it was left out."
            for refusal in refused
            if top and refusal.path is not None and refusal.path.parts[: len(top)] == top
        )
        yield from _found(hand, pack_id, shown, notes, helpers)
    yield from _refused(tree, refused)


def _plain(tree: Tree, helpers: Collection[str]) -> Iterator[Hand]:
    folders: dict[str, dict[PurePosixPath, tuple[PurePosixPath, Read]]] = {}
    for path, read in sorted(tree.items()):
        if len(path.parts) > 1:
            folders.setdefault(path.parts[0], {})[PurePosixPath(*path.parts[1:])] = (path, read)
        elif path.suffix.lower() in CODE and path.stem not in helpers:
            yield Hand(path.stem, PurePosixPath(), {path: (path, read)}, main=path)
    for name, files in folders.items():
        yield Hand(name, PurePosixPath(name), files)


def _found(
    hand: Hand,
    pack_id: str,
    shown: Callable[[PurePosixPath], str],
    notes: tuple[str, ...],
    helpers: Collection[str],
) -> Iterator[Found]:
    """The submission that lies in what one student handed in; one for each of a group."""
    main, problem = hand.main, ""
    if main is None:
        code = [path for path in hand.files if path.suffix.lower() in CODE and path.stem not in helpers]
        main = layouts.chosen(code, pack_id)
        if main is None:
            names = ", ".join(map(escaped, code[:10]))
            problem = (
                f"The folder has several files that could be it ({names}); "
                f"call one of them {pack_id}.py or {pack_id}.ipynb."
                if code
                else "The folder has no .py or .ipynb file."
            )
    path, read = (hand.top, None) if main is None else hand.files[main]
    for student in hand.students or (None,):
        several = student is not None and len(hand.students) > 1
        yield Found(
            escaped(f"{hand.name}_{student.id or student.name}" if several and student else hand.name),
            shown(path),
            read,
            problem,
            beside={inside: other for inside, (_, other) in hand.files.items() if inside != main},
            file=escaped(main.name) if main is not None else "",
            student=student,
            submitted_at=hand.submitted_at,
            order=hand.order,
            late=hand.late,
            earlier=hand.earlier,
            notes=notes,
        )


def _refused(tree: Tree, refused: Sequence[Refusal]) -> Iterator[Found]:
    """A report without a score for what was refused and belongs to no submission that is graded."""
    folders = {path.parts[0] for path in tree if len(path.parts) > 1}
    alone = [
        each
        for each in refused
        if each.path is None
        or (len(each.path.parts) == 1 and each.path.suffix.lower() in CODE)
        or (len(each.path.parts) > 1 and each.path.parts[0] not in folders)
    ]
    for place, each in enumerate(alone):
        more = len(alone) - MOST_REFUSED
        if place == MOST_REFUSED:
            yield Found("refused", escaped(each.name), None, f"So were {more} more entries of the archive refused.")
            return
        stem = PurePosixPath(each.name.replace("\\", "/")).stem
        yield Found(escaped(stem), escaped(each.name), None, f"The archive's {escaped(each.name)} {each.why}: refused.")


def _unwrapped(tree: Tree, refused: Sequence[Refusal], archive: Path) -> tuple[Tree, list[Refusal]]:
    """The content of the one folder that an archive of a folder holds, if it is called like the archive."""
    (top, *others) = {path.parts[0] for path in tree} or {""}
    named = archive.name.startswith(f"{top}.") or layouts.is_gradescope(tree, top)
    if others or any(len(path.parts) < 2 for path in tree) or not named:
        return tree, list(refused)
    inside = [
        dataclasses.replace(each, path=PurePosixPath(*each.path.parts[1:]))
        if each.path is not None and each.path.parts[0] == top and len(each.path.parts) > 1
        else each
        for each in refused
    ]
    return {path.relative_to(top): read for path, read in tree.items()}, inside


def escaped(path: Path | PurePosixPath | str) -> str:
    """A path as text; bytes that are no UTF-8 as \\xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def identify(found: Sequence[Found]) -> list[str]:
    """A report id for each: safe as a file name anywhere, unique without regard to case."""
    taken = {"summary"}
    numbers: dict[str, int] = {}
    ids = [""] * len(found)
    for place in sorted(range(len(found)), key=lambda place: found[place].shown):
        base = re.sub(r"[^A-Za-z0-9._-]", "_", found[place].name).lstrip(".")[:100] or "submission"
        name, number = base, numbers.get(base.lower(), 1)
        while name.lower() in taken:
            number += 1
            name = f"{base[: 100 - len(f'-{number}')]}-{number}"
        numbers[base.lower()] = number  # so that ten thousand of one name take no square of that
        taken.add(name.lower())
        ids[place] = name
    return ids
