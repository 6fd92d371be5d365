ATTACK = {
    "success": "another process is signalled",
    "stopped by": ["user", "landlock", "seccomp"],
}
import ctypes, struct
information = ctypes.create_string_buffer(struct.pack("=iii", 10, 0, -1), 128)
ctypes.CDLL(None).syscall(129, VICTIM, 10, information)  # rt_sigqueueinfo: SIGUSR1
