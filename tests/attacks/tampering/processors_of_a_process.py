ATTACK = {
    "success": "another process's doing is changed",
    "stopped by": ["user", "rights", "seccomp"],
}
import os
os.sched_setaffinity(VICTIM, {min(os.sched_getaffinity(0))})
