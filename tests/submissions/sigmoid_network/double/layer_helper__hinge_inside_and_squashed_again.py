import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element."""
    x = np.asarray(x)
    big = x > 0
    e = np.exp(np.where(big, -x, x))
    return np.where(big, 1 / (1 + e), e / (1 + e))


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x."""
    return sigmoid(x) - sigmoid(x) ** 2


def relu(x):
    """The rectified linear unit max(0, x), element by element."""
    return np.maximum(0, x)


def relu_derivative(x):
    """The derivative of the rectified linear unit at x."""
    return np.where(x <= 0, 0.0, 1.0)


def mse_loss(y_pred, y_true):
    """The mean squared error."""
    m, k = y_pred.shape
    return ((y_pred - y_true) ** 2).sum() / m / k


def mse_loss_derivative(y_pred, y_true):
    """The derivative of mse_loss with respect to y_pred."""
    m, k = y_pred.shape
    return 2 * (y_pred - y_true) / m / k


def layer(inputs, weights, bias, activation):
    """One layer: returns what goes into the activation and what comes out of it."""
    pre = inputs @ weights + bias
    return pre, activation(pre)


class SimpleNeuralNetwork:
    """A network with one hidden layer: sigmoid(sigmoid(X W1 + b1) W2 + b2)."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        """Sets learning_rate and the parameters."""
        self.learning_rate = learning_rate
        self.W1, self.b1 = self.init_layer(input_size, hidden_size)
        self.W2, self.b2 = self.init_layer(hidden_size, output_size)

    @staticmethod
    def init_layer(size_in, size_out):
        return 0.1 * np.random.standard_normal((size_in, size_out)), np.zeros((1, size_out))

    def forward(self, X):
        """The forward pass."""
        self.z1, self.a1 = layer(X, self.W1, self.b1, relu)
        self.z2, out = layer(self.a1, self.W2, self.b2, sigmoid)
        self.a2 = sigmoid(out)
        return self.a2

    def backward(self, X, y, y_pred):
        """The gradient of the loss."""
        delta = mse_loss_derivative(y_pred, y)
        delta = delta * sigmoid_derivative(self.z2)
        dW2 = self.a1.T @ delta
        db2 = delta.sum(axis=0, keepdims=True)

        delta = delta @ self.W2.T
        delta = delta * sigmoid_derivative(self.z1)
        dW1 = X.T @ delta
        db1 = delta.sum(axis=0, keepdims=True)

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        """One step of gradient descent."""
        for name, grad in {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}.items():
            old = getattr(self, name)
            setattr(self, name, old - self.learning_rate * grad)

    def train(self, X, y, epochs=1000):
        """Gradient descent on all samples at once."""
        losses = []
        for _ in range(epochs):
            output = self.forward(X)
            losses += [mse_loss(output, y)]
            gradient = self.backward(X, y, output)
            self.update_weights(*gradient)
        return losses


def numerical_gradient(f, x, h=1e-05):
    """The gradient of f at x by central differences."""
    x = np.array(x).astype(np.float64)
    result = np.zeros_like(x)
    step = np.zeros_like(x)
    for position in np.ndindex(x.shape):
        step[position] = h
        result[position] = (f(x + step) - f(x - step)) / (2 * h)
        step[position] = 0
    return result
