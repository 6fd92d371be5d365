ATTACK = {
    "success": "packets can be made by hand",
    "stopped by": ["user", "rights", "seccomp"],
}


def attack():
    import socket
    socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).close()
    raise RuntimeError(CLAIM)


attack()
