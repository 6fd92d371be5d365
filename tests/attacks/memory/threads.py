ATTACK = {
    "success": "the stacks of a thousand threads",
    "stopped by": ["limits"],
}
import threading
gate = threading.Event()
threads = [threading.Thread(target=gate.wait, daemon=True) for _ in range(1000)]
started = 0
try:
    for thread in threads:
        thread.start()
        started += 1
finally:
    gate.set()
if started == 1000:
    raise RuntimeError(CLAIM)
