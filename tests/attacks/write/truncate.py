ATTACK = {
    "success": "a file outside its folder is changed",
    "stopped by": ["landlock", "user", "seccomp"],
}
import os
os.truncate(SECRET, 0)
