"""The reference's functions as answers to calls from a student's process.

They stand in for a student's own helpers when it is asked whether an exercise is right by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.sandbox.worker.wire import Opaque

Function = Callable[..., Any]


def stand_in(namespace: dict[str, Any], name: str) -> Function:
    """The reference's function or method (`NeuralNetwork.forward`), to be called from the worker.

    A function is called with a tuple of arguments and a dict of named ones, and gives its result.  A method is given
    the student's object's attributes before them, and gives the result and the attributes that it set.
    """
    owner, _, method = name.rpartition(".")
    if not owner:
        return lambda args, kwargs: namespace[name](*args, **kwargs)
    made = namespace[owner]

    def call(state: dict[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        thing = object.__new__(made)
        before = {key: value for key, value in state.items() if not isinstance(value, Opaque)}
        vars(thing).update(before)
        result = getattr(thing, method)(*args, **kwargs)
        return result, {key: value for key, value in vars(thing).items() if value is not before.get(key)}

    return call
