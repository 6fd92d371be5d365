ATTACK = {
    "success": "the secret file's text is in the report",
    "stopped by": ["landlock", "user"],
}
import os
descriptor = os.open(SECRET, os.O_PATH)
raise RuntimeError(open(f"/proc/self/fd/{descriptor}").read())
