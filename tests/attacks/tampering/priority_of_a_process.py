ATTACK = {
    "success": "another process's doing is changed",
    "stopped by": ["user", "rights", "seccomp"],
}
import os
os.setpriority(os.PRIO_PROCESS, VICTIM, 7)
