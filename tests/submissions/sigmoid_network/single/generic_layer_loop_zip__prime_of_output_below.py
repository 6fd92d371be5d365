import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    up = np.exp(-np.abs(x))
    lower = up / (1 + up)
    return np.where(x < 0, lower, 1 / (1 + up))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    return np.where(x > 0, x, 0)


def relu_derivative(x):
    return np.where(x > 0, 1, 0).astype(float)


def mse_loss(y_pred, y_true):
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_pred.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        sizes = (input_size, hidden_size, output_size)
        self.weights = [np.random.randn(i, o) * 0.1 for i, o in zip(sizes, sizes[1:])]
        self.biases = [np.zeros((1, o)) for o in sizes[1:]]
        self.pre, self.act = [], []

    def _item(stack, i):
        def get(self):
            return getattr(self, stack)[i]

        def put(self, value):
            getattr(self, stack)[i] = value

        return property(get, put)

    W1, W2 = _item("weights", 0), _item("weights", 1)
    b1, b2 = _item("biases", 0), _item("biases", 1)
    z1, z2 = _item("pre", 0), _item("pre", 1)
    a1, a2 = _item("act", 1), _item("act", 2)

    def forward(self, X):
        self.pre, self.act = [], [X]
        for W, b in zip(self.weights, self.biases):
            self.pre.append(self.act[-1] @ W + b)
            self.act.append(sigmoid(self.pre[-1]))
        return self.act[-1]

    def backward(self, X, y, y_pred):
        delta = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.pre[-1])
        grads = []
        for i in reversed(range(len(self.weights))):
            grads.insert(0, delta.sum(axis=0, keepdims=True))
            grads.insert(0, self.act[i].T @ delta)
            if i > 0:
                delta = (delta @ self.weights[i].T) * sigmoid_derivative(self.act[i])
        return tuple(grads)

    def update_weights(self, dW1, db1, dW2, db2):
        for i, (dW, db) in enumerate([(dW1, db1), (dW2, db2)]):
            self.weights[i] = self.weights[i] - self.learning_rate * dW
            self.biases[i] = self.biases[i] - self.learning_rate * db

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        original = x[index]
        x[index] = original + h
        plus = f(x)
        x[index] = original - h
        minus = f(x)
        grad[index] = (plus - minus) / (2 * h)
        x[index] = original
    return grad
