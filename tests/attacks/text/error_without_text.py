ATTACK = {
    "success": "a control character reaches the terminal",
    "stopped by": ["escaping"],
}
class Silent(Exception):
    def __str__(self):
        raise KeyError("\x1b[2J")
    __repr__ = __str__
def relu(x):
    raise Silent
raise type("\x9b2J", (Silent,), {})
