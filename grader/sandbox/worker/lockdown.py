"""Shuts a process in, before any student code is in it.

The layers, in the order in which they are laid:

    user         started as root: another user, without any rights; asked for where there is no Landlock
    namespaces   no network interfaces, no shared memory or message queues of others (unshare(2))
    landlock     the machine's files, see `landlock`
    rights       no capabilities (capabilities(7)), dies with the zygote (prctl(2))
    limits       memory, size of a file, open files, CPU time, no core dumps (setrlimit(2))
    seccomp      system calls, see `seccomp`

Each is given up for good; `no_new_privs` keeps set-user-id programs from giving anything back.  Descriptors but its own
are closed in any case.
"""

from __future__ import annotations

import ctypes
import dataclasses
import os
import resource
import signal
from collections.abc import Sequence

from . import landlock, seccomp

LAYERS = ("user", "namespaces", "landlock", "rights", "limits", "seccomp")
MAX_OPEN = 256  # descriptors

# include/uapi/linux/prctl.h
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 1, 4, 24, 38, 47
CAPABILITIES = 0x20080522  # _LINUX_CAPABILITY_VERSION_3
NEW_USER, NEW_UTS, NEW_IPC, NEW_NETWORK = 0x10000000, 0x04000000, 0x08000000, 0x40000000  # CLONE_NEW…


@dataclasses.dataclass(frozen=True, slots=True)
class Bounds:
    """What a process may use up: bytes of private memory beyond what it has, bytes of one file, CPU seconds."""

    memory: int
    file_size: int
    cpu: int


def lock(
    layers: Sequence[str],
    bounds: Bounds,
    readable: Sequence[landlock.Grant],
    scratch: str,
    keep: Sequence[int],
    user: int,
    *,
    may_fork: bool = True,
) -> int | None:
    """Lays the layers that are named.

    Args:
      readable: what may be read.
      scratch: the folder that may be written to.
      keep: descriptors that stay open.
      user: the number of the unused user, for the layer of that name.
      may_fork: whether the judge is to be asked about forks.

    Returns:
      The descriptor of `seccomp.install`.

    Raises:
      OSError: a layer can't be laid.
    """
    libc = ctypes.CDLL(None, use_errno=True)

    def prctl(*arguments: int) -> int:
        return int(libc.prctl(*map(ctypes.c_ulong, arguments)))

    data = private_memory()  # /proc can't be read afterwards
    if "user" in layers:
        os.chown(scratch, user, user)
        for folder, names, files in os.walk(scratch):
            for name in (*names, *files):
                os.lchown(os.path.join(folder, name), user, user)
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        # Changing users makes /proc/self root's, where the maps of the namespaces are to be written.
        prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
    if "namespaces" in layers:
        unshare(libc)
    if prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")
    if "landlock" in layers:
        own = os.open(scratch, os.O_PATH | os.O_CLOEXEC)
        landlock.restrict([*readable, (own, landlock.WRITE)], landlock.abi())
        os.close(own)
    close_all_but(keep)
    if "rights" in layers:
        for capability in range(64):
            if prctl(PR_CAPBSET_DROP, capability, 0, 0, 0):
                break  # the last one that the kernel knows, or no right to drop any: then there is none
        prctl(PR_CAP_AMBIENT, 4, 0, 0, 0)  # PR_CAP_AMBIENT_CLEAR_ALL
        libc.capset(CAPABILITIES.to_bytes(4, "little") + bytes(4), bytes(24))
        # Changing users and rights clears it, and the judge could not look at the open descriptors any more.
        prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
        die_with_parent()
    if "limits" in layers:
        limit(bounds, data)
    if "seccomp" in layers:
        return seccomp.install(may_fork=may_fork)
    return None


def private_memory() -> int:
    """Bytes that RLIMIT_DATA counts."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[5]) * resource.getpagesize()


def limit(bounds: Bounds, data: int) -> None:
    """Bounds this process and each that comes of it.

    Args:
      data: bytes of private memory that it has now, see `private_memory`.
    """
    for what, value in (
        # RLIMIT_DATA counts private writable memory; RLIMIT_AS would count torch's mapped libraries too.
        (resource.RLIMIT_DATA, data + bounds.memory),
        (resource.RLIMIT_FSIZE, bounds.file_size),
        (resource.RLIMIT_CPU, bounds.cpu),
        (resource.RLIMIT_NOFILE, MAX_OPEN),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (value if hard == resource.RLIM_INFINITY else min(value, hard),) * 2)


def unshare(libc: ctypes.CDLL) -> None:
    """Goes to namespaces of its own, as the same user.

    Raises:
      OSError: the kernel, or a filter around us, doesn't allow it.
    """
    user, group = os.geteuid(), os.getegid()
    if libc.unshare(NEW_USER | NEW_UTS | NEW_IPC | NEW_NETWORK):
        raise OSError(number := ctypes.get_errno(), f"unshare: {os.strerror(number)}")
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def close_all_but(keep: Sequence[int]) -> None:
    """Closes every descriptor that is not named."""
    low = 0
    for descriptor in sorted(set(keep)):
        if low < descriptor:  # an empty range would be taken for "all"
            os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, 1 << 16)


def die_with_parent() -> None:
    """Has the kernel kill this process when its parent ends (PR_SET_PDEATHSIG); a fork must ask anew."""
    ctypes.CDLL(None).prctl(*map(ctypes.c_ulong, (PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)))
