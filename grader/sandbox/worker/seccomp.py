"""The filter of system calls: what a process of a student's may ask of the kernel.

An allow-list: what is not named is refused with EPERM, and what student code sees is a PermissionError.  The filter is
a program for the kernel's classic BPF machine (Documentation/userspace-api/seccomp_filter.rst); it reads the number,
the architecture and the arguments of a call (struct seccomp_data), never memory that a pointer points to, which another
thread could change after it was looked at.

One call is neither allowed nor refused by it: a plain fork.  The judge wants copies of a loaded submission, and nobody
else does; so the kernel asks the judge (SECCOMP_RET_USER_NOTIF, see seccomp_unotify(2)), who lets one fork pass for
each one that it has requested.
"""

from __future__ import annotations

import ctypes
import dataclasses
import errno
import functools
import platform
import struct
from collections.abc import Iterable, Sequence

from .syscalls import ALLOWED, LOOKED_AT, numbers

AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # AUDIT_ARCH_… of include/uapi/linux/audit.h
SECCOMP = {"x86_64": 317, "aarch64": 277}  # the number of seccomp(2) itself
X32 = 0x40000000  # set in the numbers of x86-64's second ABI

ALLOW, ERRNO, NOTIFY, KILL = 0x7FFF0000, 0x00050000, 0x7FC00000, 0x80000000  # include/uapi/linux/seccomp.h
REFUSE = ERRNO | errno.EPERM
PRETEND = ERRNO | 0  # "done", and nothing was done

# struct seccomp_data { int nr; __u32 arch; __u64 instruction_pointer; __u64 args[6]; }, little-endian
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16
LOAD, EQUAL, AT_LEAST, GREATER, AND, RETURN = 0x20, 0x15, 0x35, 0x25, 0x54, 0x06  # BPF_LD|W|ABS, BPF_JMP|…|K, …

FORK = 0x01200011  # clone's flags in glibc's fork: CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD
THREAD = 0x003D0F00  # in pthread_create: VM FS FILES SIGHAND THREAD SYSVSEM SETTLS PARENT_SETTID CHILD_CLEARTID
MUSL_THREAD = THREAD | 0x00400000  # musl adds CLONE_DETACHED


@dataclasses.dataclass(frozen=True, slots=True)
class Test:
    """Whether 32 bits of an argument, masked, are a certain value.

    Attributes:
      argument: 0 to 5.
      high: the upper half of the argument's 64 bits.
    """

    argument: int
    value: int
    mask: int = 0xFFFFFFFF
    high: bool = False

    @property
    def offset(self) -> int:
        return ARGUMENTS + 8 * self.argument + 4 * self.high


Case = tuple[Sequence[Test], int]  # tests that must all hold, and what is done then


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """What is done about some calls: the first case that holds, else `otherwise`."""

    names: str
    otherwise: int
    cases: Sequence[Case] = ()


def one_of(argument: int, values: Sequence[int]) -> list[Case]:
    """Allows where the argument is one of these."""
    return [([Test(argument, value)], ALLOW) for value in values]


def rules(fork: int) -> list[Rule]:
    """The calls whose arguments matter.

    Args:
      fork: what is done about a plain fork.
    """
    return [
        # Threads, not processes. glibc falls back from clone3, whose flags lie in memory, when it is not there.
        Rule("clone", REFUSE, [*one_of(0, [THREAD, MUSL_THREAD]), ([Test(0, FORK)], fork)]),
        Rule("clone3", ERRNO | errno.ENOSYS),
        # Memory that is not shared: what a copy of the process is told must not reach the next one. A mapping that
        # grows downwards (MAP_GROWSDOWN) would be counted as stack, which RLIMIT_DATA doesn't bound.
        Rule("mmap", REFUSE, [([Test(3, 0, 0x101)], ALLOW)]),
        # PR_SET_PDEATHSIG to SIGKILL only; PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_GET_SECCOMP,
        # PR_CAPBSET_READ, PR_GET_NO_NEW_PRIVS, PR_SET_VMA (names of mappings).
        Rule("prctl", REFUSE, [([Test(0, 1), Test(1, 9)], ALLOW), *one_of(0, [3, 15, 16, 21, 23, 39, 0x53564D41])]),
        # TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
        Rule("ioctl", ERRNO | errno.ENOTTY, one_of(1, [0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451])),
        # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_DUPFD_CLOEXEC, F_OFD_…LK; no
        # F_SETOWN and F_SETSIG (signals to others), F_SETLEASE, F_NOTIFY, F_SETPIPE_SZ.
        Rule("fcntl", REFUSE, one_of(1, [0, 1, 2, 3, 4, 5, 6, 7, 1030, 36, 37, 38])),
        # A pair of connected streams (AF_UNIX, SOCK_STREAM), which asyncio's event loop makes; datagrams could be sent
        # to any socket that has a path.
        Rule("socketpair", ERRNO | errno.EACCES, [([Test(0, 1), Test(1, 1, 0xF)], ALLOW)]),
        Rule("socket connect", ERRNO | errno.EACCES),
        # Without an address (the fifth argument): to what it is connected with.
        Rule("sendto", ERRNO | errno.EACCES, [([Test(4, 0), Test(4, 0, high=True)], ALLOW)]),
        # Its own limits, to be read: the third argument is the new ones.
        Rule("prlimit64", REFUSE, [([Test(0, 0), Test(2, 0), Test(2, 0, high=True)], ALLOW)]),
        # Landlock doesn't govern the rights and times of files. NumPy, torch, IPython, shutil can do without, but not
        # with an error.
        Rule("chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat futimesat", PRETEND),
        # What is reserved is not counted as written; the C library writes in its place.
        Rule("fallocate", ERRNO | errno.EOPNOTSUPP),
        # Its own alone: the first argument is a process or thread, any of the same user's.
        Rule("sched_setaffinity", PRETEND, [([Test(0, 0)], ALLOW)]),
        Rule("sched_setscheduler sched_setparam sched_setattr setpriority ioprio_set", PRETEND),
        # Everything that comes of the process stays in its group, to be ended with it.
        Rule("setsid setpgid", REFUSE),
        Rule("get_mempolicy mbind set_mempolicy io_uring_setup", ERRNO | errno.ENOSYS),
    ]


@functools.cache
def program(architecture: str, fork: int = REFUSE) -> bytes:
    """The filter as an array of struct sock_filter { __u16 code; __u8 jt; __u8 jf; __u32 k; }."""
    code: list[tuple[int, int, int, int]] = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, AUDIT[architecture]),
        (RETURN, 0, 0, KILL),  # another architecture's numbers (int 0x80) mean other calls
        (LOAD, 0, 0, NUMBER),
    ]
    if architecture == "x86_64":
        code += [(AT_LEAST, 0, 1, X32), (RETURN, 0, 0, REFUSE)]
    for low, high in _ranges(numbers(ALLOWED, architecture).values()):
        code += [(AT_LEAST, 0, 2, low), (GREATER, 1, 0, high), (RETURN, 0, 0, ALLOW)]
    looked_at = numbers(LOOKED_AT, architecture)
    for rule in rules(fork):
        body: list[tuple[int, int, int, int]] = []
        for tests, action in rule.cases:
            size = sum(2 + (test.mask != 0xFFFFFFFF) for test in tests)
            for test in tests:
                body.append((LOAD, 0, 0, test.offset))
                size -= 2
                if test.mask != 0xFFFFFFFF:
                    body.append((AND, 0, 0, test.mask))
                    size -= 1
                body.append((EQUAL, 0, size + 1, test.value))
            body.append((RETURN, 0, 0, action))
        body.append((RETURN, 0, 0, rule.otherwise))
        for name in rule.names.split():
            if name in looked_at:
                code += [(EQUAL, 0, len(body), looked_at[name]), *body]
    code.append((RETURN, 0, 0, REFUSE))
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in code)


def prepare() -> None:
    """Makes what `install` needs, once for all forks of this process."""
    if platform.machine() in AUDIT:
        for fork in (REFUSE, NOTIFY):
            program(platform.machine(), fork)


def _ranges(values: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers as (first, last) of each run without a gap."""
    found: list[tuple[int, int]] = []
    for value in sorted(values):
        if found and value == found[-1][1] + 1:
            found[-1] = (found[-1][0], value)
        else:
            found.append((value, value))
    return found


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))  # struct sock_fprog


def install(*, may_fork: bool) -> int | None:
    """Puts this thread, and all that come of it, under the filter; it can't be taken off again.

    Args:
      may_fork: whether the judge is to be asked about forks; else none is allowed.

    Returns:
      The descriptor over which the kernel asks the judge; None if it can't or shouldn't.

    Raises:
      OSError: the kernel doesn't take it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    architecture = platform.machine()

    def load(fork: int, flags: int) -> int:
        code = program(architecture, fork)
        buffer = ctypes.create_string_buffer(code, len(code))
        wanted = _Program(len(code) // 8, ctypes.addressof(buffer))
        # seccomp(SECCOMP_SET_MODE_FILTER, flags, program); needs no_new_privs, see `lockdown`
        return int(libc.syscall(SECCOMP[architecture], 1, flags, ctypes.byref(wanted)))

    if may_fork and (descriptor := load(NOTIFY, 1 << 3)) >= 0:  # SECCOMP_FILTER_FLAG_NEW_LISTENER: Linux 5.0
        return descriptor
    if load(REFUSE, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    return None
