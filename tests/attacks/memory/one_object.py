ATTACK = {
    "success": "more memory is had than allowed",
    "stopped by": ["limits"],
}


def attack():
    import os
    a = bytearray(os.urandom(1 << 20)) * 700
    raise RuntimeError(CLAIM)


attack()
