ATTACK = {
    "success": "it runs as long as it likes",
    "stopped by": ["budgets"],
}
def relu(x):
    import time
    end = time.monotonic() + 8
    while time.monotonic() < end:
        pow(3, 7**20_000, 7**9_000)
    raise RuntimeError(CLAIM)
