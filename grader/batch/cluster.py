"""An existing Dask cluster as executor.

Workers need this package and nothing else: pack, key and submissions travel by content.  On each of them the grading
is done by processes of its own, one for each of the worker's threads, so that it matters neither what a worker is
(threads, daemon) nor what becomes of those processes.  What a worker was busy with when it was lost the scheduler gives
to another.
"""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import hashlib
import logging
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from grader.grading import Task
from grader.packs import loading

from . import jobs
from .jobs import Job, Kit
from .processes import NotReadyError, Processes

PATIENCE = 10.0  # seconds for the scheduler to answer
WINDOW = 4  # jobs for each thread that are handed out at a time
RETRIES = 3  # of a job that raised on its worker (whose process could not be started, say)


class ClusterError(Exception):
    """The cluster can't be used; the text says why."""


class AddressError(Exception):
    """The executor is not dask://host:port."""


@dataclasses.dataclass(frozen=True, slots=True)
class Parcel:
    """A kit that can travel: with the pack's files instead of its folder.

    Attributes:
      files: by path, relative to a folder that holds `assignments/<pack>` and what else belongs to the pack.
      grader: the digest of the grader's code, which must be the same there.
    """

    name: str
    files: dict[str, bytes]
    kit: Kit
    grader: str

    @classmethod
    def of(cls, task: Task, isolation: str = "auto") -> Parcel:
        files = {str(path): content for path, content in loading.contents(task.pack).items()}
        return cls(task.pack.id, files, Kit.of(task, isolation), jobs.grader_digest())

    @property
    def digest(self) -> str:
        state = hashlib.sha256(self.kit.key)
        for part in (self.kit.assignment.digest, str(self.kit.seed), self.grader):
            state.update(part.encode())
        return state.hexdigest()


@contextlib.contextmanager
def connect(
    url: str, task: Task, isolation: str, note: Callable[[str], None]
) -> Iterator[tuple[Callable[[Job], Future[bytes]], int]]:
    """How to have a job done by the cluster at dask://host:port, and how many to hand out at a time.

    Raises:
      AddressError: the URL is none.
      ClusterError: no scheduler answers there, or `distributed` is not installed.
    """
    address = _address(url)
    try:
        import distributed
    except ImportError:
        raise ClusterError(
            "the executor dask:// needs Dask's distributed: pip install 'backprop-grader[dask]', here and on the workers"
        ) from None
    # What goes wrong is told in a sentence, not by Dask's tracebacks, which come from many loggers.
    logging.disable(logging.CRITICAL)
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address} ({error})") from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            note(f"The cluster at {address} has no worker yet; grading begins when there is one.")
        # A task of its own, so that workers hand the parcel to each other, and it is made again if they are lost.
        parcel = client.submit(_same, Parcel.of(task, isolation), pure=False)
        executor = client.get_executor(pure=False, retries=RETRIES)
        yield lambda job: executor.submit(grade_there, parcel, job), WINDOW * max(threads, 8)


def _address(url: str) -> str:
    """Raises: AddressError."""
    try:
        parts = urlsplit(url)
        if parts.scheme == "dask" and parts.hostname and parts.port and parts.path in ("", "/"):
            return f"tcp://{parts.netloc}"
    except ValueError:
        pass
    raise AddressError(f"--executor is {url!r}, but should be dask://host:port")


# -------------------------------------------------------------------------------------------------- on a worker

_lock = threading.Lock()
_ready: dict[str, tuple[Processes, Path]] = {}  # by a parcel's digest: the processes, and the folder of the pack


def _same(parcel: Parcel) -> Parcel:
    return parcel


def grade_there(parcel: Parcel, job: Job) -> bytes:
    """A job's report as JSON."""
    with _lock:
        if parcel.digest not in _ready:
            _close_idle()
            _ready[parcel.digest] = _unpack(parcel)
        future = _ready[parcel.digest][0].submit(jobs.grade, job)
    return future.result()


def _unpack(parcel: Parcel) -> tuple[Processes, Path]:
    if parcel.grader != jobs.grader_digest():
        raise NotReadyError("this worker has another version of the grader than who hands out the work")
    import distributed

    folder = Path(tempfile.mkdtemp(prefix="grader-pack-"))
    for name, content in parcel.files.items():
        path = folder / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    kit = dataclasses.replace(parcel.kit, folder=str(folder / "assignments" / parcel.name))
    return Processes(distributed.get_worker().state.nthreads, jobs.begin, (kit,)), folder


def _close_idle(*, all: bool = False) -> None:
    """Ends processes for packs that nobody grades any more."""
    for digest, (processes, folder) in list(_ready.items()):
        if all or processes.is_idle:
            del _ready[digest]
            processes.shutdown(cancel_futures=True)
            shutil.rmtree(folder, ignore_errors=True)


atexit.register(lambda: _close_idle(all=True))
