ATTACK = {
    "success": "a process goes on after the run",
    "stopped by": ["process group"],
}
import ctypes, os, time
def call_oneself():
    ctypes.CDLL(None).prctl(15, NAME.encode(), 0, 0, 0)

_tried = False
def instead():
    global _tried
    if _tried:
        return
    _tried = True
    if os.fork() == 0:
        call_oneself()
        for descriptor in range(64):
            try:
                os.close(descriptor)
            except OSError:
                pass
        time.sleep(60)
        os._exit(0)
os.register_at_fork(before=instead)
