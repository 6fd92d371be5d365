ATTACK = {
    "success": "it runs as long as it likes",
    "stopped by": ["budgets"],
}


def attack():
    import time
    end = time.monotonic() + 10
    while time.monotonic() < end:
        pass
    raise RuntimeError(CLAIM)


attack()
