"""The first wrong line: the exercise is run once more, on a case that tells, under a line tracer."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from typing import Any

import numpy as np

from grader.judging import Outcome
from grader.judging.compare import Array, Fact, Observation, Verdict, as_array, is_single
from grader.judging.diagnose import COMPARISON, Answer, Cause, Form, KnownMistake, covers, touched
from grader.judging.gradient_checks import LEFT, TOLD_APART
from grader.judging.steps import (
    DOUBLE,
    IN_PLACE,
    NEW,
    SINGLE,
    Event,
    Evidence,
    Known,
    Place,
    Trace,
    Values,
    first_change,
    first_scaled,
    first_setting,
    first_unknown,
    first_wrong,
    is_trivial,
    last_in,
    last_line,
    last_shown,
    left_changed,
    maker_of_wrong,
    place_of,
    put_under_key,
    steps,
)
from grader.packs.evidence import evidence
from grader.packs.model import Case, Exercise
from grader.packs.pairs import asking
from grader.packs.signatures import MANY
from grader.reports import Fault, Step
from grader.submissions import Submission

from .asking import Answers, Asker, Loaded, Task
from .calls import inherited, lent, reached
from .follow import FollowThrough
from .lines import Lines, Where
from .repairs import Repairs
from .text import Text

MOST_STEPS = 100
ROUGH = 1e-3  # relative; two gradients with one step and with another are nearer
MOST_TIMES = 1e6  # a number of samples, outputs or elements
MOST_COVERS = 40  # sets of mistakes that are looked into
# How students call the number of samples.
SAMPLES = re.compile(
    r"(?i)^([mnb]|bs|n_?obs)$|batch|sampl|exampl|ejempl|exempl|beispiel|muestra|stichprobe|rows|points"
)
BASE = re.compile(r"[.\[]")  # what comes before is a variable's name
COMPREHENSIONS = ("comp>", "<genexpr>")  # how their functions' names end
LONGEST_LINE = 200  # characters of a line that is quoted


@dataclasses.dataclass(frozen=True, slots=True)
class Located:
    """Where mistakes are.

    Attributes:
      faults: with their lines.
      steps: of the trace.
      ran: where there are no faults, all lines that the trace has seen.
      repaired: gives the faults with the lines where changes make the answer right; it takes its time, and nothing that
        earns points may be asked after it. None where no change is to be tried.
    """

    faults: list[Fault] = dataclasses.field(default_factory=list)
    steps: list[Step] = dataclasses.field(default_factory=list)
    ran: Set[Where] = frozenset()
    repaired: Callable[[], list[Fault]] | None = None


def locate(
    task: Task,
    submission: Submission,
    loaded: Loaded,
    asked: FollowThrough,
    causes: Sequence[Cause],
    passing: Collection[str],
    known: Mapping[str, Any],
    lines: Lines,
) -> Located:
    """Where mistakes are, and what the trace has seen.

    Args:
      known: the evidence, by case.
      asked: the answers that the causes explain, and the helpers that were the reference's when they were given.
      passing: the exercises that pass by themselves.
      lines: of the submission.
    """
    answers = asked.answers
    if answers.outcome is Outcome.PASSED:
        return Located()
    if any(seen.changed for seen in answers.observations):
        # One that may change what it is handed passes with functions that do.
        passing = {name for name in passing if not task.pack.exercises[name].may_change}
    sound = _sound_functions(task, submission, answers.exercise, passing, causes)
    if answers.exercise.is_script and not causes:
        return Located()
    text = Text(submission, lines, _asked(task, answers.exercise), sound)
    runs: dict[str, _Run] = {}

    def run(told: Sequence[Cause], others: Sequence[Cause] = ()) -> _Run | None:
        """On the first case that tells of these, and where the others change nothing."""
        chosen = _telling_case(task, answers, known, told, others)
        if chosen is None:
            return None
        name = chosen[0].name
        if name not in runs:
            trace = Asker(task, submission, loaded, asked.replaced).trace(answers.exercise, chosen[0], sound)
            runs[name] = _Run(answers.exercise, known[name], _of_statements(trace, lines), trace, *chosen)
        return runs[name]

    whole = run(causes) or run([])
    if whole is None:
        raised = _where_raised(answers, loaded, sound)
        mistakes = [cause.mistake for cause in causes]
        return Located(_faults(submission, mistakes, [text.by_form(each.form, raised) for each in mistakes]))
    if not causes:
        place = whole.maker()
        return Located([], _steps(whole, [] if place is None else [place], lines), whole.ran(lines))

    def seen(cause: Cause) -> tuple[_Run, Cause, Sequence[Cause]]:
        """On which case it is looked for, as what, and beside which others."""
        told = evidence(known[whole.case.name]["tables"][cause.table], cause.row, cause.place)
        if len(causes) > 1 and not (answers.exercise.oracles or told.made or told.parts):
            # What both make together is not known there: where the others change nothing, it is the only one.
            alone = dataclasses.replace(cause, table=0, row=cause.number, place=0)
            if (apart := run([alone], [other for other in causes if other != cause])) is not None:
                return apart, alone, [alone]
        tells = _tells(task, answers, known, whole.case, cause)
        return (whole if tells else run([cause]) or whole), cause, causes

    names: list[set[str]] = []
    places: list[Where | None] = []
    found = []
    for each, cause, beside in map(seen, causes):
        place = each.place(cause, beside, lines)
        form = cause.mistake.form
        if place is not None and place.lacks:  # what leaves something out has brought in no function
            form = dataclasses.replace(form, brings=tuple(word for word in form.brings if word == COMPARISON))
        where = text.by_form(
            form,
            text.due(each.header(cause, place, lines)),
            alone=whole.is_count(cause),
            is_made=each.makes(cause),
        )
        if where is not None:
            where = _by_text(text, lines, each, cause, beside, form, where, place, task.pack.axes)
        elif answers.exercise.is_script:
            where = text.last_value_of(cause.mistake.touches)
        places.append(where)
        names.append(each.brought_in(cause, beside))
        found += [] if place is None else [place]
    mistakes = [cause.mistake for cause in causes]
    asker = Asker(task, submission, loaded, asked.replaced)
    repairs = Repairs(task, submission, asker, answers, causes, whole.case.name, whole.ran(lines))

    def repaired() -> list[Fault]:
        return _faults(submission, mistakes, [*map(repairs.line, causes, places, names)])

    is_tried = loaded.is_forked and not answers.exercise.is_script
    told = _faults(submission, mistakes, places)
    return Located(told, _steps(whole, found, lines), repaired=repaired if is_tried else None)


def _by_text(
    text: Text,
    lines: Lines,
    run: _Run,
    cause: Cause,
    causes: Sequence[Cause],
    form: Form,
    where: Where,
    place: Place | None,
    axes: Mapping[str, str],
) -> Where:
    """Where what is wrong at a line is made for it alone, as the text has it; or which line of a statement it is."""
    is_scale = run.is_scale(cause, causes)
    names = set() if place is None else run.brought_in(cause, causes, place.file)
    counted = text.count_for(where) if form.counts and not run.is_oracle else None
    if counted is not None and not _says_what_it_counts(counted[1], counted[2], axes):
        where = counted[0]
    if not run.is_oracle:
        where = where if place is None else text.default_of(where, place.name)
        made = text.made_for(text.handed_on(where, names), form, run.put_in(cause, causes, place))
        if is_scale and made == where:
            made = text.for_some(text.summed_up(text.taken_unscaled(where)))
            made = text.constant_of(where) if made == where else made
        if made != where:
            return made
    return lines.within(where, names, form.brings, is_scale=is_scale)


def _says_what_it_counts(name: str, counted: tuple[str, int] | None, axes: Mapping[str, str]) -> bool:
    """Whether a count is called that of the samples, and is, as far as is known: it is right then, for something else.

    Args:
      counted: the array and the axis that it is the length of, if they are known.
      axes: of arrays by name, the letters of their axes.
    """
    letters = axes.get(counted[0], "").split() if counted else []
    is_samples = counted is None or counted[1] not in range(len(letters)) or letters[counted[1]] == "m"
    return is_samples and bool(SAMPLES.search(name))


def by_trace(
    task: Task,
    submission: Submission,
    loaded: Loaded,
    answers: Answers,
    causes: Sequence[Cause],
    passing: Collection[str],
    known: Mapping[str, Any],
) -> list[Cause]:
    """Of mistakes that each explain the answers alone, the first that shows in what the lines make; else the first."""
    chosen = _telling_case(task, answers, known, [])
    if len({cause.mistake.slug for cause in causes}) < 2 or chosen is None:
        return list(causes[:1])
    sound = _sound_functions(task, submission, answers.exercise, passing, causes)
    trace = Asker(task, submission, loaded).trace(answers.exercise, chosen[0], sound)
    run = _Run(answers.exercise, known[chosen[0].name], trace, trace, *chosen)
    return [next((cause for cause in causes if run.last_shown(cause) >= 0), causes[0])]


def by_facts(
    task: Task,
    submission: Submission,
    loaded: Loaded,
    answers: Answers,
    seen: Mapping[str, Answer],
    passing: Collection[str],
    known: Mapping[str, Any],
) -> tuple[list[Cause], Mapping[str, Any]]:
    """The one or two mistakes that account for what oracles found, and evidence for their lines.

    Each must be proven by facts of its own, or show in what the lines make; of several, what shows
    last is made.
    """
    exercise = answers.exercise
    singles = task.key.signatures(exercise)[0]
    traces: dict[str, Trace] = {}
    found: dict[frozenset[str], tuple[int, list[Cause], Mapping[str, Any]]] = {}
    for cover in covers(singles, seen, TOLD_APART)[:MOST_COVERS]:
        mistakes = [singles.mistakes[row] for row in cover.rows]
        slugs = frozenset(each.slug for each in mistakes)
        # Alone they are in the key; together they are asked of the reference.
        is_pair = len(mistakes) > 1
        causes = [
            Cause(each, row, int(is_pair), 0 if is_pair else row, place)
            for place, (each, row) in enumerate(zip(mistakes, cover.rows, strict=True))
        ]
        chosen = _telling_case(task, answers, known, causes) or _telling_case(task, answers, known, [])
        if chosen is None or slugs in found:
            continue
        name = chosen[0].name
        if name not in traces:
            sound = _sound_functions(task, submission, exercise, passing, causes)
            traces[name] = Asker(task, submission, loaded).trace(exercise, chosen[0], sound)
        of_both = known
        if is_pair:
            asked = asking(task.pack, exercise)
            of_both = {
                case: {**each, "tables": [each["tables"][0], asked.table(singles, cover.rows, case)]}
                for case, each in known.items()
            }
        run = _Run(exercise, of_both[name], traces[name], traces[name], *chosen)
        shown = [
            max(run.last_shown(each), run.last_shown_alone(each)) for each in causes if each.number not in cover.proven
        ]
        if -1 not in shown:
            found[slugs] = min(shown, default=-1), causes, of_both
    # What one mistake makes may be on the way to what another makes: a difference that is not divided yet.
    last, causes, of_both = max(found.values(), key=lambda each: each[0], default=(-1, [], known))
    return (causes, of_both) if last >= 0 or len(found) == 1 else ([], known)


class _Run:
    """One case, asked under the tracer, and what the reference yields on it."""

    def __init__(
        self,
        exercise: Exercise,
        known: Mapping[str, Any],
        trace: Trace,
        whole: Trace,
        case: Case,
        observation: Observation,
        verdict: Verdict,
    ) -> None:
        self.case = case
        self.trace = trace
        self._whole = whole  # with the names that loops give
        self._is_script = exercise.is_script
        self.is_oracle = exercise.oracles
        self._has_changed = bool(observation.changed)
        self._shaped = {name for name, each in verdict.wrong.items() if each.outcome is Outcome.WRONG_VALUE}
        self._are_facts = all(isinstance(observation.values.get(name), Fact) for name in verdict.wrong)
        self._tables = known["tables"]
        self._returned = {} if exercise.oracles else _returned(observation, verdict)
        self._rtol = SINGLE if any(is_single(value) for value in self._returned.values()) else DOUBLE
        self._own = [Known(name, value) for name, value in known["own"]]
        self._others = [Known(name, value) for name, value in known["others"]]
        self.right = self._values([*self._own, *self._others])

    def _values(self, known: list[Known]) -> Values:
        return Values(known, self._rtol, any_order=self.is_oracle)

    def is_count(self, cause: Cause) -> bool:
        """Whether a mistake's own statements make nothing but whole numbers: it is in what is counted."""
        told = _evidence(self._tables, cause, [cause])
        if self.is_oracle or told.made or not told.after or not (told.parts or cause.mistake.form.counts):
            return False
        return all(self.right.equal(each.value) is not None for each in told.parts)

    def makes(self, cause: Cause) -> bool:
        """Whether a mistake's own statements make anything that has a name."""
        return any(each.name for each in evidence(self._tables[cause.table], cause.row, cause.place).made)

    def brought_in(self, cause: Cause, causes: Sequence[Cause], file: str | None = None) -> set[str]:
        """What the mistake brings in, as it is called in a file, or in any: names of what has been made before."""
        operands = Values(_evidence(self._tables, cause, causes).operands, self._rtol)
        return {
            event.name
            for event in self.trace.events
            if file in (None, self.trace.calls[event.call].file) and operands.same(event.value)
        }

    def put_in(self, cause: Cause, causes: Sequence[Cause], place: Place | None) -> set[str]:
        """The names of what is right by itself, and is what the mistake puts in another's place (or turned round)."""
        values = Values(_evidence(self._tables, cause, causes).operands, self._rtol)
        return {
            event.name
            for event in self.trace.events
            if place is not None
            and self.trace.calls[event.call].file == place.file
            and event.kind == NEW
            and not is_trivial(event.value)
            and values.equal(event.value) is not None
        }

    def is_scale(self, cause: Cause, causes: Sequence[Cause]) -> bool:
        """Whether all that its own statements make at first is a multiple of something right, or right."""
        told = _evidence(self._tables, cause, causes)
        made = told.made
        parts = [each.value for each in told.parts if each.value.size > 1]
        if parts and not made:
            return all(self.right.related(value) is not None for value in parts)
        arrays: dict[str, Array] = {}
        for each in made:
            if each.value.size > 1:
                arrays.setdefault(each.name, each.value)  # what they make later comes of other parameters
        if not arrays:
            return any(_is_multiple(each, right) for each in made for right in self._own)
        return all(self.right.related(value) is not None for value in arrays.values())

    def last_shown(self, cause: Cause) -> int:
        """The last event that shows what a mistake makes; -1 if there is none."""
        return last_shown(self.trace, self.right, _evidence(self._tables, cause, [cause]))

    def last_shown_alone(self, cause: Cause) -> int:
        """The last that shows what it makes by itself: numbers, or arrays that another mistake changes a little."""
        told = evidence(self._tables[0], cause.number, 0)
        arrays = dataclasses.replace(told, made=[each for each in told.made if each.value.size > 1])
        rough = Values([*self._own, *self._others], ROUGH, any_order=self.is_oracle)
        return max(last_shown(self.trace, self.right, told), last_shown(self.trace, rough, arrays))

    def _last_place(self, cause: Cause) -> Place | None:
        """Where what a mistake makes shows last."""
        number = max(self.last_shown(cause), self.last_shown_alone(cause))
        return place_of(self.trace, self.trace.events[number]) if number >= 0 else None

    def place(self, cause: Cause, causes: Sequence[Cause], lines: Lines) -> Place | None:
        """Where a mistake is."""
        if cause.number < 0:
            return first_change(self.trace, lines.is_item) if self._has_changed else None
        if self._has_changed and all(each.number >= 0 for each in causes):
            return first_change(self.trace, lines.is_item)
        if cause.is_drawn:
            return first_unknown(self.trace, self.right)
        told = _evidence(self._tables, cause, causes)
        wrong = {name: value for name, value in self._returned.items() if name in cause.mistake.touches}
        # What another mistake makes wrong is no sign of this one.
        theirs = [
            each
            for other in causes
            if other.mistake.slug != cause.mistake.slug
            for each in evidence(self._tables[0], other.number, 0).after
        ]
        right = self._values([*self._own, *self._others, *theirs]) if theirs else self.right
        own = self._values([*self._own, *theirs])
        if self._is_script:
            # What comes later tells of no setting: what was drawn with another seed, say, is no wrong drawing.
            is_setting = all(is_trivial(each.value) for each in told.made)
            return (
                first_setting(self.trace, told)
                if is_setting
                else first_wrong(self.trace, right, own, told, wrong, self._shaped)
            )
        if self.is_oracle:
            if LEFT in cause.mistake.touches and (changed := left_changed(self.trace, right)):
                return changed
            if cause.mistake.form.lists and not (told.made or LEFT in cause.mistake.touches):
                return lines.only_list(self.trace)  # what comes after it may be drawn otherwise
            place = put_under_key(self.trace, right, told) or first_wrong(
                self.trace, right, own, told, wrong, self._shaped
            )
            # What makes nothing wrong leaves something out.
            if place is None and not (told.made or told.after):
                return lines.only_list(self.trace)
            return place or self._last_place(cause)
        place = (
            None if told.made or told.parts else first_scaled(self.trace, right, self._origins(wrong), wrong)
        ) or first_wrong(self.trace, right, own, told, wrong, self._shaped)
        if place is not None and place.lacks:
            place = last_in(self.trace, cause.mistake.function, place)
            # Of what is no number (a leaf or none) it is not known what it should be changed to before it is returned.
            place = dataclasses.replace(place, ended=self._are_facts)
        # Where nothing that it makes is wrong, what is left out may be missing in a list.
        if told.made and not told.after and (place is None or place.lacks):
            place = lines.only_list(self.trace) or place
        # Where what came back is no numbers, it is where it came back that is wrong.
        return place or (None if wrong else last_line(self.trace))

    def _origins(self, returned: Collection[str]) -> Values:
        """What all that is returned is a multiple of: what some mistake multiplies, and all of that with it."""
        found = []
        for number in np.unique(self._tables[0]["index"][:, 0]) if returned else ():
            told = evidence(self._tables[0], int(number), 0)
            if len(told.made) == 1 and set(returned) <= {each.name for each in told.after}:
                found += [each for each in told.made if self.right.related(each.value) == each.name]
        return Values(found, self._rtol)

    def header(self, cause: Cause, place: Place | None, lines: Lines) -> Place | None:
        """Where the items of a loop are listed, if a line in it is right for some of them; else the line.

        In a check what is right for some is no sign, if nothing is left out.
        """
        if self.is_oracle and not cause.mistake.form.lists:
            return place
        return _header(place, self._whole, self.right, lines)

    def ran(self, lines: Lines) -> set[Where]:
        """The lines that have made something."""
        places = {Place(self._whole.calls[event.call].file, event.line) for event in self._whole.events}
        return {where for place in places if (where := lines.of(place)) is not None}

    def maker(self) -> Place | None:
        """Where nothing is named: what made a wrong value of right ones."""
        return maker_of_wrong(self.trace, self.right, list(self._returned.values()))


def _is_multiple(one: Known, other: Known) -> bool:
    """Whether a number is so many times another one of its name, or the other is of it: a sum in place of a mean."""
    if other.name not in ("", one.name) or not one.value.size == other.value.size == 1:
        return False
    with np.errstate(all="ignore"):
        ratio = float(np.abs(np.log(np.abs(one.value.item() / np.float64(other.value.item())))))
    times = np.exp(ratio)
    return bool(1.5 < times < MOST_TIMES and abs(times - round(times)) < DOUBLE * times)


def _tells(task: Task, answers: Answers, known: Mapping[str, Any], case: Case, cause: Cause) -> bool:
    """Whether a mistake makes something wrong on a case: on the way, or, as a factor that others have later, at its end."""
    if cause.number < 0:
        return any(each is case and bool(seen.changed) for each, seen, _ in answers.in_full)
    return bool(evidence(known[case.name]["tables"][0], cause.number, 0).after) or _touches(task, answers, case, cause)


def _touches(task: Task, answers: Answers, case: Case, cause: Cause) -> bool:
    """Whether a mistake makes what comes back wrong on a case, as far as the key holds that."""
    given = task.key.signatures(answers.exercise)[0].cases.get(case.name)
    if given is None or cause.number < 0 or answers.exercise.oracles or answers.exercise.is_script:
        return False
    return bool(touched(given, cause.number, task.key.expected(answers.exercise, case)))


def _is_noted(tables: Sequence[Any], cause: Cause) -> bool:
    """Whether what its combination makes is kept."""
    return cause.table == 0 or bool(np.any(tables[cause.table]["index"][:, 0] == cause.row))


def _evidence(tables: Sequence[Any], cause: Cause, causes: Sequence[Cause]) -> Evidence:
    """What tells of a cause, and not of the others beside it."""
    told = evidence(tables[cause.table], cause.row, cause.place)
    alone = evidence(tables[0], cause.number, 0)
    if len(causes) > 1:
        others = [each for other in causes if other != cause for each in evidence(tables[0], other.number, 0).after]
        theirs = Values(others)
        told = dataclasses.replace(told, parts=[each for each in told.parts if not theirs.same(each.value)])
    return dataclasses.replace(told, after=alone.after, made_alone=[*alone.made, *alone.parts])


def _of_statements(trace: Trace, lines: Lines) -> Trace:
    """A trace without the names that loops and comprehensions give to what is there already, and without memory that
    nothing has been written into.
    """

    def is_kept(event: Event) -> bool:
        call = trace.calls[event.call]
        if event.kind != NEW:
            return True
        place = Place(call.file, event.line)
        return not (
            call.function.endswith(COMPREHENSIONS)
            or BASE.split(event.name)[0] in lines.targets(place)
            or lines.is_uninitialised(place)
        )

    return dataclasses.replace(trace, events=[event for event in trace.events if is_kept(event)])


def _header(place: Place | None, trace: Trace, right: Values, lines: Lines) -> Place | None:
    """Where the items of a loop are listed, if a line in it is right for some of them; else the line.

    It is the line of the first item that it is wrong for, if each has one of its own.
    """
    loop = None if place is None else lines.loop_around(place)
    if place is None or loop is None:
        return place
    passes: dict[int, int] = {}  # by call, the number of the pass
    made: dict[tuple[int, int], list[Array]] = {}  # what the line made, by call and pass
    kept: dict[int, list[Array]] = {}  # what it made under names, by call
    seen: set[bytes] = set()  # what a list holds already is not made again
    for number, event in enumerate(trace.events):
        if trace.calls[event.call].file != place.file:
            continue
        if event.line == loop.header and event.kind == NEW:
            passes[event.call] = number
        if event.line == place.line and not is_trivial(event.value):
            content = event.value.tobytes()
            # In a comprehension only what it hands back is made, and not the items.
            if event.kind in (NEW, IN_PLACE) and not trace.calls[event.call].function.endswith(COMPREHENSIONS):
                kept.setdefault(event.call, []).append(event.value)
            if content not in seen and event.call in passes and event.line != loop.header:
                made.setdefault((event.call, passes[event.call]), []).append(event.value)
            seen.add(content)

    def is_right(value: Array) -> bool:
        return value.size > 1 and right.equal(value) is not None

    for values in kept.values() if loop.rows and not loop.picks else ():
        for is_well in (is_right, right.scaled):
            well = [value.size == 1 or is_well(value) for value in values]  # one number tells nothing
            if len(values) == len(loop.rows) and len({*well}) == 2:
                return Place(place.file, loop.rows[well.index(False)])

    def differ(is_well: Callable[[Array], bool]) -> bool:
        """Whether some passes make nothing but right values, and others don't."""
        return len({all(map(is_well, values)) for values in made.values()}) == 2

    return Place(place.file, loop.header) if differ(is_right) or differ(right.scaled) else place


def _telling_case(
    task: Task, answers: Answers, known: Mapping[str, Any], causes: Sequence[Cause], others: Sequence[Cause] = ()
) -> tuple[Case, Observation, Verdict] | None:
    """The first of the cases with evidence, of all these mistakes (and, if possible, of what they make together, each
    to the end, and of a single pass), on which a wrong answer came back.

    Args:
      others: mistakes that don't touch it.
    """
    asked = {case.name: (case, seen, verdict) for case, seen, verdict in answers.in_full}

    def order(name: str) -> tuple[bool, bool, bool]:
        tables = known[name]["tables"]
        return (
            not all(_is_noted(tables, cause) for cause in causes),
            not all(_touches(task, answers, asked[name][0], cause) for cause in causes),
            len(known[name]["own"]) > MANY,
        )

    for name in sorted(known, key=order):
        case, seen, verdict = asked[name]
        if not all(_tells(task, answers, known, case, cause) for cause in causes):
            continue
        if any(_touches(task, answers, case, other) for other in others):
            continue
        if seen.outcome in (Outcome.PASSED, Outcome.WRONG_DTYPE) and verdict.outcome is not Outcome.PASSED:
            return case, seen, verdict
    return None


def _returned(observation: Observation, verdict: Verdict) -> dict[str, Array]:
    """What came back and is wrong, by quantity."""
    found = {}
    for name in verdict.wrong:
        array, _ = as_array(observation.values.get(name))
        if (
            array is not None
            and array.dtype.kind in "fiu"
            and array.size
            and (array.dtype.kind == "f" or verdict.wrong[name].outcome is not Outcome.WRONG_DTYPE)
        ):
            found[name] = array.astype(float)
    return found


def by_text(
    task: Task, submission: Submission, lines: Lines, exercise: Exercise, mistakes: Sequence[KnownMistake]
) -> list[Fault]:
    """The faults with their lines, as far as the text alone tells of these."""
    text = Text(submission, lines, _asked(task, exercise))
    return _faults(submission, mistakes, [text.by_form(each.form) for each in mistakes])


def _asked(task: Task, exercise: Exercise) -> list[str] | None:
    """The functions that an exercise asks; None if it is about the whole text."""
    return None if exercise.is_script else [task.key.functions.get(exercise.id, ""), *exercise.about]


def _faults(
    submission: Submission, mistakes: Sequence[KnownMistake], places: Sequence[tuple[int | None, int] | None]
) -> list[Fault]:
    """One a mistake and line."""
    found: dict[tuple[Any, ...], Fault] = {}
    for mistake, place in zip(mistakes, places, strict=True):
        cell, line = place or (None, None)
        source = "" if line is None else submission.line(cell, line).strip()[:LONGEST_LINE]
        fault = Fault(mistake=mistake.slug, hint=mistake.hint, cell=cell, line=line, source=source)
        found.setdefault((fault.mistake, cell, line), fault)
    named = {fault.mistake for fault in found.values() if fault.line is not None}
    return [fault for fault in found.values() if fault.line is not None or fault.mistake not in named]


def _sound_functions(
    task: Task, submission: Submission, exercise: Exercise, passing: Collection[str], causes: Sequence[Cause]
) -> set[str]:
    """Functions that nothing is blamed on: other exercises', constructors, and all that passing exercises use."""
    functions = task.key.functions
    others = {functions[name] for name in exercise.needs if name in functions}
    constructors = {f"{name.rpartition('.')[0]}.__init__" for name in functions.values() if "." in name}
    failing = [each for name, each in task.pack.exercises.items() if name not in passing]
    own = functions.get(exercise.id, "")
    # What passes by itself is only used in a wrong way; but an exercise without a function of its own asks a part of
    # what another asks.
    right = {functions[name] for name in passing if name in functions} - {own} if own else set[str]()
    to_blame = {each.mistake.function for each in causes} - right
    to_blame |= lent(submission, to_blame)
    blamed = {functions[each.id] for each in failing if each.id in functions} | to_blame
    about = {name for each in failing for name in each.about}

    def is_blamed(name: str) -> bool:
        """Whether it is a failing exercise's own: that of another class may have its name, or a puppet's method."""
        return name in blamed or any(name == each or name.startswith(f"{each}.") for each in about)

    # Where many answers are right, passing proves no number.
    proven = [name for name in passing if task.pack.exercises[name].predicate is None]
    used = reached(submission, [functions[name] for name in proven if name in functions], is_blamed)
    used -= inherited(submission, used, to_blame)  # what is passed over hides what it calls
    return (others | constructors | used) - {own, *to_blame}


def _where_raised(answers: Answers, loaded: Loaded, sound: Collection[str]) -> tuple[int | None, int] | None:
    """A mistake that only raises is where it raised, but for functions that are sound."""
    last_parts = {name.rpartition(".")[2] for name in sound}
    for seen in answers.observations:
        if seen.outcome is Outcome.RAISED:
            frames = [frame for frame in seen.frames if frame[2] not in last_parts] or seen.frames
            places = [place for frame in frames if (place := loaded.place(frame)) is not None]
            if places:
                return places[-1].cell, places[-1].line
    return None


def _steps(run: _Run, wrong: Sequence[Place], lines: Lines) -> list[Step]:
    """The steps for the report: what a line made, once."""
    found: dict[tuple[Any, ...], Step] = {}
    for step in steps(run.trace, run.right, wrong):
        place = lines.of(step.place)
        if place is not None:
            cell, line = place
            found.setdefault((step.name, cell, line), Step(name=step.name, right=step.right, cell=cell, line=line))
    return list(found.values())[:MOST_STEPS]
