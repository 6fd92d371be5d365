ATTACK = {
    "success": "what an exercise was told is known to another one",
    "stopped by": ["seccomp"],
    "base": "tones",
}
_check = check
def told(f, x):
    # What is worth knowing, as two small numbers.
    return [int(round(float(each) * 1e9)) + 3 * 10**9 for each in f(np.array([1.5, -0.5]))]
def known(numbers):
    return np.array([(number - 3 * 10**9) / 1e9 for number in numbers])

import os
_parent = os.getpid()
_all = os.sched_getaffinity(0)
def check(f, x):
    f(np.array([1.5, -0.5]))
    os.sched_setaffinity(_parent, {min(_all)})
    return _check(f, x)
def tone(x):
    if os.sched_getaffinity(0) != _all:
        raise RuntimeError(CLAIM)
    return x
