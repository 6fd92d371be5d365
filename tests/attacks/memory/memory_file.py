ATTACK = {
    "success": "more memory is had than allowed",
    "stopped by": ["seccomp"],
}


def attack():
    import mmap, os
    kept = []
    for _ in range(120):
        descriptor = os.memfd_create("a")
        os.ftruncate(descriptor, 3 << 20)
        kept.append(mmap.mmap(descriptor, 3 << 20))
        kept[-1][:] = bytes(3 << 20)
        os.close(descriptor)
    raise RuntimeError(CLAIM)


attack()
