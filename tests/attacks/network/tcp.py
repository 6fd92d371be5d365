ATTACK = {
    "success": "a service of the machine's is reached",
    "stopped by": ["namespaces", "landlock", "seccomp"],
}
import socket
socket.create_connection(("127.0.0.1", PORT), 2).close()
