ATTACK = {
    "success": "a control character reaches the terminal",
    "stopped by": ["escaping"],
}
def relu(x):
    return type("\x1b[2JThing", (), {})()
