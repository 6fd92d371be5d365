"""The wall between a process and the machine's files: Landlock (Documentation/userspace-api/landlock.rst).

A process gives up, for itself and all that come of it, everything that it doesn't name: here every file but those to be
read and the scratch folder; from ABI 4 on TCP, from 6 on signals to and abstract sockets of processes outside.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Sequence

CREATE, ADD, RESTRICT = 444, 445, 446  # the system calls, the same on all architectures

# include/uapi/linux/landlock.h, LANDLOCK_ACCESS_FS_…
WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5
MAKE_DIR, MAKE_REG, TRUNCATE = 1 << 7, 1 << 8, 1 << 14
READ = READ_FILE | READ_DIR
WRITE = (
    READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | TRUNCATE
)  # no EXECUTE, links, sockets, FIFOs
FILE_ONLY = READ_FILE | WRITE_FILE | TRUNCATE  # the rights that a file, as opposed to a folder, can have

Grant = tuple[int, int]  # a descriptor of a file or folder (O_PATH will do), and the rights beneath it


def abi() -> int:
    """The version that the kernel has; 0 if it has none, or Landlock is not among its security modules."""
    version = ctypes.CDLL(None, use_errno=True).syscall(CREATE, None, ctypes.c_size_t(0), 1)
    return max(int(version), 0)


def restrict(grants: Sequence[Grant], version: int) -> None:
    """Leaves this thread, and all that come of it, nothing but what is granted.

    Needs no_new_privs.

    Args:
      version: the ABI to use, at most `abi()`.

    Raises:
      OSError: the kernel doesn't take it.
    """
    libc = ctypes.CDLL(None, use_errno=True)

    def call(number: int, *arguments: object) -> int:
        result = int(libc.syscall(number, *arguments))
        if result < 0:
            raise OSError(ctypes.get_errno(), "landlock")
        return result

    # All rights of ABI 1, then REFER (ABI 2), TRUNCATE (3), IOCTL_DEV (5).
    files = (1 << 13) - 1 | (version >= 2) << 13 | (version >= 3) << 14 | (version >= 5) << 15
    network = 3 if version >= 4 else 0  # bind and connect of TCP
    scope = 3 if version >= 6 else 0  # abstract Unix sockets, signals
    # struct landlock_ruleset_attr, as long as this ABI knows it
    attributes = struct.pack("=QQQ", files, network, scope)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = call(CREATE, attributes, ctypes.c_size_t(len(attributes)), 0)
    try:
        for descriptor, rights in grants:
            # struct landlock_path_beneath_attr { __u64 allowed_access; __s32 parent_fd; }
            call(ADD, ruleset, 1, struct.pack("=Qi", rights & files, descriptor), 0)
        call(RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)
