"""Puppets: networks that look like the student's own and are the reference's, right or with a known mistake in them.

A puppet is an object of a plain class in the student's process; its `vars` are its parameters and learning rate, and
each call of a method ships them all to the judge, which answers.  So copies, slices and in-place updates behave, and
the judge sees every evaluation.  It is answered only while the check that it was handed to is running.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.judging import Outcome
from grader.judging.compare import Array
from grader.judging.gradient_checks import Checked
from grader.sandbox import shown

from . import loading
from .edits import Edit, Source
from .implementation import Handle, Implementation, StudentFault, plain
from .model import Pack, PackError
from .oracles import stand_in

UNTRAINED = ("train",)  # a loop of any length that the student asks for would run in the judge


@functools.lru_cache(maxsize=8)
def reference(pack: Pack) -> Source:
    """The pack's reference, its code marked as a puppet's, so that no tracer takes it for the implementation's."""
    path = loading.module_path(pack, pack.reference)
    return Source(path, path.with_name(f"puppet of {path.name}"))


@functools.lru_cache(maxsize=8)
def right(pack: Pack) -> Mapping[str, Any]:
    """What the reference defines."""
    return reference(pack).namespace()


def mistaken(pack: Pack, slug: str, *parts: str) -> Edit:
    """The edit of a mistake of the pack's; `parts` stand in its function's name or its text, if there are several."""
    edits = [
        (mistake.function, mistake.old, mistake.new)
        for mistake in loading.load_mistakes(pack).mistakes
        if mistake.slug == slug and all(part in f"{mistake.function} {mistake.new}" for part in parts)
    ]
    if not edits:
        raise PackError(f"{pack.id}: there is no mistake {slug!r} with {parts} to make a puppet with")
    return edits[0]


class Puppet:
    """A network in the hands of a student's check.

    Args:
      student: the implementation it is handed to.
      pack: the reference it is made from.
      name: its class's.
      parameters: by name.
      edits: what is wrong with it.
      what: that in words, for the student; "" if it is right.
      wrong_in: the one parameter that this is wrong in, if it is one.
      scale: its loss and gradients are multiplied by this.
    """

    def __init__(
        self,
        student: Implementation,
        pack: Pack,
        name: str,
        parameters: Mapping[str, Array],
        *,
        edits: Sequence[Edit] = (),
        what: str = "",
        wrong_in: str = "",
        scale: float = 1.0,
    ) -> None:
        self._parameters = {key: np.array(value) for key, value in parameters.items()}
        self._what, self._wrong_in = what, wrong_in
        self._evaluated: list[Mapping[str, Array]] = []
        self._is_open = False
        scaled: list[Edit] = [
            (f"{name}.compute_loss", "", lambda loss: lambda *args: scale * loss(*args)),
            (f"{name}.backward", "", lambda backward: lambda *args: _scaled(backward(*args), scale)),
        ]
        namespace = reference(pack).namespace([*edits, *(scaled if scale != 1 else [])])
        methods = [key for key, value in vars(namespace[name]).items() if callable(value) and not key.startswith("_")]
        self._handle = student._connection.puppet(
            name,
            {**self._parameters, "learning_rate": 0.1},
            {method: self._method(method, stand_in(namespace, f"{name}.{method}")) for method in methods},
        )

    def checked(self, check: Callable[..., Handle], *args: Any) -> Checked:
        """What a check says of it, and does to it."""
        self._is_open = True
        try:
            result = check(self._handle, *args)
        finally:
            self._is_open = False
        after = {name: np.asarray(plain(getattr(self._handle, name)), float) for name in self._parameters}
        said = _numbers(result, list(self._parameters))
        return Checked(self._what, said, self._parameters, after, self._evaluated, self._wrong_in)

    def _method(self, name: str, answer: Callable[..., Any]) -> Callable[..., Any]:
        def method(state: dict[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
            if not self._is_open:
                raise ValueError("this network answers only while it is being checked")
            if name in UNTRAINED:
                raise ValueError("a network that is being checked is not to be trained")
            if name == "forward":
                self._evaluated.append({key: np.asarray(state[key], float) for key in self._parameters})
            return answer(state, args, kwargs)

        return method


def _scaled(gradients: Mapping[str, Any], scale: float) -> dict[str, Any]:
    return {name: scale * value for name, value in gradients.items()}


def _numbers(result: Handle, names: Sequence[str]) -> dict[str, float]:
    """The numbers that a check gave for the parameters.

    Raises:
      StudentFault: it gave no dict, none of the parameters, or no numbers.
    """
    value = plain(result)
    if not isinstance(value, dict):
        raise StudentFault(
            Outcome.WRONG_DTYPE,
            f"{result._name} returned {result._kind()}, but should return a dict {', '.join(names)}",
        )
    known = [name for name in names if name in value]
    if not known:
        has = shown(", ".join(map(str, value)), 100) or "nothing"
        raise StudentFault(
            Outcome.NOT_DEFINED, f"what {result._name} returned has none of {', '.join(names)} (it has: {has})"
        )
    return {name: float(np.asarray(value[name], float)) for name in known}


def one_element(name: str, gradient: str, index: tuple[int, ...]) -> Edit:
    """The gradient of one element with its sign turned round."""

    def wrapper(backward: Callable[..., Any]) -> Callable[..., Any]:
        def spoilt(*args: Any) -> Any:
            gradients = backward(*args)
            gradients[gradient][index] *= -1
            return gradients

        return spoilt

    return f"{name}.backward", "", wrapper


def drawn(
    rng: np.random.Generator, draw: Callable[[np.random.Generator], dict[str, Any]], accept: Callable[..., bool]
) -> dict[str, Any]:
    """The first draw that is accepted.

    Raises:
      PackError: none of 20,000 is.
    """
    for candidate in _draws(rng, draw):
        if accept(**candidate):
            return candidate
    raise PackError("none of 20,000 draws is accepted")


def _draws(rng: np.random.Generator, draw: Callable[[np.random.Generator], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for _ in range(20_000):
        yield draw(rng)
