ATTACK = {
    "success": "more memory is had than allowed",
    "stopped by": ["limits"],
}
import os
a = bytearray(os.urandom(1 << 20)) * 700
raise RuntimeError(CLAIM)
