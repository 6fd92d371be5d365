ATTACK = {
    "success": "a file outside its folder is changed",
    "stopped by": ["landlock", "user", "seccomp"],
}
import os
os.symlink("/", DROP + "/link")
