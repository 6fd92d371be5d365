"""The laws of a pack: before a student is judged, the judges agree and the verdict has room.

`validate` checks them all and gives the figures; a law that is broken lists where.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.judging import Observation, Outcome, Tolerance, Verdict
from grader.judging.compare import as_array

from . import loading, stubs
from .differences import central_differences
from .implementation import Connection, Implementation, Local, observe
from .key import ask, disagreement
from .model import Case, Exercise, Experiment, Mistake, Pack, PackError
from .naming import Naming, naming_of_all
from .oracles import vjp_stand_in
from .signatures import mistakes_about, reach
from .verdicts import verdict

ROOM_64, ROOM_32, ROOM_SIGNAL = 1000.0, 10.0, 100.0
NAMED = 0.95

Values = Mapping[str, Any]

LAWS = (
    "drawing a case twice gives the same bits",
    "the closed form and autograd agree",
    "the closed form and central differences agree",
    "the reference gets full points, whatever the random generators hold",
    "the stub gets none, and every exercise is not implemented",
    "the stub files are those that the reference gives, and hold no line of its bodies",
    "right variants are right, with room: tolerance >= 1000 x float64 noise and >= 10 x float32 noise",
    "every mistake is seen, with room: signal >= 100 x tolerance on some case",
    "no hint holds a line of the reference, or what a mistake should have been",
    "at least 95 % of single mistakes and pairs are named, or others that the pack declares to give the same",
    "an experiment tells of the mistake that it is to prove, and of no other",
)


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """The figures of one case, relative to the largest element expected; None where there is none.

    figures: autograd's difference, central differences', noise of right variants in float64 and in float32,
    the tolerance, and the smallest signal among the mistakes that this case sees.
    """

    exercise: str
    case: str
    figures: tuple[float | None, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Validation:
    """The result: findings by law (empty where it holds) and the figures."""

    pack: str
    rows: list[Row]
    laws: dict[str, list[str]]
    names: list[Naming]
    equivalents: list[tuple[frozenset[str], frozenset[str]]]

    explanation = (
        "Differences are relative to the largest element expected. noise: the largest error of any right variant; "
        "tolerance: what a float64 answer may be off by; signal: the smallest difference that a mistake makes on the "
        "case, among the mistakes that the case sees."
    )

    @property
    def findings(self) -> list[str]:
        return [finding for found in self.laws.values() for finding in found]


def validate(pack: Pack) -> Validation:
    """Checks a pack whose mistakes are loaded.

    Raises:
      PackError: it can't be asked at all (a probe fails on the reference, an edit fits nowhere).
    """
    return _Checker(pack).run()


class _Checker:
    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.reference = loading.reference(pack)
        self.twin = loading.twin(pack)
        self.laws: dict[str, list[str]] = {law: [] for law in LAWS}
        self.cases = {each.id: each.cases(pack.seed, pack.seed) for each in pack.exercises.values()}

    def run(self) -> Validation:
        pack = self.pack
        names = naming_of_all(pack)  # first, as long as torch is not imported
        right = self.reference.namespace()
        self._check_drawing()
        asked = [each for each in pack.exercises.values() if not each.is_prose]
        compared = [each for each in asked if each.predicate is None]
        expected = {
            (each.id, case.name): ask(each, case, right, self.reference) if each.predicate is None else {}
            for each in asked
            for case in self.cases[each.id]
        }
        self._check_reference(right, expected)
        self._check_stubs()
        twin = self.twin.namespace()
        variants = self._variants()
        wrong = {number: self._mistaken(mistake) for number, mistake in enumerate(pack.mistakes)}
        signals: dict[int, float] = dict.fromkeys(wrong, 0.0)
        rows = []
        for each in asked:
            if each.predicate is not None:
                self._check_predicate(each, twin, variants, signals)
                rows += [Row(each.id, case.name, (None,) * 6) for case in self.cases[each.id]]
        for each in sorted(compared, key=lambda each: each.is_script):
            functions = self._reached(each)
            for case in self.cases[each.id]:
                values = expected[each.id, case.name]
                autograd = self._check_twin(each, case, values, twin)
                differences = self._check_differences(each, case, values, right)
                self._check_vjp(each, case, right)
                noise_64, noise_32 = self._check_noise(
                    each,
                    case,
                    values,
                    [(name, made) for name, touched, made in variants if touched & functions],
                    right,
                )
                met = {number: made for number, made in wrong.items() if pack.mistakes[number].function in functions}
                smallest = self._measure(each, case, values, met, signals)
                tolerance = max(
                    _relative(_tolerance(each, case).allowed(np.asarray(v, float)), v) for v in values.values()
                )
                rows.append(Row(each.id, case.name, (autograd, differences, noise_64, noise_32, tolerance, smallest)))
        for number, mistake in enumerate(pack.mistakes):
            if signals[number] < ROOM_SIGNAL:
                self._found(
                    LAWS[7],
                    f"{mistake.slug} ({mistake.function}): the largest difference is {signals[number]:.2g} x tolerance",
                )
        self._check_hints()
        self._check_experiments(right, wrong)
        for each_naming in names:
            self._check_naming(each_naming)
        return Validation(pack.id, rows, self.laws, names, pack.equivalents)

    def _check_hints(self) -> None:
        for mistake in self.pack.mistakes:
            solved = [stubs.normalised(line) for _, old, _ in mistake.edits for line in old.splitlines()]
            flat = stubs.normalised(mistake.hint)
            for line in [*stubs.leaks(mistake.hint, self.reference), *(line for line in solved if len(line) >= 8)]:
                if line in flat:
                    self._found(LAWS[8], f"{mistake.slug} ({mistake.function}): the hint holds {line!r}")

    def _check_experiments(self, right: dict[str, Any], wrong: Mapping[int, dict[str, Any]]) -> None:
        for each in self.pack.exercises.values():
            functions = self._reached(each) if each.experiments else set()
            asked = [("the reference", "", right)] + [
                (f"{mistake.slug} ({mistake.function})", mistake.slug, wrong[number])
                for number, mistake in enumerate(self.pack.mistakes)
                if mistake.function in functions
            ]
            for experiment in each.experiments:
                slugs = {slug for _, slug, _ in asked}
                if experiment.slug not in slugs:
                    self._found(LAWS[10], f"{each.id}: there is no mistake {experiment.slug} in what it calls")
                for name, slug, namespace in asked:
                    told = [_tells(each, experiment, case, namespace) for case in self.cases[each.id]]
                    if any(told) == (slug != experiment.slug):
                        self._found(
                            LAWS[10],
                            f"{each.id}, {experiment.slug}: it tells that of {name} on {sum(told)} of {len(told)} cases",
                        )

    def _check_naming(self, found: Naming) -> None:
        singles, pairs = found.singles, found.pairs
        if singles[0] < NAMED * singles[1] or pairs[0] < NAMED * pairs[1]:
            told = "; ".join(
                f"{' and '.join(sorted(true))} as {' and '.join(sorted(said)) or 'nothing'}"
                for true, said in list(found.undeclared)[:5]
            )
            self._found(
                LAWS[9], f"{found.exercise}: singles {singles[0]}/{singles[1]}, pairs {pairs[0]}/{pairs[1]}: {told}"
            )

    def _found(self, law: str, text: str) -> None:
        self.laws[law].append(text)

    def _check_drawing(self) -> None:
        for each in self.pack.exercises.values():
            again = each.cases(self.pack.seed, self.pack.seed)
            for case, other in zip(self.cases[each.id], again, strict=True):
                for name, value in case.fields.items():
                    if not callable(value) and not _same_bits(value, other.fields[name]):
                        self._found(LAWS[0], f"{each.id}, {case.name!r}: {name} differs")

    def _check_reference(self, right: dict[str, Any], expected: Mapping[tuple[str, str], Values]) -> None:
        for each in self.pack.exercises.values():
            for case in self.cases[each.id] if not each.is_prose else ():
                found = self._verdict(each, case, right, expected[each.id, case.name], seed=1)
                if found.outcome is not Outcome.PASSED:
                    self._found(LAWS[3], f"{each.id}, {case.name!r}: {found.outcome}: {found.message}")

    def _check_stubs(self) -> None:
        files = stubs.generated(self.pack)
        namespace: dict[str, Any] = {"__name__": "stub"}
        exec(stubs.stub_module(self.pack, self.reference), namespace)
        for each in self.pack.exercises.values():
            for case in self.cases[each.id] if not each.is_prose else ():
                seen = observe(each.probe, Connection(Local(namespace)), case, 0)
                due = Outcome.NOT_DEFINED if each.is_script else Outcome.NOT_IMPLEMENTED
                if seen.outcome is not due:
                    self._found(LAWS[4], f"{each.id}, {case.name!r}: {seen.outcome}: {seen.message}")
        for path, content in files.items():
            if not path.is_file() or path.read_text(encoding="utf-8") != content:
                command = f"{sys.executable} -m grader.packs.stubs {path.parent}"
                self._found(LAWS[5], f"{path.name} is not what the reference gives; `{command}` writes it")
            for line in stubs.leaks(content, self.reference):
                self._found(LAWS[5], f"{path.name} holds a line of the reference: {line}")

    def _check_twin(self, each: Exercise, case: Case, values: Values, twin: dict[str, Any]) -> float:
        others = ask(each, case, twin, self.twin)
        for name, value in values.items():
            if (found := disagreement(name, others.get(name), value, each.agreement)) is not None:
                self._found(LAWS[1], f"{each.id}, {case.name!r}: {found.message}")
        return max(_error(others.get(name), value) for name, value in values.items())

    def _check_differences(self, each: Exercise, case: Case, values: Values, right: dict[str, Any]) -> float | None:
        """Central differences of step 2^-17 max(1, |x|); their own error is judged from half the step."""
        if each.differentiate is None or case.kinked:
            return None
        connection = Connection(Local(right))
        connection.begin(case, 0)
        largest = 0.0
        for name, (function, point) in each.differentiate(Implementation(connection), case.fresh()).items():
            if name not in values:
                raise PackError(f"{self.pack.id}.{each.id}: differences of {name!r}, which the probe does not return")
            error, is_near = _off(values[name], function, point)
            if not is_near:
                self._found(LAWS[2], f"{each.id}, {case.name!r}: {name} is off by {float(np.max(error)):.2g}")
            largest = max(largest, _relative(error, values[name]))
        return largest

    def _check_vjp(self, each: Exercise, case: Case, right: dict[str, Any]) -> None:
        """With the arguments that the probe calls the function with, and an upstream gradient drawn at random."""
        if each.vjp is None or case.kinked:
            return
        (name,) = (name for name, _ in self.reference.functions() if self.pack.owner(name) == each.id)
        function, asked = right[name], []

        def recording(*args: Any) -> Any:
            asked.append([np.asarray(value, float) for value in args])
            return function(*args)

        observe(each.probe, Connection(Local({**right, name: recording})), case, 0)
        for args in asked:
            result = function(*args)
            drawn = np.random.default_rng(0)
            upstream = [
                drawn.normal(size=np.shape(value)) for value in (result if isinstance(result, tuple) else [result])
            ]
            given = upstream if isinstance(result, tuple) else upstream[0]
            gradients = vjp_stand_in(right, name, each.vjp)(tuple(args), {}, given)
            for place, gradient in enumerate(gradients):
                if gradient is not None:
                    error, is_near = _off(gradient, _weighted(function, args, place, upstream), args[place])
                    if not is_near:
                        off = f"{float(np.max(error)):.2g}"
                        self._found(
                            LAWS[2], f"{each.id}, {case.name!r}: the vjp for argument {place + 1} is off by {off}"
                        )

    def _reached(self, each: Exercise) -> frozenset[str]:
        """The functions that an exercise is about and those that they call; all of them for what a script leaves."""
        if each.is_script:
            return frozenset(name for name, _ in self.reference.functions())
        reached = reach(self.reference, each, self.cases[each.id])
        return reached.own | reached.helpers

    def _check_predicate(
        self,
        each: Exercise,
        twin: dict[str, Any],
        variants: list[tuple[str, set[str], dict[str, Any]]],
        signals: dict[int, float],
    ) -> None:
        """Where many answers are right: the twin and the rewrites pass too, the mistakes in it fail on some case."""
        right = [("the twin", twin, LAWS[1])]
        right += [(repr(name), names, LAWS[6]) for name, edited, names in variants if edited & set(each.about)]
        for name, namespace, law in right:
            for case in self.cases[each.id]:
                found = self._verdict(each, case, namespace, {})
                if found.outcome is not Outcome.PASSED:
                    self._found(law, f"{each.id}, {case.name!r}: {name} is {found.outcome}: {found.message}")
        about = mistakes_about(self.pack, each)
        for number, mistake in enumerate(self.pack.mistakes):
            if mistake in about and signals[number] < ROOM_SIGNAL:
                namespace = self._mistaken(mistake)
                if any(
                    self._verdict(each, case, namespace, {}).outcome is not Outcome.PASSED
                    for case in self.cases[each.id]
                ):
                    signals[number] = float("inf")

    def _variants(self) -> list[tuple[str, set[str], dict[str, Any]]]:
        """The rewrites: name, functions that they touch, what they define."""
        found = []
        for rewrite in self.pack.rewrites:
            try:
                functions = {function for function, _, _ in rewrite.edits}
                found.append((rewrite.name, functions, self.reference.namespace(rewrite.edits)))
            except PackError as error:
                raise PackError(f"rewrite {rewrite.name!r}: {error}") from None
        return found

    def _check_noise(
        self,
        each: Exercise,
        case: Case,
        values: Values,
        variants: list[tuple[str, dict[str, Any]]],
        right: dict[str, Any],
    ) -> tuple[float, float | None]:
        """The largest errors of right variants, in float64 and in float32."""
        largest = 0.0
        tolerance = _tolerance(each, case)
        for name, namespace in variants:
            seen = observe(each.probe, Connection(Local(namespace)), case, 0)
            found = self._verdict(each, case, namespace, values)
            if found.outcome is not Outcome.PASSED:
                self._found(LAWS[6], f"{each.id}, {case.name!r}: {name!r} is {found.outcome}: {found.message}")
                continue
            largest = max(largest, *(_error(seen.values[quantity], value) for quantity, value in values.items()))
            ratio = max(
                _in_tolerances(seen.values[quantity], value, tolerance.allowed) for quantity, value in values.items()
            )
            if ratio * ROOM_64 > 1:
                self._found(LAWS[6], f"{each.id}, {case.name!r}: {name!r} is off by {ratio:.2g} tolerances")
        if tolerance.float32 == "never":
            return largest, None
        return largest, self._check_single(each, case, right, tolerance)

    def _check_single(self, each: Exercise, case: Case, right: dict[str, Any], tolerance: Tolerance) -> float:
        """The reference asked in float32, against the reference in float64 on inputs of float32's digits."""
        single = _cast(case, np.float32)
        wide = ask(each, _cast(single, np.float64), right, self.reference)
        narrow = ask(each, single, right, self.reference)

        def allowed(expected: Any) -> Any:
            return tolerance.allowed_single(np.asarray(expected, float), is_single=True)

        ratio = max(_in_tolerances(narrow[name], value, allowed) for name, value in wide.items())
        if ratio * ROOM_32 > 1:
            self._found(LAWS[6], f"{each.id}, {case.name!r}: float32 is off by {ratio:.2g} of its tolerances")
        return max(_error(narrow[name], value) for name, value in wide.items())

    def _mistaken(self, mistake: Mistake) -> dict[str, Any]:
        try:
            return self.reference.namespace(mistake.edits)
        except PackError as error:
            raise PackError(f"mistake {mistake.slug!r}: {error}") from None

    def _measure(
        self, each: Exercise, case: Case, values: Values, wrong: dict[int, dict[str, Any]], signals: dict[int, float]
    ) -> float | None:
        """The mistakes' differences on a case, in tolerances into `signals`; the smallest that is seen, relative."""
        tolerance = _tolerance(each, case)

        def allowed(expected: Any) -> Any:
            # What an answer that is not typed float32 may be off by at most.
            loosest = tolerance.allowed_single(np.asarray(expected, float), is_single=False)
            return tolerance.allowed(np.asarray(expected, float)) if loosest is None else loosest

        smallest: float | None = None
        for number, namespace in wrong.items():
            if each.is_script and signals[number] >= ROOM_SIGNAL:
                continue  # a whole run, to see what was seen already
            seen = observe(each.probe, Connection(Local(namespace)), case, 0)
            if self._is_told_without_numbers(each, case, seen, values):
                signals[number] = float("inf")
                continue
            ratio = max(_in_tolerances(seen.values[name], value, allowed) for name, value in values.items())
            signals[number] = max(signals[number], ratio)
            if ratio > 1:
                difference = max(_error(seen.values[name], value) for name, value in values.items())
                smallest = difference if smallest is None else min(smallest, difference)
        return smallest

    def _is_told_without_numbers(self, each: Exercise, case: Case, seen: Observation, values: Values) -> bool:
        """A raise, another shape or kind, NaN, a changed input: seen whatever the tolerance."""
        found = verdict(each, case, seen, values)
        return found.outcome not in (Outcome.PASSED, Outcome.WRONG_VALUE) or any(
            mismatch.outcome is not Outcome.WRONG_VALUE for mismatch in found.wrong.values()
        )

    def _verdict(self, each: Exercise, case: Case, namespace: dict[str, Any], values: Values, seed: int = 0) -> Verdict:
        return verdict(each, case, observe(each.probe, Connection(Local(namespace)), case, seed), values)


def _off(value: Any, function: Callable[[Any], Any], point: Any) -> tuple[Any, bool]:
    """How far a gradient is from central differences, and whether that is their own error."""
    whole, half, level = (central_differences(function, point, scale) for scale in (1.0, 0.5, 0.0))
    error = np.abs(whole - np.asarray(value, float))
    return error, bool(np.all(error <= 10 * np.maximum(np.abs(whole - half), level)))


def _weighted(
    function: Callable[..., Any], args: Sequence[Any], place: int, upstream: Sequence[Any]
) -> Callable[[Any], float]:
    """What a function returns times the upstream gradient, as a function of one argument."""

    def product(value: Any) -> float:
        result = function(*args[:place], value, *args[place + 1 :])
        parts = result if isinstance(result, tuple) else [result]
        return float(sum(np.sum(gradient * part) for gradient, part in zip(upstream, parts, strict=True)))

    return product


def _tolerance(each: Exercise, case: Case) -> Tolerance:
    return case.tolerance or each.tolerance


def _cast(case: Case, dtype: Any) -> Case:
    """The case with its float arrays and numbers in another precision."""
    twin = case.fresh()
    for name, value in twin.fields.items():
        if isinstance(value, (float, np.floating)) and name == "x":
            twin.fields[name] = dtype(value)
        else:
            twin.fields[name] = _cast_arrays(value, dtype)
    return twin


def _cast_arrays(value: Any, dtype: Any) -> Any:
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value.astype(dtype)
    if isinstance(value, dict):
        return {key: _cast_arrays(item, dtype) for key, item in value.items()}
    return type(value)(_cast_arrays(item, dtype) for item in value) if isinstance(value, (list, tuple)) else value


def _error(actual: Any, expected: Any) -> float:
    """The largest error relative to the largest element expected; infinite where there is no comparing."""
    array, _ = as_array(actual)
    should = np.asarray(expected, float)
    if array is None or array.shape != should.shape:
        return float("inf")
    with np.errstate(all="ignore"):
        return _relative(np.abs(array - should), expected)


def _tells(exercise: Exercise, experiment: Experiment, case: Case, namespace: dict[str, Any]) -> bool:
    asked = [observe(exercise.probe, Connection(Local(namespace)), each, 0) for each in (case, experiment.change(case))]
    return all(each.outcome is Outcome.PASSED for each in asked) and experiment.holds(*(each.values for each in asked))


def _relative(error: Any, expected: Any) -> float:
    largest = float(np.max(np.abs(np.asarray(expected, float)), initial=0.0))
    worst = float(np.max(error, initial=0.0))
    return worst / largest if largest else worst


def _in_tolerances(actual: Any, expected: Any, allowed: Callable[[Any], Any]) -> float:
    should = np.asarray(expected, float)
    with np.errstate(all="ignore"):
        error = np.abs(np.asarray(actual, float) - should)
        ratio = np.where(error == 0, 0.0, error / allowed(should))
    return float(np.max(ratio, initial=0.0))


def _same_bits(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same_bits(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_same_bits, one, other))
    a, b = np.asarray(one), np.asarray(other)
    return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
