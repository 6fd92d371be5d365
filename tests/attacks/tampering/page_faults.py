ATTACK = {
    "success": "the kernel's page faults are served by it",
    "stopped by": ["seccomp"],
}
import ctypes
if ctypes.CDLL(None).syscall(323, 1) >= 0:  # userfaultfd(UFFD_USER_MODE_ONLY)
    raise RuntimeError(CLAIM)
