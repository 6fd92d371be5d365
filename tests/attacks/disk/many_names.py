ATTACK = {
    "success": "thousands of files are made",
    "stopped by": ["quota"],
}


def attack():
    import os, time
    for number in range(10_500):
        os.mkdir(f"{number}")
    for _ in range(10):
        time.sleep(0.1)
    raise RuntimeError(CLAIM)


attack()
