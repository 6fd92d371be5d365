ATTACK = {
    "success": "more memory is had than allowed",
    "stopped by": ["limits"],
}


def attack():
    arrays = [np.ones(1 << 20) for _ in range(40)]
    raise RuntimeError(CLAIM)


attack()
