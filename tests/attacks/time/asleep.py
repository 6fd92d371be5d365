ATTACK = {
    "success": "it runs as long as it likes",
    "stopped by": ["budgets"],
}
import time
def relu(x):
    time.sleep(10)
    raise RuntimeError(CLAIM)
