"""What a submission may read: the interpreter, the standard library, named packages.  Nothing else."""

from __future__ import annotations

import functools
import importlib.metadata
import re
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

from .worker.landlock import READ, READ_DIR, READ_FILE, WRITE_FILE

# Packages that homework uses, where they are installed, and what they require in turn.
PACKAGES = (
    "numpy", "torch", "scipy", "matplotlib", "ipython", "matplotlib-inline", "pandas", "seaborn", "sympy",
    "scikit-learn", "tqdm", "jax", "autograd", "nbformat",
)  # fmt: skip
# Shared libraries, time zones, fonts, what torch asks about the processor.
SYSTEM = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo",
    "/usr/share/fonts", "/etc/fonts", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu",
)  # fmt: skip
DEVICES = (
    ("/dev/null", READ_FILE | WRITE_FILE),
    ("/dev/zero", READ_FILE),
    ("/dev/urandom", READ_FILE),
    ("/dev/random", READ_FILE),
)


REQUIRED = re.compile(r"(?m)^Requires-Dist:\s*([A-Za-z0-9._-]+)(.*)$")  # in METADATA
TOP = re.compile(r'(?m)^"?([^/,\n]+)')  # in RECORD, of each path


@functools.cache
def readable() -> tuple[tuple[str, int], ...]:
    """(path, rights of `landlock`) of each file and folder."""
    found: dict[str, int] = {}

    def add(path: Path, rights: int = READ) -> None:
        if path.exists():
            found[str(path.resolve())] = rights if path.is_dir() else rights & ~READ_DIR

    for name in SYSTEM:
        add(Path(name))
    paths = sysconfig.get_paths()
    installed = [Path(paths[name]) for name in ("purelib", "platlib")]
    libraries = [paths["stdlib"], sysconfig.get_path("platstdlib", vars={"platbase": sys.base_prefix})]
    for library in map(Path, dict.fromkeys(libraries)):
        if any(folder.is_relative_to(library) for folder in installed):
            # Not the folder as a whole: any package may be installed within it.
            add(library, READ_DIR)
            for path in library.iterdir():
                if path not in installed:
                    add(path)
        else:
            add(library)
    for path in Path(sys.base_prefix, "lib").glob("*.so*"):
        add(path)
    for folder in installed:
        add(folder, READ_DIR)  # Python lists the folder to find a module in it
    for path in _files_of(PACKAGES):
        add(path)
    return (*found.items(), *((name, rights) for name, rights in DEVICES if Path(name).exists()))


def _files_of(names: Iterable[str]) -> list[Path]:
    """The files and folders at the top of installed packages, and of what they require."""
    seen: set[str] = set()
    waiting = list(names)
    found: dict[Path, None] = {}
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen or name == "grader":
            continue
        seen.add(name)
        try:
            package = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        for top in _tops(package) - {"..", "__pycache__"}:
            found[Path(str(package.locate_file(top)))] = None
        waiting.extend(_wanted(package))
    return list(found)


def _wanted(package: importlib.metadata.Distribution) -> list[str]:
    """What a package requires, without its extras.  `package.requires` would read its whole description as mail."""
    headers = package.read_text("METADATA")
    if headers is None:  # it was not installed from a wheel
        headers = "\n".join(f"Requires-Dist: {each}" for each in package.requires or ())
    return [name for name, rest in REQUIRED.findall(headers.partition("\n\n")[0]) if "extra ==" not in rest]


def _tops(package: importlib.metadata.Distribution) -> set[str]:
    """The first part of each path that belongs to a package, of which torch has tens of thousands."""
    record = package.read_text("RECORD")
    if record is None:  # it was not installed from a wheel
        return {file.parts[0] for file in package.files or ()}
    return set(TOP.findall(record))


def exposed(secrets: Sequence[Path]) -> list[Path]:
    """Those of the paths that could be read all the same, because they lie in what may be read."""
    folders = [Path(path) for path, rights in readable() if rights & READ_FILE] if secrets else []
    found = []
    for secret in secrets:
        path = secret.resolve()
        if any(path.is_relative_to(folder) or folder.is_relative_to(path) for folder in folders):
            found.append(secret)
    return found
