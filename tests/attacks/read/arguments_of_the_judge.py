ATTACK = {
    "success": "how the judge was called is known",
    "stopped by": ["landlock"],
}
import os
if b"worker/main.py" in open(f"/proc/{os.getppid()}/cmdline", "rb").read():
    raise RuntimeError(CLAIM)
