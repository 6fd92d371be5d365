ATTACK = {
    "success": "the process that starts workers can be signalled",
    "stopped by": ["user", "landlock", "seccomp"],
}


def attack():
    import os
    os.kill(os.getppid(), 0)
    raise RuntimeError(CLAIM)


attack()
