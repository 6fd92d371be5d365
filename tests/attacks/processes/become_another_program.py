ATTACK = {
    "success": "the process becomes another program",
    "stopped by": ["landlock", "user", "seccomp"],
}
import os
os.execv("/bin/sh", ["sh", "-c", f"echo x > {DROP}/file"])
