ATTACK = {
    "success": "thousands of files are made",
    "stopped by": ["quota"],
}


def attack():
    import time
    for number in range(12_000):
        open(f"{number}", "w").close()
    for _ in range(10):
        time.sleep(0.1)
    raise RuntimeError(CLAIM)


attack()
