ATTACK = {
    "success": "it runs as long as it likes",
    "stopped by": ["budgets"],
}
import os, time
def relu(x):
    if not os.path.exists("done"):
        time.sleep(10)
    open("done", "w").close()
    raise RuntimeError(CLAIM)
