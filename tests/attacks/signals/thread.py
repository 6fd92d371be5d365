ATTACK = {
    "success": "another process is signalled",
    "stopped by": ["user", "landlock", "seccomp"],
}
import ctypes
ctypes.CDLL(None).syscall(234, VICTIM, VICTIM, 9)  # tgkill
