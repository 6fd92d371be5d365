ATTACK = {
    "success": "a system call of another architecture is made",
    "stopped by": ["seccomp"],
}
import ctypes, mmap
# mov eax, 20 (getpid of 32 bits); int 0x80; ret
page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(bytes.fromhex("b814000000cd80c3"))
address = ctypes.addressof(ctypes.c_char.from_buffer(page))
if ctypes.CFUNCTYPE(ctypes.c_int)(address)() > 0:
    raise RuntimeError(CLAIM)
