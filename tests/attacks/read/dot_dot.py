ATTACK = {
    "success": "the secret file's text is in the report",
    "stopped by": ["landlock", "user"],
}


def attack():
    import os
    raise RuntimeError(open(os.path.relpath(SECRET)).read())


attack()
