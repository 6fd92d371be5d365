ATTACK = {
    "success": "a control character reaches the terminal",
    "stopped by": ["escaping"],
}
def relu(x):
    raise ValueError("\x1b]0;passed\x07\x9b2J")
