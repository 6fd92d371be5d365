"""What a submission's lines do to its values: a bounded line tracer.

After each line the numbers that it has changed are noted, by content: new locals, arrays written in place, items of
lists and dicts, attributes of objects.  A value belongs to the line that was executed before it was seen.
"""

from __future__ import annotations

import collections
import inspect
import itertools
import sys
import time
import types
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import numpy as np

MOST_EVENTS = 5000
MOST_SECONDS = 0.2  # of the thread's own: a busy machine, or a judge that answers, takes nothing away
LARGEST = 4096  # elements of a value
MOST_VALUES = 80  # numbers that one frame can name
MOST_ITEMS = 12  # of a container

NEW, IN_PLACE, RETURNED, ARGUMENT = 0, 1, 2, 3

Event = list[Any]  # [number of the call, line, name, array, kind]; an ARGUMENT's line is that of the call's start
Call = list[Any]  # [file, function, number of the call that it came from (-1: the judge's), line there, last line]


class Over(BaseException):
    """As much has been noted as is wanted."""


class Tracer:
    """Notes events while `run` calls a function.

    Args:
      is_own: whether a file name belongs to the submission.
      passed_over: functions, as `Class.method`, that are not looked into, nor what they call.
      by_element: whether what is written into an array is also noted by itself.
      namespace: the submission's, which gives lambdas names.
    """

    def __init__(
        self,
        is_own: Callable[[str], bool],
        passed_over: Collection[str] = (),
        *,
        by_element: bool = False,
        namespace: Mapping[str, Any] | None = None,
    ) -> None:
        self.events: list[Event] = []
        self.calls: list[Call] = []
        self._is_own = is_own
        self._passed_over = passed_over
        self._by_element = by_element
        # By identity: codes of equal content are equal.
        self._lambdas = {id(code): (name, code) for code, name in _lambdas(namespace or {})}
        self._deep = 0  # how many functions that are passed over are open
        self._numbers: dict[int, int] = {}  # of the open calls, by frame
        self._generators: dict[int, Any] = {}  # the trace functions of those that have begun, by frame
        self._end = 0.0
        self._to_the_end = True

    def run(self, function: Callable[[], Any], *, to_the_end: bool = True) -> Any:
        """Calls a function; where it is not run to the end, what comes after the last event is left out."""
        before = sys.gettrace()
        self._to_the_end = to_the_end
        self._end = time.thread_time() + MOST_SECONDS
        self._deep = 0
        sys.settrace(self._enter)
        try:
            return function()
        except Over:
            return None
        finally:
            sys.settrace(before)

    def _enter(self, frame: Any, event: str, argument: Any) -> Any:
        code = frame.f_code
        if event != "call" or not self._is_own(code.co_filename) or self._is_over():
            return None
        function = self._lambdas.get(id(code), (code.co_qualname,))[0]
        if function in self._passed_over:
            self._deep += 1
            return self._leave
        if self._deep:
            return None
        if id(frame) in self._generators:  # it goes on
            return self._generators[id(frame)]
        caller = frame.f_back
        while caller is not None and id(caller) not in self._numbers:
            caller = caller.f_back
        came_from = (-1, 0) if caller is None else (self._numbers[id(caller)], caller.f_lineno)
        call = len(self.calls)
        self.calls.append([code.co_filename, function, *came_from, frame.f_lineno])
        self._numbers[id(frame)] = call
        seen = {}
        line = frame.f_lineno
        for name, value, array in numbers_in(frame.f_locals):
            seen[name] = (id(value), _content(array))
            # An object's attributes, and what the function finds around it, are not what was handed in.
            if "." not in name and name not in code.co_freevars:
                self.events.append([call, line, name, array.copy(), ARGUMENT])

        def local(frame: Any, event: str, argument: Any) -> Any:
            nonlocal line
            if event == "return":
                if id(frame) not in self._generators:
                    self._numbers.pop(id(frame), None)
                self.calls[call][4] = frame.f_lineno
            if self._is_over():
                return None
            for name, value, array in numbers_in(frame.f_locals):
                now = (id(value), _content(array))
                old = seen.get(name)
                if old is None or old[1] != now[1]:
                    kind = IN_PLACE if old is not None and old[0] == now[0] else NEW
                    if (
                        self._by_element
                        and old is not None
                        and kind == IN_PLACE
                        and (part := _written(array, *old[1])) is not None
                    ):
                        self.events.append([call, line, name, part.copy(), kind])
                    self.events.append([call, line, name, array.copy(), kind])
                seen[name] = now
            if event == "return" and argument is not None:
                for name, _, array in numbers_in({"return": argument}):
                    self.events.append([call, frame.f_lineno, name, array.copy(), RETURNED])
            line = frame.f_lineno
            return local

        if code.co_flags & inspect.CO_GENERATOR:
            self._generators[id(frame)] = local
        return local

    def _leave(self, frame: Any, event: str, argument: Any) -> Any:
        if event == "return":
            self._deep -= 1
        return self._leave

    def _is_over(self) -> bool:
        is_over = len(self.events) >= MOST_EVENTS or time.thread_time() > self._end
        if is_over and not self._to_the_end:
            raise Over
        return is_over


def _lambdas(namespace: Mapping[str, Any]) -> Iterator[tuple[types.CodeType, str]]:
    """The code of lambdas that have a name, and that, as `Class.method`."""
    owners = {"": namespace}
    for name, value in list(namespace.items()):
        if type(value) is type and type(value.__module__) is str and _is_of_submission(value):
            owners[f"{name}."] = type.__getattribute__(value, "__dict__")
    for prefix, names in owners.items():
        for name, value in list(names.items()):
            if type(value) is types.FunctionType and value.__code__.co_name == "<lambda>":
                yield value.__code__, f"{prefix}{name}"


def numbers_in(names: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """The numbers that names lead to: themselves, items of containers, attributes of objects of the submission's."""
    found: list[tuple[str, Any, Any]] = []
    for name, value in list(names.items()):
        for each in _walk(name, value, 3):
            found.append(each)
            if len(found) >= MOST_VALUES:
                return found
    return found


def _walk(name: str, value: Any, depth: int) -> Iterator[tuple[str, Any, Any]]:
    array = _numbers(value)
    if array is not None:
        yield name, value, array
    elif depth:
        kind = type(value)
        if issubclass(kind, dict):
            pairs = itertools.islice(dict.items(value), MOST_ITEMS)
            inside = [(f"{name}[{key!r:.20}]", item) for key, item in pairs]
        elif issubclass(kind, (list, tuple, collections.deque)):
            base = next(each for each in (list, tuple, collections.deque) if issubclass(kind, each))
            items = enumerate(itertools.islice(base.__iter__(value), MOST_ITEMS))
            inside = [(f"{name}[{place}]", item) for place, item in items]
        elif kind is types.SimpleNamespace or kind.__module__ in ("__main__", "submission") or _is_of_submission(kind):
            slots = {key: getattr(value, key, None) for key in getattr(kind, "__slots__", ()) if type(key) is str}
            inside = [(f"{name}.{key}", item) for key, item in [*slots.items(), *_attributes(value).items()]]
        else:
            return
        for inner, item in inside:
            yield from _walk(inner, item, depth - 1)


def _attributes(value: Any) -> dict[str, Any]:
    """An object's own attributes, whatever it says its `__dict__` is."""
    found = getattr(value, "__dict__", None)
    return dict(found) if type(found) is dict else {}


def _is_of_submission(kind: type) -> bool:
    """Whether a class was defined by what is traced: its module has no specification, since nothing imported it."""
    module = sys.modules.get(kind.__module__)
    return module is not None and getattr(module, "__spec__", None) is None and kind.__module__ != "builtins"


def _numbers(value: Any) -> Any:
    """A value as a float array, None if it is no moderate number of numbers."""
    kind = type(value)
    if kind is float or (issubclass(kind, np.floating) and kind is not np.longdouble):
        return np.asarray(float(value))
    if issubclass(kind, np.ndarray):
        array = np.ndarray.view(value, np.ndarray)
        if array.dtype.kind in "fiu" and 0 < array.size <= LARGEST:
            return np.asarray(array, np.float64)
        return None
    if kind is list and 0 < len(value) <= LARGEST and type(value[0]) in (float, list, np.float64):
        try:
            array = np.asarray(value, np.float64)
        except (TypeError, ValueError):
            return None
        return array if array.size <= LARGEST else None
    tensor = getattr(sys.modules.get("torch"), "Tensor", None)
    if isinstance(tensor, type) and issubclass(kind, tensor):
        array = tensor.detach(value).cpu().numpy()  # type: ignore[attr-defined]
        return np.asarray(array, np.float64) if array.dtype.kind == "f" and 0 < array.size <= LARGEST else None
    return None


def _written(array: Any, shape: tuple[int, ...], content: bytes) -> Any:
    """The part of an array that is not what it was: one that is appended, or the smallest block with all changes.

    None if it is no part.
    """
    before = np.frombuffer(content).reshape(shape)
    if array.ndim == before.ndim == 1 and array.size == before.size + 1:
        return array[-1] if np.array_equal(array[:-1], before) else None
    if array.shape != before.shape:
        return None
    places = np.nonzero(array != before)
    block = array[tuple(slice(each.min(), each.max() + 1) for each in places)] if places and places[0].size else array
    return np.squeeze(block) if block.size < array.size else None


def _content(array: Any) -> tuple[Any, bytes]:
    return array.shape, array.tobytes()
