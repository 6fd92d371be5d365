ATTACK = {
    "success": "the process that starts workers is traced",
    "stopped by": ["user", "namespaces", "landlock", "rights", "seccomp"],
}
import ctypes, os
if ctypes.CDLL(None).ptrace(0x4206, os.getppid(), 0, 0) == 0:
    raise RuntimeError(CLAIM)
