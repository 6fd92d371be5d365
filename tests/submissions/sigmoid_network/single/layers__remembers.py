import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    out = np.empty_like(x)
    pos = x >= 0
    out[pos] = 1 / (1 + np.exp(-x[pos]))
    ex = np.exp(x[~pos])
    out[~pos] = ex / (1 + ex)
    return out


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-np.asarray(x, dtype=float))


def relu(x):
    return np.maximum(0, x)


def relu_derivative(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return np.mean(np.square(y_pred - y_true))


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_pred.size


class g:
    """Formulas for the gradients of an affine map."""

    @staticmethod
    def W(inp, delta):
        return np.dot(inp.T, delta)

    @staticmethod
    def b(delta):
        return np.sum(delta, axis=0, keepdims=True)


class Layer:
    """Fully connected layer plus sigmoid."""

    def __init__(self, fan_in, fan_out):
        self.W = np.random.standard_normal((fan_in, fan_out)) / np.sqrt(fan_in)
        self.b = np.zeros((1, fan_out))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def __call__(self, inp):
        self.inp = inp
        self.z = inp @ self.W + self.b
        self.a = sigmoid(self.z)
        return self.a

    def backward(self, upstream):
        """upstream: dL/da of this layer. Returns dL/d(inp)."""
        delta = upstream * sigmoid_derivative(self.z)
        self.grad_W = self.grad_W + g.W(self.inp, delta)
        self.grad_b = g.b(delta)
        return delta @ self.W.T

    def step(self, lr, dW, db):
        self.W = self.W - lr * dW
        self.b = self.b - lr * db


def _delegate(index, attr):
    """A property of the network that lives in one of its layers."""
    def get(self):
        return getattr(self.layers[index], attr)

    def set_(self, value):
        setattr(self.layers[index], attr, value)
    return property(get, set_)


class SimpleNeuralNetwork:
    W1, b1, z1, a1 = (_delegate(0, name) for name in ("W", "b", "z", "a"))
    W2, b2, z2, a2 = (_delegate(1, name) for name in ("W", "b", "z", "a"))

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.layers = [Layer(input_size, hidden_size), Layer(hidden_size, output_size)]
        self.learning_rate = learning_rate

    def forward(self, X):
        out = X
        for layer in self.layers:
            out = layer(out)
        return out

    def backward(self, X, y, y_pred):
        grad = mse_loss_derivative(y_pred, y)
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        first, second = self.layers
        return first.grad_W, first.grad_b, second.grad_W, second.grad_b

    def update_weights(self, dW1, db1, dW2, db2):
        self.layers[0].step(self.learning_rate, dW1, db1)
        self.layers[1].step(self.learning_rate, dW2, db2)

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(float(mse_loss(y_pred, y)))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    for _ in it:
        i = it.multi_index
        old = x[i]
        x[i] = old + h
        up = f(x)
        x[i] = old - h
        down = f(x)
        x[i] = old
        grad[i] = (up - down) / (2 * h)
    return grad
