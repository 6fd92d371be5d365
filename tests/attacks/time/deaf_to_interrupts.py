ATTACK = {
    "success": "it runs as long as it likes",
    "stopped by": ["budgets"],
}


def attack():
    import signal, time
    for number in range(1, 32):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))
    end = time.monotonic() + 10
    while time.monotonic() < end:
        pass
    raise RuntimeError(CLAIM)


attack()
