"""A submission loaded into a worker, ready to be asked."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from typing import Any

from grader.submissions import Cell, Submission

from .facts import Answer, LoadingError, Place, WorkerLost
from .isolation import Wall, choose
from .limits import Limits
from .process import Worker
from .replies import checked_error, checked_message
from .scratch import Scratch, Stamp
from .text import shown
from .worker.wire import CALL, JUPYTER, WireError, pack, unpack
from .zygote import Order, spawn

RESTARTS = 5  # fresh workers while loading: a cell that killed one is passed over from then on
RELOADS = 2  # times that it is loaded again because exercises took the loaded process with them
REWRITTEN = 16  # times the bytes of files that are allowed: what may be written in all, again and again
AFTERWARDS = 1.0  # CPU seconds for each further cell once loading has used up its limit
MOST_ERRORS = 50  # of loading that are told one by one
MOST_LINES = 1_000_000  # of a file or cell


Held = tuple[Stamp, dict[str, str]]  # files of the scratch folder, and what else is open


class Session:
    """Runs a submission's cells in a worker; copies of it, each for one exercise, are then asked.

    Args:
      wall: what workers are locked with; what is enough for untrusted code if not given.

    Attributes:
      loading: the cells that failed, of the last time that they were run.
      notebook: the executed notebook with its outputs, None for modules.
    """

    def __init__(self, submission: Submission, limits: Limits, seed: int, wall: Wall | None = None) -> None:
        self.submission = submission
        self.wall = wall or choose()
        self.limits = limits
        self.loading: tuple[LoadingError, ...] = ()
        self.notebook: Any = None
        self._seed = seed
        self._cpu_before = 0.0
        self._cut = False
        self._deadly: dict[int, str] = {}
        self._worker: Worker | None = None
        self._scratch: Scratch | None = None
        self._forks: list[Worker] = []
        self._copies: list[Copy] = []  # that are open
        self._reloads = 0
        self._is_used_up = False
        self._began = time.monotonic()
        self._loading_ends = 0.0
        try:
            self.start()
        except BaseException:  # nobody has the session yet, to close it
            self.close()
            raise

    # -------------------------------------------------------------------------------------------------- loading

    def start(self) -> None:
        """Loads the submission into a fresh worker; cells that ended or outran one are not run again."""
        self._is_used_up = False
        self._loading_ends = time.monotonic() + self.limits.loading * self.limits.patience
        for _ in range(RESTARTS):
            self.close()
            try:
                self._load()
                return
            except _CellLost as lost:
                self._deadly[lost.place] = lost.text
        # So many deadly cells: run what comes before the first of them, and say so of all others.
        first = min(self._deadly)
        for place in range(first, len(self.submission.cells)):
            self._deadly.setdefault(place, "Skipped: too many cells before it ended the interpreter")
        self.close()
        self._load()

    def _load(self) -> None:
        submission, limits = self.submission, self.limits
        source = submission.text.encode("utf-8", "surrogatepass") if submission.kind == "module" else b""
        self._scratch = Scratch([*submission.beside, (submission.name, source)])
        order = Order(self._scratch.path, warm(submission), limits.output)
        self._worker = spawn(order, limits, self.wall, self._watch)
        self._worker.allow(limits.loading, limits.patience)
        first = {"op": "start", "kind": submission.kind, "file": submission.name, "seed": self._seed}
        try:
            self._request({**first, "script": submission.runs_as_script, "output": limits.output})
        except WorkerLost as lost:
            raise RuntimeError(f"the worker could not be started: it {lost.text}\n{self._printed()}") from None
        if submission.kind == "notebook":
            self._run_cells(self._open_notebook())
        else:
            self._run_cells(self._run_piece)

    def _run_cells(self, run: Callable[[int, Cell], dict[str, Any] | None]) -> None:
        """Runs every cell within one CPU limit and one on the clock; `run` returns what `describe` in the worker says
        of an error.
        """
        worker, limits = self._live(), self.limits
        errors: list[LoadingError] = []
        left = limits.loading
        for place, cell in enumerate(self.submission.cells):
            if place in self._deadly:
                errors.append(LoadingError(cell.number, cell.line, shown(self._deadly[place])))
                continue
            cpu, clock = max(left, AFTERWARDS), self._loading_ends - time.monotonic()
            if clock <= 0:
                text = f"Skipped: what came before it took {limits.loading * limits.patience:g} seconds"
                errors.append(LoadingError(cell.number, cell.line, text))
                continue
            worker.allow(cpu, min(limits.patience, clock / cpu), interrupt=True)
            before = worker.cpu_seconds()
            try:
                error = run(place, cell)
            except WorkerLost as lost:
                name = {"timed_out": "TimeoutError", "out_of_memory": "MemoryError"}.get(lost.outcome, "Crash")
                raise _CellLost(place, f"{name}: {lost.text}") from None
            left -= worker.cpu_seconds() - before
            if worker.budget.interrupted_at is not None:
                text = f"ran longer than {limits.loading:g} seconds and was stopped"
                error, left = {"type": "TimeoutError", "text": text, "frames": error["frames"] if error else []}, 0
            if error is not None:
                places = [where for frame in error["frames"] if (where := self.place(frame))]
                line = next((where.line for where in places if where.cell == cell.number), None)
                errors.append(LoadingError(cell.number, line, shown(f"{error['type']}: {error['text']}")))
        more = len(errors) - MOST_ERRORS
        if more > 0:
            errors[MOST_ERRORS:] = [LoadingError(None, None, f"{more:,} more cells or statements failed")]
        self.loading = tuple(errors)

    def _run_piece(self, place: int, cell: Cell) -> dict[str, Any] | None:
        # As many empty lines as stand before it in the file, so that its lines keep their numbers.
        reply = self._request({"op": "run", "source": "\n" * (cell.line - 1) + cell.source})
        error: dict[str, Any] | None = reply["error"]
        return error

    def _open_notebook(self) -> Callable[[int, Cell], dict[str, Any] | None]:
        import nbformat

        from .notebook import Client, Notebook

        cells = [nbformat.v4.new_code_cell(cell.source) for cell in self.submission.cells]
        self.notebook = nbformat.v4.new_notebook(cells=cells)
        notebook = Notebook(self.notebook, Client(self))

        def run(place: int, cell: Cell) -> dict[str, Any] | None:
            reply = notebook.run_cell(place, cell.number or 0)
            try:
                return checked_error(reply.get("details") if reply.get("status") == "error" else None)
            except WireError as error:
                self.close()
                raise broken(error) from None

        return run

    # ------------------------------------------------------------------------------------------- what is defined

    def place(self, frame: Any) -> Place | None:
        """The place in the submission that a frame of a traceback says, as [file, line, function]."""
        match frame:
            case [str(file), int(line), *_] if type(line) is int and 0 < line <= MOST_LINES:
                if number := re.fullmatch(r"<cell (\d{1,6})>", file):
                    return Place(int(number[1]), line)
                if self.submission.kind == "module" and file.endswith("/" + self.submission.name):
                    return Place(None, line)
        return None

    @property
    def is_forked(self) -> bool:
        """Whether copies are forks."""
        worker = self._worker
        return worker is not None and worker.is_alive and not self._is_used_up and worker.can_fork()

    def copy(self, *, alone: bool) -> Copy:
        """A process with all that the cells have defined, for one exercise: forked from the loaded one.

        What can't be forked (it left a thread) is the loaded process itself; it is loaded again where that is gone.

        Args:
          alone: nothing that happens in the copy may reach any other.

        Raises:
          WorkerLost: there is none to be had.
        """
        if self._worker is None or not self._worker.is_alive:
            self._reloads += 1
            if self._reloads > RELOADS:
                raise WorkerLost("crashed", "ended the interpreter too often")
            self.start()
        elif self._is_used_up:
            self.start()
        worker = self._live()
        try:
            if worker.can_fork() and not alone:
                return Copy(self, self._fork(worker), is_fork=True, before=None)
            if worker.can_fork():
                fork = self._fork(worker, unseen=True)
                before = self._held() if worker.stand_still() else None
                if before is not None:
                    return Copy(self, fork, is_fork=True, before=before)
                fork.close()
        except WorkerLost:
            self._is_used_up = True
            raise
        if alone:
            self.start()
            self._is_used_up = True
        return Copy(self, self._live(), is_fork=False, before=None)

    def _fork(self, worker: Worker, *, unseen: bool = False) -> Worker:
        self._forks.append(worker.fork(unseen=unseen))
        return self._forks[-1]

    def _held(self) -> Held | None:
        """What a fork could leave something in for the next one; None if that can't be told."""
        if self._scratch is None:
            return None
        left_open = self._live().left_open(self._scratch.path)
        return None if left_open is None else (self._scratch.stamp(), left_open)

    def _watch(self) -> None:
        limit = self.limits.file_size
        if self._scratch is not None and not self._scratch.holds(limit):
            raise WorkerLost("crashed", f"wrote more than {limit >> 20} MB of files, or too many, and was stopped")
        if self._worker is not None:
            handed, stored = map(sum, zip(*(each.written() for each in (self._worker, *self._forks)), strict=True))
            if max(handed - self._worker.printed.taken, stored) > REWRITTEN * limit:
                raise WorkerLost("crashed", f"wrote more than {REWRITTEN * limit >> 20} MB in all and was stopped")

    def closed(self, copy: Copy) -> None:
        """Called by a copy when it is over."""
        self._copies.remove(copy)
        if copy.is_fork:
            self._cpu_before += copy.cpu_seconds()
            if copy.before is not None and self._worker is not None:
                # What the copy has left may tell the next one something: what stands still never sees it.
                self._worker.printed.drain()
                if self._held() == copy.before:
                    self._worker.go_on()
                else:
                    self._is_used_up = True
        elif copy.is_lost:
            self._is_used_up = True

    def spent(self) -> float:
        """What counts against the submission's limit as a whole: the CPU seconds of all its workers up to now, or half
        the time since it began on the clock, if that is more: what sleeps holds others up, too.
        """
        forks = sum(copy.cpu_seconds() for copy in self._copies if copy.is_fork)
        cpu = self._cpu_before + forks + (self._worker.cpu_seconds() if self._worker else 0.0)
        return max(cpu, (time.monotonic() - self._began) / 2)

    @property
    def isolation(self) -> dict[str, Any]:
        """How strong the wall is, as a report says it."""
        return self.wall.facts()

    @property
    def note(self) -> str:
        """Whether what was printed had to be cut."""
        kept = self.limits.output
        size = f"{kept >> 20} MB" if kept >> 20 else f"{kept} bytes"
        cut = self._cut or (self._worker is not None and self._worker.printed.is_cut)
        return f"It printed more than {size}; the rest was not kept." if cut else ""

    @property
    def output(self) -> str:
        """What was printed past the notebook's own outputs, or by a module."""
        return self._printed()

    def close(self) -> None:
        """Ends the worker and removes its files."""
        try:
            self._close()
        except BaseException:  # whoever stops the run in the middle of it wants nothing left behind either
            self._close()
            raise

    def _close(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._forks = []
            self._worker.gate.close()
            self._worker.printed.close()
            self._cut = self._cut or self._worker.printed.is_cut
            self._cpu_before += self._worker.cpu_seconds()
            self._worker = None
        if self._scratch is not None:
            self._scratch.remove()
            self._scratch = None

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------------------------------------ frames of nbclient

    def send(self, frame: bytes) -> None:
        self._live().send(frame)

    def keep(self, text: bytes) -> int:
        return self._live().printed.keep(text)

    def receive_message(self) -> tuple[str, dict[str, Any], int]:
        """The next Jupyter message, checked to be one as far as nbclient relies on it, and the bytes of its frame."""
        while True:
            try:
                frame = self._live().receive()
                channel, header, _ = unpack(frame)
                if channel == JUPYTER:
                    return *checked_message(header), len(frame)
            except WireError as error:
                self.close()
                raise broken(error) from None

    def _request(self, header: dict[str, Any]) -> dict[str, Any]:
        def no_answer(*_: Any) -> bytes:
            raise WireError("a call of a function that nobody handed in")

        try:
            reply, _ = exchange(self._live(), pack(CALL, header), no_answer)
            return {**reply, "error": checked_error(reply.get("error"))}
        except WireError as error:
            self.close()
            raise broken(error) from None

    def _live(self) -> Worker:
        if self._worker is None:
            raise WorkerLost("crashed", "has ended")
        return self._worker

    def _printed(self) -> str:
        return bytes(self._worker.printed.text).decode("utf-8", "replace") if self._worker else ""


MENTIONED = re.compile(r"\b(?:import|from)\s+[^\n]*?\b(torch|matplotlib)\b")


def warm(submission: Submission) -> tuple[str, ...]:
    """The modules that the zygote should have imported before it forks a worker for a submission."""
    text = submission.text + "\n".join(cell.source for cell in submission.cells)
    names = {match[1] for match in MENTIONED.finditer(text)} | set(submission.modules)
    if submission.kind == "notebook":
        names.add("IPython")
    return tuple(sorted(names))


class Copy:
    """Carries requests to what a submission's cells have defined.

    Args:
      is_fork: whether the process is this copy's own.
      before: what was there when it began, if nothing may be left when it is over.
    """

    def __init__(self, session: Session, worker: Worker, *, is_fork: bool, before: Held | None) -> None:
        self.is_fork = is_fork
        self.before = before
        self.is_lost = False
        self._session = session
        self._worker = worker
        self._is_open = True
        session._copies.append(self)

    def allow(self, cpu: float) -> None:
        """CPU seconds for what is asked from now on."""
        self._worker.allow(cpu, self._session.limits.patience)

    def cpu_seconds(self) -> float:
        return self._worker.cpu_seconds()

    def exchange(
        self, header: dict[str, Any], buffers: Sequence[Any], answer: Answer
    ) -> tuple[dict[str, Any], Sequence[Any]]:
        """Sends a request and returns the reply; `answer` serves the calls that come in between.

        Raises:
          WorkerLost: the process ended, ran out of time or broke the wire format's rules meanwhile.
        """
        if self.is_lost:
            raise WorkerLost("crashed", "has ended")
        frame = pack(CALL, header, buffers)
        try:
            return exchange(self._worker, frame, answer)
        except WireError as error:
            raise self.broken(error) from None
        except WorkerLost:
            self.is_lost = True
            raise

    def broken(self, error: Exception) -> WorkerLost:
        """Ends a process that broke the rules of the wire format."""
        self.is_lost = True
        self._worker.kill()
        return broken(error)

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            if self.is_fork:
                self._worker.close()
            self._session.closed(self)


def exchange(worker: Worker, frame: bytes, answer: Answer) -> tuple[dict[str, Any], Sequence[memoryview]]:
    """Sends a request and returns the reply; `answer` serves the calls that come in between.

    Raises:
      WorkerLost: the worker ended or ran out of time meanwhile.
      WireError: it broke the rules of the wire format.
    """
    worker.send(frame)
    while True:
        channel, header, buffers = unpack(worker.receive())
        if channel != CALL:
            continue  # late output of a thread
        if "callback" not in header:
            return header, buffers
        worker.send(answer(header, buffers))


def broken(error: Exception) -> WorkerLost:
    return WorkerLost("crashed", f"broke the connection to the grader ({shown(str(error))})")


class _CellLost(Exception):
    """A cell took its worker with it."""

    def __init__(self, place: int, text: str) -> None:
        super().__init__(text)
        self.place = place
        self.text = text
