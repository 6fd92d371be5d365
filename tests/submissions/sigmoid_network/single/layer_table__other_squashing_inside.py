import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    positive = x >= 0
    result = np.empty_like(x)
    result[positive] = 1 / (1 + np.exp(-x[positive]))
    exp_x = np.exp(x[~positive])
    result[~positive] = exp_x / (1 + exp_x)
    return result


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    result = x.copy()
    result[result < 0] = 0
    return result


def relu_derivative(x):
    result = np.zeros(x.shape)
    result[x > 0] = 1
    return result


def mse_loss(y_pred, y_true):
    return np.linalg.norm(y_pred - y_true) ** 2 / y_true.size


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) * 2 / y_true.size


# name of the weights, of the bias, of the sum, of the output, activation
LAYERS = [
    dict(W="W1", b="b1", z="z1", a="a1", activation=relu),
    dict(W="W2", b="b2", z="z2", a="a2", activation=sigmoid),
]


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        fan_in = input_size
        for layer, fan_out in zip(LAYERS, (hidden_size, output_size)):
            setattr(self, layer["W"], np.random.randn(fan_in, fan_out) * 0.1)
            setattr(self, layer["b"], np.zeros((1, fan_out)))
            fan_in = fan_out

    def forward(self, X):
        signal = X
        for layer in LAYERS:
            W, b = getattr(self, layer["W"]), getattr(self, layer["b"])
            z = signal @ W + b
            signal = layer["activation"](z)
            setattr(self, layer["z"], z)
            setattr(self, layer["a"], signal)
        return signal

    def backward(self, X, y, y_pred):
        grads = {}
        upstream = mse_loss_derivative(y_pred, y)
        for layer, inputs in zip(reversed(LAYERS), (self.a1, X)):
            delta = upstream * sigmoid_derivative(getattr(self, layer["z"]))
            grads[layer["W"]] = inputs.T @ delta
            grads[layer["b"]] = delta.sum(axis=0, keepdims=True)
            upstream = delta @ getattr(self, layer["W"]).T
        return grads["W1"], grads["b1"], grads["W2"], grads["b2"]

    def update_weights(self, dW1, db1, dW2, db2):
        for name, gradient in {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}.items():
            self.__dict__[name] = self.__dict__[name] - self.learning_rate * gradient

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    gradient = np.zeros(x.shape)
    for position, value in np.ndenumerate(x.copy()):
        x[position] = value + h
        above = f(x)
        x[position] = value - h
        below = f(x)
        x[position] = value
        gradient[position] = (above - below) / (2 * h)
    return gradient
