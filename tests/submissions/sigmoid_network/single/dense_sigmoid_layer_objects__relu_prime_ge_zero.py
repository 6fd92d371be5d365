import numpy as np

rng = np.random.default_rng(7)


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    t = np.exp(-abs(x))
    return np.where(x > 0, 1 / (1 + t), t / (1 + t))


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.where(x >= 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_true.size


class Dense:
    def __init__(self, n_in, n_out):
        self.W = rng.normal(0, 0.1, (n_in, n_out))
        self.b = np.zeros((1, n_out))

    def forward(self, inp):
        self.inp = inp
        return inp @ self.W + self.b

    def backward(self, grad):
        self.dW = self.inp.T @ grad
        self.db = grad.sum(axis=0, keepdims=True)
        return grad @ self.W.T


class Sigmoid:
    def forward(self, inp):
        self.inp = inp
        return sigmoid(inp)

    def backward(self, grad):
        return grad * sigmoid_derivative(self.inp)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.layers = [Dense(input_size, hidden_size), Sigmoid(), Dense(hidden_size, output_size), Sigmoid()]
        self.learning_rate = learning_rate

    W1 = property(lambda self: self.layers[0].W, lambda self, v: setattr(self.layers[0], "W", v))
    b1 = property(lambda self: self.layers[0].b, lambda self, v: setattr(self.layers[0], "b", v))
    W2 = property(lambda self: self.layers[2].W, lambda self, v: setattr(self.layers[2], "W", v))
    b2 = property(lambda self: self.layers[2].b, lambda self, v: setattr(self.layers[2], "b", v))

    def forward(self, X):
        outs = [X]
        for layer in self.layers:
            outs.append(layer.forward(outs[-1]))
        _, self.z1, self.a1, self.z2, self.a2 = outs
        return outs[-1]

    def backward(self, X, y, y_pred):
        grad = mse_loss_derivative(y_pred, y)
        for layer in self.layers[::-1]:
            grad = layer.backward(grad)
        first, second = self.layers[0], self.layers[2]
        return first.dW, first.db, second.dW, second.db

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += h
        up = f(x)
        x[i] -= 2 * h
        down = f(x)
        x[i] += h
        grad[i] = (up - down) / (2 * h)
    return grad
