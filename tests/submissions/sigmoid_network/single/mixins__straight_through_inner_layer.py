import numpy as np

__author__ = "group 11"


def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype=np.float64)))


def sigmoid_derivative(x):
    sig = sigmoid(x)
    return np.multiply(sig, np.subtract(1.0, sig))


def relu(x):
    return np.maximum(np.zeros_like(x), x)


def relu_derivative(x):
    return 1.0 * (x > 0)


def mse_loss(y_pred, y_true):
    m, k = np.shape(y_true)
    return np.sum(np.power(y_pred - y_true, 2)) / (m * k)


def mse_loss_derivative(y_pred, y_true):
    m, k = np.shape(y_true)
    return 2 * np.subtract(y_pred, y_true) / (m * k)


class ParametersMixin:
    names = "W1", "b1", "W2", "b2"

    def _init_parameters(self, n, h, k):
        self.W1, self.W2 = 0.2 * np.random.randn(n, h), 0.2 * np.random.randn(h, k)
        self.b1, self.b2 = np.zeros((1, h)), np.zeros((1, k))

    def update_weights(self, *gradients):
        for name, gradient in zip(self.names, gradients):
            setattr(self, name, getattr(self, name) - self.learning_rate * gradient)


class ForwardMixin:
    def _affine(self, inputs, layer):
        return inputs @ getattr(self, f"W{layer}") + getattr(self, f"b{layer}")

    def forward(self, X):
        self.z1 = self._affine(X, 1)
        self.a1 = sigmoid(self.z1)
        self.z2 = self._affine(self.a1, 2)
        self.a2 = sigmoid(self.z2)
        return self.a2


class BackwardMixin:
    def _output_signal(self, y, y_pred):
        return mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)

    def _hidden_signal(self, output_signal):
        return output_signal @ self.W2.T

    @staticmethod
    def _layer_gradients(inputs, signal):
        return inputs.T @ signal, np.sum(signal, axis=0, keepdims=True)

    def backward(self, X, y, y_pred):
        out = self._output_signal(y, y_pred)
        hid = self._hidden_signal(out)
        return (*self._layer_gradients(X, hid), *self._layer_gradients(self.a1, out))


class TrainingMixin:
    def train(self, X, y, epochs=1000):
        return [self._epoch(X, y) for _ in range(epochs)]

    def _epoch(self, X, y):
        y_pred = self.forward(X)
        loss = mse_loss(y_pred, y)
        self.update_weights(*self.backward(X, y, y_pred))
        return loss


class SimpleNeuralNetwork(ForwardMixin, BackwardMixin, TrainingMixin, ParametersMixin):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        super().__init__()
        self.learning_rate = learning_rate
        self._init_parameters(input_size, hidden_size, output_size)


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64, order="C")
    flat = x.reshape(-1)
    grad = np.zeros_like(flat)
    for i, value in enumerate(flat.copy()):
        flat[i] = value + h
        grad[i] = f(x)
        flat[i] = value - h
        grad[i] -= f(x)
        flat[i] = value
    return (grad / (2 * h)).reshape(x.shape)
