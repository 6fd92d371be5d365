"""Finds and loads packs.  Their code is the instructor's: it runs in the judge."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib
import importlib.util
import itertools
import sys
import traceback
import types
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from . import course
from .edits import OverlapError, Source
from .model import Pack, PackError

MOST_MISTAKEN = 8  # ways to make the same mistakes that are looked at
CI = "ci"  # the folder of a pack that holds workflows for students' repositories


def available(root: Path = Path("assignments")) -> list[Path]:
    """The folders under ./assignments that hold a pack."""
    return sorted(folder.parent for folder in root.glob("*/exercises.py"))


def find(name: str) -> Path:
    """A pack's folder, from its path or its name under ./assignments.

    Raises:
      PackError: there is no such pack.
    """
    for folder in (Path(name), Path("assignments") / name):
        if (folder / "exercises.py").is_file():
            return folder.resolve()
    names = ", ".join(folder.name for folder in available()) or "none"
    raise PackError(
        f"there is no pack {name!r}: no folder with an exercises.py there; packs under ./assignments: {names}"
    )


def load(name: str) -> Pack:
    """A pack, without its mistakes.

    Raises:
      PackError: there is none, or it can't be loaded.
    """
    folder = find(name)
    package = _package(folder)
    # Two packs of one name in one process (tests, a variant beside its original) must not share modules.
    for module in [module for module in sys.modules if module.startswith(package + ".")]:
        del sys.modules[module]
    pack = getattr(_import(f"{package}.exercises", folder / "exercises.py"), "pack", None)
    if not isinstance(pack, Pack):
        raise PackError(f"{folder / 'exercises.py'}: should define `pack = Pack(...)`")
    if pack.id != folder.name:
        raise PackError(f"{folder / 'exercises.py'}: the pack is called {pack.id!r}, but its folder {folder.name!r}")
    pack.folder = folder
    course.apply(pack)
    try:
        return pack.check()
    except PackError as error:
        files = "exercises.py" if pack.course is None else f"exercises.py with {course.FILE}"
        raise PackError(f"{folder / files}: {error}") from None


def load_mistakes(pack: Pack) -> Pack:
    """The same pack with what its mistakes.py declares."""
    path = pack.folder / "mistakes.py"
    if not path.is_file() or pack.mistakes:
        return pack
    package = _package(pack.folder)
    latest: object = getattr(sys.modules.get(f"{package}.exercises"), "pack", None)
    if latest is not pack:
        # The folder was loaded once more since, and mistakes.py would declare them for the pack that came of that.
        again = load_mistakes(load(str(pack.folder)))
        pack.mistakes, pack.rewrites, pack.equivalents = again.mistakes, again.rewrites, again.equivalents
        return pack
    _import(f"{package}.mistakes", path)
    _check_edits(pack, path)
    return pack


def mistaken(pack: Pack, function: str, slugs: Collection[str]) -> list[dict[str, Any]]:
    """What the reference defines with mistakes of these names in one of its functions, in each way that they are made."""
    ways = [
        [each.edits for each in load_mistakes(pack).mistakes if (each.slug, each.function) == (slug, function)]
        for slug in slugs
    ]
    found = []
    for faults in itertools.islice(itertools.product(*filter(None, ways)), MOST_MISTAKEN):
        with contextlib.suppress(OverlapError):
            found += [reference(pack).namespace(*faults)] if faults else []
    return found


def _check_edits(pack: Pack, path: Path) -> None:
    """Each edit fits into the reference.

    Raises:
      PackError: one does not; the text says which, and what there is.
    """
    source = reference(pack)
    named = [(f"mistake {each.slug!r}", each.edits) for each in pack.mistakes]
    named += [(f"rewrite {each.name!r}", list(each.edits)) for each in pack.rewrites]
    for name, edits in named:
        for function, old, new in edits:
            try:
                source.function(function)
                if isinstance(new, str):
                    source.span(function, old, new)
            except PackError as error:
                raise PackError(f"{path}: {name}: {error}") from None


def _package(folder: Path) -> str:
    """The package that the folder's modules are imported into, so that `from .exercises import pack` works."""
    name = f"_pack_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    package = types.ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package
    return name


def _import(name: str, path: Path) -> types.ModuleType:
    try:
        return importlib.import_module(name)
    except PackError as error:
        raise PackError(f"{path}{_line(error, path)}: {error}") from None
    except Exception as error:
        raise PackError(f"{path}{_line(error, path)}: {type(error).__name__}: {error}") from error


def _line(error: Exception, path: Path) -> str:
    """The line of a file that an error comes from, "" where it comes from another."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return f", line {lines[-1]}" if lines else ""


def module_path(pack: Pack, name: str) -> Path:
    """The file of `reference.sigmoid_network`: in the pack's own folder, or in the project that it lies in.

    Raises:
      PackError: it is in neither.
    """
    relative = Path(*name.split(".")).with_suffix(".py")
    for root in (pack.folder, pack.folder.parent.parent):
        if (root / relative).is_file():
            return root / relative
    raise PackError(
        f"{pack.folder / 'exercises.py'}: {name!r} is neither in the pack's folder nor beside ./assignments"
    )


@functools.lru_cache(maxsize=4)  # what its script leaves with a mistake in it is worked out once
def reference(pack: Pack) -> Source:
    return Source(module_path(pack, pack.reference))


def twin(pack: Pack) -> Source:
    return Source(module_path(pack, pack.twin))


def digest(pack: Pack) -> str:
    """Of everything that decides what is asked and what is right: the pack's files, but course.toml, and its references."""
    state = hashlib.sha256()
    others = {pack.folder / course.FILE, *_files(pack.folder / CI)}
    for path in sorted(set(_files(pack.folder)) - others):
        state.update(str(path.relative_to(pack.folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    for name in (pack.reference, pack.twin):
        state.update(name.encode() + b"\0" + module_path(pack, name).read_bytes() + b"\0")
    return "sha256:" + state.hexdigest()


def contents(pack: Pack) -> dict[PurePosixPath, bytes]:
    """The files that its digest is of, laid out so that they can be loaded elsewhere: from assignments/<id>."""
    root = PurePosixPath("assignments", pack.id)
    files = {root / path.relative_to(pack.folder).as_posix(): path.read_bytes() for path in _files(pack.folder)}
    for name in (pack.reference, pack.twin):
        path = module_path(pack, name)
        if not path.is_relative_to(pack.folder):
            files[PurePosixPath(*name.split(".")).with_suffix(".py")] = path.read_bytes()
    return files


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
