"""What attacks aim at, how a group of them is graded, and how one is seen to have got through.

An attack is a file in a group's folder: hostile code that is written after an honest submission (`BASES`).  It starts
with a literal dict (a notebook has it in its metadata):

    ATTACK = {
        "success": "the secret file's text is in the report",
        "stopped by": ["landlock", "user"],   # each by itself: layers of the wall, or `launch.DEFENCES`
        "base": "right",                      # "wrong" where points are to be had, "tones" for `oracle_pack`
    }

and finds names for what it aims at, which are its own:

    SECRET, FOLDER, DROP     a file with a token in it, its folder, and an empty folder there
    PORT, UDP, STREAM, DATAGRAMS, ABSTRACT      services nobody may reach: numbers, paths, a name
    VICTIM                   the number of a process that does nothing
    NAME, KEY                what it calls a process, thread or file that it leaves; the key of shared memory
    CACHE, RESULTS, TMP, NEIGHBOUR, REFERENCE   folders and files of the judge's
    CLAIM                    the text with which it says that it has succeeded where only it can know
"""

from __future__ import annotations

import ast
import contextlib
import ctypes
import dataclasses
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat

from grader.sandbox.text import CONTROL
from grader.sandbox.worker.lockdown import LAYERS
from tests.conftest import children

from . import oracle_pack

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
GROUPS = (
    "read", "write", "network", "processes", "signals", "memory", "disk", "time", "wire", "forging", "oracles",
    "tampering", "text",
)  # fmt: skip
BASES = {
    "right": (ROOT / "tests" / "submissions" / "sigmoid_network" / "right" / "plain.py").read_text(),
    "wrong": (HERE / "wrong.py").read_text(),
    "tones": oracle_pack.BASE,
}
# Small, so that what uses them up does so soon.
LIMITS = {"loading": 3.0, "exercise": 1.5, "patience": 4.0, "memory": 1 << 28, "file_size": 4 << 20}
LONGEST = 60.0  # seconds of one submission, on a busy machine


@dataclasses.dataclass(frozen=True, slots=True)
class Attack:
    """One attack, as its file says."""

    path: Path
    group: str
    success: str
    stopped_by: tuple[str, ...]
    base: str = "right"

    @property
    def name(self) -> str:
        return f"{self.group}_{self.path.stem}"

    @property
    def layers(self) -> set[str]:
        """The layers of the wall that stop it."""
        return set(self.stopped_by) & set(LAYERS)

    @property
    def defences(self) -> set[str]:
        """What else stops it."""
        return set(self.stopped_by) - set(LAYERS)

    @property
    def pack(self) -> str:
        return "tones" if self.base == "tones" else "sigmoid_network"


def attacks() -> list[Attack]:
    """All of them."""
    found = []
    for path in sorted(HERE.glob("*/*")):
        if path.suffix == ".py":
            first = ast.parse(path.read_text()).body[0]
            assert isinstance(first, ast.Assign), path
            value = ast.literal_eval(first.value)
        elif path.suffix == ".ipynb":
            value = nbformat.read(path, 4).metadata["attack"]
        else:
            continue
        found.append(
            Attack(path, path.parent.name, value["success"], tuple(value["stopped by"]), value.get("base", "right"))
        )
    return found


class Canaries:
    """What one attack aims at.

    Args:
      folder: a new one is made in it.
      user: whose the files and the victim are.
    """

    def __init__(self, attack: Attack, folder: Path, user: int | None, shared: dict[str, str]) -> None:
        self.attack = attack
        self.token, self.claim = secrets.token_hex(8), secrets.token_hex(8)
        self.short = "a" + secrets.token_hex(5)
        self.folder = folder / self.short
        self.key = secrets.randbelow(1 << 30) + 1
        self._code = attack.path.read_text()
        self._open: dict[str, socket.socket] = {}
        self.victim: subprocess.Popen[bytes] | None = None
        (self.folder / "drop").mkdir(parents=True)
        secret = self.folder / "secret"
        secret.write_text(self.token + "\n1 / 0\n")
        secret.chmod(0o600)
        words: dict[str, Any] = {
            "SECRET": str(secret),
            "FOLDER": str(self.folder),
            "DROP": str(self.folder / "drop"),
            "NAME": self.short,
            "KEY": self.key,
            **shared,
        }
        for word, family, kind, address in (
            ("PORT", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
            ("UDP", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
            ("STREAM", socket.AF_UNIX, socket.SOCK_STREAM, str(self.folder / "stream")),
            ("DATAGRAMS", socket.AF_UNIX, socket.SOCK_DGRAM, str(self.folder / "datagrams")),
            ("ABSTRACT", socket.AF_UNIX, socket.SOCK_STREAM, f"\0{self.short}"),
        ):
            if word in self._code:
                service = self._open[word] = socket.socket(family, kind)
                service.bind(address)
                if kind == socket.SOCK_STREAM:
                    service.listen()
                service.setblocking(False)
                words[word] = address if family == socket.AF_UNIX else service.getsockname()[1]
        if user is not None:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, user, user)
        if "VICTIM" in self._code:
            self.victim = subprocess.Popen(["/bin/sleep", "3600"], env={"SECRET": self.token}, user=user)
            words["VICTIM"] = self.victim.pid
            while _state(Path(f"/proc/{self.victim.pid}")) != "S":
                time.sleep(0.001)
        half = len(self.claim) // 2
        # In two halves: the whole would be found wherever the text of the submission is quoted.
        lines = [f"CLAIM = {self.claim[:half]!r} + {self.claim[half:]!r}"]
        lines += [f"{word} = {value!r}" for word, value in words.items()]
        self._preamble = "; ".join(lines)
        self._before = self._seen()

    def text(self) -> str:
        """The submission."""
        base = BASES[self.attack.base]
        if self.attack.path.suffix == ".py":
            return f"{base}\n\n{self._preamble}\n{self._code}"
        notebook = nbformat.reads(self._code, 4)
        notebook.cells = [nbformat.v4.new_code_cell(text) for text in (base, self._preamble)] + notebook.cells
        return str(nbformat.writes(notebook))

    def _seen(self) -> dict[str, Any]:
        """Everything about the files and the victim that must stay as it is."""
        found: dict[str, Any] = {}
        for path in sorted((self.folder, *self.folder.rglob("*"))):
            status = path.lstat()
            content = path.read_bytes() if path.is_file() else b""
            names = os.listxattr(path, follow_symlinks=False)
            facts = (status.st_mode, status.st_uid, status.st_gid, status.st_mtime_ns, content, names)
            found[str(path.relative_to(self.folder))] = facts
        if self.victim is not None:
            found["victim"] = self._victim()
        return found

    def _victim(self) -> list[str]:
        assert self.victim is not None
        process = Path(f"/proc/{self.victim.pid}")
        try:
            state = (process / "stat").read_text().rpartition(") ")[2].split()
            kept = [
                line for line in (process / "status").read_text().splitlines()
                if line.startswith(("State", "TracerPid", "SigPnd", "ShdPnd", "Cpus_allowed:"))
            ]  # fmt: skip
            return [state[0], state[15], state[16], *kept, (process / "limits").read_text()]
        except OSError:
            return ["gone"]

    def got(self, texts: Sequence[str], report: dict[str, Any] | None, honest: float | None) -> list[str]:
        """What the attack has got, in words.

        Args:
          texts: everything that was written or shown anywhere.
          report: its own; None if there is none.
          honest: what its base earns.
        """
        found = []
        if any(self.token in text for text in texts):
            found.append("the secret came out")
        if any(self.claim in text for text in texts):
            found.append("it says so")
        now = self._seen()
        found += [f"{name} was changed" for name in {**self._before, **now} if self._before.get(name) != now.get(name)]
        for word, service in self._open.items():
            with contextlib.suppress(BlockingIOError):
                service.accept()[0].close() if service.type == socket.SOCK_STREAM else service.recv(1)
                found.append(f"{word} was reached")
        if named(self.short):
            found.append("a process or thread was left")
        if any(str(self.key) in line.split() for line in Path("/proc/sysvipc/shm").read_text().splitlines()):
            found.append("shared memory was left")
        if Path("/dev/shm", self.short).exists():
            found.append("a file was left in /dev/shm")
        if report is None:
            return [*found, "there is no report"]
        if report["status"] != "graded":
            found.append(
                f"it was {report['status']}: {report['message']} {report['staff'].get('traceback', '')[-2000:]}"
            )
        elif honest is not None and report["score"] > honest:
            found.append(f"{report['score']:g} points for {honest:g}")
        if report["run"]["seconds"] > LONGEST:
            found.append(f"it took {report['run']['seconds']:.0f} seconds")
        return found

    def remove(self) -> None:
        for each in self._open.values():
            each.close()
        if self.victim is not None:
            self.victim.kill()
            self.victim.wait()
        for number in named(self.short):
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        for line in Path("/proc/sysvipc/shm").read_text().splitlines():
            if str(self.key) == line.split()[0]:
                ctypes.CDLL(None).shmctl(int(line.split()[1]), 0, None)
        Path("/dev/shm", self.short).unlink(missing_ok=True)


def named(name: str) -> list[int]:
    """The processes that call themselves, or a thread of theirs, by a name."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            with contextlib.suppress(OSError):
                if any(
                    (task / "comm").read_text().strip() == name and _state(task) != "Z"
                    for task in (process / "task").iterdir()
                ):
                    found.append(int(process.name))
    return found


def _state(process: Path) -> str:
    return (process / "stat").read_text().rpartition(") ")[2][:1]


@dataclasses.dataclass(slots=True)
class Result:
    """What came of one run.

    Attributes:
      got: by attack's name.
      trouble: what the run itself, and those beside the attacks, suffered.
      neighbours: the honest reports, by base.
      isolation: what the first report says of it.
    """

    got: dict[str, list[str]]
    trouble: list[str]
    neighbours: dict[str, Any]
    isolation: dict[str, Any]


def run(
    chosen: Sequence[Attack],
    folder: Path,
    *,
    pack: str = "sigmoid_network",
    honest: dict[str, Any] | None = None,
    layers: Sequence[str] | None = None,
    off: Collection[str] = (),
    user: int | None = None,
    refused: bool = False,
) -> Result:
    """Grades attacks of one pack together, with an honest neighbour before and two after them.

    Args:
      folder: what is made is made in it.
      pack: a name, or the folder of `oracle_pack`.
      honest: the neighbours' reports when nobody attacks; not looked at if not given.
      layers: of the wall; None for what the command chooses.
      off: the judge's defences that are taken away.
      user: whom the grader runs as.
      refused: whether namespaces are refused to it.
    """
    handed, results, temporary = folder / "handed-in", folder / "results", folder / "tmp"
    for path in (handed, results, temporary):
        path.mkdir(parents=True)
    folder.chmod(0o755)
    # A copy: other tests put keys of theirs beside these meanwhile.
    cache = folder / "cache"
    name = "sigmoid_network" if pack == "sigmoid_network" else "tones"
    shutil.copytree(os.environ["XDG_CACHE_HOME"], cache, ignore=_other_keys(name))
    if user is not None:
        for path in (results, temporary, cache, *cache.rglob("*")):
            os.chown(path, user, user)
    kept = secrets.token_hex(8)
    bases = ["right", "wrong"] if pack == "sigmoid_network" else ["tones"]
    for name in ("a_before", *(f"z_{base}" for base in bases)):
        base = BASES[name.removeprefix("z_") if name.startswith("z_") else bases[0]]
        (handed / f"{name}.py").write_text(f"{base}\n# {kept}\n")
    shared = {
        "CACHE": str(cache / "grader"),
        "RESULTS": str(results),
        "TMP": str(temporary),
        "NEIGHBOUR": str(handed / f"z_{bases[0]}.py"),
        "REFERENCE": str(ROOT / "reference" / "sigmoid_network.py"),
    }
    before = files(cache)
    canaries = {attack.name: Canaries(attack, folder / "canaries", user, shared) for attack in chosen}
    try:
        for attack in chosen:
            path = handed / f"m_{attack.name}{attack.path.suffix}"
            path.write_text(canaries[attack.name].text(), "utf-8", "surrogatepass")
        if user is not None:
            for path in handed.iterdir():
                os.chown(path, user, user)
        how = {"layers": layers, "off": sorted(off), "user": user, "refused": refused, "limits": LIMITS}
        arguments = [json.dumps(how), "grade", pack, str(handed), "-o", str(results)]
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": str(cache),
            "HOME": str(temporary),
            "TMPDIR": str(temporary),
            "GRADER_SECRET": kept,
        }
        spared = {each.victim.pid for each in canaries.values() if each.victim is not None} | children()
        with adopting():
            done = subprocess.run(
                [sys.executable, "-m", "tests.attacks.launch", *arguments],
                cwd=ROOT, env=environment, capture_output=True, check=False,
            )  # fmt: skip
            shown, errors = (text.decode("utf-8", "surrogateescape") for text in (done.stdout, done.stderr))
            left = waited_for(spared)
        reports: dict[str, Any] = {}
        empty: dict[str, Any] = {}
        for path in results.glob("*.json"):
            with contextlib.suppress(ValueError):
                reports[path.stem] = json.loads(path.read_text())
        written = {path.name: path.read_text(errors="replace") for path in results.iterdir() if path.is_file()}
        expected = {f"{path.stem}.json" for path in handed.iterdir()} | {"summary.json", "summary.csv"}
        texts = [shown, errors, *written.values()]
        quiet = honest or {base: reports.get(f"z_{base}", {}) for base in bases}
        scores = {base: quiet[base].get("score") for base in bases}
        got = {}
        for name, each in canaries.items():
            found = each.got(texts, reports.get(f"m_{name}"), scores[each.attack.base])
            own = shown.partition(f"=== m_{name}\n")[2].partition("\n===")[0]
            if CONTROL.search(own):
                found.append("a control character reached the terminal")
            if any(str(value) == each.short or each.short in value for value in map(str, written)):
                found.append("a file was left among the results")
            if any(each.short in str(path) for path in (*temporary.rglob("*"), *cache.rglob("*"))):
                found.append("a file was left outside the scratch folder")
            got[name] = found
        trouble = []
        if done.returncode:
            trouble.append(f"exit code {done.returncode}: {errors[-2000:]}")
        for name in ("a_before", *(f"z_{base}" for base in bases)):
            base = name.removeprefix("z_") if name.startswith("z_") else bases[0]
            report = whole(reports.get(name))
            if honest is not None and report != honest[base]:
                trouble.append(f"the neighbour {name} suffered: {report}")
        if any(kept in text for text in texts):
            trouble.append("what the judge alone knows came out")
        trouble += [f"{name} is in the results" for name in written.keys() - expected]
        trouble += [f"{path} was left" for path in temporary.iterdir()]
        trouble += [f"{path} in the cache was changed" for path in changed(before, files(cache))]
        if left:
            trouble.append(f"processes were left: {left}")
        isolation = next(iter(reports.values()), empty).get("run", {}).get("isolation", {})
        neighbours = {base: whole(reports.get(f"z_{base}")) for base in bases}
        return Result(got, trouble, neighbours, isolation)
    finally:
        for each in canaries.values():
            each.remove()


def _other_keys(pack: str) -> Callable[[str, list[str]], list[str]]:
    def ignored(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if Path(folder).name == "grader" and not name.startswith(f"{pack}-")]

    return ignored


def whole(report: dict[str, Any] | None) -> Any:
    """A report without what varies, and without the name of its file."""
    return report and {key: value for key, value in report.items() if key not in ("run", "submission")}


def files(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


def changed(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    # A list of fonts may be made at any time.
    return [name for name in {**before, **now} if before.get(name) != now.get(name) and "/matplotlib/" not in name]


@contextlib.contextmanager
def adopting() -> Iterator[None]:
    """Processes that are left behind by what runs here become this process's children (PR_SET_CHILD_SUBREAPER)."""
    libc = ctypes.CDLL(None)
    libc.prctl(36, 1, 0, 0, 0)
    try:
        yield
    finally:
        libc.prctl(36, 0, 0, 0, 0)


def waited_for(spared: set[int], seconds: float = 5.0) -> list[str]:
    """The adopted processes that don't end by themselves."""
    end = time.monotonic() + seconds
    while True:
        left = []
        for number in children() - spared:
            with contextlib.suppress(OSError):
                if os.waitpid(number, os.WNOHANG) == (0, 0):
                    left.append(f"{number} {Path(f'/proc/{number}/comm').read_text().strip()}")
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.05)
