"""A compiled pack: what students check their own work with.

It holds the probes, the public cases' inputs and expected values, and what known mistakes give there, with their names
and hints.  It holds no reference, no edit that makes a mistake, and no hidden case.  A file of it is a magic line, the
SHA-256 of what follows, and one frame of the wire format (never a pickle), in which each exercise's part is a frame
again.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import numpy as np

from grader.grading import Task
from grader.judging import Tolerance, share, total
from grader.judging.diagnose import Signatures
from grader.packs import signatures
from grader.packs.key import PARTS, ByExercise, Key, by_exercise
from grader.packs.model import Case, Exercise, Pack, PackError
from grader.reports import LEVELS, Assignment
from grader.sandbox import Limits
from grader.sandbox.worker.wire import CALL, Decoder, Encoder, WireError, pack, unpack

from .probes import ROLES, Probes, WithheldError, called, load, made_again, parts_of

MAGIC = b"grader check pack 3\n"
SUFFIX = ".check"
PLAIN = (np.ndarray, np.generic, str, bool, int, float, complex, list, tuple, dict, type(None))


class NoCheckPackError(Exception):
    """There is no compiled pack, or it is damaged; the text says where."""


@dataclasses.dataclass(frozen=True, slots=True)
class CheckPack:
    """A compiled pack, ready to ask.

    Attributes:
      task: the released exercises with their public cases, and what is expected there.
      order: all exercises, in the pack's order.
      withheld: those that are graded after hand-in alone: their titles.
      hidden: by exercise, how many checks come on top when it is graded.
      feedback: what a student is told, one of `LEVELS`.
    """

    task: Task
    order: tuple[str, ...]
    withheld: Mapping[str, str]
    hidden: Mapping[str, int]
    feedback: str


# --------------------------------------------------------------------------------------------------------- making


@dataclasses.dataclass(frozen=True, slots=True)
class Compiled:
    """What is written to a file.

    Attributes:
      reasons: why exercises are graded after hand-in, for the pack's author.
    """

    content: bytes
    reasons: Mapping[str, str]


def compiled(task: Task) -> Compiled:
    """Compiles a pack; what is above its level of feedback when students check is left out of the file.

    Args:
      task: the whole pack and its key.
    """
    whole = task.pack
    feedback = whole.feedback["check"]
    probes = Probes(whole)
    exercises: list[dict[str, Any]] = []
    reasons: dict[str, str] = {}
    kept: dict[str, list[Case]] = {}
    for exercise in whole.exercises.values():
        cases = exercise.cases(whole.seed, whole.seed)
        public = [case for case in cases if not case.hidden]
        facts: dict[str, Any] = {"id": exercise.id, "title": exercise.title, "hidden": len(cases) - len(public)}
        try:
            _refuse(exercise, public)
            probes.take(exercise, _factories(public))
        except WithheldError as error:
            reasons[exercise.id] = str(error)
            exercises.append({**facts, "withheld": True})
            continue
        kept[exercise.id] = public
        points = share(exercise.points, [case.weight for case in cases])
        exercises.append(
            {
                **facts,
                "withheld": False,
                "points": total([own for own, case in zip(points, cases, strict=True) if not case.hidden]),
                "needs": exercise.needs,
                "may_change": exercise.may_change,
                "tolerance": _plain(exercise.tolerance),
                "integers": exercise.integers,
                "about": exercise.about,
                "seconds": exercise.seconds,
                "is_script": exercise.is_script,
                "cases": [
                    {
                        "name": case.name,
                        "weight": case.weight,
                        "kinked": case.kinked,
                        "tolerance": None if case.tolerance is None else _plain(case.tolerance),
                        **_fields(case),
                    }
                    for case in public
                ],
            }
        )
    content = {
        "pack": {
            "id": whole.id,
            "title": whole.title,
            "digest": task.assignment.digest,
            "runs_as_script": whole.runs_as_script,
            "modules": whole.modules,
            "axes": whole.axes,
            "limits": dataclasses.asdict(whole.limits),
            "feedback": feedback,
        },
        "exercises": exercises,
        "source": probes.source(),
    }
    encoder = Encoder()
    header = {"pack": encoder.node(content), **by_exercise(_answers(task, kept, LEVELS.index(feedback)), encoder)}
    frame = pack(CALL, header, encoder.buffers)
    return Compiled(MAGIC + hashlib.sha256(frame).digest() + frame, reasons)


def _answers(task: Task, kept: Mapping[str, Sequence[Case]], level: int) -> dict[str, dict[str, Any]]:
    """What a key knows of public cases, as far as students are told of it."""
    key, exercises = task.key, task.pack.exercises
    names = {name: {case.name for case in cases} for name, cases in kept.items()}
    with_mistakes = level >= LEVELS.index("mistake")
    return {
        "expected": {
            name: {case.name: key.expected(exercises[name], case) for case in cases} for name, cases in kept.items()
        },
        "mistakes": {
            name: [
                signatures.to_plain(_public(each, names[name], with_hints=level >= LEVELS.index("hint")))
                for each in (key.signatures(exercises[name]) if with_mistakes else [])
            ]
            for name in kept
        },
        "functions": {name: function for name, function in key.functions.items() if name in kept},
        "evidence": {
            name: {
                case: found if with_mistakes else {**found, "tables": []}
                for case, found in key.evidence.get(name, {}).items()
                if case in names[name]
            }
            for name in (kept if level >= LEVELS.index("line") else ())
            if not exercises[name].is_script  # nobody runs it again to see its lines
        },
    }


def _public(known: Signatures, names: Set[str], *, with_hints: bool) -> Signatures:
    """Signatures without what hidden cases give, and without hints if they are not told."""
    return Signatures(
        [each if with_hints else dataclasses.replace(each, hint="") for each in known.mistakes],
        known.combinations,
        {name: case for name, case in known.cases.items() if name in names},
    )


def _refuse(exercise: Exercise, public: Sequence[Case]) -> None:
    """Raises: WithheldError if an exercise can't be asked without the judge."""
    if exercise.is_prose:
        raise WithheldError("it is read by a person")
    if exercise.oracles:
        raise WithheldError("it hands in networks that the reference answers for")
    if exercise.seconds is not None:
        raise WithheldError(f"it may run for {exercise.seconds:g} seconds")
    if not public:
        raise WithheldError("it has no public case")


def _plain(tolerance: Tolerance) -> dict[str, Any]:
    return dataclasses.asdict(tolerance)


def _factories(cases: Sequence[Case]) -> set[str]:
    """The functions that the functions in cases are defined in."""
    values = [value for case in cases for value in case.fields.values()]
    for value in values:
        _check_plain(value)
    return {parts_of(value)[0].partition(".")[0] for value in values if callable(value)}


def _check_plain(value: Any) -> None:
    if isinstance(value, (list, tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            if callable(item):
                raise WithheldError("a case holds a function inside of other data")
            _check_plain(item)
    elif not (callable(value) or isinstance(value, PLAIN)):
        raise WithheldError(f"a case holds a {type(value).__name__}")


def _fields(case: Case) -> dict[str, Any]:
    """A case's fields: data as it is, functions as `parts_of` says."""
    return {
        "order": list(case.fields),
        "data": {name: value for name, value in case.fields.items() if not callable(value)},
        "functions": {name: parts_of(value) for name, value in case.fields.items() if callable(value)},
    }


# -------------------------------------------------------------------------------------------------------- reading


def find(place: Path) -> Path:
    """The compiled pack that a path stands for: the file, or the only one in the folder.

    Raises:
      NoCheckPackError: there is none, or several.
    """
    if place.suffix == SUFFIX and place.is_file():
        return place
    found = sorted(place.glob(f"*{SUFFIX}")) if place.is_dir() else []
    if len(found) == 1:
        return found[0]
    if found:
        raise NoCheckPackError(f"{place} holds several: name one of {', '.join(path.name for path in found)}")
    raise NoCheckPackError(
        f"there is no file *{SUFFIX} in {place}: the folder that your course has handed out holds it"
    )


def read(path: Path) -> CheckPack:
    """Raises: NoCheckPackError if there is none, or it is damaged."""
    try:
        return from_bytes(path.read_bytes())
    except OSError as error:
        raise NoCheckPackError(f"{path} can't be read: {error.strerror or error}") from None
    except (WireError, WithheldError, PackError, KeyError, TypeError, ValueError) as error:
        raise NoCheckPackError(f"{path} can't be used: {error}. Get it again from your course.") from None


def from_bytes(content: bytes) -> CheckPack:
    """Raises: WireError if it is damaged, or no compiled pack."""
    frame = content[len(MAGIC) + 32 :]
    if not content.startswith(MAGIC):
        raise WireError("it is no check pack, or one of another version of the grader")
    if hashlib.sha256(frame).digest() != content[len(MAGIC) : len(MAGIC) + 32]:
        raise WireError("it is damaged")
    _, header, buffers = unpack(frame)
    key = Key({}, *(ByExercise(header[part], buffers) for part in PARTS))
    return _made(Decoder(buffers).value(header["pack"]), key)


def _made(found: Any, key: Key) -> CheckPack:
    told, source = found["pack"], found["source"]
    origin = f"<probes of {told['id']}>"
    namespace = load(source, origin)
    made = Pack(
        told["id"],
        title=told["title"],
        reference="",
        twin="",
        limits=Limits(**told["limits"]),
        runs_as_script=told["runs_as_script"],
        modules=told["modules"],
        axes=told["axes"],
    )

    def fields(case: Any) -> dict[str, Any]:
        functions = {name: made_again(source, origin, namespace, *parts) for name, parts in case["functions"].items()}
        both = {**case["data"], **functions}
        return {name: both[name] for name in case["order"]}

    released = {each["id"] for each in found["exercises"] if not each["withheld"]}
    for each in found["exercises"]:
        if each["withheld"]:
            continue
        probe, differences, judged = (namespace.get(called(each["id"], role)) for role in ROLES)
        cases = [
            Case(
                case["name"],
                weight=case["weight"],
                kinked=case["kinked"],
                tolerance=None if case["tolerance"] is None else Tolerance(**case["tolerance"]),
                **fields(case),
            )
            for case in each["cases"]
        ]
        made.exercises[each["id"]] = Exercise(
            each["id"],
            each["title"],
            each["points"],
            probe or _missing(each["id"]),
            _always(cases),
            tuple(name for name in each["needs"] if name in released),
            tuple(each["may_change"]),
            Tolerance(**each["tolerance"]),
            each["integers"],
            about=tuple(each["about"]),
            differentiate=differences,
            predicate=judged,
            seconds=each["seconds"],
            is_script=each["is_script"],
        )
    assignment = Assignment(id=told["id"], title=told["title"], digest=told["digest"])
    return CheckPack(
        Task(made, assignment, key, made.seed),
        tuple(each["id"] for each in found["exercises"]),
        {each["id"]: each["title"] for each in found["exercises"] if each["withheld"]},
        {each["id"]: each["hidden"] for each in found["exercises"]},
        told["feedback"],
    )


def _missing(name: str) -> Any:
    raise WireError(f"it has no probe of {name}")


def _always(cases: list[Case]) -> Callable[[np.random.Generator], list[Case]]:
    """Draws the same cases whatever the generator."""
    return lambda rng: cases
