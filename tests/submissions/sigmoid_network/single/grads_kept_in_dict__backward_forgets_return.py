import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.piecewise(x, [x >= 0, x < 0], [lambda v: 1 / (1 + np.exp(-v)), lambda v: np.exp(v) / (1 + np.exp(v))])


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    return np.where(x < 0, 0, x)


def relu_derivative(x):
    return np.array(x > 0, dtype=float)


def mse_loss(y_pred, y_true):
    return np.mean(np.square(np.subtract(y_true, y_pred)))


def mse_loss_derivative(y_pred, y_true):
    return np.divide(2 * np.subtract(y_pred, y_true), y_true.size)


class Parameter:
    """a value with its gradient, as in torch"""

    def __init__(self, value):
        self.value = value
        self.grad = None

    def __set_name__(self, owner, name):
        self.name = name


class _Linked:
    """descriptor: net.W1 <-> net.params['W1'].value"""

    def __set_name__(self, owner, name):
        self.key = name

    def __get__(self, net, owner=None):
        return self if net is None else net.params[self.key].value

    def __set__(self, net, value):
        net.params[self.key].value = value


class SimpleNeuralNetwork:
    W1, b1, W2, b2 = _Linked(), _Linked(), _Linked(), _Linked()

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.params = {
            "W1": Parameter(np.random.normal(0, 0.1, (input_size, hidden_size))),
            "b1": Parameter(np.zeros((1, hidden_size))),
            "W2": Parameter(np.random.normal(0, 0.1, (hidden_size, output_size))),
            "b2": Parameter(np.zeros((1, output_size))),
        }
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    @property
    def grads(self):
        return tuple(p.grad for p in self.params.values())

    def backward(self, X, y, y_pred):
        p = self.params
        err = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        p["W2"].grad = self.a1.T @ err
        p["b2"].grad = err.sum(axis=0, keepdims=True)
        err = (err @ self.W2.T) * sigmoid_derivative(self.z1)
        p["W1"].grad = X.T @ err
        p["b1"].grad = err.sum(axis=0, keepdims=True)

    def update_weights(self, dW1, db1, dW2, db2):
        for p, g in zip(self.params.values(), (dW1, db1, dW2, db2)):
            p.value = p.value - self.learning_rate * g

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.backward(X, y, out)
            self.update_weights(*self.grads)
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        e = np.zeros_like(x)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / h / 2
    return g
