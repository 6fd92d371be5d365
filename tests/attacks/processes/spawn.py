ATTACK = {
    "success": "a program is run",
    "stopped by": ["landlock", "seccomp"],
}
import os
number = os.posix_spawn("/bin/true", ["true"], {})
if os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) == 0:
    raise RuntimeError(CLAIM)
