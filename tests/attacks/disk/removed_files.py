ATTACK = {
    "success": "more is written than allowed",
    "stopped by": ["quota"],
}


def attack():
    import os, time
    files = []
    for number in range(40):
        file = open(f"{number}", "wb", buffering=0)
        file.write(bytes(3 << 20))
        os.unlink(f"{number}")
        files.append(file)
    for _ in range(10):
        time.sleep(0.1)
    raise RuntimeError(CLAIM)


attack()
