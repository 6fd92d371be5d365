ATTACK = {
    "success": "what an exercise was told is known to another one",
    "stopped by": ["fresh process"],
    "base": "tones",
}
_check = check
def told(f, x):
    # What is worth knowing, as two small numbers.
    return [int(round(float(each) * 1e9)) + 3 * 10**9 for each in f(np.array([1.5, -0.5]))]
def known(numbers):
    return np.array([(number - 3 * 10**9) / 1e9 for number in numbers])

_kept = []
def check(f, x):
    _kept.append(f)
    return _check(f, x)
def tone(x):
    return _kept[0](x)
