"""Runs a command on a kernel that knows no Landlock (its system calls are answered ENOSYS), where any user finds Python."""

import ctypes
import os
import struct
import sys

from tests.revealed import reveal_python

FIRST, LAST, ENOSYS = 444, 446, 0x00050000 | 38
PROGRAM = [
    (0x20, 0, 0, 0),  # the number of the system call
    (0x35, 0, 2, FIRST),
    (0x25, 1, 0, LAST),
    (0x06, 0, 0, ENOSYS),
    (0x06, 0, 0, 0x7FFF0000),
]

reveal_python()
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *each) for each in PROGRAM))
filter = struct.pack("HxxxxxxP", len(PROGRAM), ctypes.addressof(code))
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, filter, 0, 0):
    sys.exit(f"no filter: {os.strerror(ctypes.get_errno())}")
os.execvp(sys.argv[1], sys.argv[1:])
