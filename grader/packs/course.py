"""`course.toml`: what a teacher sets beside a pack without touching it.  No answer depends on it, so no key does."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import math
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec

from grader.sandbox import Limits

from .model import Pack, PackError

FILE = "course.toml"
Level = Literal["outcome", "quantity", "line", "mistake", "hint"]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file; a key that it does not know is an error."""


class Shares(_Table, frozen=True):
    """The share of its points that an exercise keeps if it is right by itself and a helper is wrong, or missing."""

    attempted: Share | None = None
    missing: Share | None = None


class Feedback(_Table, frozen=True):
    """How much students are told, by `grader check` and in what is rendered for them from the record."""

    check: Level = "hint"
    record: Level = "hint"


class Course(_Table, frozen=True):
    """The file's content.

    Attributes:
      points: by exercise.
      limits: those of `Limits`, by name.
      deadline: with its offset from UTC.
      hidden: false shows the hidden cases' numbers too; they are drawn from the seed all the same.
    """

    points: dict[str, Any] = {}
    shares: Shares = Shares()
    limits: dict[str, Any] = {}
    feedback: Feedback = Feedback()
    deadline: Annotated[dt.datetime, msgspec.Meta(tz=True)] | None = None
    hidden: bool = True


def apply(pack: Pack) -> None:
    """Sets on the pack what its course.toml says; without one, nothing.

    Raises:
      PackError: the file is no TOML, or says what it can't.
    """
    path = pack.folder / FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    try:
        course = msgspec.convert(tomllib.loads(content.decode()), Course)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: can't be read as TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise PackError(f"{path}: {error}; {_allowed()}") from None
    for name, points in course.points.items():
        if name not in pack.exercises:
            raise PackError(
                f"{path}: points: there is no exercise {name!r}; the exercises are: {', '.join(pack.exercises)}"
            )
        if not _is_number(points) or points < 0:
            raise PackError(f"{path}: points.{name} is {points!r}, but should be a number from 0 up")
        pack.exercises[name].points = float(points)
    pack.limits = dataclasses.replace(pack.limits, **_limits(path, course.limits))
    pack.share = pack.share if course.shares.attempted is None else course.shares.attempted
    pack.share_missing = pack.share_missing if course.shares.missing is None else course.shares.missing
    pack.deadline = course.deadline
    pack.feedback = {"check": course.feedback.check, "record": course.feedback.record}
    pack.shows_hidden = not course.hidden
    pack.course = "sha256:" + hashlib.sha256(content).hexdigest()


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _limits(path: Path, given: dict[str, Any]) -> dict[str, Any]:
    fields = {field.name: field.type for field in dataclasses.fields(Limits)}
    for name, value in given.items():
        if name not in fields:
            raise PackError(f"{path}: limits: there is no limit {name!r}; the limits are: {', '.join(fields)}")
        if not _is_number(value) or value <= 0:
            raise PackError(f"{path}: limits.{name} is {value!r}, but should be a number above 0")
        if fields[name] == "int" and value != int(value):
            raise PackError(f"{path}: limits.{name} is {value}, but should be a whole number")
    return {name: int(value) if fields[name] == "int" else float(value) for name, value in given.items()}


def _allowed() -> str:
    return (
        "the keys are: deadline (a time with its offset, 2026-12-01T23:59:00+01:00), hidden (true or false), and the "
        "tables points (exercise = points), shares (attempted and missing, from 0 to 1), limits, "
        f"feedback (check and record, each of {', '.join(get_args(Level))})"
    )
