ATTACK = {
    "success": "namespaces of its own give it new rights",
    "stopped by": ["seccomp"],
}
import ctypes
if ctypes.CDLL(None).unshare(0x10000000 | 0x00020000) == 0:
    raise RuntimeError(CLAIM)
