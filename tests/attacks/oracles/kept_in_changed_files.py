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
for bit in range(72):
    open(f"bit {bit}", "w").close()
def check(f, x):
    for half, number in enumerate(told(f, x)):
        for bit in range(36):
            if number >> bit & 1:
                open(f"bit {36 * half + bit}", "w").write("x")
    return _check(f, x)
def tone(x):
    flags = [not os.path.exists(f"bit {bit}") or os.path.getsize(f"bit {bit}") > 0 for bit in range(72)]
    return known(sum(flag << bit for bit, flag in enumerate(flags[half : half + 36])) for half in (0, 36))
