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

import gc
_servant = None
def check(f, x):
    return _check(f, x)
def tone(x):
    global _servant
    _servant = next(each for each in gc.get_objects() if type(each).__name__ == "Servant")
    import _grader_worker.wire as wire
    for number in _numbers():
        try:
            return _servant._callback(number)(x)
        except Exception:
            continue
    return x
def _numbers():
    return map(int, open("numbers").read().split())
_old = None
def check(f, x):
    open("numbers", "w").write(str(f.__closure__[[cell.cell_contents.__class__.__name__ for cell in f.__closure__].index("int")].cell_contents))
    return _check(f, x)
