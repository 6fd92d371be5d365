ATTACK = {
    "success": "a service of the machine's is reached",
    "stopped by": ["user", "seccomp"],
}
import socket
socket.socket(socket.AF_UNIX).connect(STREAM)
