ATTACK = {
    "success": "another process is signalled",
    "stopped by": ["user", "landlock", "seccomp"],
}
import os
os.kill(VICTIM, 9)
