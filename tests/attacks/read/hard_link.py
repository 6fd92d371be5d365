ATTACK = {
    "success": "the secret file's text is in the report",
    "stopped by": ["landlock", "user", "seccomp"],
}


def attack():
    import os
    os.link(SECRET, TMP + "/" + NAME)
    try:
        text = open(TMP + "/" + NAME).read()
    finally:
        os.unlink(TMP + "/" + NAME)
    raise RuntimeError(text)


attack()
