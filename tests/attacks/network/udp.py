ATTACK = {
    "success": "a service of the machine's is reached",
    "stopped by": ["namespaces", "seccomp"],
}
import socket
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", UDP))
