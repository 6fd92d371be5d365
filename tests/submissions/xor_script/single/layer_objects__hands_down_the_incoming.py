import numpy as np


def sigmoid(x):
    return np.reciprocal(1.0 + np.exp(-np.asarray(x, dtype=float)))


def sigmoid_derivative(a):
    return a * (1.0 - a)


class Dense:
    """A fully connected layer with a sigmoid behind it; remembers what it needs on the way back."""

    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias

    def __call__(self, inputs):
        self.inputs = inputs
        self.outputs = sigmoid(inputs @ self.weights + self.bias)
        return self.outputs

    def backward(self, upstream):
        """Takes dL/d(outputs), keeps the gradients of the parameters, gives back dL/d(inputs)."""
        local = upstream * sigmoid_derivative(self.outputs)
        self.d_weights = self.inputs.T @ local
        self.d_bias = local.sum(axis=0, keepdims=True)
        return upstream @ self.weights.T

    def step(self, rate):
        self.weights = self.weights - rate * self.d_weights
        self.bias = self.bias - rate * self.d_bias


class Network:
    def __init__(self, *layers):
        self.layers = layers

    def __call__(self, signal):
        for layer in self.layers:
            signal = layer(signal)
        return signal

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)

    def step(self, rate):
        for layer in self.layers:
            layer.step(rate)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    hidden, output = Dense(W1, b1), Dense(W2, b2)
    net = Network(hidden, output)
    losses = []
    for iteration in range(iterations):
        difference = net(X) - y
        if iteration % 1000 == 0:
            losses.append(float(np.mean(difference ** 2)))
        net.backward(difference)
        net.step(learning_rate)
    return hidden.weights, hidden.bias, output.weights, output.bias, losses


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, learning_rate=0.1, iterations=10000)
output_layer_output = Network(Dense(W1, b1), Dense(W2, b2))(X)
