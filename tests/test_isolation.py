"""The wall's layers: what each lets through, whether a wall is good enough, and what is said where it isn't."""

from __future__ import annotations

import signal
import struct
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import IsolationError, Limits, Session, Wall, choose, doctor, isolation
from grader.sandbox.readable import exposed, readable
from grader.sandbox.worker import lockdown, seccomp
from grader.sandbox.worker.seccomp import ALLOW, AUDIT, FORK, KILL, NOTIFY, PRETEND, REFUSE, THREAD
from grader.sandbox.worker.syscalls import ALLOWED, ARCHITECTURES, LOOKED_AT, numbers
from grader.submissions import parse

# ------------------------------------------------------------------------------------- the filter, simulated


def run(program: bytes, number: int, arguments: tuple[int, ...] = (), architecture: int = 0) -> int:
    """What the kernel's BPF machine does with a call: the filter's verdict."""
    data = struct.pack("<iIQ6Q", number, architecture, 0, *arguments, *(0,) * (6 - len(arguments)))
    code = list(struct.iter_unpack("<HBBI", program))
    place = word = 0
    while True:
        kind, if_true, if_false, value = code[place]
        place += 1
        if kind == seccomp.LOAD:
            (word,) = struct.unpack_from("<I", data, value)
        elif kind == seccomp.AND:
            word &= value
        elif kind == seccomp.RETURN:
            return int(value)
        else:
            tests = {seccomp.EQUAL: word == value, seccomp.AT_LEAST: word >= value, seccomp.GREATER: word > value}
            place += if_true if tests[kind] else if_false


class Filter:
    """The filter of one architecture."""

    def __init__(self, architecture: str) -> None:
        self.architecture = architecture
        self.program = seccomp.program(architecture, NOTIFY)
        self.numbers = {**numbers(ALLOWED, architecture), **numbers(LOOKED_AT, architecture)}

    def __call__(self, name: str, *arguments: int) -> int:
        return run(self.program, self.numbers[name], arguments, AUDIT[self.architecture])


@pytest.fixture(params=ARCHITECTURES)
def filter_(request: Any) -> Filter:
    return Filter(request.param)


def test_the_filter_knows_each_call_and_nothing_else(filter_: Filter) -> None:
    allowed = set(numbers(ALLOWED, filter_.architecture).values())
    looked_at = set(numbers(LOOKED_AT, filter_.architecture).values())
    assert not allowed & looked_at
    audit = AUDIT[filter_.architecture]
    verdicts = {number: run(filter_.program, number, (), audit) for number in range(600)}
    assert {number for number, verdict in verdicts.items() if verdict == ALLOW} - looked_at == allowed
    assert all(verdicts[number] == REFUSE for number in verdicts.keys() - allowed - looked_at)


def test_another_architectures_calls_end_the_process(filter_: Filter) -> None:
    assert run(filter_.program, 1, (), 0x40000003) == KILL  # int 0x80 on x86-64


def test_the_second_abi_of_x86_64_is_refused() -> None:
    each = Filter("x86_64")
    assert run(each.program, seccomp.X32 | 1, (), AUDIT["x86_64"]) == REFUSE


EACCES, ENOSYS, ENOTTY = (seccomp.ERRNO | number for number in (13, 38, 25))


@pytest.mark.parametrize(
    ("name", "arguments", "verdict"),
    [
        ("clone", (THREAD,), ALLOW),
        ("clone", (FORK,), NOTIFY),
        ("clone", (0x4111,), REFUSE),  # vfork
        ("clone", (17,), REFUSE),  # a fork of one's own making
        ("clone", (THREAD | 0x10000000,), REFUSE),  # a thread in a new user namespace
        ("clone3", (), ENOSYS),
        ("mmap", (0, 1, 3, 0x22), ALLOW),  # private, anonymous
        ("mmap", (0, 1, 3, 0x21), REFUSE),  # shared
        ("mmap", (0, 1, 3, 0x122), REFUSE),  # grows downwards
        ("prctl", (1, 9), ALLOW),
        ("prctl", (1, 0), REFUSE),  # outlive its parent
        ("prctl", (22, 2), REFUSE),  # another filter
        ("ioctl", (0, 0x5413), ALLOW),
        ("ioctl", (0, 0x5412), ENOTTY),  # TIOCSTI
        ("fcntl", (0, 8), REFUSE),  # F_SETOWN
        ("fcntl", (0, 2), ALLOW),
        ("socketpair", (1, 1 | 0x80000), ALLOW),
        ("socketpair", (1, 2), EACCES),  # datagrams
        ("socketpair", (2, 1), EACCES),
        ("socket", (1, 1), EACCES),
        ("connect", (), EACCES),
        ("sendto", (0, 0, 0, 0, 0), ALLOW),
        ("sendto", (0, 0, 0, 0, 1 << 32), EACCES),  # an address in the upper half alone
        ("sendto", (0, 0, 0, 0, 1), EACCES),
        ("prlimit64", (0, 2, 0), ALLOW),
        ("prlimit64", (1, 2, 0), REFUSE),
        ("prlimit64", (0, 2, 1 << 40), REFUSE),
        ("fchmodat", (), PRETEND),
        ("setsid", (), REFUSE),
        ("io_uring_setup", (), ENOSYS),
        ("read", (), ALLOW),
    ],
)
def test_what_a_call_with_arguments_meets(filter_: Filter, name: str, arguments: tuple[int, ...], verdict: int) -> None:
    assert filter_(name, *arguments) == verdict


@pytest.mark.skipif(not Path("/usr/include/asm-generic/unistd.h").exists(), reason="no headers of the kernel here")
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_numbers_are_the_kernels(architecture: str) -> None:
    header = {
        "aarch64": "/usr/include/asm-generic/unistd.h",
        "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    }[architecture]
    known = {}
    for line in Path(header).read_text().splitlines():
        match line.split():
            case ["#define", name, number] if name.startswith(("__NR_", "__NR3264_")) and number.isdecimal():
                known[name.split("_", 3)[-1] if name.startswith("__NR_") else name.removeprefix("__NR3264_")] = int(
                    number
                )
    known["newfstatat"] = known.get("newfstatat", known.get("fstatat", 0))
    ours = {**numbers(ALLOWED, architecture), **numbers(LOOKED_AT, architecture)}
    assert {name: known[name] for name in ours if name in known}.items() <= ours.items()
    assert len(ours.keys() & known.keys()) > 100


# --------------------------------------------------------------------------------------------- good enough or not


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes this machine one that lacks layers."""

    def lack(*names: str) -> None:
        here = {name: "not here" if name in names else "" for name in lockdown.LAYERS}
        monkeypatch.setattr(isolation, "layers_here", lambda: here)
        monkeypatch.setattr(isolation, "closed_python", lambda: None)

    return lack


def test_every_layer_holds_here() -> None:
    found = isolation.layers_here()
    assert {name for name, reason in found.items() if reason} <= {"user", "namespaces"}


@pytest.mark.parametrize(
    ("missing", "level"),
    [
        ((), "strict"),
        (("namespaces", "user"), "strict"),
        (("landlock",), "weak"),
        (("seccomp",), "weak"),
        (("landlock", "user"), "none"),
        (("seccomp", "namespaces"), "none"),
    ],
)
def test_levels(missing: tuple[str, ...], level: str, lacking: Any) -> None:
    lacking(*missing)
    wall = choose("weak")
    assert wall.level == level
    if level == "none":
        with pytest.raises(IsolationError, match="grader doctor"):
            choose("auto")
    else:
        assert choose("auto") == wall
    if level != "strict":
        with pytest.raises(IsolationError, match="strict isolation"):
            choose("strict")


def test_another_user_is_no_wall_around_what_everybody_can_read(lacking: Any, tmp_path: Path) -> None:
    lacking("landlock")
    tmp_path.chmod(0o755)
    secret = Path("/tmp/grader-test-key")
    secret.write_text("key")
    try:
        secret.chmod(0o644)
        with pytest.raises(IsolationError, match=r"chmod 700"):
            choose("auto", [secret])
        secret.chmod(0o600)
        assert choose("auto", [secret]).level == "weak"
    finally:
        secret.unlink()


def test_another_user_is_no_wall_where_python_lies_in_a_closed_home(
    lacking: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking("landlock")
    with tempfile.TemporaryDirectory() as folder:
        libraries = Path(folder, "python")
        libraries.mkdir()
        monkeypatch.undo()
        monkeypatch.setattr(sysconfig, "get_path", lambda name: str(libraries))
        assert isolation.closed_python() == Path(folder)
        Path(folder).chmod(0o755)
        assert isolation.closed_python() is None
    lacking("landlock")
    monkeypatch.setattr(isolation, "closed_python", lambda: Path("/root"))
    with pytest.raises(IsolationError, match="Python lies in /root, which other users can't enter"):
        choose("auto")


def test_a_secret_where_submissions_may_read_is_refused() -> None:
    import numpy as np

    with pytest.raises(IsolationError, match="lies where submissions may read"):
        choose("auto", [Path(np.__file__).parent / "answers.key"])


def test_what_may_be_read_holds_neither_the_project_nor_the_home_folder() -> None:
    assert exposed([Path(__file__), Path("assignments"), Path("reference"), Path.home() / ".ssh"]) == []
    assert not any(Path(path) in (Path("/"), Path.home()) for path, _ in readable())


@pytest.mark.parametrize(
    ("missing", "options", "said"),
    [
        (("landlock", "user"), [], "without a wall"),
        (("landlock",), ["--isolation", "strict"], "strict isolation is not to be had"),
    ],
)
def test_the_command_refuses_where_there_is_no_such_wall(
    missing: tuple[str, ...], options: list[str], said: str, lacking: Any, tmp_path: Path
) -> None:
    from typer.testing import CliRunner

    from grader.cli.main import app

    lacking(*missing)
    homework = tmp_path / "hw.py"
    homework.write_text("x = 1\n")
    result = CliRunner().invoke(app, ["grade", "sigmoid_network", str(homework), "-o", str(tmp_path / "out"), *options])
    assert result.exit_code == 3
    assert said in " ".join(result.output.split())
    assert not (tmp_path / "out").exists()


# ------------------------------------------------------------------------------------------------ attacks, layers


def test_the_doctors_attacks_are_stopped_here_and_succeed_without_a_wall() -> None:
    harmless = [attack for attack in doctor.ATTACKS if attack.name not in ("run for ever", "fill the disk")]
    assert all(is_stopped for _, is_stopped in doctor.examine(choose(), harmless))
    open_to = {attack.name for attack, is_stopped in doctor.examine(Wall(()), harmless) if not is_stopped}
    assert open_to == {attack.name for attack in harmless}


def test_a_worker_that_cannot_be_locked_in_runs_nothing(tmp_path: Path) -> None:
    from grader.sandbox import ZygoteError

    submission = parse("a", "a.py", f"open({str(tmp_path / 'ran')!r}, 'w')".encode())
    with pytest.raises(ZygoteError, match="could not be locked in"):
        Session(submission, Limits(), 0, Wall(("user",), user=-7))
    assert not (tmp_path / "ran").exists()


def test_the_zygote_comes_back_when_it_is_killed(plain: str) -> None:
    from grader.sandbox import zygote

    submission = parse("a", "a.py", plain.encode())
    with Session(submission, Limits(), 0) as session:
        assert session.loading == ()
    assert zygote._zygote is not None
    first = zygote._zygote.process
    first.send_signal(signal.SIGKILL)
    first.wait()
    with Session(submission, Limits(), 0) as session:
        assert session.loading == ()
    assert zygote._zygote is not None
    assert zygote._zygote.process.pid != first.pid


def test_a_fork_of_the_judge_has_a_zygote_of_its_own() -> None:
    """Each serves its own judge, ends with it, and comes back when it is killed."""
    code = (
        "import os, signal\n"
        "from grader.sandbox import Limits, Session, zygote\nfrom grader.submissions import parse\n"
        "submission = parse('a', 'a.py', b'import time')\n"
        "def load():\n"
        "    with Session(submission, Limits(), 0) as session:\n"
        "        return session.loading == ()\n"
        "zygote.prepare(['IPython'])\n"
        "assert load()\n"
        "mine = zygote._zygote.process\n"
        "if os.fork() == 0:\n"
        "    os._exit(zygote._zygote is not None)  # it is not asked for one\n"
        "assert os.wait()[1] == 0\n"
        "with zygote.handed_on():\n"
        "    child = os.fork()\n"
        "if child == 0:\n"
        "    theirs = zygote._zygote.process\n"
        "    assert theirs.pid != mine.pid and load()\n"
        "    theirs.send_signal(signal.SIGKILL)\n"
        "    assert load() and zygote._zygote.process.pid != theirs.pid\n"
        "    zygote.end()\n"
        "    os._exit(7)\n"
        "code = os.waitstatus_to_exitcode(os.wait()[1])\n"
        "assert load() and zygote._zygote.process is mine\n"
        "with zygote.handed_on():\n"
        "    child = os.fork()\n"
        "if child == 0:\n"
        "    print(zygote._zygote.process.pid, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "os.wait()\n"
        "print(code, mine.pid, flush=True)\n"
    )
    result = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert result.stderr == ""
    split, ended, first = map(int, result.stdout.split())
    assert ended == 7
    until = time.monotonic() + 10
    while any(map(is_running, (split, first))) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_running, (split, first)))


def test_workers_end_with_the_judge() -> None:
    """A judge that is killed leaves neither zygote nor worker behind."""
    code = (
        "import os, signal\n"
        "from grader.sandbox import Limits, Session, zygote\nfrom grader.submissions import parse\n"
        "s = Session(parse('a', 'a.py', b'import time\\ndef f(x): time.sleep(1000)'), Limits(), 0)\n"
        "c = s.copy(alone=False)\n"
        "print(zygote._zygote.process.pid, s._worker.pid, c._worker.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    pids = [int(word) for word in result.stdout.split()]
    assert len(pids) == 3
    for _ in range(200):
        left = [pid for pid in pids if is_running(pid)]
        if not left:
            break
        subprocess.run(["sleep", "0.05"], check=True)
    assert not left


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except OSError:
        return False


# ------------------------------------------------------------------------------------ what copies could tell others


@pytest.mark.parametrize(
    "left",
    [
        "import os\npipe = os.pipe()",
        "import socket\npair = socket.socketpair()",
        "kept = open('notes.txt', 'w+')",
        "open('notes.txt', 'w').write('x')\nkept = open('notes.txt')",
        "import select\nkept = select.epoll()",
    ],
)
def test_a_worker_that_holds_a_way_to_talk_is_loaded_anew_for_an_oracle(left: str) -> None:
    with Session(parse("a", "a.py", left.encode()), Limits(), 0) as session:
        assert session.loading == ()
        for _ in range(4):  # as often as it takes: this is no fault of the submission's
            copy = session.copy(alone=True)
            assert not copy.is_fork
            copy.close()
        copy = session.copy(alone=False)
        assert copy.is_fork
        copy.close()


def test_shared_memory_cannot_be_had() -> None:
    with Session(parse("a", "a.py", b"import mmap\nmmap.mmap(-1, 4096)"), Limits(), 0) as session:
        assert [error.error.split(":")[0] for error in session.loading] == ["PermissionError"]


def test_a_file_open_for_reading_does_until_a_copy_moves_in_it() -> None:
    text = "import os\nkept = open(os.__file__)\ndef f():\n    kept.seek(100)\ndef g():\n    pass\n"
    with Session(parse("a", "a.py", text.encode()), Limits(), 0) as session:
        for name, is_used_up in (("g", False), ("f", True)):
            copy = session.copy(alone=True)
            assert copy.is_fork
            get = {"op": "get", "of": [0], "name": name, "handle": 1}
            call = {"op": "call", "of": [1], "args": {"l": []}, "kwargs": {"d": []}, "handle": 2}
            answer, _ = copy.exchange({"steps": [get, call]}, [], lambda request, buffers: b"")
            assert answer["replies"] == [{"value": {"o": "function"}}, {"value": None, "changed": []}]
            copy.close()
            assert session._is_used_up is is_used_up


def test_a_worker_whose_descriptors_cannot_be_seen_is_loaded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """As one of another user's, where the judge has not all rights of root."""

    def closed(path: Path) -> Path:
        raise PermissionError(path)

    with Session(parse("a", "a.py", b"x = 1"), Limits(), 0) as session:
        monkeypatch.setattr(Path, "readlink", closed)
        copy = session.copy(alone=True)
        assert not copy.is_fork
        copy.close()


def test_a_worker_that_is_slow_to_let_go_of_a_copy_is_waited_for() -> None:
    text = "import os, time\nown = os.close\ndef close(descriptor):\n    time.sleep(0.05)\n    own(descriptor)\nos.close = close\n"
    with Session(parse("a", "a.py", text.encode()), Limits(), 0) as session:
        for _ in range(2):
            copy = session.copy(alone=True)
            assert copy.is_fork
            copy.close()
            assert not session._is_used_up
