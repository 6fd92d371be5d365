import numpy as np

SCALE = 0.1


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    y = sigmoid(x)
    return y * (1 - y)


def relu(x):
    return np.where(x > 0, x, 0)


def relu_derivative(x):
    return np.where(x > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / (y_true.shape[0] * y_true.shape[1])


def bias_gradient(signal):
    return signal.sum(axis=0)


def layer(inputs, W, b):
    """A layer as a coroutine.

    First it hands out (z, a); then the gradient at a is sent in, and it hands out
    the gradient at its inputs, of W and of b.
    """
    z = inputs @ W + b
    upstream = yield z, sigmoid(z)
    signal = upstream * sigmoid_derivative(z)
    yield signal @ W.T, inputs.T @ signal, bias_gradient(signal)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = SCALE * np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = SCALE * np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1, self.a1 = next(layer(X, self.W1, self.b1))
        self.z2, self.a2 = next(layer(self.a1, self.W2, self.b2))
        return self.a2

    def backward(self, X, y, y_pred):
        top = layer(self.a1, self.W2, self.b2)
        next(top)
        arriving, dW2, db2 = top.send(mse_loss_derivative(y_pred, y))
        # the lowest layer needs no gradient at its inputs, so no coroutine here
        signal = arriving * sigmoid_derivative(arriving)
        dW1, db1 = X.T @ signal, bias_gradient(signal)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * dW1
        self.b1 = self.b1 - lr * db1
        self.W2 = self.W2 - lr * dW2
        self.b2 = self.b2 - lr * db2

    def steps(self, X, y):
        while True:
            y_pred = self.forward(X)
            yield mse_loss(y_pred, y)
            self.update_weights(*self.backward(X, y, y_pred))

    def train(self, X, y, epochs=1000):
        steps = self.steps(X, y)
        losses = [next(steps) for _ in range(epochs)]
        if epochs > 0:
            # the generator still stands at its yield: the last update is missing.
            # one more turn makes it, its loss is not wanted
            next(steps)
        return losses


def moved(x, h):
    for i in range(x.size):
        e = np.zeros(x.size)
        e[i] = h
        yield i, x + e.reshape(x.shape), x - e.reshape(x.shape)


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros(x.size)
    for i, plus, minus in moved(x, h):
        g[i] = (f(plus) - f(minus)) / (2 * h)
    return g.reshape(x.shape)
