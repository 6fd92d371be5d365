"""An implementation as a probe sees it, wherever it runs.

A probe is an ordinary function: `student.sigmoid(x)`, `net.W1 = W1`, `dW1, db1 = net.backward(X, y)`.  What it holds
are handles: they stand for objects that live with the implementation, in the student's process or (for the
reference, its twin and its mistaken variants) in this one, behind the same codec.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import importlib.util
import itertools
import warnings
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Protocol

import numpy as np

from grader.judging import Observation, Outcome
from grader.judging.steps import Call, Event, Trace
from grader.sandbox import Answer, WorkerLost, checked_error, shown
from grader.sandbox.worker.servant import Servant
from grader.sandbox.worker.wire import CALL, Decoder, Encoder, Opaque, WireError, pack, unpack

from .bounds import Allowance
from .model import Case
from .torch_objects import Torch

Header = dict[str, Any]
Script = Sequence[tuple[int | None, str]]  # cell (None: a module) and source
Buffers = Sequence[Any]  # arrays, or what they are read from


class Channel(Protocol):
    """Carries requests to where an implementation lives."""

    def exchange(self, header: Header, buffers: Buffers, answer: Answer) -> tuple[Header, Buffers]:
        """The reply to a request; `answer` serves calls of the judge's functions that come in between.

        Raises:
          WireError: it breaks the wire format's rules.
        """
        ...

    def broken(self, error: Exception) -> WorkerLost:
        """Called when a reply breaks the wire format's rules."""
        ...


class Local:
    """A channel to a namespace in this process."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        path = namespace.get("__file__")
        self._servant = Servant(namespace, self._ask, lambda name: name == path, caught=Exception, seed=_seed)
        self._answer: Answer | None = None

    def exchange(self, header: Header, buffers: Buffers, answer: Answer) -> tuple[Header, Buffers]:
        self._answer = answer
        # Mistaken variants overflow, and torch warns of others; a warning is no verdict.
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self._servant.reply(header, buffers)

    def _ask(self, frame: bytes) -> bytes:
        assert self._answer is not None  # a function of the judge's is only called within an exchange
        _, request, buffers = unpack(frame)
        return self._answer(request, buffers)

    def broken(self, error: Exception) -> WorkerLost:
        raise error


def _seed(seed: int) -> None:
    """Seeds what references may use; torch's generators cost too much to be seeded for each of many variants."""
    np.random.seed(seed % 2**32)  # noqa: NPY002 - the global generator, as in the student's process


class StudentFault(Exception):
    """A probe can't go on because of what the implementation did."""

    def __init__(self, outcome: Outcome, message: str, frames: tuple[Any, ...] = (), *, lost: bool = False) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.message = message
        self.frames = frames
        self.lost = lost
        self.about = ""


class Connection:
    """Turns a probe's wishes into requests, and remembers what must not change.

    What gives nothing back is kept until something is wanted: `net = student.Net(2, 3)` travels as one request that
    begins the case, gets `Net` and calls it.

    Args:
      channel: where the implementation lives.
      callbacks: how often the functions that are handed in may be called.
      seconds: CPU seconds that they may take in all; None: as long as they like, since it is no submission that calls.
      calls_wait: whether calls are kept, too, until something of them is wanted. It is quicker; which call it was that
        did not come back is not known then.
    """

    def __init__(
        self, channel: Channel, callbacks: int = 100_000, seconds: float | None = None, *, calls_wait: bool = False
    ) -> None:
        self._channel = channel
        self._calls_wait = calls_wait
        self._allowance = contextlib.nullcontext() if seconds is None else Allowance(seconds)
        self._callbacks_left = callbacks
        self._functions: dict[int, Callable[..., Any]] = {}
        self._kept: dict[int, Callable[..., Any]] = {}  # those that replace the implementation's own
        self._case = _Asked({})
        self._cases_wait = False
        self._steps: list[_Step] = []  # that are not sent yet
        self._encoder = Encoder(self._special)
        self._handles = 0

    @property
    def is_used_up(self) -> bool:
        """Whether the judge's functions answer no more: they were called too often, or took too long."""
        return self._callbacks_left < 0 or (isinstance(self._allowance, Allowance) and self._allowance.is_used_up)

    def trace(
        self,
        run: Callable[[Connection, Case], Any],
        case: Case,
        seed: int,
        passed_over: Collection[str],
        *,
        by_element: bool,
    ) -> Trace:
        """What each line of the implementation makes while it is run, but in functions that are passed over.

        Args:
          run: a probe that asks it, or what runs its script once more.
          by_element: whether what is written into an array is also noted by itself.
        """
        case = case.fresh()
        with contextlib.suppress(StudentFault, TypeError, ValueError, IndexError, KeyError, AttributeError):
            self.begin(case, seed)
            self._later({"op": "trace", "passed_over": list(passed_over), "by_element": by_element}, "")
            run(self, case)
            self.flush()
        found = self._now({"op": "traced"}, "")
        try:
            calls = [
                Call(str(file), str(name), int(parent), int(line), int(last))
                for file, name, parent, line, last in found["calls"]
            ]
            events = [
                Event(int(call), int(line), shown(str(name), 60), value, int(kind))
                for call, line, name, value, kind in found["events"]
                if 0 <= call < len(calls) and isinstance(value, np.ndarray) and value.dtype == np.float64
            ]
        except (TypeError, ValueError, KeyError, OverflowError) as error:
            raise self._channel.broken(error) from None
        if any(not -1 <= call.parent < number for number, call in enumerate(calls)):
            raise self._channel.broken(ValueError("calls without order"))
        return Trace(calls, events)

    def begin(self, case: Case, seed: int) -> None:
        """Starts a case: the implementation's objects of the one before are forgotten."""
        if not self._cases_wait:
            self._forget()
        elif self._encoder.parts > MOST_PARTS or sum(array.nbytes for array in self._encoder.buffers) > MOST_KEPT:
            self._send()
        self._functions = {**(self._functions if self._steps else {}), **self._kept}
        self._case = _Asked({id(value): name for name, value in case.fields.items()})
        self._handles = 0
        self._later({"op": "begin", "seed": seed}, "")

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Cases that are begun meanwhile are kept, too, until something of one is wanted; in the end all are sent."""
        self._forget()
        self._cases_wait = True
        try:
            yield
            if self._steps:
                self._send()
        finally:
            self._cases_wait = False

    def drop(self) -> None:
        """Forgets what was kept of this case."""
        self._steps = [step for step in self._steps if step.case is not self._case]

    def reseed(self, seed: int) -> None:
        """Seeds the random generators where the implementation lives."""
        self._later({"op": "seed", "seed": seed}, "")

    def names(self) -> list[str]:
        """The public names that are defined."""
        names = self._now({"op": "names"}, "")
        if not isinstance(names, list):
            raise self._channel.broken(WireError("names that are no list"))
        return [name for name in names[:MOST_NAMES] if isinstance(name, str)]

    def replace(
        self,
        name: str,
        function: Callable[..., Any],
        attributes: Collection[str],
        vjp: Callable[..., Any] | None = None,
    ) -> None:
        """Puts a function of the judge's in place of the implementation's, for the rest of this connection.

        Args:
          attributes: those of its object that a method is handed.
          vjp: what autograd asks when it goes through the function.
        """
        self._kept |= {id(each): each for each in (function, vjp) if each is not None}
        header = {"op": "replace", "name": name, "callback": id(function), "vjp": None if vjp is None else id(vjp)}
        self._now({**header, "attributes": sorted(attributes)}, name)

    def redefine(self, cell: int | None, owner: str, line: int, text: str) -> None:
        """Lets a function of the implementation's, or a method of a class `owner`, do what another text of it says; what
        was changed before is as it was.

        Args:
          line: of the cell or file, where the text starts.
        """
        header = {"op": "redefine", "cell": cell, "owner": owner, "line": line, "text": text}
        self._later(header, "what is changed")

    def rerun(self, script: Script, kept: Collection[str]) -> None:
        """Runs a script's statements once more, but for imports and definitions, and those that assign to `kept`."""
        self._functions |= self._kept
        self._now({"op": "rerun", "pieces": [list(piece) for piece in script], "kept": sorted(kept)}, "the script")

    def get(self, owner: Handle | None, name: str) -> Handle:
        """An attribute, or of `None` a name that the implementation defines."""
        path = [0] if owner is None else owner._path
        return self._handle({"op": "get", "of": path, "name": name}, name, owner)

    def set(self, path: list[Any], name: str, value: Any) -> None:
        with self._as_it_is():
            self._later({"op": "set", "of": path, "name": name, "value": self._encoder.node(value)}, name)

    def call(self, path: list[Any], name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Handle:
        with self._as_handed():
            nodes = {"args": self._encoder.node(args), "kwargs": self._encoder.node(kwargs)}
        handle = self._handle({"op": "call", "of": path, **nodes}, name, handed=(*args, *kwargs.values()))
        if not self._calls_wait:
            self.flush()
        return handle

    def torch(self, name: str, *args: Any) -> Handle:
        """Builds or asks something of torch's beside the implementation; it is called like the array that it is of."""
        with self._as_handed():
            header = {"op": "torch", "name": name, "args": self._encoder.node(args)}
        handle = self._handle(header, self._case.labels.get(id(args[0]), name) if args else name)
        if not self._calls_wait:
            self.flush()
        return handle

    @contextlib.contextmanager
    def _as_it_is(self) -> Iterator[None]:
        """Keeps arrays as they are now: the probe may go on with its own before they are sent."""
        held = len(self._encoder.buffers)
        yield
        self._encoder.buffers[held:] = [array.copy() for array in self._encoder.buffers[held:]]

    def _as_handed(self) -> contextlib.AbstractContextManager[None]:
        """As `_as_it_is`, for a call: it is sent at once, if calls are not kept."""
        return self._as_it_is() if self._calls_wait else contextlib.nullcontext()

    def puppet(self, name: str, attributes: dict[str, Any], methods: dict[str, Callable[..., Any]]) -> Handle:
        """An object that lives with the implementation and whose methods are functions of the judge's.

        Args:
          name: its class's.
          attributes: all that its `vars` hold.
          methods: as `oracles.stand_in` makes them.
        """
        numbers = {key: self._special(method)["c"] for key, method in methods.items()}
        nodes = {"attributes": self._encoder.node(attributes), "methods": numbers}
        handle = self._handle({"op": "puppet", "name": name, **nodes}, name)
        self.flush()
        return handle

    def flush(self) -> None:
        """Sends what was kept, and hands its answers to the handles that wait for them.

        Raises:
          StudentFault: one of the requests failed; those after it were not made.
        """
        if self._steps:
            self._send()
            self._case.check()

    def _handle(self, header: Header, name: str, owner: Handle | None = None, handed: tuple[Any, ...] = ()) -> Handle:
        self._handles += 1
        handle = Handle(self, [self._handles], PENDING, name)
        self._steps.append(_Step({**header, "handle": self._handles}, name, self._case, handle, owner, handed))
        return handle

    def _later(self, header: Header, name: str) -> None:
        self._steps.append(_Step(header, name, self._case))

    def _now(self, header: Header, name: str) -> Any:
        self._later(header, name)
        reply, decoder = self._send()
        self._case.check()
        try:
            return decoder.value(reply.get("value"))
        except WireError as error:
            raise self._channel.broken(error) from None

    def _forget(self) -> tuple[list[_Step], Encoder]:
        """What was kept; it is kept no longer."""
        kept = self._steps, self._encoder
        self._steps, self._encoder = [], Encoder(self._special)
        return kept

    def _send(self) -> tuple[Header, Decoder]:
        """Sends what was kept, and notes which cases fail; the reply to the last of it, {} if that was not done."""
        steps, encoder = self._forget()
        last: Header = {}
        decoder = Decoder([])
        try:
            header = {"steps": [step.header for step in steps]}
            answer, buffers = self._channel.exchange(header, encoder.buffers, self._answer)
            decoder = Decoder(buffers)
            replies = answer.get("replies")
            if not isinstance(replies, list) or not 0 < len(replies) <= len(steps):
                raise WireError("replies that are none")
            for step in steps:
                step.case.fault = None
            self._read(steps, replies, decoder)
            last = (replies[-1] or {}) if len(replies) == len(steps) else {}
        except WorkerLost as lost:
            for step in steps:
                asked = [each for each in steps if each.case is step.case]
                calls = [each.name for each in asked if each.header["op"] == "call"] or [asked[-1].name]
                name = calls[0] if len(calls) == 1 else ""  # of several nobody knows which
                step.case.fault = StudentFault(Outcome(lost.outcome), f"{name or 'it'} {lost.text}", lost=True)
        except (WireError, KeyError, TypeError) as error:
            broken = self._channel.broken(error)
            for step in steps:
                step.case.fault = StudentFault(Outcome(broken.outcome), f"it {broken.text}", lost=True)
            raise broken from None
        return last, decoder

    def _read(self, steps: Sequence[_Step], replies: list[Any], decoder: Decoder) -> None:
        """Hands the answers to the handles that wait for them, and notes which cases fail.

        Raises:
          WireError, KeyError, TypeError: they are no answers.
        """
        lacking: list[_Asked] = []
        for step, reply in itertools.zip_longest(steps, replies):
            if reply is None:  # what it comes after has failed
                lacking.append(step.case)
                continue
            if not isinstance(reply, dict) or step.case.fault is not None:
                raise WireError("a reply that is none")
            if (error := checked_error(reply.get("error"))) is not None:
                if error["kind"] == "no_torch" and step.header["op"] != "torch":
                    raise WireError("torch is missing where it was not asked for")
                step.case.fault = step.fault(error)
            elif step.handle is not None and "value" in reply:
                changed = reply.get("changed", [])
                if not all(_is_change(change, step.handed) for change in changed):
                    raise WireError("a change that is none")
                step.handle._resolve(decoder.value(reply["value"]))
                labels = (step.label(it) if kind == "argument" else it for kind, it in changed)
                step.case.changed += [label for label in dict.fromkeys(labels) if label not in step.case.changed]
            elif step.handle is not None:
                lacking.append(step.case)
        if any(case.fault is None for case in lacking):
            raise WireError("not as many replies as requests")

    def _special(self, value: Any) -> Any:
        if isinstance(value, Handle):
            return {"h": value._path}
        if callable(value) and not isinstance(value, (np.ndarray, np.generic, type)):
            self._functions[id(value)] = value
            return {"c": id(value)}
        return None

    def _answer(self, request: Header, buffers: Buffers) -> bytes:
        """Serves one call of a function that was handed in."""
        self._callbacks_left -= 1
        encoder = Encoder()
        try:
            if self._callbacks_left < 0:
                raise ValueError("the function was called too often")
            function = self._functions[request["callback"]]
            args = Decoder(buffers).value(request["args"])
            with np.errstate(all="ignore"), self._allowance:
                node = encoder.node(function(*args))
            return pack(CALL, {"value": node}, encoder.buffers)
        except WireError:
            raise
        except Exception as error:  # the student handed it something that it can't work with
            return pack(CALL, {"error": [type(error).__name__, str(error)[:500]]})


MOST_PARTS = 1000  # of values that wait to be sent when another case is begun: one frame can't hold any number
MOST_KEPT = 1 << 22  # bytes of arrays that do
MOST_NAMES = 1000  # of what a submission defines, that are looked through
PENDING: Any = object()  # in place of a value that has not come yet


@dataclasses.dataclass(eq=False, slots=True)
class _Asked:
    """A case that is being asked.

    Attributes:
      labels: what is handed in, by identity, as it is called.
      changed: what has been changed of it.
      fault: why it can't go on.
      checks: of what has not come yet; they raise `StudentFault` where it is not what it should be.
    """

    labels: dict[int, str]
    changed: list[str] = dataclasses.field(default_factory=list)
    fault: StudentFault | None = None
    checks: list[Callable[[], None]] = dataclasses.field(default_factory=list)

    def check(self) -> None:
        """Raises what it has failed over, once: what is of the wrong form comes before what that has led to."""
        fault, self.fault = self.fault, None
        checks, self.checks = self.checks, []
        for check in checks:
            check()
        if fault is not None:
            raise fault


@dataclasses.dataclass(frozen=True, slots=True)
class _Step:
    """A request.

    Attributes:
      name: what it is about, for messages.
      case: that it belongs to.
      handle: waits for its answer.
      owner: of the attribute that is wanted.
      handed: what the call is handed, in order.
    """

    header: Header
    name: str
    case: _Asked
    handle: Handle | None = None
    owner: Handle | None = None
    handed: tuple[Any, ...] = ()

    def label(self, place: int) -> str:
        """What something that is handed in is called."""
        value = self.handed[place]
        return value._name if isinstance(value, Handle) else self.case.labels.get(id(value), "an argument")

    def fault(self, error: dict[str, Any]) -> StudentFault:
        """What an error reply to it means."""
        name, frames = self.name, tuple(error["frames"])
        fault = StudentFault(*_fault(error["kind"], name, shown(error["type"], 100), shown(error["text"])), frames)
        # The innermost of the student's own functions: the stub of a helper, say.
        match frames[-1] if frames else None:
            case [_, _, str(function)]:
                fault.about = function
        if self.header["op"] == "get" and fault.outcome is Outcome.NOT_DEFINED:
            fault.message = f"{name} is not defined" if self.owner is None else f"{self.owner._kind()} has no {name}"
            fault.about = name
        return fault


def _is_change(change: Any, handed: tuple[Any, ...]) -> bool:
    match change:
        case ["argument", int(place)]:
            return 0 <= place < len(handed)
        case ["attribute", str()]:
            return True
    return False


def _fault(kind: str, name: str, type_name: str, text: str) -> tuple[Outcome, str]:
    """Outcome and sentence of an error reply."""
    if kind == "not_defined":
        return Outcome.NOT_DEFINED, f"{text} is not defined"
    if kind == "no_torch":
        if importlib.util.find_spec("torch") is None:
            raise RuntimeError(
                "this exercise hands in objects of PyTorch's, which is not installed here: install torch"
            )
        return Outcome.RAISED, f"torch can't be imported after what was run before: {text}"
    if kind == "not_implemented":
        return Outcome.NOT_IMPLEMENTED, f"{name} is not implemented yet"
    if kind == "out_of_memory":
        return Outcome.OUT_OF_MEMORY, f"{name} needed more memory than there is for it"
    if kind == "unsendable":
        return Outcome.WRONG_DTYPE, f"{name} returned something that can't be graded: {text}"
    return Outcome.RAISED, f"{name} raised {type_name}: {text}" if text else f"{name} raised {type_name}"


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """One of several values that a function will have returned."""

    whole: Handle
    place: int


class Handle:
    """Something that lives with the implementation; what of it is plain data is known here too.

    Used as an argument it is the implementation's own object; `plain` gives the judge's copy.
    """

    __slots__ = ("_connection", "_content", "_name", "_path")
    _connection: Connection
    _content: Any
    _name: str
    _path: list[Any]

    def __init__(self, connection: Connection, path: list[Any], content: Any, name: str) -> None:
        put = object.__setattr__
        put(self, "_connection", connection)
        put(self, "_content", content)
        put(self, "_name", name)
        put(self, "_path", path)

    @property
    def _value(self) -> Any:
        if self._content is PENDING:
            self._connection.flush()
            if self._content is PENDING:
                raise StudentFault(Outcome.SKIPPED, f"{self._name} was not asked for: something before it failed")
        if isinstance(self._content, _Part):
            self._resolve(self._content.whole._value[self._content.place])
        return self._content

    def _resolve(self, content: Any) -> None:
        object.__setattr__(self, "_content", content)

    def __getattr__(self, name: str) -> Handle:
        if name.startswith("__"):  # copy, pickle and NumPy ask for such; they are not the implementation's
            raise AttributeError(name)
        return self._connection.get(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._connection.set(self._path, name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Handle:
        return self._connection.call(self._path, self._name, args, kwargs)

    def __getitem__(self, key: Any) -> Handle:
        value = self._value
        if isinstance(value, dict) and key not in value:
            has = ", ".join(map(str, value)) or "nothing"
            raise StudentFault(Outcome.NOT_DEFINED, f"what {self._name} returned has no {key!r} (it has: {shown(has)})")
        if not isinstance(value, (dict, list, tuple, np.ndarray)):
            raise StudentFault(Outcome.WRONG_DTYPE, f"{self._name} returned {self._kind()}, which has no {key!r}")
        return Handle(self._connection, [*self._path, key], value[key], str(key))

    def __iter__(self) -> Iterator[Handle]:
        value = self._value
        if not isinstance(value, (list, tuple, np.ndarray)) or (isinstance(value, np.ndarray) and not value.ndim):
            raise StudentFault(
                Outcome.WRONG_DTYPE, f"{self._name} returned {self._kind()}, but should return several values"
            )
        return (Handle(self._connection, [*self._path, place], item, self._name) for place, item in enumerate(value))

    def __len__(self) -> int:
        return len(self._value)

    def __float__(self) -> float:
        return float(self._value)

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray[Any, Any]:
        return np.array(self._value, dtype)

    def _kind(self) -> str:
        value = self._value
        if value is None:
            return "nothing (None)"
        return value.type_name.rpartition(".")[2] if isinstance(value, Opaque) else f"a {type(value).__name__}"


class Implementation:
    """The names that an implementation defines."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def torch(self) -> Torch:
        """torch's own objects, built beside the implementation; not what it calls by that name."""
        return Torch(self._connection.torch)

    def __getattr__(self, name: str) -> Handle:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._connection.get(None, name)


def reseed(student: Any, seed: int) -> None:
    """Seeds the global random generators that an implementation draws from, in the middle of a probe."""
    student._connection.reseed(seed)


def plain(value: Any) -> Any:
    """The judge's own copy of what a handle stands for."""
    return value._value if isinstance(value, Handle) else value


def _is_to_come(value: Any) -> bool:
    """Whether it stands for something that has not come yet."""
    content = value._content if isinstance(value, Handle) else None
    return content is PENDING or (isinstance(content, _Part) and _is_to_come(content.whole))


def unpacked(result: Handle, *names: str) -> dict[str, Handle]:
    """What a function returned, by name: `unpacked(net.backward(X, y), "dW1", "db1")`.

    Raises:
      StudentFault: it is not a tuple or list of as many values; raised later where it has not come yet.
    """
    due = f"{len(names)} values ({', '.join(names)})"

    def check() -> None:
        if _is_to_come(result):  # something before it has failed
            return
        value = plain(result)
        if not isinstance(value, (tuple, list)):
            outcome = Outcome.WRONG_SHAPE if isinstance(value, (dict, np.ndarray)) else Outcome.WRONG_DTYPE
            raise StudentFault(outcome, f"{result._name} returned {result._kind()}, but should return {due}")
        if len(value) != len(names):
            message = f"{result._name} returned {len(value)} values, but should return {due}"
            raise StudentFault(Outcome.WRONG_SHAPE, message)

    if not _is_to_come(result):
        check()
        return dict(zip(names, result, strict=True))
    connection = result._connection
    connection._case.checks.append(check)
    return {
        name: Handle(connection, [*result._path, place], _Part(result, place), result._name)
        for place, name in enumerate(names)
    }


Probe = Callable[[Any, Case], dict[str, Any]]


def observe(probe: Probe, connection: Connection, case: Case, seed: int) -> Observation:
    """Runs a probe on an implementation; whatever happens there is an observation."""
    return observe_all(probe, connection, [case], seed)[0]


def observe_all(
    probe: Probe,
    connection: Connection,
    cases: Sequence[Case],
    seed: int,
    before: Sequence[Callable[[], None]] = (),
) -> list[Observation]:
    """Runs a probe on several cases, which are sent together as far as the probe wants nothing in between.

    Args:
      before: what is to be done at the beginning of each case.
    """
    asked: list[tuple[_Asked, dict[str, Any] | Observation]] = []
    with contextlib.suppress(WorkerLost), connection.together():  # it is noted
        for case, prepare in itertools.zip_longest((each.fresh() for each in cases), before):
            connection.begin(case, seed)
            if prepare is not None:
                prepare()
            found = _observed(functools.partial(probe, Implementation(connection), case))
            if isinstance(found, Observation):
                connection.drop()
            asked.append((connection._case, found))
    return [found if isinstance(found, Observation) else _values(case, found) for case, found in asked]


def _values(case: _Asked, answer: dict[str, Any]) -> Observation:
    """What a probe has given, as it came back."""

    def read() -> dict[str, Any]:
        case.check()
        return {name: plain(value) for name, value in answer.items()}

    found = _observed(read)
    return found if isinstance(found, Observation) else Observation(found, changed=tuple(case.changed))


def _observed(run: Callable[[], dict[str, Any]]) -> dict[str, Any] | Observation:
    """What something gives, or the observation that it can't."""
    try:
        return dict(run())
    except StudentFault as fault:
        return Observation(
            outcome=fault.outcome, message=fault.message, frames=fault.frames, about=fault.about, lost=fault.lost
        )
    except WorkerLost as lost:
        return Observation(outcome=Outcome(lost.outcome), message=f"it {lost.text}", lost=True)
    except (TypeError, ValueError, IndexError, KeyError, AttributeError, OverflowError) as error:
        # The probe worked on the reference, so it is what came back that it could not use.
        return Observation(
            outcome=Outcome.WRONG_DTYPE, message=f"what came back could not be used ({type(error).__name__}: {error})"
        )
