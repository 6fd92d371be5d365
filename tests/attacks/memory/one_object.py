ATTACK = {
    "success": "more memory is had than allowed",
    "stopped by": ["limits"],
}


def attack():
    import os
    a = bytearray(os.urandom(1 << 20)) * 350
    raise RuntimeError(CLAIM)


attack()
