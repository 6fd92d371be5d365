"""A submission in this very process: no wall, no copy, no limit but on time.  For one's own code on one's own machine."""

from __future__ import annotations

import _thread
import builtins
import contextlib
import io
import linecache
import os
import random
import re
import signal
import sys
import threading
import time
import types
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from grader.packs.model import Pack
from grader.sandbox import Answer, LoadingError, Place, WorkerLost, shown
from grader.sandbox.worker.module import Module
from grader.sandbox.worker.servant import Servant, describe, failed, seed_everything
from grader.sandbox.worker.wire import unpack
from grader.submissions import Cell, Submission

from . import practising

Header = dict[str, Any]

WARNED = 1.0  # seconds for what has run out of time already and is asked again
AFTERWARDS = 1.0  # seconds for each further cell once loading has used up its limit
KEPT = 1 << 20  # characters of what a notebook prints; nobody reads them


class Here:
    """What some code has defined, to be asked.

    Args:
      namespace: its names.
      is_own: whether a file name of a traceback is of that code.
      place: the line of the submission that a file name and a line are; None if it is of something else.
      loading: the cells that failed.
    """

    note = ""
    isolation: dict[str, Any] = {"level": "none"}  # noqa: RUF012 - nobody changes it

    def __init__(
        self,
        namespace: dict[str, Any],
        is_own: Callable[[str], bool],
        place: Callable[[str, int], Place | None],
        loading: Sequence[LoadingError] = (),
    ) -> None:
        self.loading = tuple(loading)
        self._namespace = namespace
        self._is_own = is_own
        self._place = place
        self._has_run_out = False

    def copy(self, *, alone: bool) -> Copy:
        return Copy(self, self._namespace, self._is_own)

    def place(self, frame: Any) -> Place | None:
        match frame:
            case [str(file), int(line), *_]:
                return self._place(file, line)
        return None

    @property
    def is_forked(self) -> bool:
        return False

    def spent(self) -> float:
        return 0.0

    def close(self) -> None:
        """Nothing is to be ended."""

    def limit(self, seconds: float) -> float:
        """What is allowed now: little for what comes after something that ran out of time."""
        had, self._has_run_out = self._has_run_out, False
        return min(seconds, WARNED) if had else seconds

    def runs_out(self) -> None:
        self._has_run_out = True


class Copy:
    """A channel to what the code has defined (it is the thing itself)."""

    def __init__(self, here: Here, namespace: dict[str, Any], is_own: Callable[[str], bool]) -> None:
        self._here = here
        self._is_own = is_own
        # An interrupt is the person's own wish and no outcome; what else is no Exception is caught below.
        self._servant = Servant(namespace, self._ask, is_own, caught=Exception)
        self._answer: Answer | None = None
        self._clock = Clock(0)

    def allow(self, cpu: float) -> None:
        """Seconds for what is asked from now on; of wall time, since this process is not the submission's alone."""
        self._clock = Clock(self._here.limit(cpu))

    def exchange(self, header: Header, buffers: Sequence[Any], answer: Answer) -> tuple[Header, Sequence[Any]]:
        """The reply to a request.

        Raises:
          WorkerLost: it ran out of time.
          KeyboardInterrupt: whoever sits there has stopped it.
        """
        self._answer = answer
        try:
            with self._clock, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return self._servant.reply(header, buffers)
        except OutOfTime:
            self._here.runs_out()
            text = f"ran longer than {self._clock.seconds:g} seconds and was stopped"
            raise WorkerLost("timed_out", text) from None
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a sys.exit, or a student's own kind: of some call in it
            return {"replies": failed(header["steps"], {"error": describe(error, self._is_own)})}, []

    def _ask(self, frame: bytes) -> bytes:
        assert self._answer is not None  # a function of the judge's is only called within an exchange
        _, request, buffers = unpack(frame)
        return self._answer(request, buffers)

    def broken(self, error: Exception) -> WorkerLost:
        return WorkerLost("crashed", f"could not be asked ({shown(str(error))})")

    def close(self) -> None:
        """Nothing is to be ended."""


# ---------------------------------------------------------------------------------------------------------- time


class OutOfTime(Exception):
    """What was timed ran too long."""


class Clock:
    """Interrupts the main thread when what runs under it has used up its seconds; elsewhere nothing is limited.

    It may be used again and again; the seconds are those of all uses together.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._left = seconds
        self._lock = threading.Lock()
        self._is_over = True
        self._is_inside = False
        self._has_rung = False
        self._timer: threading.Timer | None = None
        self._started = 0.0
        self._before: Any = None

    def __enter__(self) -> Clock:
        self._started = time.monotonic()
        self._has_rung = False
        self._is_over = threading.current_thread() is not threading.main_thread()
        if not self._is_over:
            self._before = signal.signal(signal.SIGINT, self._interrupted)
            try:
                self._set(max(self._left, 0.001))
                self._is_inside = True
            except BaseException:  # a person's interrupt
                self.__exit__()
                raise
            if self._has_rung:  # so soon that nothing was run
                self.__exit__()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_inside = False
        if self._timer is not None:
            try:
                with self._lock:
                    self._is_over = True
                self._timer.cancel()
            finally:
                self._is_over = True
                self._timer = None
                if self._before is not None:  # None: set by something that is not Python
                    signal.signal(signal.SIGINT, self._before)
        self._left -= time.monotonic() - self._started
        if self._has_rung:
            raise OutOfTime from None

    def _interrupted(self, number: int, frame: types.FrameType | None) -> None:
        """Python's answer to an interrupt; one of the clock's own is for what it times, never for the clock itself."""
        is_here = frame is not None and frame.f_code in (Clock.__enter__.__code__, Clock.__exit__.__code__)
        if self._has_rung and (is_here or not self._is_inside):
            return  # `__exit__` tells of it
        # Where interrupts are ignored (a shell's background job), this one must not be.
        answer = self._before if callable(self._before) else signal.default_int_handler
        answer(number, frame)

    def _set(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def _ring(self) -> None:
        with self._lock:
            if not self._is_over:
                self._has_rung = True
                _thread.interrupt_main()
                self._set(1.0)  # once more, for code that catches everything


# ---------------------------------------------------------------------------------------------------------- files


@contextlib.contextmanager
def loaded(submission: Submission, path: Path, pack: Pack) -> Iterator[Here]:
    """A file's cells, run in this process in the file's folder; what they print goes nowhere.

    Args:
      submission: the file, read.
    """
    with _surroundings(path.resolve().parent, submission.name), undisturbed():
        seed_everything(pack.seed)
        clock = Clock(pack.limits.loading)
        if submission.kind == "notebook":
            with _shell() as shell:
                yield _here(submission, shell.user_ns, lambda cell: _run_cell(shell, cell), clock)
        else:
            module = Module(path.name, pack.runs_as_script)
            yield _here(submission, module.module.__dict__, lambda cell: _run_piece(module, cell), clock, module.path)


def _here(
    submission: Submission,
    namespace: dict[str, Any],
    run: Callable[[Cell], Header | None],
    clock: Clock,
    path: str = "",
) -> Here:
    """Runs every cell within one limit of time; `run` returns what `describe` says of an error."""

    def place(file: str, line: int) -> Place | None:
        if path and file == path:
            return Place(None, line)
        number = re.fullmatch(r"<cell (\d{1,6})>", file)
        return Place(int(number[1]), line) if number and not path else None

    errors: list[LoadingError] = []
    for cell in submission.cells:
        try:
            with clock:
                error = run(cell)
        except OutOfTime:
            error = {"type": "TimeoutError", "text": f"ran longer than {clock.seconds:g} seconds and was stopped"}
            clock = Clock(AFTERWARDS)
        if error is not None:
            places = [found for file, line, *_ in error.get("frames", []) if (found := place(file, line))]
            line = next((found.line for found in places if found.cell == cell.number), None)
            errors.append(LoadingError(cell.number, line, shown(f"{error['type']}: {error['text']}")))
    return Here(namespace, lambda name: place(name, 1) is not None, place, errors)


def _run_piece(module: Module, cell: Cell) -> Header | None:
    try:
        # As many empty lines as stand before it in the file, so that its lines keep their numbers.
        module.run("\n" * (cell.line - 1) + cell.source)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return describe(error, lambda name: name == module.path)
    return None


def _run_cell(shell: Any, cell: Cell) -> Header | None:
    request = {
        "header": {"msg_type": "execute_request"},
        "content": {"code": cell.source, "cell": cell.number},
    }
    shell.serve({"message": request}, contextlib.nullcontext)
    reply: Header = shell.replies.pop()
    details: Header | None = reply.get("details")
    if details is not None and details["type"] == "KeyboardInterrupt":
        raise KeyboardInterrupt
    return details


@contextlib.contextmanager
def _shell() -> Iterator[Any]:
    """The shell that notebooks are graded in, in this process."""
    from grader.sandbox.worker.shell import make_shell

    replies: list[Header] = []

    def send(frame: bytes) -> None:
        _, header, _ = unpack(frame)
        if header.get("channel") == "shell":
            replies.append(header["message"]["content"])

    shell = make_shell(send, lambda name: name.startswith("<cell "), KEPT)
    shell.replies = replies
    try:
        yield shell
    finally:
        type(shell).clear_instance()  # the next one is to be another


@contextlib.contextmanager
def _surroundings(folder: Path, name: str) -> Iterator[None]:
    """The file's folder as the current one and the first to import from, no window, nobody to ask, no output."""
    modules = {key: sys.modules.get(key) for key in ("__main__", "submission", Path(name).stem)}
    paths, arguments, asks = list(sys.path), sys.argv, builtins.input
    drawn = os.environ.get("MPLBACKEND")

    def no_input(prompt: object = "") -> str:
        raise EOFError("input() has nobody to ask while the file is checked")

    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(Nowhere()), contextlib.redirect_stderr(Nowhere()):
            sys.path.insert(0, str(folder))
            sys.argv = [name]
            builtins.input = no_input
            os.environ["MPLBACKEND"] = "agg"
            practising.is_loading = True
            yield
    finally:
        practising.is_loading = False
        builtins.input = asks
        sys.path[:], sys.argv = paths, arguments
        os.environ.pop("MPLBACKEND", None)
        if drawn is not None:
            os.environ["MPLBACKEND"] = drawn
        for key, module in modules.items():
            sys.modules.pop(key, None)
            if module is not None:
                sys.modules[key] = module


class Nowhere(io.TextIOBase):
    """Where output goes that nobody reads."""

    encoding = "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Leaves the random generators as they were: what somebody draws next is not to depend on having checked."""
    own, numpys = random.getstate(), np.random.get_state()  # noqa: NPY002 - the global generator is students'
    torch = sys.modules.get("torch")
    torchs = torch.get_rng_state() if torch is not None and hasattr(torch, "get_rng_state") else None
    try:
        yield
    finally:
        random.setstate(own)
        np.random.set_state(numpys)  # noqa: NPY002
        if torchs is not None:
            torch.set_rng_state(torchs)  # type: ignore[union-attr]


# ------------------------------------------------------------------------------------------------------ namespaces


def living(namespace: dict[str, Any]) -> tuple[Submission, Here]:
    """What a notebook or a test has defined up to now, as a submission and something to ask."""
    shell = _shell_of(namespace)
    if shell is not None:
        cells = tuple(
            Cell(source, number, 1) for number, source in enumerate(shell.history_manager.input_hist_raw) if number
        )
        submission = Submission("notebook", "the notebook", "the notebook", "notebook", "", cells)
        return submission, Here(namespace, lambda file: _number(shell, file) is not None, _placed_by(shell))
    files = sorted(_files(namespace))
    text = "".join(linecache.getlines(files[0])) if len(files) == 1 else ""
    texts = ["".join(linecache.getlines(file)) for file in files]
    cells = tuple(Cell(each, None, 1) for each in texts)
    submission = Submission("namespace", "your code", "your code", "module", "", cells, text=text)

    def place(file: str, line: int) -> Place | None:
        return Place(None, line) if file in files else None

    return submission, Here(namespace, lambda file: file in files, place)


def _shell_of(namespace: dict[str, Any]) -> Any:
    """The running IPython, if the names are its own."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell if shell is not None and shell.user_ns is namespace else None


def _number(shell: Any, file: str) -> int | None:
    """The number of a cell in a running IPython, as its `In [3]` says, by the file name of its code."""
    told = shell.compile.format_code_name(file)
    number = re.fullmatch(r"In\[(\d+)\]", told[1]) if told else None
    return int(number[1]) if number else None


def _placed_by(shell: Any) -> Callable[[str, int], Place | None]:
    def place(file: str, line: int) -> Place | None:
        number = _number(shell, file)
        return None if number is None else Place(number, line)

    return place


def _files(namespace: Mapping[str, Any]) -> set[str]:
    """The files of the functions and methods among the names, but for those of imported modules."""
    imported = {id(vars(module)) for name, module in list(sys.modules.items()) if module and name != "__main__"}
    imported -= {id(namespace)}
    values = list(namespace.values())
    values += [each for value in values if isinstance(value, type) for each in vars(value).values()]
    return {
        value.__code__.co_filename
        for value in values
        if isinstance(value, types.FunctionType) and id(value.__globals__) not in imported
    }
