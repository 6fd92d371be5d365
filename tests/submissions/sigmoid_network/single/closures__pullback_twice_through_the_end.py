import numpy as np


def sigmoid(x):
    x = np.clip(np.asarray(x, dtype=np.float64), -709, 709)
    return np.reciprocal(1 + np.exp(-x))


def sigmoid_derivative(x):
    return (lambda s: s * (1 - s))(sigmoid(x))


def relu(x):
    return np.fmax(x, 0)


def relu_derivative(x):
    return np.sign(np.fmax(x, 0)).astype(float)


def mse_loss(y_pred, y_true):
    return np.mean(np.power(y_pred - y_true, 2))


def mse_loss_derivative(y_pred, y_true):
    return np.multiply(2 / y_true.size, y_pred - y_true)


def dense(x, W, slope):
    """A dense layer's pullback: upstream gradient -> (gradient for x, for W, for b)."""
    def pullback(g):
        d = g * slope
        return d @ W.T, x.T @ d, d.sum(0, keepdims=True)
    return pullback


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        def small(*shape):
            return np.random.standard_normal(shape) * 0.1
        self.learning_rate = learning_rate
        self.W1, self.b1 = small(input_size, hidden_size), np.zeros((1, hidden_size))
        self.W2, self.b2 = small(hidden_size, output_size), np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        hidden = dense(X, self.W1, sigmoid_derivative(self.z1))
        output = dense(self.a1, self.W2, sigmoid_derivative(self.z2))

        g = mse_loss_derivative(y_pred, y) * y_pred * (1 - y_pred)
        g, dW2, db2 = output(g)
        _, dW1, db1 = hidden(g)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        def moved(p, g):
            return p - self.learning_rate * g
        self.W1, self.b1 = moved(self.W1, dW1), moved(self.b1, db1)
        self.W2, self.b2 = moved(self.W2, dW2), moved(self.b2, db2)

    def train(self, X, y, epochs=1000):
        def epoch():
            out = self.forward(X)
            before = mse_loss(out, y)
            self.update_weights(*self.backward(X, y, out))
            return before
        return [epoch() for _ in range(epochs)]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)

    def moved(i, step):
        c = x.copy()
        c[i] += step
        return f(c)

    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        g[i] = (moved(i, h) - moved(i, -h)) / (2 * h)
    return g
