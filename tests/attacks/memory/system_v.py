ATTACK = {
    "success": "shared memory stays after the run",
    "stopped by": ["namespaces", "seccomp"],
}
import ctypes
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
ctypes.memset(libc.shmat(libc.shmget(KEY, 64 << 20, 0o1600), None, 0), 1, 64 << 20)
