"""The judge's side of the wire against a process that says anything: it ends with an answer or a lost worker.

A process of a student's is played by a thread's worth of bytes that lie ready in a socket: the judge asks, and what it
reads is whatever hypothesis has made of honest frames.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.judging import Observation, Outcome
from grader.packs.implementation import Connection, StudentFault, observe, observe_all
from grader.packs.model import Case
from grader.sandbox import Limits, Session, Wall, WorkerLost
from grader.sandbox import session as session_module
from grader.sandbox.process import Gate, Printed, Worker
from grader.sandbox.session import Copy
from grader.sandbox.worker.wire import CALL, JUPYTER, MAX_FRAME, MAX_PARTS, WireError, frame_size, unpack
from grader.submissions import parse

FRAMES = {"fast": 200, "slow": 5000}  # that are made up in each of two tests, at least


class Played:
    """A process that is not there."""

    pid = 2**22 + 1  # beyond the kernel's largest

    def send_signal(self, sig: int) -> None:
        pass

    def poll(self) -> int | None:
        return None

    def wait(self, timeout: float | None = None) -> int:
        raise subprocess.TimeoutExpired("", 0)


@contextlib.contextmanager
def played(said: bytes) -> Iterator[tuple[Worker, socket.socket]]:
    """A worker that has said all that it will ever say."""
    ours, theirs = socket.socketpair()
    with ours, theirs, Path("/dev/null").open("rb", buffering=0) as silence:
        # As much as fits; the rest is never read by a judge that stops at the first broken frame.
        theirs.setblocking(False)
        for each in (ours, theirs):
            each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        with contextlib.suppress(BlockingIOError):
            theirs.sendall(said)
        theirs.shutdown(socket.SHUT_WR)
        worker = Worker(Played(), ours, Printed(silence, 0), Gate(None, is_open=False), frozenset(), lambda: None)
        yield worker, theirs


class Loaded(Session):
    """A session whose worker is played."""

    def __init__(self, worker: Worker, kind: str = "module") -> None:
        text = "a = 1\nb = 2\n" if kind == "module" else json.dumps(NOTEBOOK)
        self.submission = parse("hw", "hw.py" if kind == "module" else "hw.ipynb", text.encode())
        self.wall, self.limits = Wall(()), Limits()
        self.loading, self.notebook = (), None
        self._cpu_before, self._cut, self._deadly = 0.0, False, {}
        self._worker: Worker | None = worker
        self._scratch, self._copies = None, []
        self._began = time.monotonic()
        self._loading_ends = self._began + 300.0


NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [
        {"id": "a", "cell_type": "code", "metadata": {}, "source": "1", "outputs": [], "execution_count": None},
    ],
}

# ------------------------------------------------------------------------------------------------ what may be said

PARENT = {"msg_id": "parent"}
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from([2**31, -(2**63), 10**30, 10**400, 1e308, float("nan"), float("inf")])
    | st.text(max_size=5)
    | st.sampled_from(["\ud800", "\x1b[2J", "<f8", "|O", "|V9", "float", "0x" + "f" * 2000, "nan", "raised", "W1"])
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=8,
)
TAGS = st.sampled_from("astLludfizohcx")


def nodes(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    array = st.tuples(
        st.sampled_from(["<f8", "<f4", "|b1", "<i8", "<c16", "|O", ">f8", "<M8[s]", "|S4", "no"]),
        st.lists(st.sampled_from([0, 1, 2, 3, -1, 2**31, 2**62, 1.5, True]), max_size=4),
        st.integers(-1, 3),
    ).map(list)
    return (
        st.builds(lambda tag, content: {tag: content}, TAGS, inner)
        | st.builds(lambda tag, content: {tag: content}, st.sampled_from("ast"), array)
        | st.builds(lambda kind, items: {kind: items}, st.sampled_from("lu"), st.lists(inner, max_size=4))
        | st.builds(lambda pairs: {"d": pairs}, st.lists(st.lists(inner, min_size=2, max_size=2), max_size=3))
    )


NODES = st.recursive(SCALARS, nodes, max_leaves=8)
ERRORS = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["raised", "not_defined", "unsendable", "not_implemented", "no_torch"]) | ANYTHING,
        "type": ANYTHING,
        "text": ANYTHING,
        "frames": st.lists(st.lists(SCALARS, max_size=4), max_size=3) | ANYTHING,
    },
)
REPLIES = (
    st.fixed_dictionaries(
        {},
        optional={
            "value": NODES,
            "changed": st.lists(st.lists(SCALARS, max_size=3), max_size=3) | ANYTHING,
        },
    )
    | st.fixed_dictionaries({"error": ERRORS | ANYTHING})
    | ANYTHING
)
HEADERS = (
    st.fixed_dictionaries(
        {"replies": st.lists(REPLIES, max_size=5) | ANYTHING},
        optional={"buffers": st.lists(st.integers(-1, 40), max_size=3) | ANYTHING},
    )
    | st.fixed_dictionaries({"error": ERRORS | ANYTHING})
    | st.fixed_dictionaries({"callback": st.integers(0, 3) | ANYTHING, "args": NODES})
    | ANYTHING
)
TOWERS = st.sampled_from(["[", '{"l":[', '{"value":', "{"]).flatmap(
    lambda text: st.integers(1, 3000).map(lambda many: (text * many).encode())
)
KINDS = ["stream", "error", "status", "display_data", "execute_result", "clear_output", "execute_reply", "comm_open"]
MESSAGES = st.builds(
    lambda channel, kind, again, content, more: {
        "channel": channel,
        "message": {"msg_type": kind, "header": again, "parent_header": PARENT, "content": content, **more},
    },
    st.sampled_from(["iopub", "shell"] * 4) | SCALARS,
    st.shared(st.sampled_from(KINDS), key="kind") | ANYTHING,
    st.shared(st.sampled_from(KINDS), key="kind").map(lambda kind: {"msg_type": kind}) | ANYTHING,
    st.dictionaries(
        st.sampled_from(
            ["name", "text", "data", "metadata", "transient", "ename", "evalue", "traceback", "execution_state"]
            + ["execution_count", "status", "wait", "details"]
        ),
        ANYTHING | st.sampled_from(["stdout", "idle", "busy", "error", {"text/plain": "x"}, {"display_id": "x"}, []]),
        max_size=6,
    ),
    st.dictionaries(st.sampled_from(["parent_header", "metadata", "buffers", "content"]), ANYTHING, max_size=2),
)


def packed(channel: int, header: bytes, body: bytes, lie: int, length: int) -> bytes:
    """A frame that says `lie` bytes more than it has, and `length` more of its header."""
    size = max(0, 5 + len(header) + len(body) + lie)
    return struct.pack(">IBI", min(size, 2**32 - 1), channel, max(0, len(header) + length)) + header + body


def dumped(header: Any) -> bytes:
    try:
        return json.dumps(header).encode("utf-8", "surrogatepass")
    except ValueError:  # an integer of too many digits
        return b'{"value": ' + b"9" * 5000 + b"}"


LIES = st.sampled_from([0] * 30 + [1, -1, 7, -7, 1 << 20, MAX_FRAME, 2**31])


def frames(headers: st.SearchStrategy[Any], channel: int) -> st.SearchStrategy[bytes]:
    return st.builds(
        packed,
        st.just(channel) | st.sampled_from([0, 1, 2, 255]),
        headers.map(dumped) | TOWERS | st.binary(max_size=40),
        st.binary(max_size=40),
        LIES,
        LIES,
    ) | st.binary(max_size=60)


def spoilt(honest: list[bytes], wrong: st.SearchStrategy[bytes]) -> st.SearchStrategy[list[bytes]]:
    """What an honest process says, frame by frame, with a few of them replaced."""

    def put(places: list[tuple[int, bytes]]) -> list[bytes]:
        said = list(honest)
        for place, frame in places:
            said[place] = frame
        return said

    return st.lists(st.tuples(st.integers(0, len(honest) - 1), wrong), min_size=2, max_size=4).map(put)


def replies(*each: dict[str, Any], buffers: Sequence[bytes] = ()) -> bytes:
    header = {"replies": each, **({"buffers": [len(each) for each in buffers]} if buffers else {})}
    return packed(CALL, dumped(header), b"".join(buffers), 0, 0)


ARRAY, AGAIN, ONES = {"a": ["<f8", [2, 2], 0]}, {"a": ["<f8", [2, 2], 1]}, np.ones((2, 2)).tobytes()
NOTHING = packed(CALL, b"{}", b"", 0, 0)
CALLABLE: dict[str, Any] = {"value": {"o": "function"}}
# To begin, Net, Net(); W1 set, forward, forward(); cache; loss, loss(); W1, names; and what is named in the end.
ANSWERS = [
    replies({}, CALLABLE, {"value": {"o": "Net"}}),
    replies({}, CALLABLE, {"value": {"u": [ARRAY, AGAIN]}, "changed": []}, buffers=[ONES, ONES]),
    replies({"value": {"d": [["c", ARRAY]]}}, buffers=[ONES]),
    replies(CALLABLE, {"value": 1.5}),
    replies({"value": ARRAY}, {"value": {"l": [1, 2, 3]}}, buffers=[ONES]),
]
# To begin, Net, Net(); W1 set, forward, forward(), names: of three cases in one.
TOGETHER = replies(
    *(
        reply
        for place in range(3)
        for reply in (
            {},
            CALLABLE,
            {"value": {"o": "Net"}},
            {},
            CALLABLE,
            {"value": {"a": ["<f8", [2, 2], place]}},
            {"value": {"l": [1]}},
        )
    ),
    buffers=[ONES] * 3,
)
LOADING = [NOTHING] * 2


def message(kind: str, content: dict[str, Any], channel: str = "iopub") -> bytes:
    inner = {"msg_type": kind, "header": {"msg_type": kind}, "parent_header": PARENT, "content": content}
    return packed(JUPYTER, dumped({"channel": channel, "message": inner}), b"", 0, 0)


EXECUTED = [
    message("status", {"execution_state": "busy"}),
    message("stream", {"name": "stdout", "text": "x"}),
    message("display_data", {"data": {"text/plain": "x"}, "metadata": {}, "transient": {"display_id": "y"}}),
    message("execute_reply", {"status": "ok", "execution_count": 1}, "shell"),
    message("status", {"execution_state": "idle"}),
]
SAID = spoilt([*ANSWERS * 3, TOGETHER], frames(HEADERS, CALL))
SAID_WHEN_LOADED = spoilt(LOADING, frames(HEADERS, CALL))
SAID_BY_NOTEBOOKS = spoilt(EXECUTED, frames(MESSAGES | HEADERS, JUPYTER))

# ---------------------------------------------------------------------------------------------------- what is asked


def everything(student: Any, case: Case) -> dict[str, Any]:
    """A probe that uses all that probes use."""
    net = student.Net(2, 3)
    net.W1 = case.x
    a, b = net.forward(case.x, lambda x: x * 2)
    c = net.cache["c"]
    return {"a": a, "b": b, "c": c, "loss": float(student.loss(a, case.x)), "W1": net.W1, "n": len(net.names)}


def few(student: Any, case: Case) -> dict[str, Any]:
    """A probe that wants nothing before it is over."""
    net = student.Net(2, 3)
    net.W1 = case.x
    return {"a": net.forward(case.x), "n": net.names}


def ask_all(worker: Worker) -> None:
    """Asks as a grader does, and looks at all that comes of it."""
    loaded = Loaded(worker)
    copy = Copy(loaded, worker, is_fork=False, before=None)
    connection = Connection(copy, 100)
    case = Case("one", x=np.ones((2, 2)))
    for _ in range(3):
        seen = observe(everything, connection, case, 0)
        assert isinstance(seen, Observation)
        assert isinstance(seen.message, str)
        for frame in seen.frames:
            loaded.place(frame)
        if seen.outcome is Outcome.PASSED:
            judged(seen)
    together = observe_all(few, Connection(copy, 100, calls_wait=True), [case] * 3, 0)
    assert len(together) == 3
    assert all(isinstance(seen.message, str) for seen in together)
    for use in (connection.names, lambda: connection.trace(everything, case, 0, [], by_element=True)):
        with contextlib.suppress(StudentFault, WorkerLost):
            use()


def judged(seen: Observation) -> None:
    """The verdict about any observation."""
    from grader.judging import judge
    from grader.packs import Tolerance

    expected = {name: np.ones((2, 2)) for name in ("a", "b", "c")} | {"loss": 1.5, "W1": np.ones((2, 2)), "n": 3}
    verdict = judge(seen, expected, Tolerance(), integers=False)
    assert isinstance(verdict.message, str)


def load_all(worker: Worker, kind: str) -> bool:
    """Loads a submission as a session does; whether every cell has run."""
    loaded = Loaded(worker, kind)
    run: Callable[..., Any] = loaded._run_piece if kind == "module" else loaded._open_notebook()
    try:
        loaded._run_cells(run)
    except (WorkerLost, session_module._CellLost):
        return False
    assert all(isinstance(error.error, str) for error in loaded.loading)
    return not loaded.loading


def test_an_honest_process_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "grader.sandbox.notebook.uuid", SimpleNamespace(uuid4=lambda: SimpleNamespace(hex=PARENT["msg_id"]))
    )
    with played(b"".join(ANSWERS)) as (worker, _):
        connection = Connection(Copy(Loaded(worker), worker, is_fork=False, before=None), 100)
        seen = observe(everything, connection, Case("one", x=np.ones((2, 2))), 0)
    with played(TOGETHER) as (worker, _):
        waiting = Connection(Copy(Loaded(worker), worker, is_fork=False, before=None), 100, calls_wait=True)
        for each in observe_all(few, waiting, [Case("one", x=np.ones((2, 2)))] * 3, 0):
            assert (each.outcome, each.values["n"]) == (Outcome.PASSED, [1])
    assert (seen.outcome, seen.message) == (Outcome.PASSED, "")
    assert seen.values["loss"] == 1.5
    for kind, said in (("module", LOADING), ("notebook", EXECUTED)):
        with played(b"".join(said)) as (worker, _):
            assert load_all(worker, kind)


def both_slow_and_fast(test: Callable[..., None]) -> Callable[..., None]:
    marked: Callable[..., None] = pytest.mark.parametrize(
        "least", [FRAMES["fast"], pytest.param(FRAMES["slow"], marks=pytest.mark.slow)], ids=["fast", "slow"]
    )(test)
    return marked


QUIET = {"database": None, "deadline": None, "suppress_health_check": list(HealthCheck)}


@both_slow_and_fast
def test_any_frames_end_in_an_answer_or_a_lost_worker(least: int) -> None:
    made_up = 0

    @settings(max_examples=least // 2, **QUIET)  # type: ignore[arg-type]
    @given(SAID, SAID_WHEN_LOADED)
    def run(said: list[bytes], loading: list[bytes]) -> None:
        nonlocal made_up
        made_up += len(set(said) - set(ANSWERS)) + len(set(loading) - set(LOADING))
        with played(b"".join(said)) as (worker, _):
            ask_all(worker)
        with played(b"".join(loading)) as (worker, _):
            load_all(worker, "module")

    run()
    assert made_up >= least


@both_slow_and_fast
def test_any_messages_of_a_notebook_end_in_an_answer_or_a_lost_worker(
    least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up = 0
    monkeypatch.setattr(
        "grader.sandbox.notebook.uuid", SimpleNamespace(uuid4=lambda: SimpleNamespace(hex=PARENT["msg_id"]))
    )

    @settings(max_examples=3 * least // 4, **QUIET)  # type: ignore[arg-type]
    @given(SAID_BY_NOTEBOOKS)
    def run(said: list[bytes]) -> None:
        nonlocal made_up
        made_up += len(set(said) - set(EXECUTED))
        with played(b"".join(said)) as (worker, _):
            load_all(worker, "notebook")

    run()
    assert made_up >= least


# ---------------------------------------------------------------------------------------------- what costs too much


def test_an_answer_of_two_gigabytes_is_refused_by_its_first_four_bytes() -> None:
    with played(struct.pack(">I", 2 << 30) + bytes(1 << 16)) as (worker, _):
        with pytest.raises(WorkerLost, match="says that it has 2147483648 bytes"):
            worker.receive()
        assert len(worker._received) < 1 << 21


def test_no_more_than_a_frame_is_ever_held() -> None:
    def flood(theirs: socket.socket) -> None:
        theirs.setblocking(True)
        with contextlib.suppress(OSError):
            theirs.sendall(packed(CALL, b"{}", bytes(MAX_FRAME - 7), 0, 0))
            while True:
                theirs.sendall(bytes(1 << 20))

    ours, theirs = socket.socketpair()
    with ours, theirs, Path("/dev/null").open("rb", buffering=0) as silence:
        worker = Worker(Played(), ours, Printed(silence, 0), Gate(None, is_open=False), frozenset(), lambda: None)
        thread = threading.Thread(target=flood, args=(theirs,))
        thread.start()
        try:
            assert len(worker.receive()) == MAX_FRAME + 4
            with pytest.raises(WorkerLost):
                worker.receive()
            assert len(worker._received) <= MAX_FRAME
        finally:
            ours.close()
            thread.join()


@pytest.mark.parametrize("part", [b"[],", b'{"":0},', b"1,", b'"",', b"[[[],[]]],"], ids=repr)
def test_a_header_that_grows_when_it_is_read_is_refused_before(part: bytes) -> None:
    header = b'{"value":[' + part * ((60 << 20) // len(part)) + b"0]}"
    frame = packed(CALL, header, b"", 0, 0)
    tracemalloc.start()
    try:
        with pytest.raises(WireError, match="parts"):
            unpack(frame)
        assert tracemalloc.get_traced_memory()[1] < 2 * MAX_FRAME
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_the_largest_header_that_is_read_costs_less_than_eight_frames() -> None:
    header = b'{"value":[' + b'{"":0},' * (MAX_PARTS // 2 - 10) + b"0]}"
    frame = packed(CALL, header, b"", 0, 0)
    tracemalloc.start()
    try:
        unpack(frame)
        assert tracemalloc.get_traced_memory()[1] < 8 * MAX_FRAME
    finally:
        tracemalloc.stop()


def test_a_call_of_a_function_that_nobody_handed_in_gets_an_error() -> None:
    asked = packed(CALL, dumped({"callback": 7, "args": {"u": []}}), b"", 0, 0)
    with played(asked + replies({})) as (worker, theirs):
        connection = Connection(Copy(Loaded(worker), worker, is_fork=False, before=None), 100)
        connection.begin(Case("one", x=np.ones(1)), 0)
        connection.flush()
        theirs.setblocking(True)
        heard = theirs.recv(1 << 16)
    question, answer = unpack(heard[: frame_size(heard)]), unpack(heard[frame_size(heard) :])
    assert [step["op"] for step in question[1]["steps"]] == ["begin"]
    assert answer[1]["error"][0] == "KeyError"
    with played(asked + NOTHING) as (worker, _):  # while cells are run there are no functions at all
        assert not load_all(worker, "module")


def test_a_process_that_says_nothing_costs_its_limit() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, Path("/dev/null").open("rb", buffering=0) as silence:
        worker = Worker(Played(), ours, Printed(silence, 0), Gate(None, is_open=False), frozenset(), lambda: None)
        worker.allow(0.05, 2.0)
        with pytest.raises(WorkerLost, match=r"ran longer than 0\.05 seconds"):
            worker.receive()
