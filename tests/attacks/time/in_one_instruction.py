ATTACK = {
    "success": "it runs as long as it likes",
    "stopped by": ["budgets"],
}
import os, time
def relu(x):
    end = time.monotonic() + 8
    while time.monotonic() < end and not os.path.exists("done"):
        pow(3, 7**20_000, 7**9_000)
    open("done", "w").close()
    raise RuntimeError(CLAIM)
