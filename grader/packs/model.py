"""What an author writes a pack with: `Pack`, `Exercise`, `Case`, `Mistake`."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from grader.judging import Tolerance, Verdict
from grader.judging.diagnose import PLACES
from grader.sandbox import Limits

Probe = Callable[[Any, "Case"], dict[str, Any]]
Differentiate = Callable[[Any, "Case"], dict[str, tuple[Callable[[Any], float], Any]]]
Predicate = Callable[[Mapping[str, Any], "Case"], Verdict]
Vjp = Callable[..., Mapping[str, Any]]
ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class PackError(Exception):
    """Something in a pack is not as it should be; the text says where, what it is and what is allowed."""


class Case:
    """One question: a name, and the fields that the probe reads as attributes.

    Args:
      name: what the report calls it; for a student to read.
      hidden: drawn from the seed of the grading run; its numbers are shown to staff alone.
      weight: its share of the exercise's points.
      tolerance: instead of the exercise's.
      kinked: central differences say nothing here (a kink, a saturated output); `validate` then relies on the
        closed form and autograd.
      fields: arrays, numbers, functions.
    """

    def __init__(
        self,
        name: str,
        *,
        hidden: bool = False,
        weight: float = 1.0,
        tolerance: Tolerance | None = None,
        kinked: bool = False,
        **fields: Any,
    ) -> None:
        if not weight > 0:
            raise PackError(f"case {name!r}: weight is {weight}, but should be above zero")
        self.name = name
        self.hidden = hidden
        self.weight = weight
        self.tolerance = tolerance
        self.kinked = kinked
        self.fields = fields

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["fields"][name]
        except KeyError:
            raise AttributeError(f"case {self.__dict__.get('name')!r} has no field {name!r}") from None

    def other(self, **fields: Any) -> Case:
        """A copy with other values in some fields."""
        twin = self.fresh()
        twin.fields.update(fields)
        return twin

    def fresh(self) -> Case:
        """A copy whose arrays are its own; functions are shared."""
        twin = copy.copy(self)
        twin.fields = {name: value if callable(value) else copy.deepcopy(value) for name, value in self.fields.items()}
        return twin


@dataclasses.dataclass(frozen=True, slots=True)
class Experiment:
    """Proves a mistake that has no values of its own, because it draws them at random.

    Attributes:
      slug: of the mistake.
      change: makes of a case the same with something else in it, which must matter.
      tells: whether the probe's values, with the case and with the other one, show that it does not.
    """

    slug: str
    change: Callable[[Case], Case]
    tells: Callable[[Mapping[str, Any], Mapping[str, Any]], bool]

    def holds(self, first: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Whether the mistake is proven; it is not by what is no array, say."""
        try:
            return bool(self.tells(first, other))
        except (TypeError, ValueError, LookupError):
            return False


@dataclasses.dataclass(slots=True, eq=False)
class Exercise:
    """One exercise.

    Attributes:
      id: its name in reports, and of the function or method that the student writes.
      title: the probe's docstring, first line.
      probe: asks an implementation and returns named arrays.
      draw: makes the cases from a random generator.
      about: the reference's functions and classes that it is about, where they are not called like it.
      oracles: whether the probe hands in objects that the judge answers for with right answers; what it is asked in is
        then over with the exercise. What a pair of mistakes makes is asked of the reference when an answer may come from one.
      needs: other exercises that the probe or a usual solution calls.
      may_change: names of fields or attributes that the call may change.
      integers: whether whole numbers may stand for floats in the answer.
      agreement: how far the autograd twin may be off, relative to the largest element.
      differentiate: returns what central differences can check: {name of a quantity: (function, point)}; its docstring
        says to a student what is differentiated ("your own loss").
      vjp: the vector-Jacobian product of its function: from the reference (with its functions as attributes), the
        upstream gradient (a tuple where the function returns several values) and the function's own arguments, the
        gradients by argument. With it autograd goes through the reference's function where this stands in.
      predicate: judges what came back where many answers are right (a search, random data): a pure function of the
        probe's values and the case, in place of the comparison with the reference's values.
      seconds: CPU seconds for all of its cases, instead of the pack's limit for an exercise.
      is_script: it asks for what a script leaves. Its mistakes are searched for one by one, since each costs a whole
        run, and in pairs among those in the script itself. The exercises that it needs are put in their place, and its
        lines traced, by running it once more.
      begun: an edit of the script under which it stops soon: what its lines yield until then tells where it is wrong.
      is_prose: a text for a person to read; no probe is run.
      experiments: are made where a value is wrong and no mistake explains it.
    """

    id: str
    title: str
    points: float
    probe: Probe
    draw: Callable[[np.random.Generator], Sequence[Case]]
    needs: tuple[str, ...] = ()
    may_change: tuple[str, ...] = ()
    tolerance: Tolerance = dataclasses.field(default_factory=Tolerance)
    integers: bool = False
    agreement: float = 1e-12
    about: tuple[str, ...] = ()
    oracles: bool = False
    differentiate: Differentiate | None = None
    vjp: Vjp | None = None
    predicate: Predicate | None = None
    seconds: float | None = None
    is_script: bool = False
    begun: tuple[str, str, str] | None = None
    is_prose: bool = False
    experiments: list[Experiment] = dataclasses.field(default_factory=list)

    def judged(self, function: Predicate) -> Predicate:
        """Decorator: declares the predicate that judges the probe's values."""
        self.predicate = function
        return function

    def differences(self, function: Differentiate) -> Differentiate:
        """Decorator: declares what central differences can check."""
        self.differentiate = function
        return function

    def backwards(self, function: Vjp) -> Vjp:
        """Decorator: declares the vector-Jacobian product."""
        self.vjp = function
        return function

    def experiment(
        self, slug: str, change: Callable[[Case], Case]
    ) -> Callable[[Callable[[Mapping[str, Any], Mapping[str, Any]], bool]], Experiment]:
        """Decorator: declares what an experiment tells; see `Experiment`."""

        def declare(tells: Callable[[Mapping[str, Any], Mapping[str, Any]], bool]) -> Experiment:
            self.experiments.append(Experiment(slug, change, tells))
            return self.experiments[-1]

        return declare

    def cases(self, pack_seed: int, seed: int) -> list[Case]:
        """The public cases of the pack's own seed, and the hidden ones of this run's."""
        public, drawn = (self.draw(self._generator(each)) for each in (pack_seed, seed))
        cases = [other if case.hidden else case for case, other in zip(public, drawn, strict=True)]
        names = [case.name for case in cases]
        if not cases or len(set(names)) < len(names):
            raise PackError(f"{self.id}: cases should have names of their own, but they are {names}")
        return cases

    def _generator(self, seed: int) -> np.random.Generator:
        # Each exercise has a stream of its own, so that a new exercise does not change the others' cases.
        name = int.from_bytes(hashlib.sha256(self.id.encode()).digest()[:8], "big")
        return np.random.default_rng([seed, name])


@dataclasses.dataclass(frozen=True, slots=True)
class Mistake:
    """A fault that students make, as an edit of the reference.

    Attributes:
      slug: its stable name.
      function: where, as `NeuralNetwork.backward`.
      old, new: the expression or statement there, and how students write it; `new` may be a function instead
        that takes the original function and returns a faulty one (for faults that are no edit).
      hint: helps without giving the line away.
      also: other edits of the function that belong to the same fault (made in both layers, say).
      unless: a name; where the student's function uses it, what explains the same is said in place of this.
      words: names of functions, ":" for a part of a sequence: in what is asked, the one statement that has any of them
        is where the mistake is.
      place: how the text tells where it is, one of `PLACES`: "put back" (where a moved element is due to be), "kept"
        (where something gets a name that is kept from call to call), "anew" (where each pass of a loop begins anew),
        "backup" (where no copy is kept of what is changed in place), "end" (where it returns, if nothing is wrong before).
    """

    slug: str
    function: str
    old: str
    new: str | Callable[[Any], Any]
    hint: str
    also: tuple[tuple[str, str], ...] = ()
    unless: str = ""
    words: tuple[str, ...] = ()
    place: str = ""

    @property
    def edits(self) -> list[tuple[str, str, str | Callable[[Any], Any]]]:
        """As (function, old, new)."""
        return [(self.function, self.old, self.new), *((self.function, old, new) for old, new in self.also)]


@dataclasses.dataclass(frozen=True, slots=True)
class Rewrite:
    """Another right way to write something: edits of the reference that must not change any answer."""

    name: str
    edits: tuple[tuple[str, str, str], ...]


class Pack:
    """An assignment: exercises, the reference that answers them, and the mistakes that students make.

    Args:
      id: the folder's name.
      reference, twin: modules, named and never imported by exercises.py: the closed form in NumPy and the same
        through PyTorch's autograd.
      seed: draws the cases, where a grading run gives no other.
      runs_as_script: whether `__name__` is "__main__" while a module runs, as it always is in notebooks; else it is the
        file's stem.
      share: of its points that an exercise keeps if it is right by itself and a helper is wrong.
      share_missing: the same where the helper is missing or not implemented.
      modules: what its questions want imported where student code runs (torch, where they hand in tensors).
      axes: what the lengths of a field's axes are, as {"X": "m n"}: letters in which factors are told.
      deadline: when it is due, with its time zone; reports then tell how late a submission is.
      stand_ins: modules that students import and that need not be there: where they can't be imported, something that
        does nothing is. (Files in the folder's `beside` lie beside each submission when it runs.)

    Attributes:
      folder: where it was loaded from.
      course: the digest of its course.toml, None where there is none; the next three are set there.
      feedback: how much students are told, in "check" and in the "record".
      shows_hidden: whether the hidden cases' numbers are shown too.
    """

    def __init__(
        self,
        id: str,
        *,
        title: str,
        reference: str,
        twin: str,
        seed: int = 0,
        limits: Limits | None = None,
        runs_as_script: bool = False,
        modules: Sequence[str] = (),
        share: float = 1.0,
        share_missing: float = 0.75,
        axes: Mapping[str, str] | None = None,
        deadline: dt.datetime | None = None,
        stand_ins: Sequence[str] = (),
    ) -> None:
        if deadline is not None and deadline.tzinfo is None:
            raise PackError(f"{id}: deadline is {deadline}, but should have a time zone (tzinfo=datetime.UTC)")
        if not ID.fullmatch(id):
            raise PackError(f"Pack({id!r}): an id is made of letters, digits and underscores")
        for name, value in (("share", share), ("share_missing", share_missing)):
            if not 0 <= value <= 1:
                raise PackError(f"Pack({id!r}): {name} is {value}, but should be from 0 to 1")
        for name in stand_ins:
            if not all(part.isidentifier() for part in name.split(".")):
                raise PackError(f"Pack({id!r}): stand_ins holds {name!r}, but should hold names of modules, as 'a.b'")
        self.id = id
        self.title = title
        self.reference = reference
        self.twin = twin
        self.seed = seed
        self.share = share
        self.share_missing = share_missing
        self.axes = dict(axes or {})
        self.deadline = deadline
        self.limits = limits or Limits()
        self.runs_as_script = runs_as_script
        self.modules = tuple(modules)
        self.stand_ins = tuple(stand_ins)
        self.exercises: dict[str, Exercise] = {}
        self.mistakes: list[Mistake] = []
        self.rewrites: list[Rewrite] = []
        self.equivalents: list[tuple[frozenset[str], frozenset[str]]] = []
        self.folder = Path()
        self.course: str | None = None
        self.feedback = {"check": "hint", "record": "hint"}
        self.shows_hidden = False

    def sizes(self, case: Case) -> dict[str, int]:
        """The lengths that a case's fields have, by letter."""
        found: dict[str, int] = {}
        for name, letters in self.axes.items():
            shape = np.shape(case.fields.get(name, 0))
            if len(shape) == len(letters.split()):
                found.update(zip(letters.split(), shape, strict=True))
        return found

    @property
    def max_score(self) -> float:
        return sum(exercise.points for exercise in self.exercises.values())

    def exercise(
        self,
        *,
        points: float,
        cases: Callable[[np.random.Generator], Sequence[Case]],
        needs: Sequence[str] = (),
        may_change: Sequence[str] = (),
        tolerance: Tolerance | None = None,
        integers: bool = False,
        agreement: float = 1e-12,
        about: Sequence[str] = (),
        seconds: float | None = None,
        is_script: bool = False,
        begun: tuple[str, str, str] | None = None,
        oracles: bool = False,
    ) -> Callable[[Probe], Exercise]:
        """Decorator: makes a probe an exercise, named like the function."""

        def declare(probe: Probe) -> Exercise:
            name = probe.__name__
            if name in self.exercises:
                raise PackError(f"{self.id}: there are two exercises {name!r}")
            if not points >= 0:
                raise PackError(f"{self.id}.{name}: points is {points}, but should be a number from 0 up")
            title = (probe.__doc__ or name).strip().splitlines()[0].rstrip(".")
            self.exercises[name] = Exercise(
                name, title, points, probe, cases, tuple(needs), tuple(may_change), tolerance or Tolerance(), integers,
                agreement, tuple(about), oracles, seconds=seconds, is_script=is_script, begun=begun,
            )  # fmt: skip
            return self.exercises[name]

        return declare

    def prose(self, name: str, *, title: str) -> None:
        """Declares a text (Markdown cells, top-level strings) that is kept for a person to read, without points."""
        self.exercises[name] = Exercise(name, title, 0.0, _no_probe, _one_text, is_prose=True)

    def mistake(
        self,
        slug: str,
        function: str,
        old: str,
        new: str | Callable[[Any], Any],
        *,
        hint: str,
        also: Sequence[tuple[str, str]] = (),
        unless: str = "",
        words: Sequence[str] = (),
        place: str = "",
    ) -> None:
        """Declares a mistake; several declarations may share a slug (other ways to make the same one)."""
        if not SLUG.fullmatch(slug):
            raise PackError(f"{self.id}: mistake {slug!r}: a slug is made of small letters, digits and hyphens")
        if place not in ("", *PLACES):
            raise PackError(
                f"{self.id}: mistake {slug!r}: place is {place!r}, but should be one of {', '.join(PLACES)}"
            )
        self.mistakes.append(Mistake(slug, function, old, new, hint, tuple(also), unless, tuple(words), place))

    def equivalent(self, one: Sequence[str], other: Sequence[str]) -> None:
        """Declares that some mistakes (by slug) give the same on every input as others: either is right."""
        self.equivalents.append((frozenset(one), frozenset(other)))

    def rewrite(self, name: str, *edits: tuple[str, str, str]) -> None:
        """Declares another right way to write the reference, as (function, old, new) edits."""
        self.rewrites.append(Rewrite(name, edits))

    def owner(self, function: str) -> str | None:
        """The exercise that a function of the reference's (`NeuralNetwork.backward`) is asked for in."""
        for exercise in self.exercises.values():
            if any(function == name or function.startswith(f"{name}.") for name in exercise.about):
                return exercise.id
        name = function.rpartition(".")[2]
        return name if name in self.exercises and not self.exercises[name].about else None

    def check(self) -> Pack:
        """The pack itself, if its parts fit together.

        Raises:
          PackError: an exercise needs one that is not there.
        """
        for exercise in self.exercises.values():
            for name in exercise.needs:
                if name not in self.exercises:
                    raise PackError(
                        f"{self.id}.{exercise.id}: needs {name!r}, but the exercises are: {', '.join(self.exercises)}"
                    )
        limits = self.limits
        needed = sum(limits.exercise if each.seconds is None else each.seconds for each in self.exercises.values())
        if limits.whole < needed:
            raise PackError(
                f"{self.id}: limits.whole is {limits.whole:g} s, but should be at least the sum of the exercises', "
                f"{needed:g} s"
            )
        if not self.exercises:
            raise PackError(f"{self.id}: has no exercise")
        return self


def _no_probe(student: Any, case: Case) -> dict[str, Any]:
    return {}


def _one_text(rng: np.random.Generator) -> list[Case]:
    return [Case("a text to be read")]
