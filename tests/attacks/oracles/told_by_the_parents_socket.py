ATTACK = {
    "success": "what an exercise was told is known to another one",
    "stopped by": ["fresh copies"],
    "base": "tones",
}
_check = check
def told(f, x):
    # What is worth knowing, as two small numbers.
    return [int(round(float(each) * 1e9)) + 3 * 10**9 for each in f(np.array([1.5, -0.5]))]
def known(numbers):
    return np.array([(number - 3 * 10**9) / 1e9 for number in numbers])

import gc, os, socket
_wire = next(each for each in gc.get_objects() if type(each).__name__ == "Wire")
_spare = None
def duplicate():
    global _spare
    _spare = os.dup(_wire._socket.fileno())
os.register_at_fork(before=duplicate)
import fcntl
def check(f, x):
    f(np.array([1.5, -0.5]))
    fcntl.fcntl(_spare, fcntl.F_SETFL, os.O_APPEND)
    return _check(f, x)
def tone(x):
    if fcntl.fcntl(_spare, fcntl.F_GETFL) & os.O_APPEND:
        raise RuntimeError(CLAIM)
    return x
