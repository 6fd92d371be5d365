import numpy as np


def sigmoid(x):
    x = np.clip(np.asarray(x, dtype=float), -700, 700)
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    return x * (x > 0)


def relu_derivative(x):
    return (x > 0).astype(float)


def mse_loss(y_pred, y_true):
    return np.square(y_pred - y_true).mean()


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / np.prod(y_pred.shape)


# ---------------------------------------------------------------- layers

class Layer:
    """Base class. A layer knows its input of the last call."""

    def __call__(self, x):
        self.x = x
        return self.run(x)


class Dense(Layer):
    def __init__(self, n_in, n_out):
        self.W = np.random.normal(0, 0.1, size=(n_in, n_out))
        self.b = np.zeros((1, n_out))

    def run(self, x):
        return np.matmul(x, self.W) + self.b

    def backward(self, grad):
        self.dW = np.matmul(self.x.T, grad)
        self.db = grad.mean(axis=0, keepdims=True)
        return np.matmul(grad, self.W.T)


class Sigmoid(Layer):
    def run(self, x):
        self.out = sigmoid(x)
        return self.out

    def backward(self, grad):
        return grad * sigmoid_derivative(self.x)


def alias(layer, attribute):
    """net.W1 is really net.dense1.W and so on (for reading and for writing)."""

    def get(self):
        return getattr(getattr(self, layer), attribute)

    def set_(self, value):
        setattr(getattr(self, layer), attribute, value)

    return property(get, set_)


class SimpleNeuralNetwork:
    W1, b1 = alias("dense1", "W"), alias("dense1", "b")
    W2, b2 = alias("dense2", "W"), alias("dense2", "b")
    z1, a1 = alias("act1", "x"), alias("act1", "out")
    z2, a2 = alias("act2", "x"), alias("act2", "out")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.dense1 = Dense(input_size, hidden_size)
        self.act1 = Sigmoid()
        self.dense2 = Dense(hidden_size, output_size)
        self.act2 = Sigmoid()
        self.layers = [self.dense1, self.act1, self.dense2, self.act2]

    def forward(self, X):
        for layer in self.layers:
            X = layer(X)
        return X

    def backward(self, X, y, y_pred):
        self.dense1.x, self.dense2.x = X, self.a1
        grad = mse_loss_derivative(y_pred, y)
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return self.dense1.dW, self.dense1.db, self.dense2.dW, self.dense2.db

    def update_weights(self, dW1, db1, dW2, db2):
        self.dense1.W -= self.learning_rate * dW1
        self.dense1.b -= self.learning_rate * db1
        self.dense2.W -= self.learning_rate * dW2
        self.dense2.b -= self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        history = []
        for epoch in range(epochs):
            y_pred = self.forward(X)
            history.append(mse_loss(y_pred, y))
            grads = self.backward(X, y, y_pred)
            self.update_weights(*grads)
        return history


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.empty_like(x)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        keep = x[i]
        x[i] = keep + h
        up = f(x)
        x[i] = keep - h
        down = f(x)
        x[i] = keep
        g[i] = (up - down) / (2 * h)
        it.iternext()
    return g
