ATTACK = {
    "success": "more memory is had than allowed",
    "stopped by": ["seccomp"],
}


def attack():
    import mmap
    memory = mmap.mmap(-1, 400 << 20)
    for place in range(0, 400 << 20, 4096):
        memory[place] = 1
    raise RuntimeError(CLAIM)


attack()
