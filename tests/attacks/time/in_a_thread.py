ATTACK = {
    "success": "threads burn the time that the main one has not used",
    "stopped by": ["budgets"],
}
import os, threading, time
burnt = False
def burn():
    end = time.monotonic() + 10
    while time.monotonic() < end:
        pass
    globals()["burnt"] = True
    open("done", "w").close()
def relu(x):
    if os.path.exists("done"):
        raise RuntimeError(CLAIM)
    threading.Thread(target=burn, daemon=True).start()
    while not burnt:
        time.sleep(0.01)
    raise RuntimeError(CLAIM)
