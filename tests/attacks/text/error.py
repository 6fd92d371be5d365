ATTACK = {
    "success": "a control character reaches the terminal",
    "stopped by": ["escaping"],
}
raise RuntimeError("\x1b[2J\x1b[31m30 of 30 points\x07")
