ATTACK = {
    "success": "addresses can be made foreseeable",
    "stopped by": ["seccomp"],
}
import ctypes
if ctypes.CDLL(None).personality(0x0040000) >= 0:  # ADDR_NO_RANDOMIZE
    raise RuntimeError(CLAIM)
