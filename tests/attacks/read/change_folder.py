ATTACK = {
    "success": "the secret file's text is in the report",
    "stopped by": ["landlock", "user"],
}


def attack():
    import os
    here = os.getcwd()
    os.chdir(FOLDER)
    try:
        text = open("secret").read()
    finally:
        os.chdir(here)
    raise RuntimeError(text)


attack()
