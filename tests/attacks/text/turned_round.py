ATTACK = {
    "success": "a control character reaches the terminal",
    "stopped by": ["escaping"],
}
raise RuntimeError("\u202e03 fo 03\u2066")
