ATTACK = {
    "success": "a process of its own runs",
    "stopped by": ["seccomp"],
}
import os
reading, writing = os.pipe()
if os.fork() == 0:
    os.write(writing, b"x")
    os._exit(0)
os.close(writing)
os.wait()
if os.read(reading, 1):
    raise RuntimeError(CLAIM)
