ATTACK = {
    "success": "a program is run",
    "stopped by": ["landlock", "seccomp"],
}


def attack():
    import subprocess
    raise RuntimeError(subprocess.check_output(["/bin/echo", CLAIM], text=True))


attack()
