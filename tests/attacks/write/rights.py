ATTACK = {
    "success": "a file outside its folder is changed",
    "stopped by": ["user", "seccomp"],
}
import os
os.chmod(SECRET, 0o777)
