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
counters = [os.eventfd(0, os.EFD_NONBLOCK) for _ in range(2)]
def check(f, x):
    for counter, number in zip(counters, told(f, x)):
        os.eventfd_write(counter, number)
    return _check(f, x)
def tone(x):
    return known(os.eventfd_read(counter) for counter in counters)
