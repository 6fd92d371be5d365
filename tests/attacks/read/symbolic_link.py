ATTACK = {
    "success": "the secret file's text is in the report",
    "stopped by": ["landlock", "user", "seccomp"],
}


def attack():
    import os
    os.symlink(SECRET, "link")
    raise RuntimeError(open("link").read())


attack()
