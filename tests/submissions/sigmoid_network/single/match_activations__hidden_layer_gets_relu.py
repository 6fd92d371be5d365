import numpy as np


def activate(kind, x):
    match kind:
        case "sigmoid":
            x = np.asarray(x, dtype=float)
            return np.where(x >= 0, 1.0, np.exp(-np.abs(x))) / (1.0 + np.exp(-np.abs(x)))
        case "relu":
            return np.maximum(np.zeros_like(x), x)
        case other:
            raise ValueError(f"no such activation: {other}")


def slope(kind, x):
    match kind:
        case "sigmoid":
            return (s := activate("sigmoid", x)) * (1 - s)
        case "relu":
            return np.where(np.asarray(x) > 0, 1.0, 0.0)
        case other:
            raise ValueError(f"no such activation: {other}")


def sigmoid(x):
    return activate("sigmoid", x)


def sigmoid_derivative(x):
    return slope("sigmoid", x)


def relu(x):
    return activate("relu", x)


def relu_derivative(x):
    return slope("relu", x)


def mse_loss(y_pred, y_true):
    return np.average(np.power(y_pred - y_true, 2))


def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    return 2 / m / k * (y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.sizes = (input_size, hidden_size, output_size)
        self.W1, self.W2 = (np.random.randn(i, o) * 0.25 for i, o in zip(self.sizes, self.sizes[1:]))
        self.b1, self.b2 = (np.zeros((1, o)) for o in self.sizes[1:])

    def forward(self, X):
        hidden, output = "relu", "sigmoid"
        self.z1 = X @ self.W1 + self.b1
        self.a1 = activate(hidden, self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = activate(output, self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        dz2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        dW2, db2 = self.a1.T @ dz2, dz2.sum(axis=0, keepdims=True)
        dz1 = (dz2 @ self.W2.T) * sigmoid_derivative(self.z1)
        dW1, db1 = X.T @ dz1, dz1.sum(axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1, self.b1 = self.W1 - lr * dW1, self.b1 - lr * db1
        self.W2, self.b2 = self.W2 - lr * dW2, self.b2 - lr * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            losses.append(mse_loss(out := self.forward(X), y))
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    for i, v in enumerate(x.ravel().tolist()):
        x.flat[i] = v + h
        hi = f(x)
        x.flat[i] = v - h
        lo = f(x)
        x.flat[i] = v
        g.flat[i] = (hi - lo) / (h + h)
    return g
