ATTACK = {
    "success": "more is written than allowed",
    "stopped by": ["quota"],
}


def attack():
    import time
    for number in range(8):
        with open(f"{number}", "wb") as file:
            file.write(bytes(3 << 20))
    for _ in range(10):
        time.sleep(0.1)
    raise RuntimeError(CLAIM)


attack()
