ATTACK = {
    "success": "a process of its own runs",
    "stopped by": ["seccomp"],
}
import ctypes, os, struct
libc = ctypes.CDLL(None)
arguments = ctypes.create_string_buffer(struct.pack("=QQQQQQQQ", 0, 0, 0, 0, 17, 0, 0, 0), 64)
if True:  # one statement: the child must not come to hear the judge's next request
    number = libc.syscall(435, arguments, ctypes.c_size_t(64))
    if number == 0:
        libc.syscall(60, 0)
    if number > 0:
        os.waitpid(number, 0)
        raise RuntimeError(CLAIM)
