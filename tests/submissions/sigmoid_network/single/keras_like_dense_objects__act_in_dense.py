import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    neg = x < 0
    e = np.exp(np.where(neg, x, -x))
    return np.where(neg, e, 1.) / (e + 1.)


def sigmoid_derivative(x):
    e = np.exp(-np.abs(np.asarray(x, dtype=np.float64)))
    return e / np.square(e + 1.)


def relu(x):
    return np.multiply(x, np.greater(x, 0))


def relu_derivative(x):
    return np.ones(np.shape(x)) * (np.asarray(x) > 0)


def mse_loss(y_pred, y_true):
    return np.square(y_true - y_pred).mean()


def mse_loss_derivative(y_pred, y_true):
    return np.multiply(y_pred - y_true, 2 / y_true.size)


class Dense:
    """Keras-like layer: owner's attributes W<i>, b<i> are its variables."""

    def __init__(self, owner, i, activation=None):
        self.owner, self.i, self.activation = owner, i, activation

    @property
    def kernel(self):
        return getattr(self.owner, f"W{self.i}")

    @property
    def bias(self):
        return getattr(self.owner, f"b{self.i}")

    def build(self, fan_in, units):
        setattr(self.owner, f"W{self.i}", np.random.uniform(-.1, .1, (fan_in, units)))
        setattr(self.owner, f"b{self.i}", np.zeros((1, units)))
        return units

    def call(self, inputs):
        pre = inputs @ self.kernel + self.bias
        post = pre if self.activation is None else self.activation(pre)
        setattr(self.owner, f"z{self.i}", pre)
        return post

    def gradients(self, inputs, upstream):
        pre_grad = upstream * sigmoid_derivative(getattr(self.owner, f"z{self.i}"))
        kernel_grad = np.tensordot(inputs, pre_grad, axes=(0, 0))
        bias_grad = pre_grad.sum(axis=0, keepdims=True)
        return pre_grad @ self.kernel.T, kernel_grad, bias_grad


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.hidden = Dense(self, 1, activation=sigmoid)
        self.out = Dense(self, 2, activation=sigmoid)
        self.out.build(self.hidden.build(input_size, hidden_size), output_size)
        self.learning_rate = learning_rate

    def forward(self, X):
        self.a1 = self.hidden.call(X)
        self.a2 = sigmoid(self.out.call(self.a1))
        return self.a2

    def backward(self, X, y, y_pred):
        to_hidden, dW2, db2 = self.out.gradients(self.a1, mse_loss_derivative(y_pred, y))
        _, dW1, db1 = self.hidden.gradients(X, to_hidden)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for layer, (dk, dbias) in {1: (dW1, db1), 2: (dW2, db2)}.items():
            setattr(self, f"W{layer}", getattr(self, f"W{layer}") - self.learning_rate * dk)
            setattr(self, f"b{layer}", getattr(self, f"b{layer}") - self.learning_rate * dbias)

    def train(self, X, y, epochs=1000):
        history = {"loss": []}
        for _ in range(epochs):
            p = self.forward(X)
            history["loss"].append(mse_loss(p, y))
            self.update_weights(*self.backward(X, y, p))
        return history["loss"]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for where in zip(*np.unravel_index(np.arange(x.size), x.shape)) if x.ndim else [()]:
        left, right = np.copy(x), np.copy(x)
        right[where] += h
        left[where] -= h
        grad[where] = (f(right) - f(left)) / (2 * h)
    return grad
