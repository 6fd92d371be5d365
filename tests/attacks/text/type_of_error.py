ATTACK = {
    "success": "a control character reaches the terminal",
    "stopped by": ["escaping"],
}
raise type("\x1b[2JError", (Exception,), {})("x")
