ATTACK = {
    "success": "it runs as long as it likes",
    "stopped by": ["budgets"],
}
import os, time
def relu(x):
    if os.path.exists("done"):
        raise RuntimeError(CLAIM)
    end = time.monotonic() + 10
    while time.monotonic() < end:
        pass
    open("done", "w").close()
    raise RuntimeError(CLAIM)
