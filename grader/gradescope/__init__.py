"""Gradescope's autograder zip for a pack: the grader, the pack, its private key, and two scripts that Gradescope runs."""

from __future__ import annotations

import importlib.metadata
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import grader
from grader.packs import Pack, loading
from grader.packs.key import Key

HERE = Path(__file__).parent
SCRIPTS = ("setup.sh", "run_autograder")
DISTRIBUTION = "backprop-grader"
WHEN = (1980, 1, 1, 0, 0, 0)  # the same content gives the same zip


def autograder(pack: Pack, key: Key, seed: int) -> bytes:
    """The zip that is uploaded to Gradescope.  It holds the answers: keep it from students.

    Args:
      key: the pack's answer key for the seed.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(_files(pack, key, seed)):
            entry = zipfile.ZipInfo(name, WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if name in SCRIPTS else 0o644) << 16
            archive.writestr(entry, data)
    return content.getvalue()


def _files(pack: Pack, key: Key, seed: int) -> Iterator[tuple[str, bytes]]:
    for name in SCRIPTS:
        yield name, (HERE / name).read_bytes()
    yield "requirements.txt", "".join(f"{line}\n" for line in requirements()).encode()
    yield "pack", f"assignments/{pack.id}\n".encode()
    yield "seed", f"{seed}\n".encode()
    yield "private.key", key.to_bytes()
    yield from _tree(Path(grader.__file__).parent, PurePosixPath("grader"))
    yield from _tree(pack.folder, PurePosixPath("assignments", pack.id))
    for module in (pack.reference, pack.twin):
        path = loading.module_path(pack, module)
        if not path.is_relative_to(pack.folder):
            yield str(PurePosixPath(*module.split(".")).with_suffix(".py")), path.read_bytes()


def _tree(folder: Path, below: PurePosixPath) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        passed_over = any(part.startswith(".") or part == "__pycache__" for part in relative.parts)
        if path.is_file() and not passed_over:
            yield str(below / relative.as_posix()), path.read_bytes()


def requirements() -> list[str]:
    """What the grader needs, at the versions that are installed here, and torch, which students may use.

    The key was made with these versions; others may round differently.
    """
    names = [
        re.split(r"[\s;<>=!~\[(]", line, maxsplit=1)[0]
        for line in importlib.metadata.requires(DISTRIBUTION) or []
        if "extra ==" not in line
    ]
    return [f"{name}=={_version(name)}" for name in sorted([*names, "torch"])]


def _version(name: str) -> str:
    # A build's own mark ("+cpu") is not to be had from the index.
    return importlib.metadata.version(name).partition("+")[0]
