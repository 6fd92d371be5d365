ATTACK = {
    "success": "a service of the machine's is reached",
    "stopped by": ["namespaces", "landlock", "seccomp"],
}
import socket
socket.socket(socket.AF_UNIX).connect(ABSTRACT)
