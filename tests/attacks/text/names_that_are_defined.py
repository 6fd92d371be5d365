ATTACK = {
    "success": "a control character reaches the terminal",
    "stopped by": ["escaping"],
}
del relu
globals()["\x1b[2J"] = globals()["aa\x1b[2J"] = 1
for _name in ["sigmoid", "sigmoid_derivative", "relu_derivative", "mse_loss", "mse_loss_derivative"]:
    globals()["_" + _name] = globals().pop(_name)
