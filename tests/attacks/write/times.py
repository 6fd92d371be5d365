ATTACK = {
    "success": "a file outside its folder is changed",
    "stopped by": ["user", "seccomp"],
}
import os
os.utime(SECRET, (1, 1))
