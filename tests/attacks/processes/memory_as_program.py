ATTACK = {
    "success": "a program of its own making is run",
    "stopped by": ["landlock", "seccomp"],
}


def attack():
    import ctypes, os
    descriptor = os.memfd_create("program")
    os.write(descriptor, open("/bin/true", "rb").read())
    raise RuntimeError(CLAIM)


attack()
