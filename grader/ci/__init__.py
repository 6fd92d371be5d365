"""Workflows for CI, made for a pack: one that students' repositories run, one that grades for the record.

`github/` and `gitlab/` hold them as files; a word between two @ stands for what depends on the pack.  `newest` and
`collect` are what they call.  `Containerfile` is a recipe for grading where there is no Linux.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import grader
from grader.packs.loading import CI as FOLDER
from grader.packs.model import PackError

TEMPLATES = Path(__file__).parent
WHEEL = f"backprop_grader-{grader.__version__}-py3-none-any.whl"
ROSTER = "id,repository\n"
INCLUDE = (TEMPLATES / "gitlab" / "include.yml").read_text("utf-8")
PLAIN = re.compile(r"[\w./ -]+", re.ASCII)  # paths that mean nothing else in YAML, in a shell or to GitHub


class Platform(StrEnum):
    """Where workflows run."""

    GITHUB = "github"
    GITLAB = "gitlab"


PRACTICE = {Platform.GITHUB: ".github/workflows/practice.yml", Platform.GITLAB: ".gitlab-ci.yml"}


def workflows(pack: Path, platform: Platform) -> dict[Path, str]:
    """The files by their paths: those for students in the pack's folder, the others where the platform looks for them.

    Args:
      pack: the pack's folder; it need not be there yet.

    Raises:
      PackError: its path can't stand in a workflow.
    """
    root, folder = _repository(pack), pack.resolve()
    inside = folder.relative_to(root).as_posix()
    if not PLAIN.fullmatch(inside):
        raise PackError(
            f"{inside}: a workflow can't name this path; it should be made of letters, digits, spaces and . _ - /"
        )
    is_source = (root / "grader" / "ci" / "__init__.py").is_file()
    roster = f"rosters/{folder.name}.csv"
    words = {
        "PACK": folder.name,
        "FOLDER": inside,
        "ROSTER": roster,
        "OVERRIDES": f"rosters/{folder.name}-overrides.csv",
        "WHEEL": WHEEL,
        "INSTALL": "." if is_source else f"./{WHEEL}",
        "INSTALL_HINT": "the grader is installed from this repository" if is_source else f"put {WHEEL} at its top",
    }
    record = _filled(f"{platform}/record.yml", words)
    files = {folder / FOLDER / f"{platform}.yml": _filled(f"{platform}/practice.yml", words)}
    if platform is Platform.GITHUB:
        files[root / ".github" / "workflows" / f"record-{folder.name}.yml"] = record
    else:
        files[root / ".gitlab" / f"record-{folder.name}.yml"] = record
        files[root / ".gitlab-ci.yml"] = INCLUDE
    return {**files, root / roster: ROSTER}


def new(files: Mapping[Path, str]) -> list[Path]:
    """Those of the files that are not there yet.

    A roster and a .gitlab-ci.yml that are there are the course's own and stay as they are.

    Raises:
      PackError: one is there, and is another.
    """
    missing = []
    for path, content in files.items():
        if not path.exists():
            missing.append(path)
        elif content not in (ROSTER, INCLUDE) and not (path.is_file() and path.read_bytes() == content.encode()):
            raise PackError(f"{path} is there already and differs; move it away to get a new one (nothing is written)")
    return missing


def left(files: Mapping[Path, str]) -> str:
    """What a person has to do by hand, in a sentence; "" for nothing."""
    wanted = INCLUDE.splitlines()[-1].strip("- ")
    for path, content in files.items():
        if content == INCLUDE and path.is_file() and wanted not in path.read_text("utf-8", "replace"):
            return f"{path} is yours and was left as it is; put into its `include:` list `- {wanted}`."
    return ""


def handed_out(pack: Path) -> dict[str, bytes]:
    """The practice workflows that a release holds, by their paths in it."""
    found = {path: pack / FOLDER / f"{platform}.yml" for platform, path in PRACTICE.items()}
    return {path: file.read_bytes() for path, file in found.items() if file.is_file() and not file.is_symlink()}


def _repository(pack: Path) -> Path:
    """The top of the repository that a pack lies in; without one, the folder that has ./assignments, or the pack."""
    folder = pack.resolve()
    for parent in folder.parents:
        if (parent / ".git").exists():
            return parent
    return folder.parent.parent if folder.parent.name == "assignments" else folder.parent


def _filled(name: str, words: Mapping[str, str]) -> str:
    text = (TEMPLATES / name).read_text("utf-8")
    return re.sub(r"@([A-Z]+(?:_[A-Z]+)*)@", lambda match: words[match[1]], text)
