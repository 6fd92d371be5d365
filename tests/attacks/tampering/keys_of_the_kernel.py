ATTACK = {
    "success": "the kernel's key rings can be reached",
    "stopped by": ["seccomp"],
}
import ctypes
if ctypes.CDLL(None).syscall(250, 0, -3, 0, 0, 0) > 0:  # keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING)
    raise RuntimeError(CLAIM)
