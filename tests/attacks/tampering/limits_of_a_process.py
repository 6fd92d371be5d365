ATTACK = {
    "success": "another process's doing is changed",
    "stopped by": ["user", "seccomp"],
}
import resource
resource.prlimit(VICTIM, resource.RLIMIT_CORE, (0, 0))
