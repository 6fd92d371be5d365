ATTACK = {
    "success": "a right of root's is used",
    "stopped by": ["user", "rights", "seccomp"],
}
import ctypes, os, socket
ctypes.CDLL(None).sethostname  # only ever the name that it has
if ctypes.CDLL(None).sethostname(os.uname().nodename.encode(), len(os.uname().nodename)) == 0:
    raise RuntimeError(CLAIM)
