ATTACK = {
    "success": "more is written than allowed",
    "stopped by": ["quota"],
}


def attack():
    import os, time
    files = []
    for number in range(40):
        descriptor = os.open(f"{number}", os.O_CREAT | os.O_RDWR)
        os.posix_fallocate(descriptor, 0, 3 << 20)
        os.unlink(f"{number}")
        files.append(descriptor)
    for _ in range(10):
        time.sleep(0.1)
    raise RuntimeError(CLAIM)


attack()
