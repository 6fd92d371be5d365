"""What GitHub and GitLab do with a workflow, as far as it shows: its very commands are run, in order, by bash.

Simulated are checkout (a clone), Python (this one), secrets, summaries, annotations and artifacts; of the commands,
`pip` alone, which notes what it was asked to install.
"""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from .conftest import ROOT

PIP = '#!/bin/sh\nfor each in "$@"; do case "$each" in *.whl) [ -f "$each" ] || exit 1;; esac; done\necho "$@" >> "$PIP_LOG"\n'
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
COMMAND = re.compile(r"::([a-z-]+)(?: ([^:]*))?::(.*)")


@dataclasses.dataclass
class Job:
    """What a person sees of a job that has ended."""

    passed: bool = True
    log: str = ""
    summary: str = ""
    installed: list[str] = dataclasses.field(default_factory=list)
    artifacts: dict[str, dict[str, bytes]] = dataclasses.field(default_factory=dict)

    @property
    def annotations(self) -> list[tuple[str, dict[str, str], str]]:
        """(kind, properties, text) of each command that the log holds and that was not stopped."""
        found, stopped = [], ""
        for line in self.log.splitlines():
            match = COMMAND.match(line)
            if stopped:
                stopped = "" if line == f"::{stopped}::" else stopped
            elif match and match[1] == "stop-commands":
                stopped = match[3]
            elif match:
                given = dict(pair.split("=", 1) for pair in (match[2] or "").split(",") if pair)
                found.append((match[1], given, match[3]))
        return found


def commit(folder: Path, text: str = "work", when: str = "2026-11-20T12:00:00+00:00") -> None:
    """Commits all that lies in a folder, which becomes a repository."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", text, GIT_COMMITTER_DATE=when, GIT_AUTHOR_DATE=when)


def git(folder: Path, *arguments: str, **env: str) -> str:
    who = {f"GIT_{role}_{what}": "a@b" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **who, **env}, check=True, capture_output=True, text=True
    ).stdout.strip()


def run_github(
    repository: Path, workflow: str, folder: Path, server: str = "", before: str = "", **secrets: str
) -> Job:
    """Runs the only job of a workflow of the repository's newest commit."""
    content = yaml.safe_load(git(repository, "show", f"HEAD:{workflow}"))
    (job,) = content["jobs"].values()
    workspace, done = folder / "workspace", Job()
    env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(folder / "summary"), "GITHUB_SERVER_URL": server}
    context = {f"secrets.{name}": value for name, value in secrets.items()} | {"github.ref": "refs/heads/main"}
    context["inputs.before"] = before
    context.setdefault("secrets.GRADER_SEED", "")  # a secret that is not set
    with_tools(folder, env)
    for step in job["steps"]:
        if not done.passed and step.get("if") is None:
            continue
        assert step.get("if") in (None, "${{ !cancelled() }}")
        action = step.get("uses", "").partition("@")[0]
        given = {name: filled(str(value), context) for name, value in step.get("env", {}).items()}
        if action == "actions/checkout":
            assert step["with"]["persist-credentials"] is False
            depth = [] if step["with"].get("fetch-depth") == 0 else ["--depth", "1"]
            git(folder, "clone", "-q", *depth, f"file://{repository}", str(workspace))
        elif action == "actions/upload-artifact":
            found = uploaded(workspace, step["with"]["path"].split("\n"))
            done.artifacts[filled(step["with"]["name"], context)] = found
        elif action:
            assert action == "actions/setup-python"
        else:
            bash(f"set -e\n{filled(step['run'], context)}", workspace, {**env, **given}, done)
    summary = folder / "summary"
    done.summary = summary.read_text() if summary.exists() else ""
    done.installed = installed(folder)
    return done


def run_gitlab(repository: Path, name: str, folder: Path, *, landlock: bool = True, **variables: str) -> Job:
    """Runs a job of the repository's newest commit, included files and all; if wanted, on a kernel without Landlock."""
    content = yaml.safe_load(git(repository, "show", "HEAD:.gitlab-ci.yml"))
    for each in content.pop("include", []):
        for path in git(repository, "ls-files", each["local"]).splitlines():
            content |= yaml.safe_load(git(repository, "show", f"HEAD:{path}"))
    job, workspace, done = content[name], folder / "workspace", Job()
    for rule in job.get("rules", []):
        variable, value = re.fullmatch(r'\$(\w+) == "(\w+)"', rule["if"]).groups()  # type: ignore[union-attr]
        assert variables[variable] == value
    depth = [] if job.get("variables", {}).get("GIT_DEPTH") == 0 else ["--depth", "20"]
    git(folder, "clone", "-q", *depth, f"file://{repository}", str(workspace))
    env = {**variables, "GITLAB_CI": "true"}
    with_tools(folder, env, *([] if landlock else [sys.executable, str(ROOT / "tests" / "without_landlock.py")]))
    bash("\n".join(["set -eo pipefail", *job["script"]]), workspace, env, done)
    assert job["artifacts"]["when"] == "always"
    done.artifacts["paths"] = uploaded(workspace, job["artifacts"]["paths"])
    done.artifacts["junit"] = uploaded(workspace, [job["artifacts"]["reports"]["junit"]])
    done.installed = installed(folder)
    return done


def with_tools(folder: Path, env: dict[str, str], *around: str) -> None:
    """Adds what a runner has: a home, this Python with the project's commands, and a pip that installs nothing."""
    tools = folder / "tools"
    tools.mkdir()
    (tools / "pip").write_text(PIP)
    (tools / "pip").chmod(0o755)
    (folder / "home").mkdir()
    # The command that installing it makes; here it runs this tree.
    (tools / "grader").write_text(f'#!/bin/sh\nexec {" ".join(around)} {sys.executable} -P -m grader "$@"\n')
    (tools / "grader").chmod(0o755)
    env |= {
        "PATH": f"{tools}:{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(folder / "home"),
        "PIP_LOG": str(folder / "pip.log"),
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
    }


def bash(script: str, workspace: Path, env: Mapping[str, str], done: Job) -> None:
    ran = subprocess.run(
        ["bash", "-c", script], cwd=workspace, env=dict(env), check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    done.log += ran.stdout
    done.passed = done.passed and ran.returncode == 0


def filled(text: str, context: Mapping[str, str]) -> str:
    return EXPRESSION.sub(lambda match: context[match[1]], text)


def uploaded(workspace: Path, patterns: list[str]) -> dict[str, bytes]:
    """The files that patterns stand for: folders as a whole."""
    found = {}
    for pattern in filter(None, patterns):
        for path in workspace.glob(pattern.rstrip("/")):
            for file in path.rglob("*") if path.is_dir() else [path]:
                if stat.S_ISREG(file.lstat().st_mode):
                    found[file.relative_to(workspace).as_posix()] = file.read_bytes()
    return found


def installed(folder: Path) -> list[str]:
    log = folder / "pip.log"
    return log.read_text().splitlines() if log.exists() else []


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """All files below a folder, git's too."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def fork(template: Path, folder: Path, **changed: str) -> Path:
    """A student's repository: the template as it was handed out, then work on some of its files."""
    shutil.copytree(template, folder)
    commit(folder, "Initial commit")
    for name, text in changed.items():
        (folder / name.replace("__", ".")).write_text(text)
        commit(folder, f"Work on {name}")
    return folder


def contexts(workflow: Any) -> set[str]:
    """All expressions that stand in a workflow."""
    if isinstance(workflow, dict):
        return {found for each in workflow.values() for found in contexts(each)}
    if isinstance(workflow, list):
        return {found for each in workflow for found in contexts(each)}
    return set(EXPRESSION.findall(workflow)) if isinstance(workflow, str) else set()
