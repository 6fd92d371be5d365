import numpy as np


def sigmoid(x):
    x = np.asarray(x, float)
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))


def sigmoid_derivative(x):
    x = np.asarray(x, float)
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2


def relu(x):
    y = x.copy()
    y[x < 0] = 0
    return y


def relu_derivative(x):
    y = np.ones(x.shape)
    y[x <= 0] = 0
    return y


def mse_loss(y_pred, y_true):
    return ((y_pred - y_true) ** 2).mean()


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / np.prod(y_pred.shape)


class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.1
        self.b = np.zeros((1, n_out))
        self.zero_grad()

    def zero_grad(self):
        self.dW = 0
        self.db = 0

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.dW + self.x.T @ grad
        self.db = self.db + grad.sum(axis=0, keepdims=True)
        return grad @ self.W.T


class Sigmoid:
    def forward(self, z):
        self.z = z
        return sigmoid(z)

    def backward(self, grad):
        return grad * sigmoid_derivative(self.z)


class MSE:
    def forward(self, y_pred, y):
        self.y_pred, self.y = y_pred, y
        return mse_loss(y_pred, y)

    def backward(self):
        return mse_loss_derivative(self.y_pred, self.y)


def _param(layer, attr):
    """W1 of the network is really fc1.W and so on."""
    def get(net):
        return getattr(getattr(net, layer), attr)

    def set_(net, value):
        setattr(getattr(net, layer), attr, value)

    return property(get, set_)


class SimpleNeuralNetwork:
    W1, b1 = _param("fc1", "W"), _param("fc1", "b")
    W2, b2 = _param("fc2", "W"), _param("fc2", "b")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.fc1 = Linear(input_size, hidden_size)
        self.act1 = Sigmoid()
        self.fc2 = Linear(hidden_size, output_size)
        self.act2 = Sigmoid()
        self.criterion = MSE()

    def forward(self, X):
        self.z1 = self.fc1.forward(X)
        self.a1 = self.act1.forward(self.z1)
        self.z2 = self.fc2.forward(self.a1)
        self.a2 = self.act2.forward(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        self.criterion.forward(y_pred, y)
        grad = self.criterion.backward()
        for layer in (self.act2, self.fc2, self.act1, self.fc1):
            grad = layer.backward(grad)
        return self.fc1.dW, self.fc1.db, self.fc2.dW, self.fc2.db

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses += [self.criterion.forward(y_pred, y)]
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64, order="C")
    grad = np.zeros_like(x)
    flat_x, flat_g = x.reshape(-1), grad.reshape(-1)
    for i in range(flat_x.size):
        keep = flat_x[i]
        flat_x[i] = keep + h
        hi = f(x)
        flat_x[i] = keep - h
        lo = f(x)
        flat_x[i] = keep
        flat_g[i] = (hi - lo) / (2 * h)
    return grad
