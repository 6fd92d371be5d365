ATTACK = {
    "success": "a command writes a file",
    "stopped by": ["landlock", "user", "seccomp"],
}
import os
os.system(f"echo x > {DROP}/file")
