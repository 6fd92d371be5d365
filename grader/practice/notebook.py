"""Checks in a running notebook, or in any process that holds somebody's functions."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import grader

from . import practising
from .compiled import SUFFIX, CheckPack, NoCheckPackError, find, read
from .examine import NoSuchExerciseError, examine
from .here import Nowhere, living, undisturbed
from .result import Result

ABOVE = 3  # folders in which a compiled pack is looked for, beside the current one


class NotCheckedError(Exception):
    """An exercise is there, but can't be checked here; the text says why."""


_packs: dict[Path, tuple[tuple[int, int], CheckPack]] = {}  # with when the file was changed, and its size


def check(exercises: Sequence[str], pack: str | Path | None, namespace: dict[str, Any]) -> None:
    """Shows the results of exercises; what can't be checked is said in a sentence."""
    if practising.is_loading:
        return
    try:
        results = _results(_pack(nearest() if pack is None else find(Path(pack))), exercises, namespace)
    except (NoCheckPackError, NoSuchExerciseError) as error:
        print(error)
        return
    except KeyboardInterrupt:
        print("The check was stopped.")
        return
    for result in results:
        show(result)


def explain(pack: Path, exercise: str, namespace: dict[str, Any]) -> Result:
    """See `grader.explain`."""
    (result,) = _results(_pack(find(pack)), [exercise], namespace)
    if not result.report.checks:  # in a test that would be a zero that is nobody's fault
        raise NotCheckedError(f"{exercise} can't be explained: {'; '.join(result.report.remarks)}")
    return result


def show(result: Result) -> None:
    """As HTML where there is a notebook, else as text."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        from IPython.display import display

        display(result)
    else:
        print(result)


def extend(ipython: Any) -> None:
    """Gives a running IPython `check` and `%check NAMES`."""

    def magic(line: str) -> None:
        check(line.split(), None, ipython.user_ns)

    ipython.push({"check": grader.check})
    ipython.register_magic_function(magic, "line", "check")


def nearest() -> Path:
    """The compiled pack in the current folder, or in the nearest of those above it that has any.

    Raises:
      NoCheckPackError: there is none, or several in one folder.
    """
    for folder in (Path.cwd(), *Path.cwd().parents[:ABOVE]):
        with contextlib.suppress(OSError):
            if any(folder.glob(f"*{SUFFIX}")):
                return find(folder)
    raise NoCheckPackError(
        f"There is no file *{SUFFIX} in {Path.cwd()} or above it. Open the notebook in the folder that your course has "
        'handed out, or name it: check("…", pack="folder").'
    )


def _pack(path: Path) -> CheckPack:
    """The pack of a file, read once as long as the file stays the same."""
    try:
        facts = path.stat()
    except OSError as error:
        raise NoCheckPackError(f"{path} can't be read: {error.strerror or error}") from None
    stamp = (facts.st_mtime_ns, facts.st_size)
    path = path.resolve()
    if path not in _packs or _packs[path][0] != stamp:
        _packs[path] = (stamp, read(path))
    return _packs[path][1]


def _results(pack: CheckPack, exercises: Sequence[str], namespace: dict[str, Any]) -> list[Result]:
    submission, here = living(namespace)
    # What functions print while they are asked would bury the result.
    with contextlib.redirect_stdout(Nowhere()), undisturbed():
        report = examine(pack, submission, here, exercises)
    return [Result(each, pack.hidden[each.id]) for each in report.exercises]
