ATTACK = {
    "success": "the stacks of two hundred threads",
    "stopped by": ["limits"],
}
import threading
gate = threading.Event()
threads = [threading.Thread(target=gate.wait, daemon=True) for _ in range(200)]
started = 0
try:
    for thread in threads:
        thread.start()
        started += 1
finally:
    gate.set()
if started == 200:
    raise RuntimeError(CLAIM)
