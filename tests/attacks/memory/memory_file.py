ATTACK = {
    "success": "more memory is had than allowed",
    "stopped by": ["seccomp"],
}
import os
descriptor = os.memfd_create("a")
for _ in range(40):
    if os.write(descriptor, bytes(15 << 20)) != 15 << 20:
        break
    descriptor = os.dup(os.memfd_create("a"))
else:
    raise RuntimeError(CLAIM)
