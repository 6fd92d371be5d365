ATTACK = {
    "success": "a control character reaches the terminal",
    "stopped by": ["escaping"],
}
class SimpleNeuralNetwork(SimpleNeuralNetwork):
    def backward(self, X, y, y_pred):
        return {"\x1b[2J": 1}
