"""What the wall costs, side by side with the same work without it.

python -m tests.benchmarks.wall [rounds]
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import socket
import statistics
import sys
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from rich.console import Console
from rich.table import Table

from grader.cli.main import make_task
from grader.grading import Task, grade
from grader.packs import loading
from grader.packs.implementation import Connection, Implementation
from grader.packs.model import Case
from grader.sandbox import Limits, Session, Wall, choose, zygote
from grader.submissions import Submission, parse

RIGHT = Path(__file__).parents[1] / "submissions" / "sigmoid_network" / "right" / "plain.py"
# As students end their files; the grader runs it, and so does the floor.
TRAINING = """
X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])
network = SimpleNeuralNetwork(2, 4, 1, 0.5)
losses = network.train(X, y, 5000)
"""
CELLS = [
    "import numpy as np\nimport torch",
    "a = np.arange(12.0).reshape(3, 4)\na",
    *(f"x{i} = a @ a.T * {i}\nprint(x{i}.sum())" for i in range(16)),
    "torch.ones(3) + 1",
    "sum(range(10))",
]


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def in_fork(work: Callable[[], object]) -> None:
    """Does it in a bare forked process, and waits for that."""
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            work()
            os._exit(0)
        os._exit(1)
    assert os.waitpid(pid, 0)[1] == 0, "what is measured has failed"


def alternating(rounds: int, **works: Callable[[], object]) -> dict[str, float]:
    """Medians in milliseconds, each round doing all of them in turn."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(milliseconds(work))
    return {name: statistics.median(times) for name, times in taken.items()}


# ------------------------------------------------------------------------------------------------- the measurements


def forks(rounds: int) -> Iterator[tuple[str, str, str]]:
    """A worker that is locked in, against a fork that isn't: from the request until it says that it is ready."""
    empty = parse("a", "a.py", b"")
    walls = {"locked": choose(), "bare": Wall(())}

    def start(wall: Wall) -> None:
        Session(empty, Limits(), 0, wall).close()

    taken = alternating(10 * rounds, locked=lambda: start(walls["locked"]), bare=lambda: start(walls["bare"]))
    difference = taken["locked"] - taken["bare"]
    yield (
        "fork and lockdown over the bare fork",
        f"{difference:.2f} ms ({taken['locked']:.2f}, {taken['bare']:.2f})",
        "≤ 3 ms",
    )


def calls(rounds: int) -> Iterator[tuple[str, str, str]]:
    """A call of a small function through the wall, against the same call made directly."""
    text = "import numpy as np\ndef f(x):\n    return x + 1\n"
    x = np.ones((7, 4))
    namespace: dict[str, Any] = {}
    exec(text, namespace)
    with Session(parse("a", "a.py", text.encode()), Limits(), 0) as session:
        copy = session.copy(alone=False)
        copy.allow(100.0)
        function = Implementation(Connection(copy)).f

        def several(f: Any) -> None:
            for _ in range(200):
                f(x)

        taken = alternating(rounds, wall=lambda: several(function), direct=lambda: several(namespace["f"]))
        copy.close()
    cost = (taken["wall"] - taken["direct"]) / 200 * 1e3
    yield "a call over a direct call", f"{cost:.0f} µs", "≤ 100 µs"
    yield "of that, bytes there and back between two processes", f"{round_trip(rounds):.0f} µs", ""


def round_trip(rounds: int) -> float:
    """Microseconds for a message of 300 bytes over a socket to a process that sends it back."""
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        while message := theirs.recv(1 << 16):
            theirs.send(message)
        os._exit(0)
    theirs.close()
    ready = select.poll()
    ready.register(ours, select.POLLIN)

    def several() -> None:
        for _ in range(200):
            ours.send(bytes(300))
            ready.poll()
            ours.recv(1 << 16)

    taken = alternating(rounds, several=several)["several"]
    ours.close()
    os.wait()
    return taken / 200 * 1e3


def submission(rounds: int, task: Task) -> Iterator[tuple[str, str, str]]:
    """The shipped right submission with its training, graded, against the same in a bare forked process; and without."""
    for name, text, goal in (
        ("with a training of 5,000 epochs", RIGHT.read_text() + TRAINING, "≤ 1.3 ×"),
        ("without any", RIGHT.read_text(), ""),
    ):
        taken = alternating(rounds, **graded_and_floor(task, text))
        ratio = taken["graded"] / taken["floor"]
        yield (
            f"a right submission {name} over the same in a bare fork",
            f"{ratio:.2f} × ({taken['graded']:.0f} ms, {taken['floor']:.0f} ms)",
            goal,
        )


def graded_and_floor(task: Task, text: str) -> dict[str, Callable[[], object]]:
    """What grades a submission, and what runs it and makes all calls that it is graded by."""
    asked = parse("hw", "hw.py", text.encode())

    def calls_alone() -> None:
        module = types.ModuleType("hw")
        exec(compile(text, "hw.py", "exec"), module.__dict__)
        for exercise in task.pack.exercises.values():
            for case in exercise.cases(task.pack.seed, task.seed):
                fresh: Case = case.fresh()
                exercise.probe(module, fresh)

    return {"graded": lambda: grade(task, asked), "floor": lambda: in_fork(calls_alone)}


def notebook(rounds: int) -> Iterator[tuple[str, str, str]]:
    """Twenty cells through nbclient: over the worker's socket, and with its stock kernel."""
    from nbclient import NotebookClient

    cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS]
    ours: Submission = parse("a", "a.ipynb", nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode())

    def stock() -> None:
        fresh = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
        NotebookClient(fresh, kernel_name="python3", timeout=60).execute()

    taken = alternating(max(rounds // 2, 3), ours=lambda: Session(ours, Limits(), 0).close(), stock=stock)
    ratio = taken["stock"] / taken["ours"]
    yield (
        "a notebook of 20 cells, stock kernel over ours",
        f"{ratio:.0f} × ({taken['stock']:.0f} ms, {taken['ours']:.0f} ms)",
        "≥ 20 ×",
    )


def crowd() -> Iterator[tuple[str, str, str]]:
    """A hundred workers alive at once, with NumPy and with torch in use."""
    text = "import numpy as np\nimport torch\na = np.ones(100)\nw = torch.ones(10, requires_grad=True)\n(w * w).sum().backward()\n"
    asked = parse("a", "a.py", text.encode())
    Session(asked, Limits(), 0).close()
    before = available()
    sessions = [Session(asked, Limits(), 0) for _ in range(100)]
    used = before - available()
    for each in sessions:
        each.close()
    yield "100 workers alive at once", f"{used / 1e6:.0f} MB", "≤ 1000 MB"


def endless(task: Task) -> Iterator[tuple[str, str, str]]:
    """From the end of an exercise that ran out of time until the next one is asked, beyond the loading of it."""
    text = RIGHT.read_text() + "\ndef relu(x):\n    while True: pass\n"
    asked = parse("hw", "hw.py", text.encode())
    with Session(asked, Limits(exercise=1.0), 0) as session:
        lost = session.copy(alone=False)
        lost.allow(0.2)
        with contextlib.suppress(Exception):
            Implementation(Connection(lost)).relu(1.0)
        start = time.perf_counter()
        lost.close()
        following = session.copy(alone=False)
        Implementation(Connection(following)).sigmoid(1.0)
        taken = (time.perf_counter() - start) * 1e3
        following.close()
    yield "after an endless loop, until the next exercise has answered", f"{taken:.1f} ms", "≤ 50 ms"


def leaks() -> Iterator[tuple[str, str, str]]:
    """What is left of a thousand submissions: descriptors, threads, processes, files, memory."""
    asked = parse("a", "a.py", b"import numpy as np\nprint(np.ones(3))\nopen('f', 'w').write('x')\n")

    def once() -> None:
        with Session(asked, Limits(), 0) as session:
            session.copy(alone=True).close()

    for _ in range(50):
        once()
    gc.collect()
    before = state()
    for _ in range(1000):
        once()
    gc.collect()
    after = state()
    yield (
        "1,000 submissions: new descriptors, threads, processes, folders",
        ", ".join(str(b - a) for a, b in zip(before[:4], after[:4], strict=True)),
        "0, 0, 0, 0",
    )
    yield "1,000 submissions: growth of judge and zygote", f"{(after[4] - before[4]) / 1e6:.1f} MB", "flat"


def state() -> tuple[int, int, int, int, int]:
    judge = Path("/proc/self")
    assert zygote._zygote is not None
    theirs = Path(f"/proc/{zygote._zygote.process.pid}")
    children = sum(
        len((each / "task" / each.resolve().name / "children").read_text().split()) for each in (judge, theirs)
    )
    return (
        sum(len(list((each / "fd").iterdir())) for each in (judge, theirs)),
        sum(len(list((each / "task").iterdir())) for each in (judge, theirs)),
        children,
        len(list(Path(os.environ.get("TMPDIR", "/tmp")).glob("grader-*"))),
        sum(int((each / "statm").read_text().split()[1]) * 4096 for each in (judge, theirs)),
    )


def available() -> int:
    """Bytes of memory that could be had."""
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable"):
            return int(line.split()[1]) * 1024
    raise AssertionError


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    task = make_task(loading.load("sigmoid_network"), None)
    parts = [forks(rounds), calls(rounds), submission(rounds, task), notebook(rounds), crowd(), endless(task), leaks()]
    table = Table("what", "measured", "should be")
    for part in parts:
        for row in part:
            table.add_row(*row)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
