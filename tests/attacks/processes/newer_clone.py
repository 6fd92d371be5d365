ATTACK = {
    "success": "a process of its own runs",
    "stopped by": ["user", "seccomp"],
}
import ctypes, os, struct
libc = ctypes.CDLL(None)
arguments = ctypes.create_string_buffer(struct.pack("=QQQQQQQQ", 0, 0, 0, 0, 17, 0, 0, 0), 64)
number = libc.syscall(435, arguments, ctypes.c_size_t(64))
if number == 0:
    libc.syscall(60, 0)
if number > 0:
    os.waitpid(number, 0)
    raise RuntimeError(CLAIM)
