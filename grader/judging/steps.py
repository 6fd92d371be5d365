"""The first wrong line: a student's trace held against what the reference's expressions yield.

A value that the right reference has - equal, transposed, a row or an element of it, or a multiple - is right.  A value
that it has no counterpart for is not recognised, which is no accusation.  A line is called wrong only with evidence:
it is the first to hold a value that the reference yields with the named mistake in it and not without; or, where the
mistake leaves a step out, the last to hold the value that the step was due to change.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import numpy as np

from .compare import Array

DOUBLE, SINGLE = 1e-7, 2e-5  # how far apart equal numbers may be, computed in float64 and in float32
SMALL = 1e-3  # what a check may say of a right network
ITEM = re.compile(r"\[\d+\]$")  # the name of a list's item
ATTRIBUTE = re.compile(r"\w+\.\w+")
# add, radd, iadd, …, by which a class of the student's answers an operator
OPERATORS = frozenset(
    f"__{before}{name}__"
    for before in ("", "r", "i")
    for name in [
        "add",
        "sub",
        "mul",
        "matmul",
        "truediv",
        "floordiv",
        "mod",
        "pow",
        "lshift",
        "rshift",
        "and",
        "or",
        "xor",
    ]
) | {"__neg__", "__pos__", "__invert__", "__abs__"}
ITEM_OF_RETURN = re.compile(r"return\[\d")
NEW, IN_PLACE, RETURNED, ARGUMENT = range(4)  # what an event is: see the worker's tracer


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """A value of the reference's; the name is that of what it was assigned to, "" for what stands inside a formula."""

    name: str
    value: Array


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """A call in the student's trace: the function, where it came from (call -1 is the judge's own), where it ended."""

    file: str
    function: str
    parent: int
    parent_line: int
    last_line: int


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """A value that a line of the student's has made: in which call, how it is called there, and its content."""

    call: int
    line: int
    name: str
    value: Array
    kind: int


@dataclasses.dataclass(frozen=True, slots=True)
class Trace:
    calls: Sequence[Call]
    events: Sequence[Event]


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A line of a file or cell.

    Attributes:
      name: what was made there, as the trace calls it.
      lacks: whether it is not wrong itself, but the last to hold what a step is missing for.
      misplaced: whether what it makes is right, under the name of something else.
      late: whether what it makes is right, but of a later step.
      ended: whether all that is known is that it ended there.
    """

    file: str
    line: int
    name: str = ""
    lacks: bool = False
    misplaced: bool = False
    late: bool = False
    ended: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """What the reference yields with a mistake in it.

    Attributes:
      made: by the edited statements.
      parts: by the formulas inside them.
      operands: the values that the mistake brings in by name, right ones in a wrong place.
      after: all else that is wrong because of it.
      made_alone: as `made` and `parts`, where it is the only mistake.
    """

    made: Sequence[Known]
    parts: Sequence[Known]
    operands: Sequence[Known]
    after: Sequence[Known]
    made_alone: Sequence[Known] = ()


def place_of(trace: Trace, event: Event) -> Place:
    """Where a value was made."""
    return Place(trace.calls[event.call].file, event.line, event.name)


class Values:
    """Values grouped by shape, so that one comparison serves all of a shape; axes of length 1 don't count.

    Args:
      rtol: how far apart equal numbers may be.
      any_order: whether the same numbers in another order are equal, where elements are drawn at random.
    """

    def __init__(self, values: Sequence[Known], rtol: float = DOUBLE, *, any_order: bool = False) -> None:
        self.rtol = rtol
        self.any_order = any_order
        self._named = [each for each in values if each.name]
        self._values = [each.value for each in values]
        self._equal: dict[tuple[tuple[int, ...], bytes], str | None] = {}  # what was looked for before
        self._related: dict[tuple[tuple[int, ...], bytes], str | None] = {}
        grouped: dict[tuple[int, ...], list[tuple[str, Array]]] = {}
        for each in sorted(values, key=lambda each: not each.name):  # those with names first
            flat = self._form(each.value)
            for form in (flat, flat.T) if flat.ndim == 2 else (flat,):
                grouped.setdefault(form.shape, []).append((each.name, form.ravel()))
        self._groups = {
            shape: ([name for name, _ in found], np.array([value for _, value in found]))
            for shape, found in grouped.items()
        }

    @functools.cached_property
    def _rows(self) -> dict[tuple[int, ...], tuple[list[str], Array]]:
        """The rows of what has several, by their shape."""
        found: dict[tuple[int, ...], tuple[list[str], Array]] = {}
        for shape, (names, known) in self._groups.items():
            if len(shape) >= 2:
                rows = known.reshape(len(names) * shape[0], math.prod(shape[1:]))
                found[shape[1:]] = _joined(
                    found.get(shape[1:]), [name for name in names for _ in range(shape[0])], rows
                )
        return found

    @functools.cached_property
    def _elements(self) -> Array:
        """All their numbers, in order of size."""
        return np.unique(np.concatenate([np.empty(0), *(value.ravel() for value in self._values)]))

    @functools.cached_property
    def _strict(self) -> dict[tuple[int, ...], Array]:
        """Those of the very same shape, one a row."""
        found: dict[tuple[int, ...], list[Array]] = {}
        for value in self._values:
            found.setdefault(value.shape, []).append(value.ravel())
        return {shape: np.array(rows) for shape, rows in found.items()}

    def same(self, value: Array) -> bool:
        """Whether one is equal to the value, of the same shape."""
        return value.shape in self._strict and bool(np.any(self._close(value.ravel(), self._strict[value.shape])))

    def flat(self, value: Array) -> bool:
        """Whether one has the same numbers in the same order, whatever their shape."""
        same_size = [known for shape, known in self._strict.items() if math.prod(shape) == value.size]
        return any(bool(np.any(self._close(value.ravel(), known))) for known in same_size)

    def equal(self, value: Array) -> str | None:
        """The name of one that is equal to the value but for axes of length 1, or has it as a row or element."""
        key = value.shape, value.tobytes()
        if key not in self._equal:
            self._equal[key] = self._equal_of(value)
        return self._equal[key]

    def _equal_of(self, value: Array) -> str | None:
        flat = self._form(value)
        for groups in (self._groups, self._rows):
            if flat.shape in groups:
                names, known = groups[flat.shape]
                if (found := _first(names, self._close(flat.ravel(), known))) is not None:
                    return found
        return "" if flat.size == 1 and self.holds(flat) else None

    def holds(self, value: Array) -> bool:
        """Whether all numbers of a value are among theirs, whatever they are in."""
        if not self._elements.size:
            return False
        numbers = value.ravel()
        places = np.searchsorted(self._elements, numbers)
        near = self._elements[np.clip([places - 1, places], 0, self._elements.size - 1)]
        return bool(np.all(np.any(np.abs(near - numbers) <= 0.01 * self.rtol * np.abs(numbers) + 1e-300, axis=0)))

    def related(self, value: Array) -> str | None:
        """The name of one that the value is a multiple of, or a multiple of a row of; where several numbers agree."""
        key = value.shape, value.tobytes()
        if key not in self._related:
            self._related[key] = self._related_of(value)
        return self._related[key]

    def _related_of(self, value: Array) -> str | None:
        flat = self._form(value)
        if flat.size < 2:
            return None
        for groups in (self._groups, self._rows):
            if flat.shape in groups:
                names, known = groups[flat.shape]
                if (found := _first(names, self._proportional(flat.ravel(), known))) is not None:
                    return found
        return None

    def scaled(self, value: Array) -> bool:
        """Whether the value is a multiple of one of them."""
        return self.related(value) is not None

    def differs(self, named: Known) -> bool:
        """Whether there are values of that name, and the value is a multiple of none of them."""
        same = [each for each in self._named if each.name == named.name and each.value.shape == named.value.shape]
        return bool(same) and not Values(same, self.rtol).scaled(named.value)

    def factors(self, named: Known) -> Iterator[float]:
        """What values of that name are multiplied by in it, if it is a multiple of them (and none of them)."""
        for each in self._named:
            if each.name == named.name and each.value.shape == named.value.shape and each.value.size > 1:
                place = np.argmax(np.abs(each.value))
                with np.errstate(all="ignore"):
                    factor = float(named.value.flat[place] / each.value.flat[place])
                if np.isfinite(factor) and factor not in (0.0, 1.0) and self.is_close(named.value, factor * each.value):
                    yield factor

    def is_named_otherwise(self, named: Known) -> bool:
        """Whether the value is that of another name."""
        return Values([each for each in self._named if each.name != named.name], self.rtol).flat(named.value)

    def _form(self, value: Array) -> Array:
        """What is compared: without axes of length 1, and in order of size where the order is left open."""
        return np.sort(value, axis=None) if self.any_order else np.squeeze(value)

    def is_close(self, value: Array, other: Array) -> bool:
        """Whether two values of one shape are equal, infinities and NaN included."""
        finite = np.isfinite(other)
        if not np.array_equal(value[~finite], other[~finite], equal_nan=True):
            return False
        return bool(self._close(value[finite], other[finite][None])[0])

    def _close(self, value: Array, known: Array) -> Array:
        """For each row of `known`, whether the value is equal to it but for rounding."""
        with np.errstate(all="ignore"):
            size = np.abs(known)
            largest = np.max(size, axis=1, keepdims=True, initial=0.0)
            allowed = self.rtol * size + 0.01 * self.rtol * largest + 1e-300
            return np.asarray(np.all(np.abs(value - known) <= allowed, axis=1))

    def _proportional(self, value: Array, known: Array) -> Array:
        """For each row of `known`, whether the value is a multiple of it (not by zero)."""
        with np.errstate(all="ignore"):
            places = np.argmax(np.abs(known), axis=1)
            rows = np.arange(len(known))
            factors = value[places] / known[rows, places]
            usable = np.isfinite(factors) & (factors != 0)
            return np.asarray(usable & self._close(value, np.where(usable, factors, 1.0)[:, None] * known))


NOTHING = Values([])


def _joined(before: tuple[list[str], Array] | None, names: list[str], rows: Array) -> tuple[list[str], Array]:
    return (names, rows) if before is None else (before[0] + names, np.vstack([before[1], rows]))


def first_wrong(
    trace: Trace,
    right: Values,
    own: Values,
    evidence: Evidence,
    returned: Mapping[str, Array],
    shaped: Collection[str] = (),
) -> Place | None:
    """The line of a named mistake.

    Args:
      right: what the reference and other right ways to write it yield.
      own: what the reference itself yields.
      evidence: of the mistake.
      returned: what the student returned and the mistake explains, where it is wrong, by quantity.
      shaped: what has the right shape of these.
    """
    if (late := _first_too_late(trace, right, returned)) is not None:
        return _where_measured(trace, late) if {*returned} <= {*shaped} else place_of(trace, late)
    event = _first_of_mistake(trace, right, own, evidence, returned)
    if event is None or not _is_of(event, [*evidence.made, *evidence.parts], right):
        misplaced = _first_misplaced(trace, own, evidence, returned)
        if misplaced is not None:
            place = _blamed(trace, right, misplaced, omitted=Values(evidence.made, right.rtol))
            return dataclasses.replace(place, misplaced=True)
        if _is_about_order(own, evidence, returned):
            return last_line(trace)
        # What is known of it is what comes after it: was something left out before?
        omitted = _last_before_omission(trace, own, evidence, event)
        if omitted is not None:
            place = _blamed(trace, right, omitted, omitted=Values(evidence.made, right.rtol))
            return dataclasses.replace(place, lacks=True)
        event = event or _maker(trace, right, list(returned.values()))
    if event is None:
        return None
    event = _before_cut(trace, right, _before_reshape(trace, right, event))
    # A mistake that is no edit of a statement comes out over several calls, of which the first may be right.
    is_edit = bool(evidence.made or evidence.parts or evidence.after)
    made = Values([*evidence.made, *evidence.parts, *evidence.made_alone], right.rtol)
    # A factor may be wrong anywhere, so what has one is no mere consequence.
    after = Values(
        [each for each in evidence.after if not (_is_known(made, each.value) or _is_known(right, each.value))],
        right.rtol,
    )
    return _blamed(trace, right, event, operands=Values(evidence.operands), after=after, is_edit=is_edit)


def _before_reshape(trace: Trace, right: Values, back: Event) -> Event:
    """Where what is handed back in another shape was written last: `return gradient.reshape(x.shape)`."""
    if back.kind != RETURNED or not back.name.startswith("return") or back.value.size < 2 or right.flat(back.value):
        return back
    same = [
        event
        for event in itertools.takewhile(lambda event: event is not back, trace.events)
        if event.call == back.call
        and event.kind in (NEW, IN_PLACE)
        and event.value.size == back.value.size
        and event.value.shape != back.value.shape
        and np.array_equal(event.value.ravel(), back.value.ravel())
    ]
    return same[-1] if same else back


def _before_cut(trace: Trace, right: Values, piece: Event) -> Event:
    """Where an array was made that what is wrong is a piece of: the gradient of weights and biases in one matrix."""
    if piece.value.size < 2 or is_trivial(piece.value):
        return piece
    numbers = piece.value.ravel()
    whole = (
        event
        for event in itertools.takewhile(lambda event: event is not piece, trace.events)
        if event.call == piece.call
        and event.kind in (NEW, IN_PLACE)
        and event.value.size > piece.value.size
        and bool(np.all(np.isin(numbers, event.value)))
        and not (_is_known(right, event.value) or right.holds(event.value))
    )
    return next(whole, piece)


def first_scaled(trace: Trace, right: Values, origins: Values, returned: Mapping[str, Array]) -> Place | None:
    """Where a factor is wrong, or missing, that all that comes back has: where it can first be.

    Args:
      origins: what all that comes back is a multiple of.
    """
    # The unscaled results are known of the reference: nothing scales them here.
    is_left_out = any(value.size > 1 and right.same(value) for value in returned.values())
    for event in trace.events:
        if (
            event.kind != ARGUMENT
            and not is_trivial(event.value)
            and origins.scaled(event.value)
            and (is_left_out or right.equal(event.value) is None)
        ):
            return _blamed(trace, right, event, is_edit=False)
    return None


def last_shown(trace: Trace, right: Values, evidence: Evidence) -> int:
    """The last event that is what the mistake's own statements make, and the right ones don't; -1 if there is none.

    A number that was handed in is made by no line.
    """
    wrong = Values(
        [each for each in evidence.made if right.equal(each.value) is None], right.rtol, any_order=right.any_order
    )
    handed_in = {event.value.item() for event in trace.events if event.kind == ARGUMENT and event.value.size == 1}
    for number in range(len(trace.events) - 1, -1, -1):
        value = trace.events[number].value
        if (
            not is_trivial(value)
            and not (value.size == 1 and value.item() in handed_in)
            and right.equal(value) is None
            # Where the order is left open, it is also open which of the elements are looked at.
            and (wrong.equal(value) is not None or (wrong.any_order and wrong.holds(value)))
        ):
            return number
    return -1


def first_unknown(trace: Trace, right: Values) -> Place | None:
    """Where what the judge called got the first value that no right one is like."""
    for event in trace.events:
        if (
            event.kind in (NEW, IN_PLACE)
            and trace.calls[event.call].parent < 0
            and not is_trivial(event.value)
            and not _is_known(right, event.value)
        ):
            return place_of(trace, event)
    return None


def put_under_key(trace: Trace, right: Values, evidence: Evidence) -> Place | None:
    """Where a mistake is in what is put into a dict: the line that makes what comes back under that key.

    How that is measured is the student's own business; but it must be what the mistake makes, or as small.
    """
    made = [each for each in evidence.made if each.name.endswith("']") and each.value.size == 1]
    if not made or len(made) < len(evidence.made):
        return None
    expected = np.array([each.value.item() for each in made])
    ends = tuple({each.name[each.name.rindex("['") :] for each in made})
    for back in trace.events:
        if back.kind != RETURNED or trace.calls[back.call].parent >= 0 or not back.name.endswith(ends):
            continue
        value = back.value.item() if back.value.size == 1 else np.nan
        if not np.any((np.abs(expected - value) <= DOUBLE * np.abs(value)) | (np.maximum(expected, value) <= SMALL)):
            return None
        key = back.name[back.name.rindex("['") :]
        same = [event for event in trace.events if event.value.size == 1 and event.value.item() == value]
        put = [each for each in same if each.kind in (NEW, IN_PLACE) and each.name.endswith(key)]
        found = put[0] if put else back
        for event in same:
            this = trace.calls[event.call]
            if event.kind == RETURNED and (this.parent, this.parent_line) == (found.call, found.line):
                found = event  # a helper's
        first = _first_part(trace, right, evidence)
        return place_of(trace, found) if first is None else first
    return None


def _first_part(trace: Trace, right: Values, evidence: Evidence) -> Place | None:
    """Where a wrong number that the mistake's formula is made of is made, if it is."""
    parts = Values([each for each in evidence.parts if each.value.size == 1 and right.equal(each.value) is None])
    for event in trace.events:
        if (
            event.kind in (NEW, IN_PLACE)
            and event.value.size == 1
            and not is_trivial(event.value)
            and right.equal(event.value) is None
            and parts.equal(event.value) is not None
        ):
            return place_of(trace, event)
    return None


def left_changed(trace: Trace, right: Values) -> Place | None:
    """The line that wrote last into an array of an object's that is no right one at the end of the judge's call."""
    last = {}
    for event in trace.events:
        if event.kind in (NEW, IN_PLACE) and trace.calls[event.call].parent < 0 and ATTRIBUTE.fullmatch(event.name):
            last[event.name] = event
    is_whole = any(event.kind == RETURNED and trace.calls[event.call].parent < 0 for event in trace.events)
    for final in last.values() if is_whole else ():
        if right.equal(final.value) is None:
            # A helper has written it, if one has.
            event = next(each for each in trace.events if np.array_equal(each.value, final.value))
            return place_of(trace, event)
    return None


def first_change(trace: Trace, is_item: Callable[[Place], bool]) -> Place | None:
    """The first line that wrote into what was handed in; where that has got another name before (`out = x`), there.

    What writes under a name of its own was to write into a copy.

    Args:
      is_item: whether a line only takes something out of what holds it (`step = gradients[key]`): no copy is due there.
    """
    handed_in = {(event.call, event.name) for event in trace.events if event.kind == ARGUMENT}
    for number, event in enumerate(trace.events):
        if event.kind == IN_PLACE and (event.call, event.name) in handed_in:
            others = {
                each.name
                for each in trace.events
                if (each.call, each.line, each.kind) == (event.call, event.line, IN_PLACE)
                and (each.call, each.name) not in handed_in
                and np.array_equal(each.value, event.value)
            }
            named = [
                each
                for each in trace.events[:number]
                if each.call == event.call and each.kind == NEW and each.name in others
            ]
            place = place_of(trace, named[-1] if named else event)
            return place_of(trace, event) if is_item(place) else place
    return None


def last_in(trace: Trace, function: str, place: Place) -> Place:
    """Where a function ends that something is left out of, if it has been called and does not lead to the place."""
    within: set[int] = set()
    led_to: set[int] = set()
    for number, call in enumerate(trace.calls):  # outer ones come first
        if call.function.rpartition(".")[2] == function.rpartition(".")[2]:
            within.add(number)
        if number in within or call.parent in led_to:
            led_to.add(number)
    events = [event for event in trace.events if event.call in within and event.kind != ARGUMENT]
    is_there = any(
        event.call in led_to and trace.calls[event.call].file == place.file and event.line == place.line
        for event in trace.events
    )
    return place if is_there or not events else dataclasses.replace(place_of(trace, events[-1]), lacks=True)


def last_line(trace: Trace) -> Place | None:
    """Where the last call of the judge's ended."""
    ours = [call for call in trace.calls if call.parent < 0]
    return Place(ours[-1].file, ours[-1].last_line, ended=True) if ours else None


def maker_of_wrong(trace: Trace, right: Values, returned: Sequence[Array]) -> Place | None:
    """Where nothing is named: the line that took right values, all that came before it, and made a wrong one."""
    event = _maker(trace, right, returned)
    if event is None:
        return None
    for before in trace.events:
        if before is event:
            return _blamed(trace, right, event)
        if not is_trivial(before.value) and not _is_known(right, before.value):
            return None
    return None


def _is_of(event: Event, found: Sequence[Known], right: Values) -> bool:
    return _is_known(Values(found, right.rtol, any_order=right.any_order), event.value)


def _first_of_mistake(
    trace: Trace, right: Values, own: Values, evidence: Evidence, returned: Collection[str]
) -> Event | None:
    """The first value that the mistaken reference has and the right one has not; of what it made, multiples too.

    Of shapes, the reference's own are right: on the way, other right ways may have others.
    """
    found = [*evidence.made, *evidence.parts, *evidence.after]
    order = right.any_order
    wrong = Values([each for each in found if right.equal(each.value) is None], right.rtol, any_order=order)
    multiples = Values(
        [each for each in evidence.made if not _is_known(right, each.value)], right.rtol, any_order=order
    )
    misshapen = Values([each for each in evidence.made if _is_misshapen(own, each.value)], right.rtol)
    pieces = Values([each for each in evidence.parts if _is_piece(right, each.value)], right.rtol)
    plain = [each for each in evidence.made if is_trivial(each.value) and not right.same(each.value)]
    # A factor of what comes back may be missing in it alone; of what leads there, it is in all that follows.
    factors = {factor for each in evidence.made if each.name not in returned for factor in own.factors(each)}
    for event in trace.events:
        if is_trivial(event.value):
            if _is_named_so(event, plain):
                return _made_by(trace, event)
            continue
        if right.equal(event.value) is None:
            if wrong.equal(event.value) is not None or wrong.equal(-event.value) is not None:
                return event
            if multiples.related(event.value) is not None and right.related(event.value) is None:
                return event
            # Of what is divided elsewhere than in the reference, too.
            if event.value.size > 1 and any(right.equal(event.value / factor) is not None for factor in factors):
                return event
        elif event.value.size > 1 and (
            (_is_misshapen(own, event.value) and misshapen.same(event.value))
            or (_is_piece(right, event.value) and pieces.same(event.value) and _is_alone(trace, event, pieces, right))
        ):
            return event
    return None


def _first_too_late(trace: Trace, right: Values, returned: Mapping[str, Array]) -> Event | None:
    """Where what is noted step by step is noted of the step after: all but the last are right numbers, one place off."""
    if len(returned) != 1:
        return None
    (noted,) = returned.values()
    if noted.ndim != 1 or noted.size < 2 or not right.holds(noted[:-1]) or right.holds(noted[-1:]):
        return None

    return next(
        (
            event
            for event in trace.events
            if event.kind != ARGUMENT and event.value.ndim < 2 and event.value.size and event.value.flat[0] == noted[0]
        ),
        None,
    )


def _where_measured(trace: Trace, event: Event) -> Place:
    """Where a value is wanted that helpers make of what they are handed, and not of what the judge hands in."""
    given = {
        each.value.tobytes() for each in trace.events if each.kind == ARGUMENT and trace.calls[each.call].parent < 0
    }
    call, line = event.call, event.line
    while trace.calls[call].parent >= 0 and any(
        each.call == call and each.kind == ARGUMENT and each.value.size > 1 and each.value.tobytes() not in given
        for each in trace.events
    ):
        call, line = trace.calls[call].parent, trace.calls[call].parent_line
    return Place(trace.calls[call].file, line, late=True)


def _is_misshapen(own: Values, value: Array) -> bool:
    """Whether it has the numbers of one of the reference's own, in another shape."""
    return own.flat(value) and not own.same(value)


def _is_piece(right: Values, value: Array) -> bool:
    """Whether several numbers are a row of something right, and nothing right as they are."""
    return value.size > 1 and right.equal(value) is not None and not right.flat(value)


def _is_alone(trace: Trace, event: Event, pieces: Values, right: Values) -> bool:
    """Whether a piece of a right value is all that its line makes of that: not one after the other, in a loop."""
    alike = [each for each in trace.events if (each.call, each.line, each.kind) == (event.call, event.line, event.kind)]
    return all(
        pieces.same(each.value) or right.same(each.value) for each in alike if each.value.shape == event.value.shape
    )


def _is_named_so(event: Event, found: Sequence[Known]) -> bool:
    """Whether zeros, ones and the like are made under the name that they have in the reference."""
    return event.kind == NEW and any(
        each.name == event.name and each.value.shape == event.value.shape and bool(np.all(each.value == event.value))
        for each in found
    )


def first_setting(trace: Trace, evidence: Evidence) -> Place | None:
    """Where a plain value is made, under the name that it has in the reference with the mistake in it."""
    found = next((event for event in trace.events if _is_named_so(event, evidence.made)), None)
    return None if found is None else place_of(trace, _made_by(trace, found))


def _made_by(trace: Trace, given: Event) -> Event:
    """Where a helper that a line calls has made what the line gives a name."""
    while True:
        inside = [
            event
            for event in trace.events
            if event.kind == NEW
            and (trace.calls[event.call].parent, trace.calls[event.call].parent_line) == (given.call, given.line)
            and np.array_equal(event.value, given.value)
        ]
        if not inside:
            return given
        given = inside[-1]


def _first_misplaced(trace: Trace, own: Values, evidence: Evidence, returned: Mapping[str, Array]) -> Event | None:
    """The first right value that is kept under the name of another one, as the mistaken reference keeps it.

    The names are those of the reference's variables, and of what is returned; the student's may be spelt another way.
    """
    for each in evidence.made:
        name = _spelt(each.name)
        is_returned = each.name.startswith("return") and name in map(_spelt, returned) and own.flat(each.value)
        if len(name) < 2 or not (is_returned or (own.differs(each) and own.is_named_otherwise(each))):
            continue
        for event in trace.events:
            if event.kind in (NEW, IN_PLACE) and _spelt(event.name) == name and _holds(own, event, each):
                return event
    return None


def _holds(own: Values, event: Event, known: Known) -> bool:
    return event.value.size == known.value.size and own.is_close(event.value.ravel(), known.value.ravel())


def _spelt(name: str) -> str:
    """The last part of a name, in one spelling: `self.grads['dL_dW1']` is dw1, and so is `gradW1`."""
    last = re.sub(r"[^a-z0-9.]", "", name.replace("['", ".").lower()).rpartition(".")[2]
    return re.sub(r"^(dld|gradient|grad)", "d", last)


def _is_about_order(own: Values, evidence: Evidence, returned: Mapping[str, Array]) -> bool:
    """Whether all that is returned is right, but in another order."""
    if not evidence.made:
        return len(returned) > 1 and all(map(own.same, returned.values()))
    made = Values(evidence.made, own.rtol)
    return all(ITEM_OF_RETURN.match(each.name) and own.flat(each.value) for each in evidence.made) and any(
        made.flat(value) for value in returned.values()
    )


def _last_before_omission(trace: Trace, own: Values, evidence: Evidence, until: Event | None) -> Event | None:
    """Where a step is left out: the last to hold, `until` what comes after it, the value that it was due to change.

    A second name for it is where the step was due, and so is where it is written into an array; else what returns it;
    else what made it.
    """
    if not evidence.made:
        return None
    first = evidence.made[0]
    if own.same(first.value):
        # In later rounds of a training they are others than the right ones, because of what was left out before.
        omitted = Values([each for each in evidence.made if own.same(each.value)], own.rtol)
        is_scaled = not any(event.kind != ARGUMENT and omitted.flat(event.value) for event in trace.events)
        is_omitted = omitted.scaled if is_scaled else omitted.flat
    elif own.related(first.value) is not None and own.differs(first):
        # Scaled elsewhere than in the reference.
        omitted = Values([first], own.rtol)
        is_omitted = omitted.scaled
    else:
        return None
    events = trace.events[: next((place for place, each in enumerate(trace.events) if each is until), None)]
    bound = [
        event
        for event in events
        if event.kind in (NEW, IN_PLACE) and not is_trivial(event.value) and is_omitted(event.value)
    ]
    # A line that keeps it once more and makes what comes after it, too, is too late.
    bound = [
        event
        for event in bound
        if until is None
        or (event.call, event.line) != (until.call, until.line)
        or not any(
            each.call == event.call and each.line != event.line and np.array_equal(each.value, event.value)
            for each in bound
        )
    ]
    # An item of a list is no other name: what is put there was due to be changed before.
    bound = [event for event in bound if not (ITEM.search(event.name) or _is_packed(trace, event))] or bound
    if len({event.name for event in bound}) > 1 and not ITEM.search(bound[-1].name):
        return bound[-1]
    if bound and bound[-1].kind == IN_PLACE:
        return bound[-1]
    back = [event for event in events if event.kind == RETURNED and is_omitted(event.value)]
    # What is handed back among others was made before.
    made = [event for event in bound if back and event.call == back[-1].call and back[-1].name != "return"]
    found = made or back or bound
    return found[-1] if found else None


def _is_packed(trace: Trace, event: Event) -> bool:
    """Whether it is an item of a dict that is put together of what has names: `{"dW": dW, "db": db}`."""
    here = next(number for number, each in enumerate(trace.events) if each is event)

    def is_beside(each: Event) -> bool:
        return (each.call, each.line, each.kind) == (event.call, event.line, NEW) and each.name.endswith("']")

    before = list(itertools.takewhile(is_beside, reversed(trace.events[: here + 1])))
    items = [*before, *itertools.takewhile(is_beside, trace.events[here + 1 :])]
    named = {
        each.value.tobytes()
        for each in trace.events[: here + 1 - len(before)]
        if each.call == event.call and each.kind in (NEW, IN_PLACE) and each.name.isidentifier()
    }
    return len(items) > 1 and bool(before) and all(each.value.tobytes() in named for each in items)


def _maker(trace: Trace, right: Values, returned: Sequence[Array]) -> Event | None:
    """The line that made a wrong returned value; where that is right on the way to the right one, where it got its name.

    Of what is not finite it is the first that is not.
    """
    if not all(bool(np.all(np.isfinite(value))) for value in returned):
        return next(
            (event for event in trace.events if event.kind != ARGUMENT and not np.all(np.isfinite(event.value))), None
        )
    for event in trace.events:
        for value in returned:
            is_it = event.value.shape == value.shape and bool(right.is_close(event.value, value))
            if is_it and not right.same(value):
                return event
            if is_it and event.kind == RETURNED:
                # What is a result of the reference's is another one's: it is wrong where it is handed back.
                return (None if right.equal(value) else _named_before(trace, event)) or event
    return None


def _named_before(trace: Trace, back: Event) -> Event | None:
    """Where what is handed back among others got its name, if it had one."""
    same = [
        event
        for event in trace.events
        if event.call == back.call and event.kind == RETURNED and np.array_equal(event.value, back.value)
    ]
    if back.name == "return" or len(same) > 1:  # it is right in one of its places
        return None
    bound = [
        event
        for event in trace.events
        if event.call == back.call
        and event.kind in (NEW, IN_PLACE)
        and event.name.isidentifier()
        and np.array_equal(event.value, back.value)
    ]
    return bound[-1] if bound else None


def _blamed(
    trace: Trace,
    right: Values,
    event: Event,
    *,
    operands: Values = NOTHING,
    omitted: Values = NOTHING,
    after: Values = NOTHING,
    is_edit: bool = True,
) -> Place:
    """Where the event's line came from, as long as the line itself is not to blame.

    It is not where what is wrong was handed in, nor (where the mistake is an edit) where it makes right values in
    another call, but for those that something was left out of, or wrong ones that come after the mistake.
    """
    call, line = event.call, event.line
    goes_up = event.kind == ARGUMENT
    gathers = goes_up or trace.calls[call].function.endswith(("comp>", "<genexpr>"))
    if (made := _made_with(trace, call, operands)) is not None:
        call, line = made.parent, made.parent_line
    if gathers and (maker := _one_by_one(trace, event)) is not None:
        call, line, goes_up = maker.call, maker.line, False
    while True:
        this = trace.calls[call]
        name = event.name if (call, line) == (event.call, event.line) else ""
        if this.parent < 0 or not (
            goes_up
            or (_is_about_arguments(trace, call, operands) and not _hands_on(trace, call))
            or _was_handed_in(trace, call, event.value)
            or _is_operator(this)
            or (is_edit and _is_proven(trace, right, event.value, call, line, name, omitted, after))
        ):
            return Place(this.file, line, name)
        call, line, goes_up = this.parent, this.parent_line, False


def _is_operator(call: Call) -> bool:
    """Whether a call is an operator that a class defines: what it is applied to was chosen where it stands."""
    return call.function.rpartition(".")[2] in OPERATORS


def _one_by_one(trace: Trace, gathered: Event) -> Event | None:
    """What handed back all elements of a value before, one at each call, from one line."""
    value = gathered.value
    before = itertools.takewhile(lambda event: event is not gathered, trace.events)
    back = [event for event in before if event.kind == RETURNED and event.value.size == 1]
    last = next((event for event in reversed(back) if value.size > 1 and event.value.item() in value), None)
    if last is None:
        return None
    line = (trace.calls[last.call].file, last.line)
    numbers = [event.value.item() for event in back if (trace.calls[event.call].file, event.line) == line]
    return last if bool(np.all(np.isin(value, numbers))) else None


def _is_about_arguments(trace: Trace, call: int, operands: Values) -> bool:
    """Whether a function (no method) was handed what the mistake brings in: it was chosen where it was called.

    What it was handed among other things (in a dict, say), it has chosen itself; and where there are several such, it
    has put them together.
    """
    name = trace.calls[call].function
    chosen = {
        event.value.tobytes()
        for event in trace.events
        if event.call == call and event.kind == ARGUMENT and event.name.isidentifier() and operands.same(event.value)
    }
    return ("." not in name or "<locals>" in name) and len(chosen) == 1


def _made_with(trace: Trace, call: int, operands: Values) -> Call | None:
    """The one call, of the function that made the called one, that was handed what the mistake brings in: a layer's
    function for the way back, made with a wrong input.
    """
    maker, _, _ = trace.calls[call].function.rpartition(".<locals>.")
    found = [
        made
        for number, made in enumerate(trace.calls[:call] if maker else ())
        if made.function == maker and made.parent >= 0 and _is_about_arguments(trace, number, operands)
    ]
    return found[0] if len(found) == 1 else None


def _hands_on(trace: Trace, call: int) -> bool:
    """Whether a call's caller hands on what it was handed, and makes nothing itself: a decorator's wrapper, say."""
    parent = trace.calls[call].parent
    if any(event.call == parent and event.kind in (NEW, IN_PLACE) for event in trace.events):
        return False
    given = [
        {event.value.tobytes() for event in trace.events if event.call == each and event.kind == ARGUMENT}
        for each in (call, parent)
    ]
    return given[0] == given[1]


def _was_handed_in(trace: Trace, call: int, value: Array) -> bool:
    """Whether all numbers of a value are among those of one argument."""
    numbers = value.ravel()
    return value.size > 1 and any(
        event.call == call and event.kind == ARGUMENT and bool(np.all(np.isin(numbers, event.value)))
        for event in trace.events
    )


def _is_proven(
    trace: Trace, right: Values, value: Array, call: int, line: int, name: str, omitted: Values, after: Values
) -> bool:
    """Whether all that a line makes (of that name, if there is one) in another call of its function is right, or
    nothing but a consequence of the mistake; where it is the shape of a value that is wrong, the others' too.
    """
    this = trace.calls[call]
    is_about_shape = (right.flat(value) or right.same(value.T)) and not right.same(value)
    is_right = right.same if is_about_shape else lambda other: right.equal(other) is not None
    others: dict[int, dict[str, Array]] = {}  # by call, what stays under a name
    for event in trace.events:
        other = trace.calls[event.call]
        if (
            event.call != call
            and event.line == line
            and event.kind != ARGUMENT
            and (other.file, other.function) == (this.file, this.function)
            and (not name or ITEM.sub("", event.name) == ITEM.sub("", name))
            and not is_trivial(event.value)
            and event.value.size > 1
        ):
            others.setdefault(event.call, {})[event.name] = event.value
    return any(
        all(after.same(value) or (is_right(value) and omitted.equal(value) is None) for value in made.values())
        for made in others.values()
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """What a line has made: right, wrong, or not recognised (None)."""

    place: Place
    name: str
    right: bool | None


def steps(trace: Trace, right: Values, wrong: Sequence[Place]) -> Iterator[Step]:
    """What each line has made, in order; those in `wrong` are wrong where they are not right."""
    bad = {Place(place.file, place.line) for place in wrong}
    for event in trace.events:
        if event.kind == ARGUMENT:
            continue
        place = Place(trace.calls[event.call].file, event.line)
        name = right.equal(event.value)
        if name is None:
            name = right.related(event.value)
        function = trace.calls[event.call].function.rpartition(".")[2]
        own = function if event.name == "return" else event.name
        if place in bad and (name is None or right.equal(event.value) is None):
            yield Step(place, own, right=False)
        else:
            yield Step(place, name or own, right=None if name is None else True)


def _is_known(values: Values, value: Array) -> bool:
    return values.equal(value) is not None or values.related(value) is not None


def is_trivial(value: Array) -> bool:
    """Zeros, ones and the like, that many formulas yield."""
    return bool(np.all(np.isin(value, (0.0, 1.0, -1.0, 2.0, 0.5))))


def _first(names: Sequence[str], near: Array) -> str | None:
    return names[int(np.argmax(near))] if near.any() else None
