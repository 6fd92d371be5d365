"""The container's recipe: no Docker is here, so its lines are carried out on a copy-on-write root, and `docker run`'s
flags by what they stand for (a user without rights, no new ones, no network, nothing that can be written).
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT
from .small_pack import write_pack
from .test_ci import RIGHT, WRONG

RECIPE = ROOT / "grader" / "ci" / "Containerfile"
TOOLS = {
    "pip": '#!/bin/sh\necho "$@" >> /pip.log\n',
    "grader": '#!/bin/sh\n[ -f /source/grader/__main__.py ] || exit 9\nexec /opt/env/bin/python -P -m grader "$@"\n',
}


def instructions() -> list[tuple[str, str]]:
    lines = [line for line in RECIPE.read_text().splitlines() if line and not line.startswith("#")]
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines)]


def built_and_run(folder: Path, course: Path, *commands: list[str]) -> subprocess.CompletedProcess[str]:
    """Builds, then runs commands as `docker run` of the recipe's first lines would."""
    root, env = f"{folder}/image", {"PATH": "/tools:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
    script = [
        f"mount -t tmpfs none {folder}",
        f"mkdir {folder}/upper {folder}/scratch {root}",
        f"mount -t overlay none -o lowerdir=/,upperdir={folder}/upper,workdir={folder}/scratch {root}",
        # This machine's Python may lie in a closed home folder; an image's does not.
        *(f"chmod o+x {root}{folder}" for folder in Path(sys.base_prefix).resolve().parents),
        f"mkdir -p {root}/opt/env {root}/tools",
        f"mount --bind {Path(sys.prefix).resolve()} {root}/opt/env",
        f"mount -t proc none {root}/proc",
        f"mount --rbind /dev {root}/dev",
        *(f"printf %s {shlex.quote(text)} > {root}/tools/{name}" for name, text in TOOLS.items()),
        f"chmod 755 {root}/tools/*",
    ]
    user, place, entry, arguments = "root", "/", [""], ""
    for name, rest in instructions():
        if name == "ARG":
            arguments += f"{rest}; "
        elif name == "COPY":
            *sources, target = rest.split()
            script.append(f"mkdir -p {root}{target}")
            script += [
                f"cp -R {ROOT / each}{'/.' if (ROOT / each).is_dir() else ''} {root}{target}" for each in sources
            ]
        elif name == "RUN":
            script.append(f"chroot {root} sh -c {shlex.quote(arguments + rest)}")
        elif name == "USER":
            user = rest
        elif name == "WORKDIR":
            place = rest
        elif name == "ENTRYPOINT":
            entry = json.loads(rest)
        else:
            assert name == "FROM"
    script += [
        f"chroot {root} chown -R {user} {place}",
        f"cat {root}/pip.log",
        f"mount --bind {course} {root}{place}",
        f"chown -R $(chroot {root} id -u {user}) {course}",
        f"mkdir {folder}/keys && chown $(chroot {root} id -u {user}) {folder}/keys",
        f"mount --bind {folder}/keys {root}/home/{user}/.cache",
        f"mount -t tmpfs none {root}/tmp",
        f"mount -o remount,ro {root}",
    ]
    rights = "--clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs"
    for command in commands:
        inner = f"cd {place} && HOME=/home/{user} PYTHONPATH=/source exec {shlex.join([*entry, *command])}"
        number = f"$(chroot {root} id -u {user})"
        script.append(f"chroot {root} setpriv --reuid {number} --regid {number} {rights} sh -c {shlex.quote(inner)}")
    return subprocess.run(
        ["unshare", "--mount", "--net", "sh", "-ec", "\n".join(script)],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_a_class_is_graded_as_the_recipe_says(tmp_path: Path) -> None:
    assert os.geteuid() == 0
    course, folder = tmp_path / "course", tmp_path / "container"
    folder.mkdir()
    write_pack(course / "assignments")
    (course / "class").mkdir()
    (course / "class" / "ann.py").write_text(RIGHT)
    (course / "class" / "ben.py").write_text(WRONG)
    done = built_and_run(folder, course, ["doctor"], ["grade", "half", "class"], ["render", "results/half", "--format", "html"])  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[:2] == [
        "install -q --no-cache-dir torch --index-url https://download.pytorch.org/whl/cpu",
        "install -q --no-cache-dir /source",
    ]
    assert "14 of 14 attacks stopped; level of isolation: strict" in done.stdout
    assert not done.stderr.replace("Making the answer key of half (once per pack and seed) …", "").strip()
    report = json.loads((course / "results" / "half" / "ben.json").read_text())
    assert report["score"] == 1
    assert [fault["mistake"] for each in report["exercises"] for fault in each["diagnosis"]] == ["factor-forgotten"]
    assert (course / "results" / "half" / "html" / "index.html").is_file()


def test_the_recipe_names_what_there_is() -> None:
    names = [name for name, _ in instructions()]
    assert (names[0], names.index("USER") > names.index("RUN")) == ("FROM", True)
    for name, rest in instructions():
        if name == "COPY":
            assert all((ROOT / each).exists() for each in rest.split()[:-1])
