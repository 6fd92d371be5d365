"""An implementation as a probe sees it, wherever it runs.

A probe is an ordinary function: `student.sigmoid(x)`, `net.W1 = W1`, `dW1, db1 = net.backward(X, y)`.  What it holds
are handles: they stand for objects that live with the implementation, in the student's process or (for the
reference, its twin and its mistaken variants) in this one, behind the same codec.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.util
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
        self._labels: dict[int, str] = {}
        self._steps: list[_Step] = []  # that are not sent yet
        self._encoder = Encoder(self._special)
        self._handles = 0
        self.changed: list[str] = []

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
        self._forget()
        self._functions = dict(self._kept)
        self._labels = {id(value): name for name, value in case.fields.items()}
        self._handles = 0
        self.changed = []
        self._later({"op": "begin", "seed": seed}, "")

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
        handle = self._handle(header, self._labels.get(id(args[0]), name) if args else name)
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

    def _label(self, value: Any) -> str:
        return value._name if isinstance(value, Handle) else self._labels.get(id(value), "an argument")

    def _handle(self, header: Header, name: str, owner: Handle | None = None, handed: tuple[Any, ...] = ()) -> Handle:
        self._handles += 1
        handle = Handle(self, [self._handles], PENDING, name)
        self._steps.append(_Step({**header, "handle": self._handles}, name, handle, owner, handed))
        return handle

    def _later(self, header: Header, name: str) -> None:
        self._steps.append(_Step(header, name))

    def _now(self, header: Header, name: str) -> Any:
        self._later(header, name)
        reply, decoder = self._send()
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
        """Sends what was kept; the reply to the last of it."""
        steps, encoder = self._forget()
        try:
            header = {"steps": [step.header for step in steps]}
            answer, buffers = self._channel.exchange(header, encoder.buffers, self._answer)
            replies = answer.get("replies")
            if not (isinstance(replies, list) and replies and all(isinstance(each, dict) for each in replies)):
                raise WireError("replies that are none")
            error = checked_error(replies[-1].get("error"))
            if len(replies) > len(steps) or (error is None and len(replies) < len(steps)):
                raise WireError("not as many replies as requests")
            failed = steps[len(replies) - 1]
            if error is not None and error["kind"] == "no_torch" and failed.header["op"] != "torch":
                raise WireError("torch is missing where it was not asked for")
            decoder = Decoder(buffers)
            for step, reply in zip(steps, replies if error is None else replies[:-1], strict=False):
                if step.handle is not None and (error is None or "value" in reply):
                    changed = reply.get("changed", [])
                    if not all(_is_change(change, step.handed) for change in changed):
                        raise WireError("a change that is none")
                    step.handle._resolve(decoder.value(reply["value"]))
                    labels = (self._label(step.handed[it]) if kind == "argument" else it for kind, it in changed)
                    self.changed += [label for label in dict.fromkeys(labels) if label not in self.changed]
        except WorkerLost as lost:
            calls = [step.name for step in steps if step.header["op"] == "call"] or [steps[-1].name]
            name = calls[0] if len(calls) == 1 else ""  # of several nobody knows which
            raise StudentFault(Outcome(lost.outcome), f"{name or 'it'} {lost.text}", lost=True) from None
        except (WireError, KeyError, TypeError) as broken:
            raise self._channel.broken(broken) from None
        if error is None:
            return replies[-1], decoder
        raise failed.fault(error)

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


MOST_NAMES = 1000  # of what a submission defines, that are looked through
PENDING: Any = object()  # in place of a value that has not come yet


@dataclasses.dataclass(frozen=True, slots=True)
class _Step:
    """A request.

    Attributes:
      name: what it is about, for messages.
      handle: waits for its answer.
      owner: of the attribute that is wanted.
      handed: what the call is handed, in order.
    """

    header: Header
    name: str
    handle: Handle | None = None
    owner: Handle | None = None
    handed: tuple[Any, ...] = ()

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


def unpacked(result: Handle, *names: str) -> dict[str, Handle]:
    """What a function returned, by name: `unpacked(net.backward(X, y), "dW1", "db1")`.

    Raises:
      StudentFault: it is not a tuple or list of as many values.
    """
    due = f"{len(names)} values ({', '.join(names)})"
    value = plain(result)
    if not isinstance(value, (tuple, list)):
        outcome = Outcome.WRONG_SHAPE if isinstance(value, (dict, np.ndarray)) else Outcome.WRONG_DTYPE
        raise StudentFault(outcome, f"{result._name} returned {result._kind()}, but should return {due}")
    if len(value) != len(names):
        raise StudentFault(Outcome.WRONG_SHAPE, f"{result._name} returned {len(value)} values, but should return {due}")
    return dict(zip(names, result, strict=True))


def observe(probe: Callable[[Any, Case], dict[str, Any]], connection: Connection, case: Case, seed: int) -> Observation:
    """Runs a probe on an implementation; whatever happens there is an observation."""
    case = case.fresh()
    try:
        connection.begin(case, seed)
        answer = probe(Implementation(connection), case)
        connection.flush()
        values = {name: plain(value) for name, value in answer.items()}
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
    return Observation(values, changed=tuple(connection.changed))
