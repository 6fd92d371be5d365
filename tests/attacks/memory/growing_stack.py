ATTACK = {
    "success": "more memory is had than allowed",
    "stopped by": ["seccomp"],
}


def attack():
    import ctypes
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
    for _ in range(6):
        address = libc.mmap(None, 100 << 20, 3, 0x122, -1, 0)  # MAP_PRIVATE, MAP_ANONYMOUS, MAP_GROWSDOWN
        if address in (None, 2**64 - 1):
            raise MemoryError
        for place in range(0, 100 << 20, 4096):
            ctypes.c_char.from_address(address + place).value = b"x"
    raise RuntimeError(CLAIM)


attack()
