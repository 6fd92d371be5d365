ATTACK = {
    "success": "another process's doing is changed",
    "stopped by": ["user", "seccomp"],
}
import os
os.setpriority(os.PRIO_PROCESS, VICTIM, 7)
