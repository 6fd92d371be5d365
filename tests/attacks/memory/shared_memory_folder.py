ATTACK = {
    "success": "more memory is had than allowed",
    "stopped by": ["landlock"],
}


def attack():
    import os
    path = "/dev/shm/" + NAME
    count = 0
    try:
        with open(path, "wb") as file:
            while count < 3 << 20:
                count += file.write(bytes(1 << 20))
    finally:
        os.unlink(path)
    raise RuntimeError(CLAIM)


attack()
