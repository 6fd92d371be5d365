ATTACK = {
    "success": "threads burn the time that the main one has not used",
    "stopped by": ["budgets"],
}
import threading, time
burnt = False
def burn():
    end = time.monotonic() + 10
    while time.monotonic() < end:
        pass
    globals()["burnt"] = True
def relu(x):
    threading.Thread(target=burn, daemon=True).start()
    while not burnt:
        time.sleep(0.01)
    raise RuntimeError(CLAIM)
