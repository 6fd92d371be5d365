import numpy as np


class Act:
    """All activation functions. Only static methods."""

    @staticmethod
    def sigmoid(x):
        old = np.seterr(over="ignore")
        try:
            return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype=float)))
        finally:
            np.seterr(**old)

    @staticmethod
    def dsigmoid(x):
        s = Act.sigmoid(x)
        return s * (1.0 - s)

    @staticmethod
    def relu(x):
        return np.amax([x, np.zeros_like(x)], axis=0)

    @staticmethod
    def drelu(x):
        return (np.asarray(x) > 0) + 0.0


class Loss:
    @staticmethod
    def mse(p, t):
        if p.shape != t.shape:
            raise ValueError("shapes differ")
        return np.einsum("ij,ij->", p - t, p - t) / p.size

    @staticmethod
    def dmse(p, t):
        return (p - t) / (p.size / 2)


sigmoid, sigmoid_derivative = Act.sigmoid, Act.dsigmoid
relu, relu_derivative = Act.relu, Act.drelu
mse_loss, mse_loss_derivative = Loss.mse, Loss.dmse


def pipeline(*functions):
    """pipeline(f, g)(x) is [f(x), g(f(x))]: all that comes by"""

    def run(x):
        seen = []
        for function in functions:
            x = function(x)
            seen.append(x)
        return seen

    return run


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.3, 0.3, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-0.3, 0.3, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        hidden = pipeline(
            lambda x: x @ self.W1 + self.b1,
            lambda z: sigmoid(sigmoid(z)),
        )
        output = pipeline(
            lambda a: a @ self.W2,
            sigmoid,
        )
        self.z1, self.a1 = hidden(X)
        self.z2, self.a2 = output(self.a1)
        return self.a2

    def backward(self, X, y, y_pred):
        second = pipeline(
            lambda g: g * sigmoid_derivative(self.z2),
            lambda g: g @ self.W2.T,
        )
        first = pipeline(lambda g: g * sigmoid_derivative(self.z1))
        d2, passed_on = second(mse_loss_derivative(y_pred, y))
        (d1,) = first(passed_on)
        return X.T @ d1, d1.sum(axis=0, keepdims=True), self.a1.T @ d2, d2.sum(axis=0, keepdims=True)

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        try:
            for _ in range(epochs):
                y_pred = self.forward(X)
                losses.append(mse_loss(y_pred, y))
                self.update_weights(*self.backward(X, y, y_pred))
        except KeyboardInterrupt:
            print("stopped after", len(losses))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        old = x[i]
        try:
            x[i] = old + h
            grad[i] += f(x)
            x[i] = old - h
            grad[i] -= f(x)
        finally:
            x[i] = old
    return grad / (2 * h)
