"""How a probe's wishes become requests: several travel as one, in order, up to the first that fails."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.judging import Outcome
from grader.packs.implementation import Connection, Implementation, Local, StudentFault, observe
from grader.packs.model import Case


class Network:
    made = 0

    def __init__(self) -> None:
        type(self).made += 1
        self.W1: Any = None

    def forward(self, x: Any) -> Any:
        return x @ self.W1

    def fail(self) -> None:
        raise ValueError("no")


class Counted(Local):
    """A namespace that notes what is asked of it."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        super().__init__(namespace)
        self.asked: list[list[str]] = []

    def exchange(self, header: Any, buffers: Any, answer: Any) -> Any:
        self.asked.append([step["op"] for step in header["steps"]])
        return super().exchange(header, buffers, answer)


def asked(probe: Callable[[Any, Case], dict[str, Any]]) -> tuple[Any, list[list[str]]]:
    channel = Counted({"Network": Network})
    case = Case("one", x=np.ones((1, 2)), W=np.ones((2, 3)))
    return observe(probe, Connection(channel), case, 0), channel.asked


def test_what_gives_nothing_back_travels_with_what_does() -> None:
    def probe(student: Any, case: Case) -> dict[str, Any]:
        network = student.Network()
        network.W1 = case.W
        return {"a": network.forward(case.x), "W1": network.W1}

    seen, requests = asked(probe)
    assert seen.outcome is Outcome.PASSED
    assert seen.values["a"].tolist() == [[2.0, 2.0, 2.0]]
    assert requests == [["begin", "get", "call"], ["set", "get", "call"], ["get"]]


def test_an_array_is_set_as_it_was_then() -> None:
    def probe(student: Any, case: Case) -> dict[str, Any]:
        network = student.Network()
        network.W1 = case.W
        case.W[:] = 0
        return {"W1": network.W1}

    assert asked(probe)[0].values["W1"].tolist() == np.ones((2, 3)).tolist()


def test_what_is_missing_is_said_of_itself_and_nothing_after_it_is_done() -> None:
    def probe(student: Any, case: Case) -> dict[str, Any]:
        network = student.Network()
        backward = network.backward
        network.W1 = case.W
        return {"b": backward(case.x)}

    before = Network.made
    seen, requests = asked(probe)
    assert (seen.outcome, seen.message) == (Outcome.NOT_DEFINED, "Network has no backward")
    assert requests[-1] == ["get", "set", "call"]
    assert Network.made == before + 1


def test_what_was_only_named_is_asked_for_too() -> None:
    def probe(student: Any, case: Case) -> dict[str, Any]:
        _ = student.network
        return {}

    seen, _ = asked(probe)
    assert (seen.outcome, seen.message) == (Outcome.NOT_DEFINED, "network is not defined")


def test_what_comes_after_a_failure_was_not_asked_for() -> None:
    def probe(student: Any, case: Case) -> dict[str, Any]:
        network = student.Network()
        first, forward = network.first, network.forward
        with contextlib.suppress(StudentFault):
            first(case.x)
        return {"f": forward}

    seen, _ = asked(probe)
    assert (seen.outcome, seen.message) == (
        Outcome.SKIPPED,
        "forward was not asked for: something before it failed",
    )


def test_a_failure_is_of_the_call_that_failed() -> None:
    def probe(student: Any, case: Case) -> dict[str, Any]:
        network = student.Network()
        network.W1 = case.W
        network.fail()
        return {}

    seen, _ = asked(probe)
    assert (seen.outcome, seen.message) == (Outcome.RAISED, "fail raised ValueError: no")


def test_a_connection_goes_on_after_a_case_that_failed() -> None:
    connection = Connection(Local({"Network": Network}))
    for _ in range(2):
        connection.begin(Case("one"), 0)
        student: Any = Implementation(connection)
        try:
            student.nothing()
        except StudentFault:
            connection.begin(Case("two"), 0)
        assert student.Network().forward._name == "forward"
        connection.flush()
