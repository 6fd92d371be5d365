"""What a pack lays beside each submission: its helper files, and stand-ins for modules that are not to be had."""

from __future__ import annotations

import importlib.util
from pathlib import Path, PurePosixPath

from grader.sandbox.readable import exposed

from .model import Pack

FOLDER = "beside"
STAND_IN = '''\
"""A stand-in: there is no {name} here.  Whatever is asked of it does nothing."""


class Nothing:
    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, *args, **kwargs):
        return Nothing()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()

    def __getitem__(self, key):
        return Nothing()

    def __iter__(self):
        return iter(())

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Nothing()
'''


def files(pack: Pack) -> tuple[tuple[str, bytes], ...]:
    """(relative path, content); a student's own file of the same name comes after it, and counts."""
    folder = pack.folder / FOLDER
    helpers = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    stand_ins = [_stand_in(name) for name in pack.stand_ins if not _is_here(name)]
    return tuple({**dict(sum(stand_ins, ())), **helpers}.items())


def names(pack: Pack) -> set[str]:
    """The modules that these are: no submission is called like them."""
    folder = pack.folder / FOLDER
    helpers = {path.stem for path in folder.iterdir()} if folder.is_dir() else set()
    return helpers | {name.partition(".")[0] for name in pack.stand_ins}


def _stand_in(name: str) -> tuple[tuple[str, bytes], ...]:
    """A module, as a package, so that there may be others in it; those that it lies in too."""
    parts = name.split(".")
    names = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return tuple(
        (str(PurePosixPath(*each.split("."), "__init__.py")), STAND_IN.format(name=each).encode()) for each in names
    )


def _is_here(name: str) -> bool:
    """Whether student code can import a module: it is installed, and may be read."""
    try:
        found = importlib.util.find_spec(name.partition(".")[0])
    except (ImportError, ValueError):
        return False
    if found is None:
        return False
    origin = found.origin or next(iter(found.submodule_search_locations or ()), None)
    return origin in ("built-in", "frozen") or (origin is not None and bool(exposed([Path(origin)])))
