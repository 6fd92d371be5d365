"""Saves memory: buffers are used again, out= everywhere, and nothing of the caller's is ever written to."""
import numpy as np

print("sigmoid network: loaded with numpy", np.__version__)


def sigmoid(x):
    x = np.array(x, dtype=np.result_type(np.asarray(x).dtype, np.float32) if np.asarray(x).dtype.kind == "f" else float)
    shape = x.shape
    x = x.reshape(-1)
    positive = x >= 0
    negative = ~positive
    x[positive] = 1 / (1 + np.exp(-x[positive]))
    e = np.exp(x[negative])
    x[negative] = e / (1 + e)
    return x.reshape(shape)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return np.multiply(s, np.subtract(1, s))


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.greater(x, 0) * 1.0


def mse_loss(y_pred, y_true):
    difference = np.asarray(y_pred, dtype=float) - np.asarray(y_true, dtype=float)
    np.square(difference, out=difference)
    return difference.sum() / difference.size


def mse_loss_derivative(y_pred, y_true):
    gradient = np.array(y_pred, dtype=float)
    np.subtract(gradient, y_true, out=gradient)
    np.multiply(gradient, 2, out=gradient)
    np.divide(gradient, gradient.size, out=gradient)
    return gradient


class Parameters:
    """The parameters and how they start; the network inherits from this."""

    def __init__(self, n, h, k):
        self.W1 = (np.random.rand(n, h) - 0.5) * 0.2
        self.b1 = np.zeros(h).reshape(1, -1)
        self.W2 = (np.random.rand(h, k) - 0.5) * 0.2
        self.b2 = np.zeros(k).reshape(1, -1)

    def update_weights(self, dW1, db1, dW2, db2):
        # old arrays may be in someone else's hands: new ones
        rate = self.learning_rate
        self.W1, self.b1, self.W2, self.b2 = (
            p - rate * g for p, g in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2))
        )


class Passes:
    def forward(self, X):
        self.z1 = np.dot(X, self.W1)
        self.z1 = self.z1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2)
        self.z2 = self.z2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m, k = np.shape(y_pred)
        # sample by sample, as on the blackboard
        dW1 = np.zeros(np.shape(self.W1))
        db1 = np.zeros(np.shape(self.b1))
        dW2 = np.zeros(np.shape(self.W2))
        db2 = np.zeros(np.shape(self.b2))
        for x_i, y_i, p_i, z1_i, a1_i, z2_i in zip(X, y, y_pred, self.z1, self.a1, self.z2):
            delta2 = 2 * (p_i - y_i) * sigmoid_derivative(z2_i)
            delta1 = np.dot(self.W2, delta2) * sigmoid_derivative(z1_i)
            dW2 += np.outer(a1_i, delta2)
            db2 += delta2
            dW1 += np.outer(x_i, delta1)
            db1 += delta1
        for total in (dW1, db1, dW2, db2):
            total /= m * k
        return dW1, db1, dW2, db2


class SimpleNeuralNetwork(Passes, Parameters):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        super().__init__(input_size, hidden_size, output_size)
        self.learning_rate = learning_rate

    def train(self, X, y, epochs=1000):
        losses = [None] * epochs
        for epoch in range(epochs):
            y_pred = self.forward(X)
            losses[epoch] = mse_loss(y_pred, y)
            if epoch % 250 == 0:
                print(f"epoch {epoch:5d}   loss {losses[epoch]:.6f}")
            gradients = self.backward(X, y, y_pred)
            self.update_weights(*gradients)
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype="f8")
    it = np.nditer(x, flags=["multi_index", "zerosize_ok"], op_flags=["readonly"])
    g = np.zeros_like(x)
    for value in it:
        plus, minus = x.copy(), x.copy()
        plus[it.multi_index] = value + h
        minus[it.multi_index] = value - h
        g[it.multi_index] = (f(plus) - f(minus)) / (2.0 * h)
    return g
