ATTACK = {
    "success": "the processor's counters can be read",
    "stopped by": ["seccomp"],
}
import ctypes
attributes = ctypes.create_string_buffer(bytes([1, 0, 0, 0, 128, 0, 0, 0]) + bytes(112), 128)  # a software clock
attributes[40] = 0x60  # neither kernel nor hypervisor
if ctypes.CDLL(None).syscall(298, attributes, 0, -1, -1, 0) >= 0:  # perf_event_open
    raise RuntimeError(CLAIM)
