"""The answer key: what each probe yields on the reference, made once per pack and seed.

A key file is a magic line, the SHA-256 of what follows, and one frame of the wire format (never a pickle), in which
each exercise's part is a frame again.  It lies in the user's cache folder under a name made from everything that it
depends on, and is written atomically; a damaged one is made again.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from grader.judging import Mismatch, Outcome, Tolerance, compare
from grader.judging.diagnose import Signatures
from grader.sandbox.worker.wire import CALL, Decoder, Encoder, WireError, pack, unpack

from . import loading, signatures
from .edits import Source
from .implementation import Connection, Local, observe
from .model import Case, Exercise, Pack, PackError
from .parallel import for_each_exercise

MAGIC = b"grader answer key 3\n"
PARTS = ("expected", "mistakes", "functions", "evidence")
GRADER = Path(__file__).parent.parent


class KeyUnavailableError(Exception):
    """There is no key, and it can't be made here."""


class Key:
    """Expected values by exercise and case, and the signatures of mistakes.

    Attributes:
      made_from: the digests and versions that it depends on.
      evidence: what the reference's lines yield, and its mistakes' (see `signatures.make`), by exercise.
      functions: the reference's function of each exercise, as `NeuralNetwork.backward`.
    """

    def __init__(
        self,
        made_from: Mapping[str, str],
        expected: Mapping[str, Mapping[str, Mapping[str, Any]]],
        mistakes: Mapping[str, Any],
        functions: Mapping[str, str],
        evidence: Mapping[str, Any],
    ) -> None:
        self.made_from = dict(made_from)
        self.functions = functions
        self.evidence = evidence
        self._expected = expected
        self._mistakes = mistakes  # as plain data; made into signatures only for what failed
        self._signatures: dict[str, list[Signatures]] = {}
        self._content = b""

    def expected(self, exercise: Exercise, case: Case) -> Mapping[str, Any]:
        """What the probe should return: arrays and numbers by name."""
        try:
            return self._expected[exercise.id][case.name]
        except KeyError:
            raise PackError(f"the answer key has no {exercise.id}, {case.name!r}") from None

    def signatures(self, exercise: Exercise) -> list[Signatures]:
        """What the exercise's mistakes give: singles, then pairs."""
        if exercise.id not in self._signatures:
            self._signatures[exercise.id] = [signatures.from_plain(each) for each in self._mistakes[exercise.id]]
        return self._signatures[exercise.id]

    def to_bytes(self) -> bytes:
        if not self._content:
            encoder = Encoder()
            parts = dict(zip(PARTS, (self._expected, self._mistakes, self.functions, self.evidence), strict=True))
            frame = pack(CALL, {"made_from": self.made_from, **by_exercise(parts, encoder)}, encoder.buffers)
            self._content = MAGIC + hashlib.sha256(frame).digest() + frame
        return self._content

    @classmethod
    def from_bytes(cls, content: bytes) -> Key:
        """Raises: WireError if it is damaged, or no key."""
        frame = content[len(MAGIC) + 32 :]
        if not content.startswith(MAGIC) or hashlib.sha256(frame).digest() != content[len(MAGIC) : len(MAGIC) + 32]:
            raise WireError("it is damaged, or no answer key")
        _, header, buffers = unpack(frame)
        key = cls(header["made_from"], *(ByExercise(header[part], buffers) for part in PARTS))
        key._content = content
        return key


def by_exercise(parts: Mapping[str, Mapping[str, Any]], encoder: Encoder) -> dict[str, dict[str, Any]]:
    """Parts of a key as nodes, for `ByExercise` to read: each exercise's a frame of its own."""
    return {
        part: {name: encoder.node(np.frombuffer(_frame(value), np.uint8)) for name, value in exercises.items()}
        for part, exercises in parts.items()
    }


def _frame(value: Any) -> bytes:
    encoder = Encoder()
    return pack(CALL, {"value": encoder.node(value)}, encoder.buffers)


class ByExercise(Mapping[str, Any]):
    """A part of a key, each exercise's made into values when it is first asked for: few are, mostly."""

    def __init__(self, nodes: Mapping[str, Any], buffers: Sequence[memoryview]) -> None:
        self._nodes = nodes
        self._buffers = buffers
        self._values: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._values:
            _, header, buffers = unpack(Decoder(self._buffers).value(self._nodes[name]).tobytes())
            if "value" not in header:
                raise WireError(f"a part of an answer key has no value for {name}")
            self._values[name] = Decoder(buffers).value(header["value"])
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)


def ingredients(pack: Pack, seed: int) -> dict[str, str]:
    """What a key depends on.  torch's version is that of the machine that made it; "" where there is none."""
    rooms = hashlib.sha256()
    for room in ("packs", "judging"):
        for path in sorted((GRADER / room).glob("*.py")):
            rooms.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return {
        "pack": loading.digest(pack),
        "grader": rooms.hexdigest(),
        "seed": str(seed),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "numpy": np.__version__,
        "torch": torch_version(),
    }


def torch_version() -> str:
    """torch's version, without importing it."""
    try:
        return importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return ""


def cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "grader"


def stem_of(pack: Pack, wanted: Mapping[str, str]) -> str:
    """A key's name in the cache but for its last part, which is torch's version."""
    name = hashlib.sha256("\n".join(value for field, value in wanted.items() if field != "torch").encode()).hexdigest()
    return f"{pack.id}-{wanted['seed']}-{name[:24]}"


def get(pack: Pack, seed: int, note: Callable[[str], None] = lambda text: None) -> Key:
    """The key from the cache, or a new one.

    Args:
      note: is told in a sentence what takes time or went wrong.

    Raises:
      KeyUnavailableError: there is none, and torch is not installed.
    """
    if given := os.environ.get("GRADER_KEY"):
        return _given(Path(given), ingredients(pack, seed))
    if (found := cached(pack, seed, note)) is not None:
        return found
    note(f"Making the answer key of {pack.id} (once per pack and seed) …")
    key = make(pack, seed)
    wanted = ingredients(pack, seed)
    try:
        write(key, cache_folder() / f"{stem_of(pack, wanted)}-{wanted['torch']}.key")
    except OSError as error:
        note(f"The answer key could not be kept in {cache_folder()} ({error}); it will be made again next time.")
    return key


def cached(pack: Pack, seed: int, note: Callable[[str], None] = lambda text: None) -> Key | None:
    """The key from the cache, if it is there and whole."""
    wanted = ingredients(pack, seed)
    stem, folder = stem_of(pack, wanted), cache_folder()
    # Without torch here, a key made with any torch serves: its version is the last part of the name.
    candidates = [folder / f"{stem}-{wanted['torch']}.key"] if wanted["torch"] else sorted(folder.glob(f"{stem}-*.key"))
    for path in candidates:
        try:
            return Key.from_bytes(path.read_bytes())
        except FileNotFoundError:
            pass
        except (WireError, OSError, KeyError) as error:
            note(f"The answer key {path} can't be used ({error}); it is made again.")
    return None


def _given(path: Path, wanted: Mapping[str, str]) -> Key:
    try:
        key = Key.from_bytes(path.read_bytes())
    except (OSError, WireError, KeyError) as error:
        raise KeyUnavailableError(f"the answer key GRADER_KEY={path} can't be used: {error}") from None
    for field in ("pack", "grader", "seed"):
        if key.made_from.get(field) != wanted[field]:
            raise KeyUnavailableError(
                f"the answer key GRADER_KEY={path} was made for another {field}; make it again with `grader key`"
            )
    return key


def write(key: Key, path: Path) -> None:
    """Writes a key for its owner alone, all of it or nothing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".key-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(key.to_bytes())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def make(pack: Pack, seed: int) -> Key:
    """Asks the reference and its autograd twin, which must agree.

    Raises:
      KeyUnavailableError: torch is not installed.
      PackError: a probe fails on the reference, or the two don't agree.
    """
    if not torch_version():
        raise KeyUnavailableError(
            f"there is no answer key for {pack.id} with seed {seed}, and PyTorch, which makes it, is not installed: "
            "install torch, or bring the key (`grader key` writes it where torch is; GRADER_KEY=FILE hands it in)"
        )
    loading.load_mistakes(pack)
    expected: dict[str, dict[str, Mapping[str, Any]]] = {}
    told = for_each_exercise(pack, signatures_of, seed)
    reference, twin = loading.reference(pack), loading.twin(pack)
    reference_names, twin_names = reference.namespace(), twin.namespace()
    for exercise in pack.exercises.values():
        expected[exercise.id] = {}
        cases = exercise.cases(pack.seed, seed)
        if exercise.predicate is not None or exercise.is_prose:
            # Nothing to compare with: many answers are right.
            expected[exercise.id] = {case.name: {} for case in cases}
            continue
        for case in cases:
            values = ask(exercise, case, reference_names, reference)
            others = ask(exercise, case, twin_names, twin)
            for name, value in values.items():
                if (found := disagreement(name, others.get(name), value, exercise.agreement)) is not None:
                    raise PackError(f"{pack.id}.{exercise.id}, {case.name!r}: the twin does not agree: {found.message}")
            expected[exercise.id][case.name] = values
    mistakes = {name: made for name, (made, _) in told.items()}
    evidence = {name: found for name, (_, found) in told.items()}
    functions = {owner: name for name, _ in reference.functions() if (owner := pack.owner(name)) is not None}
    return Key(ingredients(pack, seed), expected, mistakes, functions, evidence)


def signatures_of(pack: Pack, name: str, seed: int) -> tuple[list[Any], dict[str, Any]]:
    """Those of one exercise."""
    exercise, reference = pack.exercises[name], loading.reference(pack)
    if exercise.predicate is not None or exercise.is_prose:
        return [signatures.to_plain(signatures.unasked(pack, exercise))], {}
    cases = exercise.cases(pack.seed, seed)
    names = reference.namespace()
    expected = {case.name: ask(exercise, case, names, reference) for case in cases}
    made, evidence = signatures.make(pack, reference, exercise, cases, expected)
    return [signatures.to_plain(each) for each in made], evidence


def ask(exercise: Exercise, case: Case, namespace: dict[str, Any], source: Source) -> dict[str, Any]:
    """What a probe yields on an implementation of ours, as arrays.

    Raises:
      PackError: it fails there.
    """
    seen = observe(exercise.probe, Connection(Local(namespace)), case, seed=0)
    changed = [name for name in seen.changed if name not in exercise.may_change]
    if seen.outcome is not Outcome.PASSED or changed:
        why = seen.message or f"{', '.join(changed)} was changed"
        raise PackError(f"{exercise.id}, {case.name!r}: the probe fails on {source.path}: {why}")
    # Where whole numbers may stand for floats, floats are what is expected, and either is right.
    return {name: np.asarray(value, np.float64 if exercise.integers else None) for name, value in seen.values.items()}


def disagreement(name: str, actual: Any, expected: Any, agreement: float) -> Mismatch | None:
    """How an independent implementation's answer differs, beyond `agreement` of the largest element."""
    result = compare(name, actual, expected, Tolerance(agreement, agreement, 1e-300, float32="never"), integers=True)
    return result if isinstance(result, Mismatch) else None
