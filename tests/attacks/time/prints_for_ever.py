ATTACK = {
    "success": "it runs as long as it likes",
    "stopped by": ["budgets"],
}


def attack():
    import time
    end = time.monotonic() + 10
    while time.monotonic() < end:
        print('x' * 10_000)
    raise RuntimeError(CLAIM)


attack()
