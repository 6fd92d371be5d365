"""One submission as a job: bytes in, a report out, wherever it runs."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.metadata
import traceback
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from grader import grading
from grader.grading import Task
from grader.packs import loading
from grader.packs.key import Key
from grader.reports import Assignment, Report, SubmissionInfo, to_json
from grader.sandbox import Session, Wall, choose, zygote
from grader.submissions import UnreadableError, digest, parse

from .discovery import Found

GRADER = Path(__file__).parent.parent
MAX_BESIDE = 64 << 20  # bytes of files beside a submission


@dataclasses.dataclass(frozen=True, slots=True)
class Job:
    """What is graded, and nothing of whose it is.

    Attributes:
      file: the file's name when it runs.
      beside: other files that lie beside it: (relative path, content).
      notes: what its report says before all else.
    """

    file: str
    content: bytes
    beside: tuple[tuple[str, bytes], ...] = ()
    notes: tuple[str, ...] = ()

    def digest(self, task: str) -> str:
        """Of all that the report depends on; `task` is that of what it is graded by."""
        beside = (part for file in self.beside for part in file)
        return _digest(task, self.file, self.content, *self.notes, "beside", *beside)


@dataclasses.dataclass(frozen=True, slots=True)
class Kit:
    """What a task is made from in another process: plain data.

    Attributes:
      folder: where the pack lies.
      key: the answer key's bytes.
      isolation: how strong the wall must be.
      wall: the wall, where this machine's has been chosen already.
      made: the task itself, which a fork has; it does not travel.
    """

    folder: str
    key: bytes
    assignment: Assignment
    seed: int
    isolation: str = "auto"
    wall: Wall | None = None
    made: Task | None = dataclasses.field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, task: Task, isolation: str = "auto", wall: Wall | None = None) -> Kit:
        return cls(str(task.pack.folder), task.key.to_bytes(), task.assignment, task.seed, isolation, wall, task)

    def __reduce__(self) -> tuple[type[Kit], tuple[Any, ...]]:
        return Kit, (self.folder, self.key, self.assignment, self.seed, self.isolation, self.wall)

    def task(self) -> Task:
        """Raises: RuntimeError if the pack is read again, and is not the one any more that grading began with."""
        if self.made is not None:
            return self.made
        pack = loading.load(self.folder)
        if loading.digest(pack) != self.assignment.digest:
            raise RuntimeError(f"the pack {self.folder} was changed while submissions were graded by it")
        return Task(pack, self.assignment, Key.from_bytes(self.key), self.seed)

    def runner(self) -> grading.Runner:
        """Raises: IsolationError if the wall is not to be had here."""
        wall = self.wall or choose(self.isolation, [Path(self.folder), Path(self.folder).parent.parent / "reference"])
        return partial(Session, wall=wall)


def task_digest(task: Task) -> str:
    """Of what submissions are graded by: pack, answer key, seed and the grader itself."""
    return _digest(task.assignment.digest, task.key.to_bytes(), str(task.seed), grader_digest())


@cache
def grader_digest() -> str:
    """Of the grader's own code, and the version of what students compute with."""
    try:
        torch = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        torch = ""
    files = [(str(path.relative_to(GRADER)), path.read_bytes()) for path in sorted(GRADER.rglob("*.py"))]
    return _digest(importlib.metadata.version("numpy"), torch, *(part for file in files for part in file))


def _digest(*parts: str | bytes) -> str:
    state = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(content).to_bytes(8, "big") + content)
    return "sha256:" + state.hexdigest()


# ------------------------------------------------------------------------------------------- in the judge's process


def read(found: Found) -> Job:
    """Raises: UnreadableError, with a sentence."""
    if found.read is None:
        raise UnreadableError(found.problem)
    try:
        return Job(found.file or PurePosixPath(found.shown).name, found.read(), tuple(_beside(found)), found.notes)
    except OSError as error:
        raise UnreadableError(f"The file can't be read: {error.strerror or error}.") from None
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:  # encrypted, damaged
        raise UnreadableError(f"The file can't be read from its archive: {error}.") from None


def _beside(found: Found) -> Iterator[tuple[str, bytes]]:
    room = MAX_BESIDE
    for path, read in found.beside.items():
        content = read()
        room -= len(content)
        if room < 0:
            return
        yield str(path), content


def unread(task: Task, message: str) -> Report:
    """The report of what can't be read."""
    return grading.unscored(task, SubmissionInfo(id="", file="", kind=None, digest=digest(b"")), "unreadable", message)


def failed(task: Task, job: Job, sentence: str, details: str) -> Report:
    """The report of a fault of ours: no score, and for staff all that helps to find it."""
    info = SubmissionInfo(id="", file="", kind=None, digest=digest(job.content))
    report = grading.unscored(task, info, "harness_error", sentence)
    report.staff["traceback"] = details
    return report


def grade_job(task: Task, job: Job, run: grading.Runner = Session) -> Report:
    """The report of one submission, whatever happens; whose it is remains to be filled in."""
    info = SubmissionInfo(id="", file="", kind=None, digest=digest(job.content))
    try:
        submission = parse("", job.file, job.content, job.beside)
    except UnreadableError as error:
        return grading.unscored(task, info, "unreadable", str(error))
    try:
        report = grading.grade(task, submission, run)
        message = " ".join([*job.notes, *([report.message] if report.message else [])])
        report = msgspec.structs.replace(report, message=message)
        to_json(report)  # what can't be written is a fault of ours too, and must not end the others
        return report
    except Exception as error:
        # A fault of ours is never the student's zero.
        sentence = f"This is a fault of the grader, not of the submission: {type(error).__name__}."
        report = failed(task, job, sentence, traceback.format_exc())
        return msgspec.structs.replace(report, submission=grading.info(submission))


def belonging(report: Report, id: str, found: Found, **more: Any) -> Report:
    """A job's report, with whose it is and where it came from."""
    submission = msgspec.structs.replace(report.submission, id=id, file=found.shown, **more)
    return msgspec.structs.replace(report, submission=submission, student=found.student)


def grade_one(task: Task, found: Found, id: str, run: grading.Runner = Session) -> Report:
    """The report of one submission, in this process."""
    try:
        report = grade_job(task, read(found), run)
    except UnreadableError as error:
        report = unread(task, str(error))
    return belonging(report, id, found)


# --------------------------------------------------------------------------------------------- in another process

_ready: list[tuple[Task, grading.Runner]] = []  # in a process that grades: by what, and behind which wall


def begin(kit: Kit) -> None:
    """Makes a process ready to grade."""
    zygote.prepare()
    _ready[:] = [(kit.task(), kit.runner())]


def grade(job: Job) -> bytes:
    """A job's report as JSON, in a process that is ready to grade."""
    return to_json(grade_job(_ready[0][0], job, _ready[0][1]))
