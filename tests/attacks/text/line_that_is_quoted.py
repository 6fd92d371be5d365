ATTACK = {
    "success": "a control character reaches the terminal",
    "stopped by": ["escaping"],
}
def relu_derivative(x):
    return np.where(x >= 0, 1.0, 0.0)  # [2J 30 of 30
