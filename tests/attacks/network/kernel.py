ATTACK = {
    "success": "the kernel answers over netlink",
    "stopped by": ["seccomp"],
}


def attack():
    import socket
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as kernel:
        kernel.bind((0, 0))
    raise RuntimeError(CLAIM)


attack()
