"""What students get: stubs, data, a README, and the compiled pack to check their work with."""

from __future__ import annotations

import ast
import dataclasses
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat

from grader import ci
from grader.grading import Task
from grader.packs import loading, stubs
from grader.packs.model import Pack, PackError
from grader.reports.files import write_atomically

from . import leaks, words
from .compiled import SUFFIX, Compiled, compiled

DATA = "data"  # the folder of a pack whose files students get


@dataclasses.dataclass(frozen=True, slots=True)
class Release:
    """The files by their paths in the folder.

    Attributes:
      reasons: why exercises are graded after hand-in, for the pack's author.
    """

    files: Mapping[str, bytes]
    reasons: Mapping[str, str]


def release(task: Task) -> Release:
    """What students get of a pack.

    Raises:
      PackError: a line of a solution stands in it.
    """
    pack = loading.load_mistakes(task.pack)
    source = loading.reference(pack)
    made = compiled(task)
    files = {
        f"{pack.id}.py": stubs.stub_module(pack, source).encode(),
        f"{pack.id}.ipynb": notebook(pack, stubs.stub_notebook(pack, source)).encode(),
        f"{pack.id}{SUFFIX}": made.content,
        "README.md": readme(pack, made).encode(),
        **dict(_data(pack)),
        **ci.handed_out(pack.folder),
    }
    lines = leaks.secrets(pack)
    for name, content in files.items():
        if found := leaks.found(leaks.texts(name, content), lines):
            raise PackError(f"nothing is released: {name} would hold a line of the solution: {'; '.join(found)}")
    return Release(files, made.reasons)


def write(made: Release, pack: Pack, folder: Path) -> None:
    """Writes a release into a folder that is new, empty, or holds an earlier release of the pack.

    Raises:
      PackError: it is another folder; nothing is written.
    """
    if folder.resolve().is_relative_to(pack.folder):
        raise PackError(f"{folder}: a release can't lie in the pack's own folder")
    if folder.exists() and not folder.is_dir():
        raise PackError(f"{folder}: is a file, but should be a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / f"{pack.id}{SUFFIX}").is_file():
        raise PackError(f"{folder}: holds other files; name a folder that is new, empty or an earlier release")
    for name, content in made.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)


def _data(pack: Pack) -> Iterator[tuple[str, bytes]]:
    """The files in the pack's folder of data; links are not followed."""
    for base, folders, names in os.walk(pack.folder / DATA):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__")))
        for name in sorted(names):
            path = Path(base, name)
            if not name.startswith(".") and not path.is_symlink():
                yield path.relative_to(pack.folder).as_posix(), path.read_bytes()


# ------------------------------------------------------------------------------------------------------- notebook


def notebook(pack: Pack, stub: str) -> str:
    """The stub notebook with a check after each definition."""
    book = nbformat.reads(stub, as_version=nbformat.current_nbformat)
    left = list(pack.exercises)
    cells = []
    for cell in book.cells:
        cells.append(cell)
        if len(cells) == 2:  # after the prose and the imports
            cells.append(_code("checks", "from grader import check"))
        for name in _asked_in(pack, cell):
            if name in left:
                left.remove(name)
                cells.append(_code(f"check-{name}", f'check("{name}")'))
    if any(pack.exercises[name].is_script for name in left):
        cells.append(_code("script", "# Your script goes here."))
    cells += [_code(f"check-{name}", f'check("{name}")') for name in left]
    book.cells = cells
    return str(nbformat.writes(book)) + "\n"


def _code(id: str, source: str) -> Any:
    return nbformat.v4.new_code_cell(source, id=id)


def _asked_in(pack: Pack, cell: Any) -> Iterator[str]:
    """The exercises that a cell's definitions are asked for in, in the pack's order."""
    if cell.cell_type != "code":
        return
    names = set()
    for node in ast.parse(cell.source).body:
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.ClassDef):
            names.update(f"{node.name}.{each.name}" for each in node.body if isinstance(each, ast.FunctionDef))
    owners = {pack.owner(name) for name in names}
    yield from (name for name in pack.exercises if name in owners)


# --------------------------------------------------------------------------------------------------------- README


def readme(pack: Pack, made: Compiled) -> str:
    """For students: what is here, how to check, what a check does not say."""
    here = [each for each in pack.exercises.values() if each.id not in made.reasons]
    later = [each for each in pack.exercises.values() if each.id in made.reasons]
    hidden = sum(case.hidden for each in here for case in each.cases(pack.seed, pack.seed))
    first = here[0].id if here else "NAME"
    text = f"""\
# {pack.title}

Work in `{pack.id}.ipynb` or in `{pack.id}.py`, whichever you like, and hand in that one file. Replace each
`raise NotImplementedError` by your own code; the text above it says what is asked.

## Check your work

Install the grader once, from the file that your course hands out (Python 3.11 or newer):

```sh
pip install {ci.WHEEL}
```

In the notebook, after the cell with your function:

```python
from grader import check
check("{first}")
```

`check()` without a name checks all exercises; `%load_ext grader` gives you `check` and `%check {first}` as well. Cell 3
is the one that Jupyter calls `[3]`. Leave the checks in your notebook when you hand it in: they do nothing there.

In a terminal, in this folder:

```sh
grader check . {pack.id}.ipynb
```

Your code runs on your machine, with your rights, and nothing is sent anywhere. `{pack.id}{SUFFIX}` holds what is asked
and what should come back; leave it beside your file.
"""
    if ci.handed_out(pack.folder):
        text += f"""
When you push, the same check runs on your server: its summary says what is wrong, and where. If both files are in your
repository, the one that you have changed last is taken, `{pack.id}.py` if you change both at once.
"""
    if hidden:
        text += f"""
## What a check does not say

{words.hidden(hidden)} Your score is what the course gives you after hand-in, never what is printed here.
"""
    if later:
        text += f"\nThese are {words.AFTER} and can't be checked here:\n\n"
        text += "".join(f"* `{each.id}`: {each.title}\n" for each in later)
    return text
