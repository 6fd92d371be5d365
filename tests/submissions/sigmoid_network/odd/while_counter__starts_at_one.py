import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(0, -x))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    return x * np.asarray(x > 0, dtype=np.asarray(x).dtype)


def relu_derivative(x):
    return np.asarray(x > 0, dtype=float)


def mse_loss(y_pred, y_true):
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_pred.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1; self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2; self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        err2 = mse_loss_derivative(y_pred, y); err2 = err2 * sigmoid_derivative(self.z2)
        err1 = err2 @ self.W2.T; err1 = err1 * sigmoid_derivative(self.z1)
        dW2 = self.a1.T @ err2; db2 = err2.sum(axis=0, keepdims=True)
        dW1 = X.T @ err1; db1 = err1.sum(axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 -= dW1 * self.learning_rate; self.b1 -= db1 * self.learning_rate
        self.W2 -= dW2 * self.learning_rate; self.b2 -= db2 * self.learning_rate

    def train(self, X, y, epochs=1000):
        losses = []
        epoch = 1
        while epoch < epochs:
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
            epoch += 1
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        a = x.copy(); a[i] += h
        b = x.copy(); b[i] -= h
        grad[i] = (f(a) - f(b)) / (2 * h)
    return grad


# ---------------------------------------------------------------- tests
def check():
    rng = np.random.default_rng(1)
    net = SimpleNeuralNetwork(3, 4, 2)
    X, y = rng.normal(size=(5, 3)), rng.uniform(size=(5, 2))
    grads = net.backward(X, y, net.forward(X))
    for name, g in zip(["W1", "b1", "W2", "b2"], grads):
        p = getattr(net, name)

        def f(v):
            setattr(net, name, v)
            loss = mse_loss(net.forward(X), y)
            setattr(net, name, p)
            return loss

        assert np.allclose(numerical_gradient(f, p), g), name


if __name__ == "__main__":
    check()
    print("gradients are right")
