"""The file that a student works in: `python -P -m grader.ci.newest PACK`, in a clone of the repository.

A release holds a module and a notebook, and students work in one of them.  Where both are there, it is the one that
was changed last.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


class GitError(Exception):
    """What git said, in one line."""


def git(folder: Path | str, *arguments: str, seconds: float = 120, env: Mapping[str, str] | None = None) -> str:
    """Runs git in a repository, which is somebody else's.

    Raises:
      GitError: it failed, or took too long.
    """
    try:
        done = subprocess.run(
            ["git", "-C", folder, *arguments], capture_output=True, timeout=seconds, check=False, env=env or os.environ
        )
    except subprocess.TimeoutExpired:
        raise GitError(f"git took longer than {seconds:g} seconds") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(said[-1] if said else f"git ended with {done.returncode}")
    return done.stdout.decode("utf-8", "surrogateescape")


def newest(folder: Path | str, pack: str, commit: str = "HEAD") -> str | None:
    """PACK.py or PACK.ipynb at the top of a commit, of both the one changed last; None where neither is there.

    Raises:
      GitError
    """
    names = (f"{pack}.py", f"{pack}.ipynb")
    there = git(folder, "ls-tree", "-z", "--name-only", commit, "--", *names).split("\0")
    files = [name for name in names if name in there]
    if len(files) < 2:
        return files[0] if files else None
    # By the order of commits, not by their dates, which say what their author likes.
    of_both, of_first = (git(folder, "rev-list", "-1", commit, "--", *which) for which in (files, files[:1]))
    return files[0] if of_first == of_both else files[1]


def main() -> int:
    """Prints the file's name."""
    (pack,) = sys.argv[1:]
    try:
        found = newest(".", pack)
    except GitError as error:
        print(f"git can't tell which file was changed last: {error}", file=sys.stderr)
        return 3
    if found is None:
        print(f"There is neither {pack}.py nor {pack}.ipynb at the top of the repository.", file=sys.stderr)
        return 2
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
