ATTACK = {
    "success": "more memory is had than allowed",
    "stopped by": ["seccomp"],
}
import os
descriptor = os.memfd_create("a")
for _ in range(200):
    if os.write(descriptor, bytes(3 << 20)) != 3 << 20:
        break
    descriptor = os.dup(os.memfd_create("a"))
else:
    raise RuntimeError(CLAIM)
