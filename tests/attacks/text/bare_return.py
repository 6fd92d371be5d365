ATTACK = {
    "success": "a control character reaches the terminal",
    "stopped by": ["escaping"],
}
raise RuntimeError("x\r30 of 30 points")
