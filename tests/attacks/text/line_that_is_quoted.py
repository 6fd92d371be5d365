ATTACK = {
    "success": "a control character reaches the terminal",
    "stopped by": ["escaping"],
}
def relu(x):
    return np.minimum(x, 0)  # [2J 30 of 30
