ATTACK = {
    "success": "a control character reaches the terminal",
    "stopped by": ["escaping"],
}
def relu(x):
    raise ValueError("\ud83d\x1b[2J")
