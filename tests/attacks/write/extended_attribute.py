ATTACK = {
    "success": "a file outside its folder is changed",
    "stopped by": ["user", "seccomp"],
}
import os
os.setxattr(SECRET, "user.note", b"x")
