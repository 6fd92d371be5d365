ATTACK = {
    "success": "a file outside its folder is changed",
    "stopped by": ["user", "namespaces", "rights", "seccomp"],
}
import os
os.chown(SECRET, -1, 4711)
