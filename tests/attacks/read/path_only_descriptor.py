ATTACK = {
    "success": "the secret file's text is in the report",
    "stopped by": ["landlock", "user"],
}


def attack():
    import os
    descriptor = os.open(SECRET, os.O_PATH)
    raise RuntimeError(open(f"/proc/self/fd/{descriptor}").read())


attack()
