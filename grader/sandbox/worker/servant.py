"""Does what the judge asks for: read, set and call what a namespace holds.

A request is {"steps": [step, …]}: they are done in order; after one that fails comes the next that begins something.  A
step is a dict with an "op":

    begin   seed                  a new case: forget all handles, seed the random generators
    seed    seed                  seed the random generators again, within an exercise
    names                         the public names that are defined
    get     of, name              an attribute (of handle [0]: a name of the namespace)
    set     of, name, value       set an attribute
    replace name, callback, vjp,  put a function of the judge's in place of `name` or `Class.name`; a method is handed
            attributes            these attributes of its object, and says what they are to be, and what arrays that its
                                  object keeps under other names are to be; autograd asks `vjp` (or null) of a function
    call    of, args, kwargs      call
    torch   name, args            build or ask one of what `tensors` offers
    puppet  name, attributes, methods   an object of a plain class whose methods the judge answers, by callback
    rerun   pieces, kept          run [cell or null, source] once more, but for imports and definitions, and what
                                  assigns to one of the names `kept`
    redefine  cell, owner, line, text   let a function, or a method of class `owner`, do what this text of it says, which
                                  starts at a line of the cell (null: the module); all others do what they did first
    trace   passed_over, by_element   note what each line does, from now until the next "begin", but in these functions
    traced                        {"calls", "events"}: what was noted (see `trace`)

"of" is the path to an object: [handle, key, …].  The answer is {"replies": [reply, …]}, one for each step:
{"value": node, "changed": […]}, {"error": {...}} or null, if it was not done.  What get, call, torch and puppet give
stays here under the number that the step has as "handle", so that what is handed on in a later call is the student's own
object and not a copy.

`changed` names what a call changed that was handed in: ["argument", 0] or ["attribute", "W1"], the latter for
attributes which the judge had set.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import errno
import gc
import random
import sys
import traceback
import warnings
from collections.abc import Callable, Sequence
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

from . import tensors
from .trace import Tracer
from .wire import CALL, Decoder, Encoder, WireError, pack, unpack

ROOT = 0
CAUGHT = BaseException  # a student's sys.exit, KeyboardInterrupt or own BaseException is an outcome like another
MOST_HELD = 10_000  # values that an object holds, directly or in what it holds, that are looked at
IPYTHON = frozenset(["In", "Out", "get_ipython", "exit", "quit", "open"])  # what a notebook's namespace starts with

# What the wall refuses, in words.
CLOSED = " (no network can be reached, no program started and no process signalled while this is graded)"
CLOSED_FILE = " (only the submission's own folder and the installed packages can be read while this is graded)"


class Missing(Exception):
    """A name or attribute that the judge asked for is not there."""


class Servant:
    """Answers requests about one namespace.

    Args:
      namespace: the dict of a module, or of the notebook's shell.
      ask: sends a frame to the judge and returns its answer; it serves the functions that the judge hands in.
      is_own: whether a file name of a traceback belongs to the submission.
      caught: which exceptions are the namespace's own.
      seed: seeds the random generators.
    """

    def __init__(
        self,
        namespace: dict[str, Any],
        ask: Callable[[bytes], bytes],
        is_own: Callable[[str], bool] = lambda _: True,
        caught: type[BaseException] = CAUGHT,
        seed: Callable[[int], None] | None = None,
    ) -> None:
        self._namespace = namespace
        self._ask = ask
        self._is_own = is_own
        self._caught = caught
        self._seed = seed or seed_everything
        self._tracer: Tracer | None = None
        # The submission's functions and the code that they had first, by file, line and name; None until that is wanted.
        self._own_code: dict[tuple[str, int, str], list[tuple[FunctionType, CodeType]]] | None = None
        self._handles: dict[int, Any] = {ROOT: None}
        self._watched: dict[int, dict[str, Any]] = {}

    def answer(self, request: dict[str, Any], buffers: Sequence[Any]) -> bytes:
        """The reply to one request, as a frame."""
        answer, arrays = self.reply(request, buffers)
        try:
            return pack(CALL, answer, arrays)
        except WireError as error:
            return pack(CALL, {"replies": failed(request["steps"], _unsendable(error))})

    def reply(self, request: dict[str, Any], buffers: Sequence[Any]) -> tuple[dict[str, Any], list[Any]]:
        """The same, as header and buffers."""
        decoder = Decoder(buffers, {"h": self._resolve, "c": self._callback})
        encoder, held = Encoder(), 0
        replies: list[dict[str, Any] | None] = []
        has_failed = False
        for step in request["steps"]:
            if has_failed and step["op"] != "begin":
                replies.append(None)
                continue
            # As it is now: the steps that follow may write into it.
            encoder.buffers[held:] = [each.copy() for each in encoder.buffers[held:]]
            held = len(encoder.buffers)
            has_failed = True
            try:
                replies.append(self._perform(step, decoder, encoder))
                has_failed = False
            except WireError as error:
                replies.append(_unsendable(error))
            except self._caught as error:
                replies.append({"error": describe(error, self._is_own)})
        return {"replies": replies}, encoder.buffers

    def _perform(self, request: dict[str, Any], decoder: Decoder, encoder: Encoder) -> dict[str, Any]:
        operation = request["op"]
        if operation == "get":
            target = self._resolve(request["of"])
            return self._keep(request, self._get(target, request["of"], request["name"]), encoder)
        if operation == "set":
            target = self._resolve(request["of"])
            value = decoder.value(request["value"])
            setattr(target, request["name"], value)
            self._watched.setdefault(id(target), {"": target})[request["name"]] = snapshot(value)
            return {}
        if operation == "call":
            target = self._resolve(request["of"])
            args = decoder.value(request["args"])
            kwargs = decoder.value(request["kwargs"])
            before = [snapshot(value) for value in (*args, *kwargs.values())]
            tracer = self._tracer
            result = tracer.run(lambda: target(*args, **kwargs)) if tracer else target(*args, **kwargs)
            changed = [
                ["argument", position]
                for position, (value, old) in enumerate(zip((*args, *kwargs.values()), before, strict=True))
                if differs(value, old)
            ]
            return {**self._keep(request, result, encoder), "changed": changed + self._changed_attributes()}
        if operation == "begin":
            self._handles, self._watched, self._tracer = {ROOT: None}, {}, None
            tensors.AUTOGRAD.stop()
            self._seed(request["seed"])
            return {}
        if operation == "seed":
            self._seed(request["seed"])
            return {}
        if operation == "names":
            names = [
                name
                for name, value in self._namespace.items()
                if type(name) is str and name[:1] != "_" and name not in IPYTHON and type(value) is not ModuleType
            ]
            return {"value": encoder.node(names[:1000])}
        if operation == "rerun":
            self._rerun(request["pieces"], frozenset(request["kept"]))
            return {}
        if operation == "redefine":
            self._redefine(request["cell"], request["owner"], request["line"], request["text"])
            return {}
        if operation == "trace":
            self._tracer = Tracer(
                self._is_own, request["passed_over"], by_element=request["by_element"], namespace=self._namespace
            )
            return {}
        if operation == "traced":
            noted = self._tracer or Tracer(self._is_own)
            return {"value": encoder.node({"calls": noted.calls, "events": noted.events})}
        if operation == "replace":
            ask = self._callback(request["callback"])
            if request["vjp"] is not None:
                ask = tensors.differentiable(ask, self._callback(request["vjp"]))
            self._replace(request["name"], ask, request["attributes"])
            return {}
        if operation == "torch":
            return self._keep(request, tensors.OFFERED[request["name"]](*decoder.value(request["args"])), encoder)
        if operation == "puppet":
            methods = {key: _answered(self._callback(number)) for key, number in request["methods"].items()}
            puppet = type(request["name"], (), {**methods, "__module__": "__main__"})()
            puppet.__dict__.update(decoder.value(request["attributes"]))
            return self._keep(request, puppet, encoder)
        raise WireError(f"there is no operation {operation!r}")

    def _rerun(self, pieces: list[Any], kept: frozenset[str]) -> None:
        """Runs the submission's statements once more, as if for the first time; for a tracer no longer than it wants."""
        codes = []
        for number, source in pieces:
            file = self._namespace["__file__"] if number is None else f"<cell {number}>"
            tree = ast.parse(source)
            tree.body = [statement for statement in tree.body if not isinstance(statement, DEFINITIONS)]
            tree.body = [statement for statement in tree.body if not assigned(statement) & kept]
            for name in assigned(tree):
                self._namespace.pop(name, None)
            codes.append(compile(tree, file, "exec", dont_inherit=True))

        def run() -> None:
            for code in codes:
                exec(code, self._namespace)

        if self._tracer is None:
            run()
        else:
            self._tracer.run(run, to_the_end=False)

    def _redefine(self, cell: int | None, owner: str, line: int, text: str) -> None:
        """Gives functions the code of another text; what has been changed before gets its own again."""
        if self._own_code is None:
            self._own_code = {}
            # Of all that lives; what was there before the submission, the collector doesn't know.
            for each in gc.get_objects():
                if type(each) is FunctionType and self._is_own((code := each.__code__).co_filename):
                    place = code.co_filename, code.co_firstlineno, code.co_name
                    self._own_code.setdefault(place, []).append((each, code))
        for function, code in (each for functions in self._own_code.values() for each in functions):
            function.__code__ = code
        if owner:  # what a class keeps to itself has another name there
            text, line = f"class {owner}:\n{text}", line - 1
        file = self._namespace["__file__"] if cell is None else f"<cell {cell}>"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SyntaxWarning: nobody has written it
            ahead = [compile("\n" * (line - 1) + text, file, "exec", dont_inherit=True)]
        while ahead:
            code = ahead.pop()
            ahead += [each for each in code.co_consts if isinstance(each, CodeType)]
            found = self._own_code.get((file, code.co_firstlineno, code.co_name), ())
            is_one = len({own for _, own in found}) == 1  # and not one of several lambdas in a line
            for function, own in found if is_one else ():
                if code.co_freevars == own.co_freevars:
                    function.__code__ = code

    def _replace(self, name: str, ask: Callable[..., Any], attributes: list[str]) -> None:
        owner, _, method = name.rpartition(".")
        if not owner:
            self._namespace[name] = lambda *args, **kwargs: ask(args, kwargs)
        elif owner in self._namespace:
            own = getattr(self._namespace[owner], method, None)

            def call(thing: Any, *args: Any, **kwargs: Any) -> Any:
                # The judge's method sees the object's attributes, and says which it would have set.
                state = {key: copy.deepcopy(getattr(thing, key)) for key in attributes if hasattr(thing, key)}
                if own is not None:
                    with contextlib.suppress(Exception):  # for what it keeps under names of its own
                        own(thing, *copy.deepcopy(args), **copy.deepcopy(kwargs))
                result, changed, pairs = ask(state, args, kwargs)
                with contextlib.suppress(Exception):  # what is nested too deep, say
                    _put_right(thing, pairs)
                for key, value in changed.items():
                    setattr(thing, key, value)
                return result

            setattr(self._namespace[owner], method, call)

    def _get(self, target: Any, path: list[Any], name: str) -> Any:
        if path == [ROOT]:
            if name not in self._namespace:
                raise Missing(name)
            return self._namespace[name]
        try:
            return getattr(target, name)
        except AttributeError:
            if hasattr(type(target), name):  # a property of the student's that fails is the student's error
                raise
            raise Missing(name) from None

    def _keep(self, request: dict[str, Any], value: Any, encoder: Encoder) -> dict[str, Any]:
        self._handles[request["handle"]] = value
        return {"value": encoder.node(value)}

    def _resolve(self, path: list[Any]) -> Any:
        value = self._handles[path[0]]
        for key in path[1:]:
            value = value[key]
        return value

    def _callback(self, number: int) -> Callable[..., Any]:
        def function(*args: Any) -> Any:
            encoder = Encoder()
            frame = pack(CALL, {"callback": number, "args": encoder.node(args)}, encoder.buffers)
            _, reply, buffers = unpack(self._ask(frame))
            if "error" in reply:
                name, text = reply["error"]
                raise {"TypeError": TypeError, "IndexError": IndexError}.get(name, ValueError)(text)
            return tensors.like(args, Decoder(buffers).value(reply["value"]))

        return function

    def _changed_attributes(self) -> list[list[str]]:
        changed = []
        for attributes in self._watched.values():
            target = attributes[""]
            for name, old in attributes.items():
                if name and differs(getattr(target, name, None), old):
                    attributes[name] = snapshot(getattr(target, name, None))
                    changed.append(["attribute", name])
        return changed


DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


def assigned(tree: ast.AST) -> set[str]:
    """The names that some statements assign to."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _answered(ask: Callable[..., Any]) -> Callable[..., Any]:
    """A method that the judge answers: it sees the object's attributes, and says which it would have set."""

    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        result, attributes, _ = ask(dict(getattr(self, "__dict__", {})), args, kwargs)
        for key, value in attributes.items():
            setattr(self, key, value)
        return result

    return call


def _put_right(value: Any, pairs: list[tuple[Any, Any]], seen: dict[int, Any] | None = None) -> Any:
    """Puts arrays in the place of those that they are paired with, as far as objects, dicts and lists hold these."""
    kind = type(value)
    if not pairs or kind is ModuleType:
        return value
    if issubclass(kind, np.ndarray):
        for wrong, right in pairs:
            for one, other in ((wrong, right), (wrong.T, right.T)):
                if value.shape == one.shape and value.dtype.kind == "f":
                    rtol = 1e-4 if value.dtype.itemsize < 8 else 1e-9
                    if np.allclose(value, one, rtol=rtol, atol=rtol, equal_nan=True):
                        return np.array(other, value.dtype)
        return value
    seen = {} if seen is None else seen
    if id(value) in seen or len(seen) > MOST_HELD:
        return value
    seen[id(value)] = value
    if issubclass(kind, dict):
        for key, item in list(dict.items(value)):
            dict.__setitem__(value, key, _put_right(item, pairs, seen))
    elif issubclass(kind, list):
        list.__setitem__(value, slice(None), [_put_right(item, pairs, seen) for item in list.__iter__(value)])
    elif kind is tuple:
        return tuple(_put_right(item, pairs, seen) for item in value)
    elif not callable(value):
        with contextlib.suppress(Exception):  # it may not want to be looked into
            if isinstance(held := getattr(value, "__dict__", None), dict):
                _put_right(held, pairs, seen)
    return value


def _unsendable(error: WireError) -> dict[str, Any]:
    return {"error": {"kind": "unsendable", "text": str(error)}}


# ------------------------------------------------------------------------------------- what a call may not change


def snapshot(value: Any) -> Any:
    """A copy of the numbers in a value: arrays and tensors as arrays, containers of them likewise, else None."""
    kind = type(value)
    if issubclass(kind, np.ndarray):
        return np.array(np.ndarray.view(value, np.ndarray))
    if issubclass(kind, dict):
        return {repr(key): snapshot(item) for key, item in dict.items(value)}
    if issubclass(kind, (list, tuple)):
        return [snapshot(item) for item in (list if issubclass(kind, list) else tuple).__iter__(value)]
    if issubclass(kind, (int, float, complex, np.generic)):
        return np.asarray(value)
    if tensors.is_tensor(value):
        return np.array(value.detach().cpu().numpy())
    return None


def differs(value: Any, old: Any) -> bool:
    """Whether the numbers in a value are others than in its snapshot.

    Another type with the same numbers is no change (a list made into an array); nor is what rounding leaves when
    something is added and taken away again, or a cast to float32.
    """
    if type(value) is np.ndarray and type(old) is np.ndarray and _is_same(value, old):
        return False  # as it is nearly always
    new = snapshot(value)
    if isinstance(old, dict):
        # A cache may gain entries; those that it had must stay.
        return not isinstance(new, dict) or any(key not in new or _differs(new[key], item) for key, item in old.items())
    return _differs(new, old)


def _differs(new: Any, old: Any) -> bool:
    if isinstance(old, list) and isinstance(new, list):
        return len(old) != len(new) or any(map(_differs, new, old))
    if isinstance(old, dict) and isinstance(new, dict):
        return any(key not in new or _differs(new[key], item) for key, item in old.items())
    if old is None or new is None:
        return old is not new
    try:
        a, b = np.asarray(new), np.asarray(old)
        if a.shape != b.shape:
            return True
        if _is_same(a, b):
            return False
        if a.dtype.kind not in "fc" and b.dtype.kind not in "fc":
            return not np.array_equal(a, b)
        with np.errstate(all="ignore"):
            scale = float(np.nanmax(np.abs(b), initial=0.0))
            close = np.abs(a - b) <= 1e-6 * np.abs(b) + 1e-12 * max(1.0, scale)
        return not bool(np.all(close | (a == b) | (np.isnan(a) & np.isnan(b))))
    except (TypeError, ValueError):
        return True


def _is_same(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    return one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes()


# -------------------------------------------------------------------------------------------------- other helpers


def seed_everything(seed: int) -> None:
    """Seeds Python's and NumPy's global generators, and torch's where it is imported."""
    random.seed(seed)
    np.random.seed(seed % 2**32)  # noqa: NPY002 - students use the global generator
    torch = sys.modules.get("torch")
    if torch is not None and hasattr(torch, "manual_seed"):
        torch.manual_seed(seed)


def failed(steps: Sequence[dict[str, Any]], reply: dict[str, Any]) -> list[dict[str, Any]]:
    """Replies where nobody knows what came of each step: each case ends with the same error."""
    ends = [*(step["op"] == "begin" for step in steps[1:]), True]
    return [reply if is_end else {} for is_end in ends]


def describe(error: BaseException, is_own: Callable[[str], bool]) -> dict[str, Any]:
    """An exception as data: its kind, type, text and the submission's own frames, outermost first."""
    kind = "raised"
    if type(error) is Missing:
        return {"kind": "not_defined", "text": str(error)}
    if type(error) is tensors.TorchMissing:
        return {"kind": "no_torch", "text": str(error)}
    if isinstance(error, NotImplementedError):
        kind = "not_implemented"
    elif isinstance(error, MemoryError) or _is_torch_memory_error(error):
        kind = "out_of_memory"
    try:
        text = str(error)[:2000]
    except CAUGHT:
        text = "(its text can't be shown)"
    if isinstance(error, PermissionError) and error.errno in (errno.EPERM, errno.EACCES):
        text += CLOSED_FILE if error.filename else CLOSED
    frames = [
        [frame.filename, frame.lineno or 0, frame.name]
        for frame in traceback.extract_tb(error.__traceback__, limit=2000)
        if is_own(frame.filename)
    ]
    if isinstance(error, SyntaxError) and error.filename and is_own(error.filename):
        frames.append([error.filename, error.lineno or 0, ""])
        text = (error.msg or "")[:2000]
    return {"kind": kind, "type": type(error).__name__[:100], "text": text, "frames": frames[-50:]}


def _is_torch_memory_error(error: BaseException) -> bool:
    return isinstance(error, RuntimeError) and "can't allocate memory" in str(error)[:500]
