ATTACK = {
    "success": "more is written than allowed",
    "stopped by": ["limits"],
}


def attack():
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open("file", "wb") as file:
        for _ in range(20):
            file.write(bytes(1 << 20))
    raise RuntimeError(CLAIM)


attack()
