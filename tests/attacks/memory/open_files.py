ATTACK = {
    "success": "a thousand descriptors are open",
    "stopped by": ["limits"],
}


def attack():
    files = [open("/dev/null") for _ in range(1000)]
    raise RuntimeError(CLAIM)


attack()
