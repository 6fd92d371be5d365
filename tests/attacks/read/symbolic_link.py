ATTACK = {
    "success": "the secret file's text is in the report",
    "stopped by": ["landlock", "user", "seccomp"],
}
import os
os.symlink(SECRET, "link")
raise RuntimeError(open("link").read())
