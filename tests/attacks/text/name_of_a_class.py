ATTACK = {
    "success": "a control character reaches the terminal",
    "stopped by": ["escaping"],
}
class SimpleNeuralNetwork(SimpleNeuralNetwork):
    def forward(self, X):
        return type("\x1b[2J", (float,), {"__slots__": ()}), 1
