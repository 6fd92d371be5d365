import numpy as np

CONFIG = dict(
    learning_rate=1e-1,
    # ten losses: iterations 0, 1000, ..., 9000
    iterations=9 * 1000 + 1,
)


def sigmoid(x):
    """Logistic function; numpy's logaddexp takes care of the extremes."""
    return np.exp(-np.logaddexp(0, -np.asarray(x, dtype=float)))


def sigmoid_derivative(a):
    """Slope of the logistic function where it has the value a."""
    return a * (1 - a)


class Layer:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, inputs):
        self.inputs = inputs
        self.outputs = sigmoid(inputs @ self.W + self.b)
        return self.outputs

    def back(self, grad):
        """Takes dL/d outputs, returns dL/d inputs, remembers its own gradients."""
        local = grad * sigmoid_derivative(self.outputs)
        self.dW = self.inputs.T @ local
        self.db = local.sum(axis=0, keepdims=True)
        return local @ self.W.T

    def move(self, rate):
        self.W = self.W - rate * self.dW
        self.b = self.b - rate * self.db


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    hidden, output = Layer(W1, b1), Layer(W2, b2)
    losses = []
    for i in range(iterations):
        residual = output(hidden(X)) - y
        if i % 1000 == 0:
            losses.append(np.mean(residual * residual))
        hidden.back(output.back(residual))
        hidden.move(learning_rate)
        output.move(learning_rate)
    return hidden.W, hidden.b, output.W, output.b, losses


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = X[:, [0]] ^ X[:, [1]]

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, **CONFIG)
output_layer_output = Layer(W2, b2)(Layer(W1, b1)(X))
