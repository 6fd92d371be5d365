"""Makes the signatures of an exercise's mistakes: what the probe yields with each combination of them."""

from __future__ import annotations

import dataclasses
import itertools
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

import numpy as np

from grader.judging import Observation, Outcome
from grader.judging.diagnose import WHOLE, CaseSignatures, Form, KnownMistake, Signatures, record, touched
from grader.judging.steps import Values

from .edits import Edit, Source
from .evidence import Notes, Table, right_values, wrong_values
from .forms import form_of
from .implementation import Connection, Local, observe
from .model import Case, Exercise, Mistake, Pack

FEW = 300  # pairs; where there are more, they are not tried on all cases
MANY = 100  # values that the reference yields on a case: more than one pass through a network gives

Expected = Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Reach:
    """The reference's functions that an exercise's probe reaches, as `NeuralNetwork.backward`.

    Attributes:
      own: those that the probe calls itself, but for other exercises' that it needs.
      helpers: those that its own call: a student may write them out there.
    """

    own: frozenset[str]
    helpers: frozenset[str]


def reach(source: Source, exercise: Exercise, cases: Sequence[Case]) -> Reach:
    """Runs the probe on the reference and watches the calls."""
    lines = {node.lineno: name for name, node in source.functions()}
    calls: set[tuple[str, str]] = set()
    path = str(source.path)

    def name_of(frame: Any) -> str:
        is_ours = frame is not None and frame.f_code.co_filename == path
        return lines.get(frame.f_code.co_firstlineno, "") if is_ours else ""

    def note(frame: Any, event: str, _: Any) -> None:
        if event == "call" and (name := name_of(frame)):
            calls.add((name_of(frame.f_back), name))

    connection = Connection(Local(source.namespace()))
    sys.setprofile(note)
    try:
        for case in cases:
            observe(exercise.probe, connection, case, 0)
    finally:
        sys.setprofile(None)
    own = {name for caller, name in calls if not caller and name.rpartition(".")[2] not in exercise.needs}
    helpers = {name for caller, name in calls if caller in own} - own
    return Reach(frozenset(own), frozenset(helpers))


def mistakes_about(pack: Pack, exercise: Exercise) -> list[Mistake]:
    """The mistakes in what an exercise with a predicate is about."""
    return [mistake for mistake in pack.mistakes if mistake.function in exercise.about]


def unasked(pack: Pack, exercise: Exercise) -> Signatures:
    """The mistakes that an exercise's predicate may name, without what they give."""
    mistakes = mistakes_about(pack, exercise)
    return Signatures([_known(pack, mistake) for mistake in mistakes], [], {})


def _known(pack: Pack, mistake: Mistake) -> KnownMistake:
    form = form_of(mistake)
    # Of those that give the same one is named, but the other may have been written.
    same = {
        next(iter(b))
        for one, other in pack.equivalents
        for a, b in ((one, other), (other, one))
        if a == {mistake.slug} and len(b) == 1
    }
    alike = [form_of(each) for each in pack.mistakes if each.slug in same and each.function == mistake.function]
    brings = tuple(sorted({word for each in (form, *alike) for word in each.brings}))
    form = dataclasses.replace(form, brings=brings)
    return KnownMistake(mistake.slug, mistake.function, mistake.hint, form=form, unless=mistake.unless)


def make(
    pack: Pack, source: Source, exercise: Exercise, cases: Sequence[Case], expected: Mapping[str, Expected]
) -> tuple[list[Signatures], dict[str, Any]]:
    """The signatures of an exercise's mistakes, and evidence for their lines on the public cases that tell most.

    Singles of the exercise's own functions and of helpers that these call, if they are edits: what students write out
    in place of a call has the helper's faults.  (A fault in a helper itself is told there, and the exercise asked with
    the right one.)  Pairs with at least one in the exercise's own; of oracles' exercises singles alone.

    Evidence is plain data: {case: {"own", "others": [[name, array], …], "tables": [of singles, of pairs]}}.
    """
    if exercise.is_script:
        return _in_script(pack, source, exercise, cases, expected)
    reached = reach(source, exercise, cases)
    mistakes = sorted(
        (mistake for mistake in pack.mistakes if _is_candidate(mistake, reached)),
        key=lambda mistake: mistake.function not in reached.own,  # what is the exercise's own explains it first
    )
    known = [_known(pack, mistake) for mistake in mistakes]

    faults = [mistake.edits for mistake in mistakes]
    ask = _Asking(source, exercise, known, faults, expected)
    # Each call of a puppet's takes its time; what is shown to students tells their mistakes apart.
    tried_on = [case for case in cases if not case.hidden] if exercise.oracles else cases
    singles, _ = ask.all([(number,) for number in range(len(mistakes))], tried_on)
    known[:] = [
        dataclasses.replace(
            each,
            touches=frozenset().union(*(touched(case, row, expected[name]) for name, case in singles.cases.items())),
        )
        for row, each in enumerate(known)
    ]
    # Beside what never gives an answer nothing else can be told.
    mute = {row for row in range(len(mistakes)) if all(WHOLE in case.row(row).words for case in singles.cases.values())}
    every = [] if exercise.oracles else _pairs(source, mistakes, reached)
    pairs = [pair for pair in every if not mute & {*pair}]
    tell_most = telling(singles, tried_on, expected, times=1 if exercise.oracles else 2)
    rights = {case.name: right_values(source, pack, exercise, case) for case in tell_most}
    told = _told(singles, expected)
    # What several steps of a training tell is told shorter by one, wherever that tells of it.
    shortest = sorted(tell_most, key=lambda case: len(rights[case.name][0]) > MANY)
    both, tables = ask.all(pairs, shortest, None if len(pairs) <= FEW else told)
    evidence = {}
    for case in tell_most:
        if not case.hidden:
            own, others = rights[case.name]
            single = Table()
            right = Values([*own, *others], any_order=exercise.oracles)
            for row, fault in enumerate(faults):
                if row in told[case.name] or not exercise.oracles:  # puppets take their time
                    single.add(row, wrong_values(source, fault, exercise, case, right))
            evidence[case.name] = {
                "own": [[each.name, each.value] for each in own],
                "others": [[each.name, each.value] for each in others],
                "tables": [single.to_plain(), tables[case.name].to_plain()],
            }
    return [singles, both], evidence


@dataclasses.dataclass(frozen=True, slots=True)
class _Asking:
    """Asks the reference with combinations of mistakes in it."""

    source: Source
    exercise: Exercise
    known: Sequence[KnownMistake]
    faults: Sequence[Sequence[Edit]]
    expected: Mapping[str, Expected]

    def all(
        self,
        combinations: Sequence[tuple[int, ...]],
        cases: Sequence[Case],
        told: Mapping[str, Set[int]] | None = None,
    ) -> tuple[Signatures, dict[str, Table]]:
        """What each combination yields on the cases, and what its statements make on the first that tells of it.

        Args:
          told: by case, the single mistakes that it tells; combinations are then asked on two cases alone that tell
            of each of their mistakes.
        """
        found: dict[str, list[Observation | None]] = {case.name: [] for case in cases}
        tables = {case.name: Table() for case in cases}
        for row, combination in enumerate(combinations):
            notes = Notes()
            namespace = self.source.namespace(*(self.faults[number] for number in combination), note=notes)
            connection = Connection(Local(namespace))
            wanted = _asked_on(combination, cases, told)
            is_told = False
            for case in cases:
                if case.name not in wanted:
                    found[case.name].append(None)
                    continue
                notes.found.clear()
                notes.is_wanted = not is_told and not case.hidden
                seen = seen_of(self.exercise, connection, case)
                found[case.name].append(seen)
                if notes.is_wanted and seen.outcome is Outcome.PASSED:
                    is_told = told is None or all(number in told[case.name] for number in combination)
                    tables[case.name].add(row, notes)
        recorded = {
            name: record(observations, self.expected[name], integers=self.exercise.integers)
            for name, observations in found.items()
        }
        return Signatures(self.known, combinations, recorded), tables


def seen_of(exercise: Exercise, connection: Connection, case: Case) -> Observation:
    """What a case gives, with those of its changes that the exercise does not allow."""
    seen = observe(exercise.probe, connection, case, 0)
    changed = tuple(name for name in seen.changed if name not in exercise.may_change)
    return dataclasses.replace(seen, changed=changed)


def _in_script(
    pack: Pack, source: Source, exercise: Exercise, cases: Sequence[Case], expected: Mapping[str, Expected]
) -> tuple[list[Signatures], dict[str, Any]]:
    """Singles in all that a script runs, and pairs in the script's own parts: each costs a run."""
    begins = [exercise.begun] if exercise.begun else []
    scripts = {function for function, _, _ in begins} | {name for name, _ in source.functions() if name.startswith("_")}
    mistakes = sorted(pack.mistakes, key=lambda mistake: mistake.function not in scripts)  # its own explain it first
    known = [_known(pack, mistake) for mistake in mistakes]
    own = [number for number, mistake in enumerate(mistakes) if mistake.function in scripts]
    pairs = [
        (one, other)
        for one, other in itertools.combinations(own, 2)
        if mistakes[one].function == mistakes[other].function
        and source.fit_together(mistakes[one].edits, mistakes[other].edits)
    ]
    tables = []
    for combinations in ([(number,) for number in range(len(mistakes))], pairs):
        observations: dict[str, list[Observation | None]] = {case.name: [] for case in cases}
        for combination in combinations:
            connection = Connection(Local(source.namespace(*(mistakes[number].edits for number in combination))))
            for case in cases:
                observations[case.name].append(observe(exercise.probe, connection, case, 0))
        recorded = {name: record(seen, expected[name]) for name, seen in observations.items()}
        tables.append(Signatures(known, combinations, recorded))
    for row, each in enumerate(known):
        of_it = (touched(case, row, expected[name]) for name, case in tables[0].cases.items())
        known[row] = dataclasses.replace(each, touches=frozenset().union(*of_it))
    if not begins:
        return tables, {}
    right, others = right_values(source, pack, exercise, cases[0], begins)
    values = Values([*right, *others])
    single, both = Table(), Table()
    for row, mistake in enumerate(mistakes):
        if source.fit_together(mistake.edits, begins):
            single.add(row, wrong_values(source, mistake.edits, exercise, cases[0], values, begins))
    for row, pair in enumerate(pairs):
        faults = [mistakes[number].edits for number in pair]
        if source.fit_together(*faults, begins):
            notes = Notes()
            namespace = source.namespace(*faults, begins, note=notes)
            observe(exercise.probe, Connection(Local(namespace)), cases[0], 0)
            both.add(row, notes)
    evidence = {
        "own": [[each.name, each.value] for each in right],
        "others": [[each.name, each.value] for each in others],
        "tables": [single.to_plain(), both.to_plain()],
    }
    return tables, {case.name: evidence for case in cases}


def telling(singles: Signatures, cases: Sequence[Case], expected: Mapping[str, Expected], times: int = 2) -> list[Case]:
    """Cases, large ones first, so that each mistake gives a wrong answer on so many of them, where there are so many."""
    told = _told(singles, expected)
    size = {case.name: sum(map(_size, case.fields.values())) for case in cases}
    so_far = dict.fromkeys(range(len(singles.combinations)), 0)
    chosen: list[Case] = []
    for each in sorted(cases, key=lambda each: (each.hidden, -size[each.name])):
        if any(so_far[row] < times for row in told[each.name]):
            chosen.append(each)
            for row in told[each.name]:
                so_far[row] += 1
    if times == 1:  # singles alone
        return chosen
    # Beside what spoils much (a raise in the backward pass, all that trains), another is seen where little else is.
    alone = {name for row in so_far if (name := _most_its_own(row, [case.name for case in cases], told))}
    return chosen + [case for case in cases if case.name in alone and case not in chosen]


def _asked_on(combination: Sequence[int], cases: Sequence[Case], told: Mapping[str, Set[int]] | None) -> Set[str]:
    """The names of the cases that a combination is asked on."""
    names = [case.name for case in cases]
    if told is None:
        return set(names)
    for_all = [name for name in names if told[name] >= {*combination}]
    own = {name for number in combination if (name := _most_its_own(number, names, told))}
    if len(for_all) >= 2:
        return {*for_all[:2]} | own
    return {name for number in combination for name in [name for name in names if number in told[name]][:2]} | own


def _most_its_own(number: int, names: Iterable[str], told: Mapping[str, Set[int]]) -> str | None:
    """The case that tells a mistake, and the fewest others."""
    return min((name for name in names if number in told[name]), key=lambda name: len(told[name]), default=None)


def _told(singles: Signatures, expected: Mapping[str, Expected]) -> dict[str, set[int]]:
    """By case, the single mistakes that give an answer there, and another than the right one."""
    told: dict[str, set[int]] = {}
    for name, case in singles.cases.items():
        right = {quantity: np.ravel(value) for quantity, value in expected[name].items()}
        told[name] = {
            row
            for row in range(len(singles.combinations))
            if WHOLE not in (answer := case.row(row)).words
            and (answer.words or any(not _alike(answer.values[quantity], right[quantity]) for quantity in right))
        }
    return told


def _size(value: Any) -> int:
    if isinstance(value, (dict, list, tuple)):
        return sum(map(_size, value.values() if isinstance(value, dict) else value))
    return 0 if callable(value) else int(np.size(value))


def _alike(value: Any, right: Any) -> bool:
    return bool(np.all(np.abs(value - right) <= 1e-7 * np.max(np.abs(right), initial=1e-300)))


def _pairs(source: Source, mistakes: Sequence[Mistake], reached: Reach) -> Iterator[tuple[int, int]]:
    for first, second in itertools.combinations(range(len(mistakes)), 2):
        one, other = mistakes[first], mistakes[second]
        if one.function in reached.own and source.fit_together(one.edits, other.edits):
            yield first, second


def _is_candidate(mistake: Mistake, reached: Reach) -> bool:
    return mistake.function in reached.own or (mistake.function in reached.helpers and isinstance(mistake.new, str))


# ------------------------------------------------------------------------------------------ as plain data, for the key


def to_plain(signatures: Signatures) -> dict[str, Any]:
    return {
        "mistakes": [
            [
                each.slug,
                each.function,
                each.hint,
                sorted(each.touches),
                [list(part) if isinstance(part, tuple) else part for part in dataclasses.astuple(each.form)],
                each.unless,
            ]
            for each in signatures.mistakes
        ],
        "combinations": _padded(signatures.combinations),
        "cases": {
            name: {
                "values": {quantity: rows[case.asked] for quantity, rows in case.values.items()},
                "words": [[row, list(words.items())] for row, words in case.words.items()],
                "asked": case.asked,
            }
            for name, case in signatures.cases.items()
        },
    }


def _form(plain: Sequence[Any]) -> Form:
    counts, lists, number, call, brings, words, *rest = plain
    return Form(counts, lists, number, call, tuple(brings), tuple(words), *rest)


def from_plain(plain: Any) -> Signatures:
    return Signatures(
        [
            KnownMistake(slug, function, hint, frozenset(touches), _form(form), unless)
            for slug, function, hint, touches, form, unless in plain["mistakes"]
        ],
        [tuple(int(number) for number in row if number >= 0) for row in plain["combinations"]],
        {
            name: CaseSignatures(
                {quantity: _spread(rows, case["asked"]) for quantity, rows in case["values"].items()},
                {row: dict(words) for row, words in case["words"]},
                case["asked"],
            )
            for name, case in plain["cases"].items()
        },
    )


def _spread(rows: np.ndarray[Any, Any], asked: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """With rows of NaN for what was not asked, which is most of a large table."""
    if len(rows) == len(asked):
        return rows
    spread = np.full((len(asked), *rows.shape[1:]), np.nan)
    spread[asked] = rows
    return spread


def _padded(combinations: Sequence[tuple[int, ...]]) -> np.ndarray[Any, Any]:
    width = max((len(combination) for combination in combinations), default=1)
    rows = np.full((len(combinations), width), -1, np.int32)
    for row, combination in enumerate(combinations):
        rows[row, : len(combination)] = combination
    return rows
