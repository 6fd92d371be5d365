ATTACK = {
    "success": "the root folder is another one",
    "stopped by": ["user", "rights", "seccomp"],
}
import ctypes
if ctypes.CDLL(None).chroot(b"/") == 0:
    raise RuntimeError(CLAIM)
