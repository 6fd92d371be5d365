"""This grader and others, side by side: the same class of notebooks and of modules, right and wrong ones.

python -m tests.benchmarks.peers [--submissions 20] [--rounds 5] [--patience 100]

Twenty sources of `sigmoid_network` are handed in as notebooks and again as modules. Graded by this grader, by
`otter run`, by nbgrader (notebooks) and by check50 (modules), in turn, several rounds; the others each from a virtual
environment of its own, made in the cache folder by the first run, and with tests that ask the same cases (see
`peers_tests`). The floor is the students' code and the same calls of it, each submission in a bare forked process. All
of them may use two cores. What the whole class gives is written to `peers.md`. Linux only; run with nothing else on
the machine.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import dataclasses
import datetime as dt
import os
import platform
import resource
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import types
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from grader.packs import loading
from grader.packs.model import Pack

from . import peers_class, peers_tests, peers_tools
from .peers_class import Student
from .peers_tools import Command, Environments, Tool
from .scaling import descendants
from .wall import in_fork

RESULT = Path(__file__).with_suffix(".md")
PR_SET_CHILD_SUBREAPER = 36  # whoever outlives its parent becomes ours, and its CPU seconds with it
LINGERING = 10.0  # seconds that a tool's processes may go on after it has ended
SAMPLING = 0.05
FULL = 1 - 1e-9  # what may be rounded away
KINDS = ("notebooks", "modules")
FLOOR = "floor: the same calls in bare forks"


@dataclasses.dataclass(slots=True)
class Row:
    """What was measured of one way to grade.

    Attributes:
      seconds: of wall time, each round's.
      cpu: seconds of CPU of the whole tree of processes, each round's.
      memory: bytes that the tree had at most (proportional set size, so that what is shared counts once).
      agrees: how many right ones got full marks, how many wrong ones did not; "" where nothing is judged.
    """

    name: str
    seconds: list[float] = dataclasses.field(default_factory=list)
    cpu: list[float] = dataclasses.field(default_factory=list)
    memory: int = 0
    agrees: tuple[str, str] = ("", "")

    def measure(self, work: Callable[[], object]) -> None:
        before, start = cpu_of_children(), time.perf_counter()
        work()
        self.seconds.append(time.perf_counter() - start)
        reap()
        self.cpu.append(cpu_of_children() - before)


# ------------------------------------------------------------------------------------------------------- measuring


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def reap() -> None:
    """Waits for processes that outlived their parents; those that don't end are ended."""
    end = time.monotonic() + LINGERING
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            if time.monotonic() > end:
                kill(descendants(os.getpid())[1:])
            time.sleep(0.002)


def kill(pids: Iterable[int]) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def run(commands: Sequence[Command], together: int, log: Path, patience: float | None = None) -> bool:
    """Runs them, so many at a time; False if they were stopped because patience (seconds) was out."""
    waiting, running = list(commands), dict[int, subprocess.Popen[bytes]]()
    poll = select.poll()
    end = None if patience is None else time.monotonic() + patience
    with log.open("ab") as output:
        while waiting or running:
            while waiting and len(running) < together:
                command = waiting.pop(0)
                process = subprocess.Popen(
                    command.words, cwd=command.folder, env=command.environment, stdin=subprocess.DEVNULL, stdout=output,
                    stderr=output, start_new_session=True,
                )  # fmt: skip
                descriptor = os.pidfd_open(process.pid)
                running[descriptor] = process
                poll.register(descriptor, select.POLLIN)
            ready = poll.poll(None if end is None else max(0.0, 1e3 * (end - time.monotonic())))
            if not ready:
                kill(descendants(os.getpid())[1:])
            for descriptor in [number for number, _ in ready] or list(running):
                poll.unregister(descriptor)
                os.close(descriptor)
                running.pop(descriptor).wait()
            if not ready:
                return False
    return True


def floor(pack: Pack, students: Sequence[Student], kind: str) -> Callable[[], None]:
    """The students' code and the calls that are graded, a bare forked process for each submission, on two cores."""
    cases = [
        (exercise.probe, case) for exercise in pack.exercises.values() for case in exercise.cases(pack.seed, pack.seed)
    ]

    sources = [student.cells() if kind == "notebooks" else [student.text] for student in students]

    def calls_alone(cells: Sequence[str]) -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        module = types.ModuleType("__main__" if kind == "notebooks" else "hw")
        for cell in cells:
            with contextlib.suppress(Exception):
                exec(compile(cell, "hw.py", "exec"), module.__dict__)
        for probe, case in cases:
            with contextlib.suppress(Exception):
                probe(module, case.fresh())

    def in_turn(part: Sequence[Sequence[str]]) -> None:
        for cells in part:
            in_fork(lambda cells=cells: calls_alone(cells))  # type: ignore[misc]

    def work() -> None:
        pids = []
        for number in range(2):
            pid = os.fork()
            if pid == 0:
                with contextlib.suppress(BaseException):
                    in_turn(sources[number::2])
                os._exit(0)
            pids.append(pid)
        for pid in pids:
            os.waitpid(pid, 0)

    return work


class Memory:
    """Watches how much the descendants of this process have at most, while it is open."""

    def __init__(self) -> None:
        self.most = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(SAMPLING):
            self.most = max(self.most, sum(map(proportional, descendants(os.getpid())[1:])))


def proportional(pid: int) -> int:
    """A process's proportional set size in bytes; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


# ------------------------------------------------------------------------------------------------------- the rounds


def graded(tool: Tool, students: Sequence[Student], folder: Path, row: Row) -> dict[str, float]:
    """Grades the class once in a new folder, measured; everyone's share of the points."""
    peers_tools.fresh(folder)
    commands = tool.prepare(folder, students)
    row.measure(lambda: run(commands, tool.together, folder / "log.txt"))
    return tool.scores(folder)


def agreement(students: Sequence[Student], scores: dict[str, float]) -> tuple[str, str]:
    right = [student.id for student in students if student.right]
    wrong = [student.id for student in students if not student.right]
    praised = sum(scores.get(each, 0.0) > FULL for each in right)
    noticed = sum(scores.get(each, 1.0) < FULL for each in wrong)
    return f"{praised} of {len(right)}", f"{noticed} of {len(wrong)}"


def start_up(students: Sequence[Student]) -> list[Student]:
    """Two of the class, which take next to no time: what is measured of them is the start of two processes."""
    return [student for student in students if not student.trains][:2]


def all_rounds(
    tools: Sequence[Tool], pack: Pack, students: Sequence[Student], rounds: int, folder: Path
) -> dict[str, list[Row]]:
    """Rows by kind; this grader's first, then the others', a class of two, and the floor."""
    rows: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    works: list[Callable[[], object]] = []
    for kind in KINDS:
        for tool in (tool for tool in tools if tool.kind == kind):
            row = Row(tool.name)
            rows[kind].append(row)
            print(f"{kind}: {tool.name}: once, to see what it says and how much memory it takes", flush=True)
            with Memory() as memory:
                scores = graded(tool, students, folder / "class", Row(""))
            row.memory, row.agrees = memory.most, agreement(students, scores)
            if missing := [student.id for student in students if student.id not in scores]:
                print(f"without a result: {', '.join(missing)}\n{(folder / 'class' / 'log.txt').read_text()[-3000:]}")
            works.append(lambda tool=tool, row=row: graded(tool, students, folder / "class", row))  # type: ignore[misc]
        mine, two, bare = peers_tools.ours(kind), Row("this grader, a class of two"), Row(FLOOR)
        rows[kind] += [two, bare]
        works.append(lambda mine=mine, two=two: graded(mine, start_up(students), folder / "class", two))  # type: ignore[misc]
        works.append(lambda bare=bare, work=floor(pack, students, kind): bare.measure(work))  # type: ignore[misc]
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", flush=True)
        for work in works:
            work()
    return rows


def endless_loops(tools: Sequence[Tool], folder: Path, patience: float) -> list[list[str]]:
    """One more submission: right, but for a function that never comes back."""
    found = []
    for tool in tools:
        print(f"an endless loop: {tool.kind}: {tool.name}", flush=True)
        student = peers_class.endless()
        peers_tools.fresh(folder / "class")
        commands = tool.prepare(folder / "class", [student])
        start = time.perf_counter()
        ended = run(commands, tool.together, folder / "class" / "log.txt", patience)
        seconds = time.perf_counter() - start
        reap()
        share = tool.scores(folder / "class").get(student.id) if ended else None
        took = f"{seconds:.1f}" if ended else f"stopped by us after {patience:.0f}"
        found.append([tool.kind, tool.name, took, "no result" if share is None else f"{100 * share:.0f} %"])
    return found


# ------------------------------------------------------------------------------------------------------- the tables


def comparison(rows: Sequence[Row], count: int) -> list[list[str]]:
    mine = statistics.median(rows[0].seconds)
    bare = statistics.median(rows[-1].cpu)
    made = []
    for row in rows:
        seconds, cpu = statistics.median(row.seconds), statistics.median(row.cpu)
        is_class = "class of two" not in row.name
        made.append(
            [
                row.name,
                f"{seconds:.2f}"
                + (f" ({min(row.seconds):.2f}–{max(row.seconds):.2f})" if len(row.seconds) > 1 else ""),
                f"{count / seconds:.2f}" if is_class else "",
                f"{seconds / mine:.1f} ×" if is_class else "",
                f"{cpu:.2f}",
                f"{cpu / bare:.1f} ×" if is_class else "",
                f"{row.memory / 1e6:.0f}" if row.memory else "",
                *row.agrees,
            ]
        )
    return made


HEADER = [
    "", "wall, s", "submissions a second", "wall, over this grader's", "CPU, s", "CPU, over the floor's", "memory, MB",
    "right ones: full marks", "wrong ones: less",
]  # fmt: skip
ENDLESS = ["", "", "wall, s", "points that the student gets"]


def further(rows: Sequence[Row], count: int) -> str:
    """What each submission costs this grader beyond its start."""
    mine, two, bare = rows[0], rows[-2], rows[-1]
    each = (statistics.median(mine.cpu) - statistics.median(two.cpu)) / (count - 2)
    alone = statistics.median(bare.cpu) / count
    return (
        f"Beyond its start (a class of two), each submission costs this grader {1e3 * each:.0f} ms of CPU, the floor "
        f"{1e3 * alone:.0f} ms: {each / alone:.2f} ×."
    )


def machine(load: float) -> str:
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    model = models[0].split(":")[1].strip() if models else platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{len(os.sched_getaffinity(0))} cores of {model}, {memory:.0f} GB, Linux {platform.release()}, "
        f"Python {platform.python_version()}, load {load:.1f} at the start; {dt.date.today().isoformat()}"  # noqa: DTZ011
    )


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    made = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in made)


def table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    made = Table(title=title, title_justify="left")
    for number, name in enumerate(header):
        made.add_column(name, justify="left" if number == 0 else "right")
    for row in rows:
        made.add_row(*row)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--submissions", type=int, default=20, choices=range(4, 21), metavar="N", help="of each kind, 4 to 20"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--patience", type=float, default=100.0, help="seconds until an endless loop is stopped by us")
    arguments = parser.parse_args()
    ctypes.CDLL(None).prctl(*map(ctypes.c_ulong, (PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)))
    load = os.getloadavg()[0]
    pack = loading.load(peers_tools.PACK)
    students = peers_class.students(arguments.submissions)
    count = len(students)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "grader-peers"
    cache.mkdir(parents=True, exist_ok=True)
    environments = Environments(cache)
    for name in peers_tools.PACKAGES:
        environments.make(name)
    tests = peers_tests.tests(pack)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tools = [
            peers_tools.ours("notebooks"),
            peers_tools.otter("notebooks", environments, tests, folder),
            peers_tools.nbgrader(environments, tests, folder, 1),
            peers_tools.nbgrader(environments, tests, folder, 2),
            peers_tools.ours("modules"),
            peers_tools.otter("modules", environments, tests, folder),
            peers_tools.check50(environments, tests, folder),
        ]
        rows = all_rounds(tools, pack, students, arguments.rounds, folder)
        loops = endless_loops(tools, folder, arguments.patience)
    command = f"python -m tests.benchmarks.peers {' '.join(sys.argv[1:])}".rstrip()
    about = f"`{command}`, {'one round' if arguments.rounds == 1 else f'medians of {arguments.rounds} rounds'}. {machine(load)}."
    console = Console(width=None if sys.stdout.isatty() else 160)
    training = sum(student.trains for student in students)
    about += f" {training} of the notebooks end with a training of about a second; the modules have none."
    texts = [f"# This grader and others, the same {count} notebooks and {count} modules\n", about]
    for kind in KINDS:
        made = comparison(rows[kind], count)
        remark = further(rows[kind], count)
        console.print(table(f"{count} {kind}", HEADER, made), remark, "")
        texts += [f"\n## {count} {kind}\n", markdown(HEADER, made), f"\n{remark}"]
    console.print(table("an endless loop in relu, the rest right", ENDLESS, loops), about)
    texts += ["\n## An endless loop in `relu`, the rest right\n", markdown(ENDLESS, loops)]
    if count == len(peers_class.RIGHT) + len(peers_class.WRONG):
        RESULT.write_text("\n".join(texts) + "\n")
        console.print(f"written to {RESULT}")


if __name__ == "__main__":
    main()
