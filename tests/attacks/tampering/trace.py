ATTACK = {
    "success": "another process is traced",
    "stopped by": ["user", "namespaces", "landlock", "rights", "seccomp"],
}
import ctypes
if ctypes.CDLL(None).ptrace(0x4206, VICTIM, 0, 0) == 0:  # PTRACE_SEIZE
    raise RuntimeError(CLAIM)
