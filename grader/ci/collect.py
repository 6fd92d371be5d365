"""Fetches what students have pushed: `python -P -m grader.ci.collect PACK ROSTER -o DIR`, in a private repository's CI.

ROSTER is a CSV file with the columns `id` (it names the report), `repository` (`owner/name`, on the server that the
workflow runs on) and, if you like, `commit`.  DIR gets an archive for each student, to be graded, and `collected.csv`,
which says what was taken and is a roster itself: with it the same commits are fetched again.

Nothing of a student's is checked out or run: git reads the repository and writes an archive of it.  STUDENTS_TOKEN, if
it is set, is what git reads the repositories with; it stands in git's environment alone.
"""

from __future__ import annotations

import argparse
import base64
import csv
import dataclasses
import datetime as dt
import os
import re
import resource
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from grader.sandbox import shown

from .newest import GitError, git, newest

AT_A_TIME = 8
SECONDS = 300.0  # of one repository
LARGEST = 500_000_000  # bytes of a file that git writes
COLUMNS = ("id", "repository", "commit", "committed", "problem")
ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")
REPOSITORY = re.compile(r"\w[\w.-]*(/\w[\w.-]*)+", re.ASCII)
COMMIT = re.compile(r"[0-9a-f]{40,64}|")


class RosterError(Exception):
    """The roster can't be read; the text says where and what should stand there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Taken:
    """A student's row: what was asked for, and what was taken.

    Attributes:
      committed: when, as the commit itself says.
      problem: why nothing was taken; "" if something was.
    """

    id: str
    repository: str
    commit: str = ""
    committed: str = ""
    problem: str = ""


def roster(path: Path) -> list[Taken]:
    """Whom it lists.

    Raises:
      RosterError
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RosterError(f"{path}: {getattr(error, 'strerror', None) or 'it is no text in UTF-8'}") from None
    reader = csv.DictReader(text.splitlines())
    if not {"id", "repository"} <= set(reader.fieldnames or ()):
        raise RosterError(f"{path}: its first line should be id,repository or id,repository,commit")
    found: dict[str, Taken] = {}
    for row in reader:
        values = {name: (row.get(name) or "").strip() for name in ("id", "repository", "commit")}
        if not any(values.values()):
            continue
        for name, rule, allowed in (
            ("id", ID, "letters, digits and . _ - (100 at most)"),
            ("repository", REPOSITORY, "owner/name, without the server"),
            ("commit", COMMIT, "a whole commit id, or nothing"),
        ):
            if not rule.fullmatch(values[name]):
                raise RosterError(
                    f"{path}, line {reader.line_num}: {name} is {shown(values[name])!r}, but should be {allowed}"
                )
        if values["id"].lower() in found:
            raise RosterError(f"{path}, line {reader.line_num}: {values['id']} is listed twice")
        found[values["id"].lower()] = Taken(**values)
    if not found:
        raise RosterError(f"{path}: it lists nobody; each line after the first should be ID,OWNER/NAME")
    return list(found.values())


def collect(pack: str, students: Sequence[Taken], folder: Path, before: dt.datetime | None) -> list[Taken]:
    """Writes an archive for each student, and collected.csv; one who fails does not keep the others."""
    server = os.environ.get("GITHUB_SERVER_URL") or os.environ.get("CI_SERVER_URL") or "https://github.com"
    environment = _environment(server)

    def take(place: int) -> Taken:
        student = students[place]
        try:
            return _take(
                student, pack, f"{server}/{student.repository}.git", folder / f"{place + 1:04}.tar", before, environment
            )
        except GitError as error:
            return dataclasses.replace(student, problem=shown(str(error)))

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        taken = list(pool.map(take, range(len(students))))
    with (folder / "collected.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(dataclasses.astuple(each) for each in taken)
    return taken


def _environment(server: str) -> dict[str, str]:
    """git's: it asks nobody, reads no settings of this machine's users, and sends the token to this server alone."""
    environment = {name: value for name, value in os.environ.items() if name != "STUDENTS_TOKEN"}
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1"}
    if token := os.environ.get("STUDENTS_TOKEN"):
        secret = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        environment |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.{server}/.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {secret}",
        }
    return environment


def _take(
    student: Taken, pack: str, url: str, archive: Path, before: dt.datetime | None, environment: dict[str, str]
) -> Taken:
    with tempfile.TemporaryDirectory(prefix="collect-") as clone:
        git(".", "clone", "--quiet", "--bare", "--no-tags", "--", url, clone, seconds=SECONDS, env=environment)
        if not git(clone, "rev-list", "--all", "-1"):
            raise GitError("nothing was pushed")
        limit = [] if before is None else [f"--min-age={int(before.timestamp())}"]
        start = student.commit or "HEAD"
        commit = git(clone, "rev-list", "-1", *([] if student.commit else limit), start).strip()
        if not commit:
            raise GitError(f"there is no commit before {before}")
        # What a repository says of its own archives would leave files out or change their text.
        (Path(clone) / "info").mkdir(exist_ok=True)
        (Path(clone) / "info" / "attributes").write_text("* -export-ignore -export-subst\n")
        file = newest(clone, pack, commit)
        # Of a module and a notebook of one name the grader could not tell which one is meant.
        other = (
            []
            if file is None
            else [f":(exclude,top){name}" for name in (f"{pack}.py", f"{pack}.ipynb") if name != file]
        )
        written = archive.with_suffix(".part")
        git(clone, "archive", "--format=tar", f"--prefix={student.id}/", "-o", str(written.resolve()), commit, "--", ".", *other, seconds=SECONDS)  # fmt: skip
        written.rename(archive)
        return dataclasses.replace(
            student, commit=commit, committed=git(clone, "show", "-s", "--format=%cI", commit).strip()
        )


def _warn(text: str) -> None:
    """To whoever looks at the job; on GitHub as an annotation."""
    text = " ".join(text.split())
    if os.environ.get("GITHUB_ACTIONS") == "true":
        print(f"::warning title=Not collected::{text.replace('%', '%25')}")
    else:
        print(text)


def main() -> int:
    """0 if anything was collected, 1 if nothing was, 2 for a call or roster that can't be understood."""
    parser = argparse.ArgumentParser(
        prog="python -P -m grader.ci.collect", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("pack", metavar="PACK", help="its name")
    parser.add_argument("roster", metavar="ROSTER", type=Path)
    parser.add_argument("-o", dest="folder", metavar="DIR", type=Path, required=True, help="new, or empty")
    parser.add_argument(
        "--before", metavar="TIME", default="", help="the last commit before it, by the commits' own dates"
    )
    given = parser.parse_args()
    try:
        before = dt.datetime.fromisoformat(given.before).astimezone() if given.before.strip() else None
    except ValueError:
        parser.error(f"--before is {given.before!r}, but should be a time, as in 2026-11-20T23:59+01:00")
    try:
        students = roster(given.roster)
    except RosterError as error:
        parser.error(str(error))
    given.folder.mkdir(parents=True, exist_ok=True)
    if any(given.folder.iterdir()):
        parser.error(f"{given.folder} is not empty: what lies there would be graded too")
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))  # git's, too: one repository can't fill the disk
    taken = collect(given.pack, students, given.folder, before)
    missing = [each for each in taken if each.problem]
    for each in missing:
        _warn(f"{each.id} ({each.repository}): {each.problem}")
    print(
        f"Collected {len(taken) - len(missing)} of {len(taken)}; {given.folder / 'collected.csv'} says which commits."
    )
    return 0 if len(missing) < len(taken) else 1


if __name__ == "__main__":
    sys.exit(main())
