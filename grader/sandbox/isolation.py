"""How strong the wall is on this machine, and whether that is enough."""

from __future__ import annotations

import dataclasses
import functools
import os
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import scratch
from .facts import IsolationError
from .readable import exposed
from .worker.landlock import abi
from .worker.lockdown import LAYERS

UNUSED_USER = 61184  # of systemd's dynamic users, where nobody else's accounts are
FILES, NETWORK = ("landlock", "user"), ("seccomp", "namespaces")
STRICT = ("limits", "landlock", "rights", "seccomp")

HELP = """\
Run it on Linux 5.13 or newer with Landlock (kernel option lsm=landlock,…), or as root, in a container say, with the \
folders of keys, references and results closed to others (chmod 700). `grader doctor` shows what there is. \
`--isolation weak` runs with what there is, `--isolation none` with nothing but limits: for code that you trust."""


@dataclasses.dataclass(frozen=True, slots=True)
class Wall:
    """The layers that each worker is locked with.

    Attributes:
      layers: their names, see `worker.lockdown`.
      missing: what the others lack, by name.
      user: the number of the user that workers run as where that is a layer.
    """

    layers: tuple[str, ...]
    missing: tuple[tuple[str, str], ...] = ()
    user: int = UNUSED_USER

    @property
    def level(self) -> str:
        """ "strict", "weak" (a wall between it and files and network is there, by other means), or "none"."""
        if all(name in self.layers for name in STRICT):
            return "strict"
        return "weak" if keeps_files(self.layers) and keeps_network(self.layers) else "none"

    def facts(self) -> dict[str, Any]:
        """As a report says it."""
        return {
            "level": self.level,
            "layers": list(self.layers),
            "missing": dict(self.missing),
            **({"landlock": abi()} if "landlock" in self.layers else {}),
        }


def keeps_files(layers: Sequence[str]) -> bool:
    return any(name in layers for name in FILES)


def keeps_network(layers: Sequence[str]) -> bool:
    return any(name in layers for name in NETWORK)


def choose(demand: str = "auto", secrets: Sequence[Path] = ()) -> Wall:
    """The wall to be used.

    Args:
      demand: "strict": all of Landlock, the filter of system calls, rights and limits; "auto": a wall between
        submissions and both files and network; "weak": what there is; "none": limits alone.
      secrets: what no submission may read.

    Raises:
      IsolationError: it is not to be had.
    """
    if demand == "none":
        return Wall(("limits",) if sys.platform == "linux" else ())
    if bad := exposed(secrets):
        raise IsolationError(f"{bad[0]} lies where submissions may read (an installed package, or a system folder)")
    found = layers_here()
    missing = {name: reason for name, reason in found.items() if reason}
    layers = [name for name in LAYERS if not found[name]]
    if "user" in layers and "landlock" in layers:
        layers.remove("user")  # another user for want of Landlock alone: that user has to be able to read our Python
    elif "user" in layers and (reason := _not_for_another_user(secrets)):
        layers.remove("user")
        missing["user"] = reason
    wall = Wall(tuple(layers), tuple(missing.items()))
    if demand == "strict" and wall.level != "strict":
        lacking = "; ".join(f"{name}: {missing[name]}" for name in STRICT if name in missing)
        raise IsolationError(f"strict isolation is not to be had here ({lacking}). {HELP}")
    if demand == "auto" and wall.level == "none":
        lacking = "; ".join(f"{name}: {reason}" for name, reason in missing.items())
        raise IsolationError(f"submissions would run without a wall here ({lacking}). {HELP}")
    return wall


def _not_for_another_user(secrets: Sequence[Path]) -> str:
    """Why another user would see too much or too little; "" if neither."""
    if open_to_all := _readable_by_others(secrets):
        return f"{open_to_all[0]} can be read by every user; close it (chmod 700)"
    if (closed := closed_python()) is not None:
        return f"Python lies in {closed}, which other users can't enter; install it where they can"
    return ""


def closed_python() -> Path | None:
    """A folder that other users can't enter, and that the standard library or installed packages lie in."""
    paths = [Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "purelib")]
    folders = (folder for path in paths for folder in (*reversed(path.parents), path))
    return next((folder for folder in folders if not folder.stat().st_mode & 0o001), None)


def _readable_by_others(paths: Sequence[Path]) -> list[Path]:
    """Those of the paths which another user could read."""

    def is_open(path: Path) -> bool:
        return all(folder.stat().st_mode & 0o001 for folder in path.parents) and bool(path.stat().st_mode & 0o004)

    return [path for path in paths if path.exists() and is_open(path.resolve())]


@functools.cache
def layers_here() -> dict[str, str]:
    """Each layer, tried: "" where it holds, else what is wrong with it."""
    if sys.platform != "linux":
        return dict.fromkeys(LAYERS, f"there is none on {sys.platform}")
    from .zygote import ask

    folder = scratch.new_folder()
    try:
        canary = folder / "canary"
        canary.write_text("secret")
        canary.chmod(0o600)
        found: dict[str, str] = ask({"op": "probe", "canary": str(canary), "user": UNUSED_USER})[0]["layers"]
    finally:
        scratch.remove(folder)
    if os.geteuid() != 0:
        found["user"] = "not started as root"
    return found
