ATTACK = {
    "success": "more is written than allowed",
    "stopped by": ["quota"],
}


def attack():
    import os, time
    files = []
    for number in range(40):
        descriptor = os.open(".", os.O_TMPFILE | os.O_RDWR)
        os.write(descriptor, bytes(3 << 20))
        files.append(descriptor)
    for _ in range(10):
        time.sleep(0.1)
    raise RuntimeError(CLAIM)


attack()
