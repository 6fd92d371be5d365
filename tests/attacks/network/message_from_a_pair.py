ATTACK = {
    "success": "a service of the machine's is reached",
    "stopped by": ["user", "seccomp"],
}
import socket
socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendmsg([b"x"], [], 0, DATAGRAMS)
