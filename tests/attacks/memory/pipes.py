ATTACK = {
    "success": "memory is had that no limit counts",
    "stopped by": ["seccomp"],
}


def attack():
    import fcntl, os
    ends = []
    for _ in range(50):
        reading, writing = os.pipe()
        fcntl.fcntl(writing, 1031, 1 << 20)  # F_SETPIPE_SZ
        os.write(writing, bytes(1 << 20))
        ends.append((reading, writing))
    raise RuntimeError(CLAIM)


attack()
