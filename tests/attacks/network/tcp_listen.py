ATTACK = {
    "success": "it can be reached from outside",
    "stopped by": ["landlock", "seccomp"],
}
import socket
with socket.socket() as server:
    server.bind(("127.0.0.1", 0))
    server.listen()
    if server.getsockname()[1]:
        raise RuntimeError(CLAIM)
