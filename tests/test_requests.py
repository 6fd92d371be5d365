"""How a probe's wishes become requests: several travel as one, in order, up to the first that fails; several cases too."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.judging import Outcome
from grader.packs.implementation import Connection, Implementation, Local, StudentFault, observe, observe_all, unpacked
from grader.packs.model import Case
from grader.sandbox import WorkerLost


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


def asked_together(
    probe: Callable[[Any, Case], dict[str, Any]], *cases: Case, calls_wait: bool = True
) -> tuple[list[Any], list[list[str]]]:
    channel = Counted({"Network": Network})
    return observe_all(probe, Connection(channel, calls_wait=calls_wait), cases, 0), channel.asked


ONE, TWO = Case("one", x=np.ones((1, 2)), W=np.ones((2, 3))), Case("two", x=np.ones((1, 2)), W=np.full((2, 3), 2.0))


def forward(student: Any, case: Case) -> dict[str, Any]:
    network = student.Network()
    network.W1 = case.W
    return {"a": network.forward(case.x)}


def test_cases_that_want_nothing_in_between_travel_together() -> None:
    seen, requests = asked_together(forward, ONE, TWO)
    assert [each.values["a"].tolist() for each in seen] == [[[2.0] * 3], [[4.0] * 3]]
    assert requests == [["begin", "get", "call", "set", "get", "call"] * 2]
    seen, requests = asked_together(forward, ONE, TWO, calls_wait=False)
    assert [each.values["a"].tolist() for each in seen] == [[[2.0] * 3], [[4.0] * 3]]
    assert len(requests) == 4


def test_large_cases_travel_apart() -> None:
    large = Case("large", x=np.ones((1, 700)), W=np.ones((700, 1000)))
    seen, requests = asked_together(forward, *[large] * 3)
    assert [each.values["a"][0, 0] for each in seen] == [700.0] * 3
    assert [len(each) for each in requests] == [6, 6, 6]


def test_a_case_that_fails_is_no_matter_of_those_beside_it() -> None:
    def probe(student: Any, case: Case) -> dict[str, Any]:
        network = student.Network()
        if case.name == "two":
            network.fail()
        network.W1 = case.W
        return {"a": network.forward(case.x)}

    seen, requests = asked_together(probe, ONE, TWO, ONE)
    assert [each.outcome for each in seen] == [Outcome.PASSED, Outcome.RAISED, Outcome.PASSED]
    assert seen[1].message == "fail raised ValueError: no"
    assert len(requests) == 1
    assert [each.outcome for each in asked_together(probe, ONE, TWO)[0]] == [Outcome.PASSED, Outcome.RAISED]


def test_a_case_that_wants_something_has_those_before_it_sent() -> None:
    def probe(student: Any, case: Case) -> dict[str, Any]:
        found = forward(student, case)
        return {"sum": float(np.sum(found["a"]))} if case.name == "two" else found

    seen, requests = asked_together(probe, ONE, TWO, ONE)
    assert [[*each.values] for each in seen] == [["a"], ["sum"], ["a"]]
    assert seen[1].values["sum"] == 12.0
    assert len(requests) == 2


def test_what_a_probe_cannot_use_is_not_asked_for_any_more() -> None:
    def probe(student: Any, case: Case) -> dict[str, Any]:
        network = student.Network()
        if case.name == "two":
            raise TypeError("of no use")
        network.W1 = case.W
        return {"a": network.forward(case.x)}

    seen, requests = asked_together(probe, ONE, TWO, ONE)
    assert [each.outcome for each in seen] == [Outcome.PASSED, Outcome.WRONG_DTYPE, Outcome.PASSED]
    assert requests == [["begin", "get", "call", "set", "get", "call"] * 2]


def test_what_is_changed_is_changed_in_its_own_case() -> None:
    def spoil(x: Any) -> None:
        x[0] = 7 if x[0] == 1 else x[0]

    channel = Counted({"spoil": spoil})
    cases = [Case("one", x=np.zeros(2)), Case("two", x=np.ones(2)), Case("three", x=np.zeros(2))]
    seen = observe_all(
        lambda student, case: {"": student.spoil(case.x)}, Connection(channel, calls_wait=True), cases, 0
    )
    assert [each.changed for each in seen] == [(), ("x",), ()]
    assert len(channel.asked) == 1


def test_all_cases_are_lost_with_their_process() -> None:
    class Ended(Local):
        def exchange(self, header: Any, buffers: Any, answer: Any) -> Any:
            raise WorkerLost("timed_out", "ran longer than 3 seconds and was stopped")

    for probe in (forward, lambda student, case: {"sum": float(np.sum(forward(student, case)["a"]))}):
        seen = observe_all(probe, Connection(Ended({}), calls_wait=True), [ONE, TWO], 0)
        assert [each.outcome for each in seen] == [Outcome.TIMED_OUT] * 2
        assert all(each.lost for each in seen)


def test_what_broke_the_rules_is_lost_in_every_case() -> None:
    class Broken(Local):
        def exchange(self, header: Any, buffers: Any, answer: Any) -> Any:
            return {"replies": [{}] * len(header["steps"])}, []

        def broken(self, error: Exception) -> WorkerLost:
            return WorkerLost("crashed", f"broke the connection ({error})")

    seen = observe_all(forward, Connection(Broken({}), calls_wait=True), [ONE, TWO], 0)
    assert [(each.outcome, each.lost) for each in seen] == [(Outcome.CRASHED, True)] * 2


def test_what_is_unpacked_before_it_has_come_is_checked_when_it_has() -> None:
    def two(x: Any) -> Any:
        return (x, x + 1) if x[0] else x

    def add(a: Any, b: Any) -> Any:
        return a + b

    def probe(student: Any, case: Case) -> dict[str, Any]:
        a, b = unpacked(student.two(case.x), "a", "b").values()
        return {"b": b, "sum": student.add(a, b)}

    channel = Counted({"two": two, "add": add})
    cases = [Case("one", x=np.ones(2)), Case("two", x=np.zeros(2)), Case("three", x=np.ones(2))]
    seen = observe_all(probe, Connection(channel, calls_wait=True), cases, 0)
    assert [each.values["sum"].tolist() for each in (seen[0], seen[2])] == [[3.0, 3.0]] * 2
    assert seen[0].values["b"].tolist() == [2.0, 2.0]
    assert (seen[1].outcome, seen[1].message) == (
        Outcome.WRONG_SHAPE,
        "two returned a ndarray, but should return 2 values (a, b)",
    )
    assert len(channel.asked) == 1

    def other(student: Any, case: Case) -> dict[str, Any]:
        return {"sum": float(np.sum(student.add(*unpacked(student.two(case.x), "a", "b").values())))}

    seen = observe_all(other, Connection(channel, calls_wait=True), cases[:2], 0)
    assert seen[0].values == {"sum": 6.0}
    assert seen[1].message == "two returned a ndarray, but should return 2 values (a, b)"


def test_what_is_unpacked_of_what_is_unpacked_is_checked_too() -> None:
    def nested(x: Any) -> Any:
        return x, (x + 1, x + 2, x + 3)

    def probe(student: Any, case: Case) -> dict[str, Any]:
        inner = unpacked(unpacked(student.nested(case.x), "a", "cache")["cache"], "p", "q", "r")
        return {"r": inner["r"]}

    for calls_wait in (True, False):
        connection = Connection(Counted({"nested": nested}), calls_wait=calls_wait)
        [seen] = observe_all(probe, connection, [Case("one", x=np.zeros(2))], 0)
        assert seen.values["r"].tolist() == [3.0, 3.0]


def test_cases_of_many_parts_travel_apart() -> None:
    many = [Case("many", x=[[float(place)] for place in range(51_000)]) for _ in range(5)]
    channel = Counted({"count": len})
    seen = observe_all(
        lambda student, case: {"count": student.count(case.x)}, Connection(channel, calls_wait=True), many, 0
    )
    assert [each.values["count"] for each in seen] == [51_000] * 5
    assert len(channel.asked) == 5
