"""`grader new`: a pack to start from, which holds every law as it stands; or a private variant of another."""

from __future__ import annotations

import ast
import json
import keyword
import re
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeGuard

from . import key, loading, stubs
from .course import FILE as COURSE
from .model import ID, Pack, PackError

STARTER = Path(__file__).parent / "starter"
GENERATED = ("stub.py", "stub.ipynb")
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def place(name: str) -> Path:
    """Where a new pack goes: under ./assignments if that is there, else here; a path is taken as it is.

    Raises:
      PackError: the name can't be a pack's, or something lies there.
    """
    path = Path(name)
    if path.name == name and Path("assignments").is_dir():
        path = Path("assignments") / name
    if not ID.fullmatch(path.name):
        raise PackError(
            f"{name!r} can't be a pack's name: it is made of letters, digits and underscores, and begins with no digit"
        )
    if path.exists():
        raise PackError(f"{path} is there already; give another name, or move it away")
    return path


def there(name: str) -> Path | None:
    """The folder of a pack that is there already."""
    try:
        return loading.find(name)
    except PackError:
        return None


def new(folder: Path) -> list[Path]:
    """Writes a pack to start from, all of it or nothing.

    Returns:
      Its files.
    """
    return _write(folder, {path: (STARTER / path).read_text("utf-8") for path in _texts(STARTER)}, "starter")


def variant(folder: Path, original: Pack, seed: int, names: Mapping[str, str], sizes: Mapping[int, int]) -> list[Path]:
    """Writes a private variant of a pack, all of it or nothing: what it asks is the same, published solutions don't fit.

    Args:
      seed: draws its cases.
      names: of functions, classes and methods: the original's, and what they are called instead.
      sizes: lengths that its cases are drawn with, and what they are instead.

    Raises:
      PackError: a name or size is not there or can't be taken, or the reference can't be asked the new cases.
    """
    texts = {path: (original.folder / path).read_text("utf-8") for path in _texts(original.folder)}
    for module in (original.reference, original.twin):
        texts[Path(*module.split(".")).with_suffix(".py")] = loading.module_path(original, module).read_text("utf-8")
    _check_names(original, names, "\n".join(texts.values()))
    texts = {path: _renamed(text, names) for path, text in texts.items()}
    exercises = Path("exercises.py")
    texts[exercises] = _reseeded(_resized(texts[exercises], sizes), seed)
    return _write(folder, texts, original.id)


def new_seed() -> int:
    """A seed that nobody can guess."""
    return secrets.randbelow(2**31)


def _write(folder: Path, texts: Mapping[Path, str], old: str) -> list[Path]:
    """Writes a pack's files under the folder's name, which their text and names take on, and makes its stubs."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent.resolve()))
    made = beside / folder.name
    try:
        for path, text in texts.items():
            copy = made / path.with_name(path.name.replace(old, folder.name))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(re.sub(rf"(?<![A-Za-z0-9]){old}(?![A-Za-z0-9])", folder.name, text), encoding="utf-8")
        pack = loading.load_mistakes(loading.load(str(made)))
        _ask(pack)
        for path, content in stubs.generated(pack).items():
            path.write_text(content, encoding="utf-8")
        for cache in made.rglob("__pycache__"):
            shutil.rmtree(cache)
        made.rename(folder)
    except PackError as error:
        raise PackError(str(error).replace(str(made), str(folder))) from None
    finally:
        shutil.rmtree(beside)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _texts(folder: Path) -> list[Path]:
    """A pack's own files, but what is generated and what is a course's."""
    paths = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return [
        path
        for path in paths
        if "__pycache__" not in path.parts and path.name not in GENERATED and path != Path(COURSE)
        and path.parts[0] != loading.CI
        and not any(part.startswith(".") for part in path.parts)
    ]  # fmt: skip


def _ask(pack: Pack) -> None:
    """Asks the reference the public and the hidden cases: a name or a size that does not fit shows."""
    reference = loading.reference(pack)
    names = reference.namespace()
    for exercise in pack.exercises.values():
        if exercise.predicate is None and not exercise.is_prose and not exercise.is_script:
            for case in exercise.cases(pack.seed, pack.seed):
                key.ask(exercise, case, names, reference)


def _check_names(original: Pack, names: Mapping[str, str], text: str) -> None:
    reference = loading.reference(original)
    public = {part for name, _ in reference.functions() for part in name.split(".") if not part.startswith("_")}
    for old, chosen in names.items():
        if old not in public:
            raise PackError(
                f"{original.id} has no function, class or method {old!r}; it has: {', '.join(sorted(public))}"
            )
        if not chosen.isidentifier() or keyword.iskeyword(chosen):
            raise PackError(f"{old} can't be called {chosen!r}: it is no name in Python")
        if re.search(rf"\b{chosen}\b", text):
            raise PackError(f"{old} can't be called {chosen!r}: that word stands in the pack already")
    if len(set(names.values())) < len(names):
        raise PackError(f"two can't have one name: {', '.join(names.values())}")


def _renamed(text: str, names: Mapping[str, str]) -> str:
    """All words that are one of the names, in prose and in edits too."""
    for old, chosen in names.items():
        text = re.sub(rf"\b{old}\b", chosen, text)
    return text


def _reseeded(text: str, seed: int) -> str:
    """exercises.py with another seed of the pack's."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Pack":
            for given in node.keywords:
                if given.arg == "seed":
                    return _replaced(text, {given.value: str(seed)})
            return _replaced(text, {node.args[0]: f"{ast.unparse(node.args[0])}, seed={seed}"})
    raise PackError("exercises.py has no Pack(...)")


def _resized(text: str, sizes: Mapping[int, int]) -> str:
    """exercises.py with other lengths in the calls that draw cases (those with `rng` first), and in the cases' names.

    A call in which such a number stands for something else too (`epochs=3`) is left as it is.
    """
    edits: dict[ast.expr, str] = {}
    found: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        lengths = [value for value in _lengths(node) if value.value in sizes]
        edits.update({value: str(sizes[value.value]) for value in lengths})
        found.update(value.value for value in lengths)
        if isinstance(node.func, ast.Name) and node.func.id == "Case" and isinstance(node.args[0], ast.Constant):
            name = str(node.args[0].value)
            drawn = {
                value.value
                for given in node.keywords
                if isinstance(given.value, ast.Call)
                for value in _lengths(given.value)
            }
            words = {_word(number): _word(sizes[number]) for number in drawn & sizes.keys()}
            named = " ".join(
                words.get(word.strip(","), word.strip(",")) + "," * word.endswith(",") for word in name.split()
            )
            if named != name:
                edits[node.args[0]] = json.dumps(named, ensure_ascii=False)
    if missing := sizes.keys() - found:
        raise PackError(f"exercises.py: no case is drawn with a length {', '.join(map(str, sorted(missing)))}")
    return _replaced(text, edits)


def _lengths(call: ast.Call) -> list[Any]:
    """The whole numbers in a call that draws a case, by position or as `samples`, if no other argument is one of them."""
    if not call.args or not (isinstance(call.args[0], ast.Name) and call.args[0].id == "rng"):
        return []
    lengths = [value for value in call.args[1:] if _is_whole(value)]
    lengths += [given.value for given in call.keywords if given.arg == "samples" and _is_whole(given.value)]
    others = {given.value.value for given in call.keywords if given.arg != "samples" and _is_whole(given.value)}
    return [] if others & {value.value for value in lengths} else lengths


def _is_whole(value: ast.expr) -> TypeGuard[ast.Constant]:
    return isinstance(value, ast.Constant) and type(value.value) is int


def _word(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _replaced(text: str, edits: Mapping[ast.expr, str]) -> str:
    """A text with some of its expressions written otherwise."""
    content = text.encode()
    starts = [0]
    for line in content.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    places = {(starts[node.lineno - 1] + node.col_offset, node): new for node, new in edits.items()}
    for (start, node), new in sorted(places.items(), key=lambda item: -item[0][0]):
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        content = content[:start] + new.encode() + content[starts[node.end_lineno - 1] + node.end_col_offset :]
    return content.decode()
