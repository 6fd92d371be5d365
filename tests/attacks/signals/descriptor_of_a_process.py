ATTACK = {
    "success": "another process is signalled",
    "stopped by": ["user", "landlock", "seccomp"],
}
import os, signal
signal.pidfd_send_signal(os.pidfd_open(VICTIM), signal.SIGKILL)
