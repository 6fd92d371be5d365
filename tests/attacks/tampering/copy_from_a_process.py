ATTACK = {
    "success": "another process's memory is read",
    "stopped by": ["user", "namespaces", "landlock", "rights", "seccomp"],
}
import ctypes, os
maps = ctypes.create_string_buffer(16)
class Span(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]
# The zygote's memory lies where ours does.
address = ctypes.addressof(ctypes.c_char.in_dll(ctypes.pythonapi, "_Py_NoneStruct"))
here, there = Span(ctypes.addressof(maps), 8), Span(address, 8)
if ctypes.CDLL(None).process_vm_readv(os.getppid(), ctypes.byref(here), 1, ctypes.byref(there), 1, 0) == 8:
    raise RuntimeError(CLAIM)
