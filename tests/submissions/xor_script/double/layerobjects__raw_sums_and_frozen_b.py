import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(a):
    return a * (1 - a)


class SigmoidLayer:
    """Dense layer plus sigmoid, knows its own gradients."""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, x):
        self.z = x @ self.W + self.b
        self.a = sigmoid(self.z)
        return self.a

    def backward(self, x, grad_a):
        """x: what the layer was fed; grad_a: dL/da. Gives dL/dx."""
        grad_z = grad_a * sigmoid_derivative(self.a)
        self.dW = x.T @ grad_z
        self.db = grad_z.sum(axis=0, keepdims=True)
        return grad_z @ self.W.T

    def update(self, lr):
        self.W = self.W - lr * self.dW


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    hid, out = SigmoidLayer(W1, b1), SigmoidLayer(W2, b2)
    losses = []
    for i in range(iterations):
        y_hat = out(hid(X))
        if i % 1000 == 0:
            losses.append(np.mean((y_hat - y) ** 2))
        hid.backward(X, out.backward(hid.z, y_hat - y))
        for layer in (hid, out):
            layer.update(learning_rate)
    return hid.W, hid.b, out.W, out.b, losses


np.random.seed(1)
hidden_layer = SigmoidLayer(np.random.rand(3, 4), np.random.rand(1, 4))
output_layer = SigmoidLayer(np.random.rand(4, 1), np.random.rand(1, 1))

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

W1, b1, W2, b2, losses = train(X, y, hidden_layer.W, hidden_layer.b, output_layer.W, output_layer.b, 0.1, 10000)

hidden_layer, output_layer = SigmoidLayer(W1, b1), SigmoidLayer(W2, b2)
output_layer_output = output_layer(hidden_layer(X))
print("\n".join(f"{loss:.4f}" for loss in losses))
print(output_layer_output)
