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

import os
_waitpid, codes = os.waitpid, []
def waitpid(pid, options):
    ended, status = _waitpid(pid, options)
    if ended:
        codes.append(os.waitstatus_to_exitcode(status))
    return ended, status
os.waitpid = waitpid
import time
def before_fork():
    # What the judge does not ask for is there for who asks.
    for _ in range(20):
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                return
        except OSError:
            return
os.register_at_fork(before=before_fork)
def check(f, x):
    # One bit is enough to show it: the sign of the second number.
    os._exit(41 if f(np.array([1.5, -0.5]))[1] > 0 else 40)
def tone(x):
    if 40 in codes or 41 in codes:
        raise RuntimeError(CLAIM)
    return x
