ATTACK = {
    "success": "more is written than allowed",
    "stopped by": ["limits"],
}


def attack():
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open("file", "wb") as file:
        file.write(bytes((4 << 20) + 1))  # by one byte: who watches the folder has nothing to say
    raise RuntimeError(CLAIM)


attack()
