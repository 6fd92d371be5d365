"""Which known mistake gives exactly these answers?

A *signature* is what a probe yields on the reference with a combination of mistakes in it, case by case.  What came
back from a student is compared with all of them: the fewest mistakes that give the same on every case explain it.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from typing import Any

import numpy as np

from .compare import Array, Observation, Tolerance, as_array, is_single
from .outcome import Outcome

COMPARISON, SLICE = "<", ":"
# Where an element that a loop moves is due to be put back; where what is kept from call to call gets a name; where each
# pass of a loop begins where the first did; where no copy is kept of what is changed before it is used; and where what
# is asked ends, if nothing is wrong before that.
PLACES = PUT_BACK, KEPT, ANEW, BACKUP, END = "put back", "kept", "anew", "backup", "end"


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """What a mistake is about, as the texts of its edits show; it leads to lines that values alone do not tell of.

    Attributes:
      counts: whether something else is counted than what is right.
      lists: whether statements are left out, or items of what a loop goes through.
      number: the number that stands where another one should.
      call: the function whose call, where nothing is made of its result, is wrong or the last before what is left out.
      brings: what shows that an expression is the mistaken one: names of functions that are called in it in place of
        others, those of arguments that are others (as `axis=`), COMPARISON where another one is due.
      words: names of functions, or texts that such are handed (and SLICE for a part of a sequence): the one statement
        that has any of them is mistaken.
      place: one of PLACES, by which the text of what is asked tells where it is.
      adds: whether all that it does is to add something to what is right.
      turns: whether all that it does is to turn signs.
      hands_less: whether it leaves out something that a function is handed by name.
    """

    counts: bool = False
    lists: bool = False
    number: int | float | None = None
    call: str = ""
    brings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    place: str = ""
    adds: bool = False
    turns: bool = False
    hands_less: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class KnownMistake:
    """A mistake as the answer key holds it.

    Attributes:
      touches: the quantities that it makes wrong by itself.
      unless: a name; it is not said of what uses that, where something else explains the same.
    """

    slug: str
    function: str
    hint: str
    touches: frozenset[str] = frozenset()
    form: Form = Form()
    unless: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What one case gave, in the form that signatures have.

    Attributes:
      values: by quantity, the answers that have the expected shape and are finite floats, raveled.
      words: by quantity, what the others are; under `WHOLE` why there is no answer at all, under `TEXT` what an
        exception says (without numbers), under `CHANGED` what was changed that was only handed in.
    """

    values: Mapping[str, Array]
    words: Mapping[str, str]

    def unchanged(self) -> Answer:
        """The same, as if nothing had been changed that was only handed in."""
        return Answer(self.values, {key: text for key, text in self.words.items() if key != CHANGED})


@dataclasses.dataclass(frozen=True)
class CaseSignatures:
    """What the combinations give on one case, a row each.

    Attributes:
      values: by quantity, (combinations, size): as in `Answer`; rows of NaN where there are none.
      words: by row, as in `Answer`.
      asked: whether the combination was asked on this case; where not, nothing is known of it.
    """

    values: Mapping[str, Array]
    words: Mapping[int, Mapping[str, str]]
    asked: Array

    @functools.cached_property
    def largest(self) -> Mapping[str, Array]:
        """By quantity, the size of each row's largest element."""
        return {name: np.max(np.abs(rows), axis=1, initial=0.0) for name, rows in self.values.items()}

    @functools.cached_property
    def said(self) -> Mapping[tuple[str, str | None], list[int]]:
        """The rows that say a text under a key; with None, those that say anything under it."""
        found: dict[tuple[str, str | None], list[int]] = {}
        for row, words in self.words.items():
            for key, text in words.items():
                found.setdefault((key, text), []).append(row)
                found.setdefault((key, None), []).append(row)
        return found

    @functools.cached_property
    def listed(self) -> Mapping[tuple[str, str], tuple[list[int], Array]]:
        """The rows that say numbers of a kind and shape under a key, and the numbers, a row each."""
        found: dict[tuple[str, str], tuple[list[int], list[Array]]] = {}
        for (key, text), rows in self.said.items():
            kind, numbers = _kind_and_numbers(text or "")
            if kind:
                one, other = found.setdefault((key, kind), ([], []))
                one.extend(rows)
                other.extend([numbers] * len(rows))
        return {key: (rows, np.array(numbers)) for key, (rows, numbers) in found.items()}

    def row(self, number: int) -> Answer:
        """What one of the combinations gives."""
        words = self.words.get(number, {})
        values = {} if WHOLE in words else self.values
        return Answer({name: rows[number] for name, rows in values.items() if name not in words}, words)


@dataclasses.dataclass(frozen=True, slots=True)
class Signatures:
    """Everything known about one exercise's mistakes.

    Attributes:
      mistakes: the single mistakes.
      combinations: for each row the mistakes in it, by number; fewest first.
      cases: by name of the case, those that were tried.
    """

    mistakes: Sequence[KnownMistake]
    combinations: Sequence[tuple[int, ...]]
    cases: Mapping[str, CaseSignatures]

    def changing(self) -> set[str]:
        """The mistakes by which something is changed that was only handed in."""
        return {
            self.mistakes[number].slug
            for case in self.cases.values()
            for row, words in case.words.items()
            if CHANGED in words
            for number in self.combinations[row]
        }


WHOLE, CHANGED, TEXT = "", "changed", "text"  # keys beside the quantities
SATURATED = 1e-5  # from 0 or 1: what a sigmoid gives far out
SPELT = 1e-6  # of the largest: how far apart numbers may be that are the same in float32
RAISED = "raised"


@dataclasses.dataclass(frozen=True, slots=True)
class Cause:
    """A mistake that explains what was seen: which, and the combination that fits, by table, row and place in it.

    Attributes:
      number: of the mistake; -1 if no combination has it.
      is_drawn: whether what it makes is drawn at random, so that the reference's values tell nothing of it.
    """

    mistake: KnownMistake
    number: int
    table: int
    row: int
    place: int
    is_drawn: bool = False


def explain(
    signatures: Sequence[Signatures],
    answers: Mapping[str, Answer],
    tolerances: Mapping[str, Tolerance],
    wrong: Mapping[str, Set[str]],
    used: Callable[[], Set[str]] = frozenset,
    told: Set[str] = frozenset(),
    expected: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Cause]:
    """The fewest mistakes that give what was seen on every case, jointly or, failing that, quantity by quantity.

    Args:
      signatures: singles, then pairs.
      answers: by case; cases that are not there are not compared.
      tolerances: by case.
      wrong: by case, the quantities that are wrong there.
      used: gives the names that the student's code uses.
      told: mistakes that are known to be made; what they explain needs no others.
      expected: the right values on cases that are wrong and not compared: what explains the others must spoil these.

    Returns:
      The mistakes, or nothing when no combination fits.
    """

    def fitting(table: int) -> list[list[Cause]]:
        each = signatures[table]
        fits = _may_spoil(each, wrong, _fits(each, answers, tolerances))
        # What was asked only where the answers are right explains nothing (two that undo each other, say), nor what was
        # asked only where something was raised, if other answers are wrong by their values.
        telling = [case for name, case in each.cases.items() if wrong.get(name)] or [
            case
            for name, case in each.cases.items()
            if name in answers and {WHOLE, CHANGED} & answers[name].words.keys()
        ]
        fits &= _asked(telling, len(fits))
        for name, right in (expected or {}).items():
            if name in each.cases:
                for row in np.flatnonzero(fits & each.cases[name].asked):
                    fits[row] = bool(touched(each.cases[name], int(row), right))
        return [_causes(each, table, int(row)) for row in np.flatnonzero(fits)]

    tables = range(len(signatures))
    for table in tables if told else ():
        for causes in fitting(table):
            if all(cause.mistake.slug in told for cause in causes):
                return causes
    for table in tables:  # pairs are looked at where no single mistake fits
        if found := fitting(table):
            return next((causes for causes in found if not _is_out_of_place(causes, used)), found[0])
    return _by_quantity(signatures, answers, tolerances, wrong)


def each_alone(singles: Signatures, answers: Mapping[str, Answer], tolerances: Mapping[str, Tolerance]) -> list[Cause]:
    """All the mistakes of which each gives what was seen on every case by itself."""
    fits = _fits(singles, answers, tolerances)
    return [cause for row in np.flatnonzero(fits) for cause in _causes(singles, 0, int(row))]


@dataclasses.dataclass(frozen=True, slots=True)
class Cover:
    """Mistakes that together account for all facts that do not hold.

    Attributes:
      rows: one, or two of different kinds.
      proven: those of them that nothing else could stand for: facts of their own say so.
    """

    rows: tuple[int, ...]
    proven: Set[int]


Failing = frozenset[tuple[str, str, int]]  # case, quantity and place of each fact that does not hold


def covers(singles: Signatures, answers: Mapping[str, Answer], weighed: str) -> list[Cover]:
    """The mistakes that account for facts (1 or 0 each) that do not hold; one where that is enough, else two.

    With two mistakes a fact fails where it fails with either.  What was watched must be the same to the element; what
    hangs on a measure that the student chose (`weighed`), case by case: if some give it to the element, these alone.
    A mistake that may concern one parameter or another may concern both.
    """
    names = [name for name in singles.cases if name in answers]
    if any(answers[name].words for name in names):
        return []
    seen = _failing({name: answers[name] for name in names})
    if not seen:
        return []
    rough = _roughly(seen, weighed)
    fails: dict[int, Failing] = {}  # of the mistakes that spoil nothing else
    for row in range(len(singles.combinations)):
        answered = {name: singles.cases[name].row(row) for name in names}
        failing = _failing(answered)
        if not any(answer.words for answer in answered.values()) and _roughly(failing, weighed) <= rough:
            fails[row] = failing
    ways: list[tuple[int, Failing]] = []  # a mistake, and what it may give
    for kind in dict.fromkeys(singles.mistakes[row].slug for row in fails):
        own = [(row, failing) for row, failing in fails.items() if singles.mistakes[row].slug == kind]
        given: dict[Failing, int] = {}
        for row, failing in own:
            unions = {other | failing: first for other, first in given.items()} if _watched(failing, weighed) else {}
            given = {failing: row, **unions, **given}
        ways += own + [(row, failing) for failing, row in given.items() if (row, failing) not in own]
    slug = {row: singles.mistakes[row].slug for row, _ in ways}
    kinds = {each: {slug[row] for row, failing in ways if each in _roughly(failing, weighed)} for each in rough}
    for size in (1, 2):
        found = []
        for chosen in itertools.combinations(ways, size):
            rows = tuple(row for row, _ in chosen)
            together: Failing = frozenset().union(*(failing for _, failing in chosen))
            if len({slug[row] for row in rows}) < size or _roughly(together, weighed) != rough:
                continue
            is_exact = together == seen
            proven = set()
            for row, pattern in chosen:
                others: Failing = frozenset().union(*(other for one, other in chosen if one != row))
                is_only = is_exact and any(kinds[each] == {slug[row]} for each in _roughly(pattern, weighed))
                if is_only or _watched(pattern - others, weighed):
                    proven.add(row)
            found.append((is_exact, Cover(rows, proven)))
        if found:
            best = max(is_exact for is_exact, _ in found)
            likely = [cover for is_exact, cover in found if is_exact == best]
            if best and len({frozenset(slug[row] for row in cover.rows) for cover in likely}) == 1:
                return [Cover(cover.rows, {*cover.rows}) for cover in likely]
            return likely
    return []


def _failing(answers: Mapping[str, Answer]) -> Failing:
    return frozenset(
        (case, quantity, place)
        for case, answer in answers.items()
        for quantity, facts in answer.values.items()
        for place in np.flatnonzero(facts != 1).tolist()
    )


def _watched(failing: Failing, weighed: str) -> Failing:
    return frozenset(each for each in failing if each[1] != weighed)


def _roughly(failing: Failing, weighed: str) -> Failing:
    """Without the places of what was weighed."""
    return frozenset((case, quantity, 0 if quantity == weighed else place) for case, quantity, place in failing)


def _fits(signatures: Signatures, answers: Mapping[str, Answer], tolerances: Mapping[str, Tolerance]) -> Array:
    """The combinations that give what was seen on every case that is there."""
    compared = signatures.cases.keys() & answers.keys()
    fits = _asked((signatures.cases[name] for name in compared), len(signatures.combinations))
    # What changes its input need not do so on every case: some cut off only what is far out.
    changes = any(CHANGED in each.words for each in answers.values())
    for name, case in signatures.cases.items():
        if name in answers:
            fits &= ~case.asked | _whole_fits(case, answers[name], tolerances[name], fits & case.asked, changes)
    if _are_raises(answers, signatures.cases):  # many faults raise errors of one type, so they must say the same
        for name in signatures.cases.keys() & answers.keys():
            fits &= ~signatures.cases[name].asked | _says(signatures.cases[name], len(fits), TEXT, answers[name])
    return fits


def gives(signatures: Signatures, row: int, case: str, seen: Answer, tolerance: Tolerance) -> bool:
    """Whether an answer is what one of the combinations gives on a case, as far as that is known."""
    known = signatures.cases.get(case)
    if known is None or not known.asked[row]:
        return True
    rows = np.zeros(len(signatures.combinations), bool)
    rows[row] = True
    return bool(_whole_fits(known, seen, tolerance, rows, may_change=True)[row])


def _is_out_of_place(causes: Sequence[Cause], used: Callable[[], Set[str]]) -> bool:
    unless = {cause.mistake.unless for cause in causes} - {""}
    return bool(unless) and not unless.isdisjoint(used())


def _may_spoil(signatures: Signatures, wrong: Mapping[str, Set[str]], rows: Array) -> Array:
    """Those of the combinations that, on cases they were not asked on, can spoil all that is wrong there."""
    found = rows.copy()
    for name, case in signatures.cases.items():
        if wrong.get(name) and not case.asked.all():
            for row in np.flatnonzero(found & ~case.asked):
                combination = signatures.combinations[int(row)]
                touched = frozenset().union(*(signatures.mistakes[number].touches for number in combination))
                found[row] = wrong[name] <= touched
    return found


def _asked(cases: Iterable[CaseSignatures], count: int) -> Array:
    """The combinations of which something is known."""
    asked = np.zeros(count, bool)
    for case in cases:
        asked |= case.asked
    return asked


def _are_raises(answers: Mapping[str, Answer], cases: Iterable[str]) -> bool:
    """Whether there is nothing but exceptions."""
    words = [answers[name].words.get(WHOLE, "") for name in cases if name in answers]
    return all(text.startswith(RAISED) for text in words)


def _causes(signatures: Signatures, table: int, row: int) -> list[Cause]:
    return [
        Cause(signatures.mistakes[number], number, table, row, place)
        for place, number in enumerate(signatures.combinations[row])
    ]


def _by_quantity(
    signatures: Sequence[Signatures],
    answers: Mapping[str, Answer],
    tolerances: Mapping[str, Tolerance],
    wrong_there: Mapping[str, Set[str]],
) -> list[Cause]:
    """Explains each quantity for itself: many faults sit in one alone, and a known one may stand beside an unknown.

    What explains most of the quantities that are not explained yet comes first, single mistakes before pairs.
    """
    answered = {name: answer for name, answer in answers.items() if WHOLE not in answer.words}
    if len(answered) < 2:
        return []
    found: dict[int, Cause] = {}
    wrong = frozenset().union(*wrong_there.values())
    unexplained = set(wrong)
    for table, each in enumerate(signatures):
        cases = {name: case for name, case in each.cases.items() if name in answered}
        quantities = list(next(iter(cases.values())).values) if cases else []
        if len(quantities) < 2 or not each.combinations:
            continue

        def fitting(quantity: str, rows: Array, cases: Mapping[str, CaseSignatures] = cases) -> Array:
            # Where a combination was asked on cases alone that the quantity is right on, it explains nothing of it.
            if quantity in wrong:
                telling = [case for name, case in cases.items() if quantity in wrong_there.get(name, ())]
                rows = rows & _asked(telling, len(rows))
            for name, case in cases.items():
                fits = _quantity_fits(case, quantity, answered[name], tolerances[name], rows)
                rows = rows & (~case.asked | fits)
            return rows

        # A mistake that would spoil what is right is no explanation of what is wrong.
        harmless = _asked(cases.values(), len(each.combinations))
        for quantity in quantities:
            if quantity not in wrong:
                harmless = fitting(quantity, harmless)
        fits = {quantity: fitting(quantity, harmless) for quantity in quantities if quantity in wrong}
        often = {
            quantity: np.sum([case.asked for name, case in cases.items() if quantity in wrong_there.get(name, ())], 0)
            > 1
            for quantity in fits
        }
        while unexplained & fits.keys():
            # Nor is one that would spoil what another has explained already, unless both together give that.
            covered = np.sum([fits[quantity] for quantity in sorted(unexplained & fits.keys())], axis=0)
            candidates = [int(row) for row in np.argsort(-covered, kind="stable") if covered[row]]
            best = next(
                (
                    row
                    for row in candidates
                    if _tells(each, row, fits, often, unexplained, wrong)
                    and _leaves(each, row, fits, wrong - unexplained, found)
                ),
                None,
            )
            if best is None:
                break
            found.update({cause.number: cause for cause in _causes(each, table, best)})
            unexplained -= {quantity for quantity in unexplained & fits.keys() if fits[quantity][best]}
    return list(found.values())


def _tells(
    signatures: Signatures,
    row: int,
    fits: Mapping[str, Array],
    often: Mapping[str, Array],
    unexplained: Set[str],
    wrong: Set[str],
) -> bool:
    """Whether a combination gives all that it spoils, or has given the same as the answers on more than one case."""
    given = {quantity for quantity in fits if fits[quantity][row]}
    spoilt = frozenset[str]().union(*(signatures.mistakes[number].touches for number in signatures.combinations[row]))
    return spoilt & wrong <= given or all(bool(often[quantity][row]) for quantity in given & unexplained)


def _leaves(
    signatures: Signatures, row: int, fits: Mapping[str, Array], explained: Set[str], found: Collection[int]
) -> bool:
    """Whether a combination leaves explained quantities as they are explained."""
    new = [number for number in signatures.combinations[row] if number not in found]
    return all(
        fits[quantity][row] or not any(quantity in signatures.mistakes[number].touches for number in new)
        for quantity in explained & fits.keys()
    )


def _whole_fits(case: CaseSignatures, answer: Answer, tolerance: Tolerance, rows: Array, may_change: bool) -> Array:
    fits = rows & _says(case, len(rows), WHOLE, answer)
    if CHANGED in answer.words or not may_change:
        fits &= _changes(case, len(rows), answer)
    if WHOLE in answer.words:
        return np.asarray(fits)
    for quantity in case.values:
        if not fits.any():
            break
        fits &= _quantity_fits(case, quantity, answer, tolerance, fits)
    return np.asarray(fits)


def _says(case: CaseSignatures, count: int, key: str, answer: Answer) -> Array:
    """The rows that say the same under a key as an answer does, or as little."""
    text = answer.words.get(key)
    same = np.full(count, text is None)
    same[case.said.get((key, text), [])] = text is not None
    kind, numbers = _kind_and_numbers(text or "")
    if kind and (key, kind) in case.listed:  # spelt with another last digit, in float32 above all
        rows, known = case.listed[key, kind]
        with np.errstate(all="ignore"):
            digit = 10.0 ** (np.floor(np.log10(np.abs(numbers))) - 5)  # a unit of the last one
            largest = np.max(np.abs(numbers), initial=0.0, where=np.isfinite(numbers))
            is_near = np.abs(known - numbers) <= np.maximum(1.01 * digit, SPELT * largest)
            near = np.all((known == numbers) | (np.isfinite(known) & np.isfinite(numbers) & is_near), axis=1)
        same[np.array(rows)[near]] = True
    return same


def _kind_and_numbers(text: str) -> tuple[str, Array]:
    """What `value_in_words` says: kind and shape, and the numbers; no kind where it is something else."""
    kind, bracket, numbers = text.partition(") ")
    try:
        return (kind if bracket else ""), np.array(numbers.split(), float)
    except ValueError:
        return "", np.empty(0)


def _changes(case: CaseSignatures, count: int, answer: Answer) -> Array:
    """The rows that change what the answer has changed: it may be some of what they do."""
    if CHANGED not in answer.words:
        return _says(case, count, CHANGED, answer)
    same = np.zeros(count, bool)
    for row, words in case.words.items():
        same[row] = {*answer.words[CHANGED].split(", ")} <= {*words.get(CHANGED, "").split(", ")}
    return same


def _quantity_fits(case: CaseSignatures, quantity: str, answer: Answer, tolerance: Tolerance, rows: Array) -> Array:
    if quantity not in answer.values:
        return rows & _says(case, len(rows), quantity, answer)
    fits = np.zeros(len(rows), bool)
    candidates = np.flatnonzero(rows)
    value = answer.values[quantity]
    single = is_single(value) and tolerance.float32 != "never"
    rtol, norm = (1e-4, 1e-5) if single else (max(tolerance.rtol, 1e-7), max(tolerance.norm, 1e-9))
    if not single and value.size > 1 and any(np.all(np.abs(value - end) <= SATURATED) for end in (0.0, 1.0)):
        rtol, norm = 0.0, 1e-9  # many mistakes come near to it
    largest = int(np.argmax(np.abs(value))) if value.size else 0
    for part in (slice(largest, largest + 1), slice(None)):  # most rows are told apart by one element
        with np.errstate(all="ignore"):
            expected = case.values[quantity][candidates, part]
            allowed = rtol * np.abs(expected) + norm * case.largest[quantity][candidates, None] + 1e-300
            close = np.abs(expected - value[part]) <= allowed
        candidates = candidates[np.all(close, axis=1)]
    fits[candidates] = True
    return fits


def touched(case: CaseSignatures, row: int, expected: Mapping[str, Any]) -> Set[str]:
    """The quantities of a case that a combination makes wrong."""
    given = case.row(row)
    if CHANGED in given.words:
        return set(expected)
    return {
        name
        for name, value in expected.items()
        if name not in given.values or not np.allclose(given.values[name], np.ravel(value), rtol=1e-6, atol=0)
    }


def in_words(seen: Observation) -> str:
    """An observation without values, so that two of the same cause have the same words."""
    if seen.outcome is Outcome.RAISED:
        return f"{RAISED} {seen.message.partition(' raised ')[2].partition(':')[0]}"
    return f"{seen.outcome}: {seen.message}"


def value_in_words(value: Any) -> str:
    """A value that is no float array of the right shape: its kind, shape and numbers to six digits."""
    array, kind = as_array(value)
    if array is None:
        return kind
    with np.errstate(all="ignore"):
        numbers = np.asarray(array, complex if array.dtype.kind == "c" else float).ravel()[:64]
        return f"{kind} {array.shape} " + " ".join(f"{number:.6g}" for number in numbers)


def answer(seen: Observation, expected: Mapping[str, Any], *, integers: bool = False) -> Answer:
    """An observation in the form that signatures have; `integers`: whole numbers may stand for floats."""
    if seen.outcome is not Outcome.PASSED:
        said = re.sub(r" +\((cell|line) .*", "", seen.message.partition(": ")[2])
        text = {TEXT: re.sub(r"[\d.]+", "#", said)}
        return Answer({}, {WHOLE: in_words(seen), **(text if seen.outcome is Outcome.RAISED else {})})
    values: dict[str, Array] = {}
    words = {CHANGED: ", ".join(seen.changed)} if seen.changed else {}
    for name, value in expected.items():
        array, _ = as_array(seen.values.get(name))
        if array is not None and _is_plain(array, np.asarray(value), integers):
            values[name] = np.asarray(array, np.float64).ravel()
        else:
            words[name] = value_in_words(seen.values.get(name))
    return Answer(values, words)


def _is_plain(array: Array, expected: Array, integers: bool) -> bool:
    """Whether an answer is told by its numbers.  Whole numbers are, where they may be or are not the right ones."""
    if array.shape != expected.shape or array.dtype.kind not in "fiu" or not bool(np.all(np.isfinite(array))):
        return False
    return array.dtype.kind == "f" or integers or not np.array_equal(array, expected)


def record(
    observations: Sequence[Observation | None], expected: Mapping[str, Any], *, integers: bool = False
) -> CaseSignatures:
    """The signatures of one case from what the combinations gave there; None where one was not asked."""
    values = {name: np.full((len(observations), np.size(value)), np.nan) for name, value in expected.items()}
    words: dict[int, Mapping[str, str]] = {}
    for row, seen in enumerate(observations):
        if seen is None:
            continue
        given = answer(seen, expected, integers=integers)
        if given.words:
            words[row] = given.words
        for name, value in given.values.items():
            values[name][row] = value
    return CaseSignatures(values, words, np.array([seen is not None for seen in observations], bool))
