"""The exports of learning management systems: whose file is whose, as their names and metadata tell.

Sources: Canvas's lib/content_zipper.rb (`name_LATE_user_attachment_file`, `anon_ID` for the name where marking is
anonymous), Moodle's mod/assign/classes/downloader.php (`Name_participant_assignsubmission_file` as a folder or as the
beginning of the file's name), Gradescope's submission_metadata.yml (a Ruby dump, keys as `:submitters`).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from grader.reports import Student
from grader.submissions import MAX_BYTES

from .archives import Read, Tree

CODE = (".py", ".ipynb")

METADATA = PurePosixPath("submission_metadata.yml")

# An attachment's number has four digits at least: else lab_1_2_final.py would be an export.
CANVAS = re.compile(
    r"(?:(?P<name>\w+?)_)??(?P<late>LATE_)?(?:(?P<user>\d+)|anon_(?P<anonymous>\w+?))_(?P<attachment>\d{4,})_(?P<file>.+)",
    re.DOTALL,
)
CANVAS_TEXT = re.compile(
    r"(?:(?P<name>\w+?)_)??(?P<late>LATE_)?(?:(?P<user>\d+)|anon_(?P<anonymous>\w+?))_(?:text|link)\.html"
)
AGAIN = re.compile(r"-\d+$")  # hw-1.py: what Canvas makes of hw.py when it is handed in again

MOODLE = re.compile(
    r"(?P<name>.+)_(?P<user>\d+)_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<file>.*))?", re.DOTALL
)


@dataclasses.dataclass(frozen=True, slots=True)
class Hand:
    """What one student (or group) handed in at one time.

    Attributes:
      name: names the report.
      top: the folder that is it alone; empty if there is none.
      files: by its path in what was handed in: its path in the tree, and how to read it.
      main: the file to be graded, if that is known.
      students, submitted_at, order, late, earlier: as of `Found`.
    """

    name: str
    top: PurePosixPath
    files: Mapping[PurePosixPath, tuple[PurePosixPath, Read]]
    main: PurePosixPath | None = None
    students: tuple[Student, ...] = ()
    submitted_at: dt.datetime | None = None
    order: int = 0
    late: bool | None = None
    earlier: tuple[dt.datetime, ...] = ()


def chosen(code: Iterable[PurePosixPath], pack_id: str) -> PurePosixPath | None:
    """The file to be graded: the only one, or the one that is called like the pack or its stub."""
    code = list(code)
    named = [path for path in code if AGAIN.sub("", path.stem).lower() in (pack_id.lower(), "stub")]
    found = code if len(code) == 1 else named
    return found[0] if len(found) == 1 else None


def exported(tree: Tree, pack_id: str, note: Callable[[str], None]) -> list[Hand] | None:
    """What students handed in, where the tree is an LMS's export; else None."""
    if METADATA in tree:
        return _gradescope(tree, note)
    tops = {path.parts[0] for path in tree}
    if tops and all(MOODLE.fullmatch(top) for top in tops):
        return list(_moodle(tree))
    if tops and all(
        len(path.parts) == 1 and (CANVAS.fullmatch(path.name) or CANVAS_TEXT.fullmatch(path.name)) for path in tree
    ):
        return list(_canvas(tree, pack_id))
    return None


# -------------------------------------------------------------------------------------------------------- Canvas


@dataclasses.dataclass(frozen=True, slots=True)
class _Attachment:
    number: int
    late: bool
    file: PurePosixPath
    path: PurePosixPath
    read: Read


def _canvas(tree: Tree, pack_id: str) -> Iterator[Hand]:
    """A student's attachments; of a file that was handed in again, each version is an attempt."""
    students: dict[str, Student] = {}
    attachments: dict[str, list[_Attachment]] = {}
    for path, read in sorted(tree.items()):
        match = CANVAS.fullmatch(path.name)
        parts = match or CANVAS_TEXT.fullmatch(path.name)
        assert parts is not None
        user = parts["user"] or f"anon_{parts['anonymous']}"
        students.setdefault(user, Student(id=user, name=parts["name"] or ""))
        each = _Attachment(
            int(match["attachment"]) if match else 0,
            parts["late"] is not None,
            PurePosixPath(match["file"] if match else "text.html"),
            path,
            read,
        )
        attachments.setdefault(user, []).append(each)
    for user, theirs in attachments.items():
        student = students[user]
        name = f"{student.name}_{user}" if student.name else user
        theirs.sort(key=lambda each: each.number)
        # Of each file its newest version lies beside the attempts at the one that is graded.
        newest = {_once(each.file): each for each in theirs}
        main = chosen([each.file for each in newest.values() if each.file.suffix.lower() in CODE], pack_id)
        if main is None:
            files = {each.file: (each.path, each.read) for each in newest.values()}
            yield Hand(name, PurePosixPath(), files, students=(student,), late=any(each.late for each in theirs))
            continue
        others = {each.file: (each.path, each.read) for key, each in newest.items() if key != _once(main)}
        for each in theirs:
            if _once(each.file) == _once(main):
                files = {**others, each.file: (each.path, each.read)}
                yield Hand(
                    name, PurePosixPath(), files, each.file, (student,), order=each.number, late=each.late
                )  # fmt: skip


def _once(file: PurePosixPath) -> str:
    """A file's name without the number that Canvas adds to a later version's."""
    return AGAIN.sub("", file.stem) + file.suffix


# -------------------------------------------------------------------------------------------------------- Moodle


def _moodle(tree: Tree) -> Iterator[Hand]:
    students: dict[str, Student] = {}
    files: dict[str, dict[PurePosixPath, tuple[PurePosixPath, Read]]] = {}
    tops: dict[str, PurePosixPath] = {}
    for path, read in sorted(tree.items()):
        match = MOODLE.fullmatch(path.parts[0])
        assert match is not None
        user = match["user"]
        students.setdefault(user, Student(id=user, name=match["name"]))
        if len(path.parts) > 1:
            tops[user] = PurePosixPath(path.parts[0]) if match["kind"] == "file" else tops.get(user, PurePosixPath())
            inside = PurePosixPath(*path.parts[1:])
        else:
            inside = PurePosixPath(match["file"] or "nothing")
        files.setdefault(user, {})[inside] = (path, read)
    for user, student in students.items():
        yield Hand(f"{student.name}_{user}", tops.get(user, PurePosixPath()), files[user], students=(student,))


# ---------------------------------------------------------------------------------------------------- Gradescope


def is_gradescope(tree: Tree, top: str) -> bool:
    """Whether the tree's one folder is an export."""
    return PurePosixPath(top) / METADATA in tree


def _gradescope(tree: Tree, note: Callable[[str], None]) -> list[Hand]:
    """The export's folders, each a submission; the metadata says whose and when."""
    known = _metadata(tree[METADATA], note)
    hands: dict[str, dict[PurePosixPath, tuple[PurePosixPath, Read]]] = {name: {} for name in known}
    for path, read in sorted(tree.items()):
        if len(path.parts) > 1:
            hands.setdefault(path.parts[0], {})[PurePosixPath(*path.parts[1:])] = (path, read)
        elif path != METADATA and (path.name in known or path.suffix.lower() in CODE):
            hands.setdefault(path.name, {})[path] = (path, read)
    return [_of_record(name, files, known.get(name, {})) for name, files in hands.items()]


def _of_record(name: str, files: Mapping[PurePosixPath, tuple[PurePosixPath, Read]], record: Mapping[str, Any]) -> Hand:
    submitted = _time(record.get(":created_at"))
    history = [each for each in _items(record.get(":history")) if isinstance(each, dict)]
    times = {time for each in history if (time := _time(each.get(":created_at"))) is not None}
    return Hand(
        PurePosixPath(name).stem,
        PurePosixPath(name),
        files,
        students=tuple(_submitters(record.get(":submitters"))),
        submitted_at=submitted,
        earlier=tuple(sorted(times - {submitted})),
    )


def _metadata(read: Read, note: Callable[[str], None]) -> Mapping[str, Any]:
    """The export's records by folder; none, with a note, if they can't be read."""
    import yaml

    base: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader  # the first is twenty times as fast

    class Loader(base):  # type: ignore[misc]
        """Ruby's own tags are of no interest here, and no reason to give up."""

    Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
    content = read()
    try:
        if len(content) > MAX_BYTES:
            raise ValueError(f"it has more than {MAX_BYTES >> 20} MB")
        records = yaml.load(content, Loader)  # noqa: S506 - a safe loader
        if not isinstance(records, dict):
            raise ValueError("it holds no records by folder")  # noqa: TRY004 - it is what the file holds
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        note(f"{METADATA} can't be read ({reason}); the submissions are graded without names and times.")
        return {}
    return {str(key): record for key, record in records.items() if isinstance(record, dict)}


def _submitters(given: Any) -> Iterator[Student]:
    for each in _items(given):
        if isinstance(each, dict):
            name, sid, email = (_text(each.get(key)) for key in (":name", ":sid", ":email"))
            if name or sid or email:
                yield Student(id=sid or email, name=name)


def _items(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _text(given: Any) -> str:
    return str(given) if isinstance(given, (str, int)) else ""


def _time(given: Any) -> dt.datetime | None:
    """An aware time; one without a zone is in UTC, as Gradescope writes it."""
    if isinstance(given, str):
        try:
            given = dt.datetime.fromisoformat(given)
        except ValueError:
            return None
    if not isinstance(given, dt.datetime):
        return None
    return given if given.tzinfo else given.replace(tzinfo=dt.UTC)
