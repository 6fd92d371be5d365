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

import os, sys
path = np.__file__
places = [os.open(path, os.O_RDONLY) for _ in range(2)]
def check(f, x):
    for place, number in zip(places, told(f, x)):
        os.lseek(place, number, os.SEEK_SET)
    return _check(f, x)
def tone(x):
    return known(os.lseek(place, 0, os.SEEK_CUR) for place in places)
