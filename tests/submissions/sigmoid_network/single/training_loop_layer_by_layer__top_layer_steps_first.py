import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    p = np.exp(-np.logaddexp(0.0, -x))
    return p


def sigmoid_derivative(x):
    return sigmoid(x) * (1.0 - sigmoid(x))


def relu(x):
    return np.maximum(x, np.array(0, dtype=x.dtype))


def relu_derivative(x):
    return np.asarray(relu(x) != 0, dtype=float)


def mse_loss(y_pred, y_true):
    return float(np.mean((y_true - y_pred) ** 2))


def mse_loss_derivative(y_pred, y_true):
    return 2.0 * (y_pred - y_true) / float(y_true.size)


class SGD:
    """the step for one parameter"""

    def __init__(self, net):
        self.net = net

    def __call__(self, name, grad):
        setattr(self.net, name, getattr(self.net, name) - self.net.learning_rate * grad)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.normal(0, 0.1, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0, 0.1, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate
        self.step = SGD(self)

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def delta_top(self, y, y_pred):
        return mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)

    def delta_bottom(self, top):
        return top @ self.W2.T * sigmoid_derivative(self.z1)

    @staticmethod
    def layer_grads(below, delta):
        return below.T @ delta, delta.sum(axis=0, keepdims=True)

    def backward(self, X, y, y_pred):
        top = self.delta_top(y, y_pred)
        bottom = self.delta_bottom(top)
        return self.layer_grads(X, bottom) + self.layer_grads(self.a1, top)

    def update_weights(self, dW1, db1, dW2, db2):
        self.step("W1", dW1)
        self.step("b1", db1)
        self.step("W2", dW2)
        self.step("b2", db2)

    def train(self, X, y, epochs=1000):
        history = []
        for _ in range(epochs):
            out = self.forward(X)
            history.append(mse_loss(out, y))
            # from the top to the bottom
            top = self.delta_top(y, out)
            dW2, db2 = self.layer_grads(self.a1, top)
            self.step("W2", dW2)
            self.step("b2", db2)
            bottom = self.delta_bottom(top)
            dW1, db1 = self.layer_grads(X, bottom)
            self.step("W1", dW1)
            self.step("b1", db1)
        return history


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    slopes = {}
    for idx in np.ndindex(x.shape):
        vals = []
        for shift in (h, -h):
            moved = x.copy()
            moved[idx] += shift
            vals.append(f(moved))
        slopes[idx] = (vals[0] - vals[1]) / (2 * h)
    return np.array(list(slopes.values()), dtype=np.float64).reshape(x.shape)
