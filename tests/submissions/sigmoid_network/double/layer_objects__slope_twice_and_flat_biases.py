"""Layers as objects: each knows its forward and its backward."""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 1.0 / (1.0 + np.exp(-np.clip(x, -400, 400)))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.asarray(np.asarray(x) > 0, dtype=float)


def mse_loss(y_pred, y_true):
    return np.average((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_pred.size


class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.normal(0, 1 / np.sqrt(n_in), (n_in, n_out))
        self.b = np.zeros((1, n_out))

    def forward(self, x):
        return x @ self.W + self.b

    def backward(self, x, dz):
        """Gradients of input, weights and biases."""
        return dz @ self.W.T, x.T @ dz, dz.sum(axis=0)


class Sigmoid:
    def forward(self, z):
        return sigmoid(z)

    def backward(self, z, da):
        return da * sigmoid_derivative(z)


class SimpleNeuralNetwork:
    """Dense - Sigmoid - Dense - Sigmoid."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.fc1 = Dense(input_size, hidden_size)
        self.fc2 = Dense(hidden_size, output_size)
        self.act1 = Sigmoid()
        self.act2 = Sigmoid()
        self.learning_rate = learning_rate

    # the parameters live in the layers
    @property
    def W1(self):
        return self.fc1.W

    @W1.setter
    def W1(self, value):
        self.fc1.W = value

    @property
    def b1(self):
        return self.fc1.b

    @b1.setter
    def b1(self, value):
        self.fc1.b = value

    @property
    def W2(self):
        return self.fc2.W

    @W2.setter
    def W2(self, value):
        self.fc2.W = value

    @property
    def b2(self):
        return self.fc2.b

    @b2.setter
    def b2(self, value):
        self.fc2.b = value

    def forward(self, X):
        self.z1 = self.fc1.forward(X)
        self.a1 = self.act1.forward(self.z1)
        self.z2 = self.fc2.forward(self.a1)
        self.a2 = self.act2.forward(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        d_out = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        d_z2 = self.act2.backward(self.z2, d_out)
        d_a1, dW2, db2 = self.fc2.backward(self.a1, d_z2)
        d_z1 = self.act1.backward(self.z1, d_a1)
        _, dW1, db1 = self.fc1.backward(X, d_z1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            prediction = self.forward(X)
            losses.append(mse_loss(prediction, y))
            self.update_weights(*self.backward(X, y, prediction))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for idx, value in np.ndenumerate(x.copy()):
        x[idx] = value + h
        upper = f(x)
        x[idx] = value - h
        lower = f(x)
        x[idx] = value
        grad[idx] = (upper - lower) / (2 * h)
    return grad


if __name__ == "__main__":
    net = SimpleNeuralNetwork(2, 3, 1, 0.5)
    print(net.train(np.array([[0.0, 1.0], [1.0, 1.0]]), np.array([[1.0], [0.0]]), epochs=4))
