# Solution in the style of the lecture notes:
#   delta^(2) = dL/da^(2) * s'(z^(2))
#   delta^(1) = (delta^(2) W^(2)T) * s'(z^(1))
#   dL/dW^(l) = a^(l-1)T delta^(l),   dL/db^(l) = sum over the samples of delta^(l)
import numpy as np


def sigmoid(x):
    # 1 / (1 + e^-x); np.exp may overflow to inf, then 1 / inf = 0 is right
    with np.errstate(over='ignore'):
        return 1.0 / (1.0 + np.exp(np.negative(x, dtype=float)))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-x)


def relu(x):
    return np.maximum(0, x)


def relu_derivative(x):
    return np.array(x > 0, dtype=float)


def mse_loss(y_pred, y_true):
    m, k = y_true.shape
    return ((y_pred - y_true) ** 2).sum() / (m * k)


def mse_loss_derivative(y_pred, y_true):
    m, k = y_true.shape
    return 2 / (m * k) * (y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        sizes = [input_size, hidden_size, output_size]
        for l in (1, 2):
            setattr(self, f'W{l}', np.random.randn(sizes[l - 1], sizes[l]) / np.sqrt(sizes[l - 1]))
            setattr(self, f'b{l}', np.zeros((1, sizes[l])))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.a0 = X
        self.z1 = self.a0 @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        delta = {}
        delta[2] = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        delta[1] = (delta[2] @ self.W2.T) * sigmoid_derivative(self.z1)

        grad = {}
        for l, a in ((1, X), (2, self.a1)):
            grad[f'W{l}'] = a.T @ delta[l]
            grad[f'b{l}'] = delta[l].sum(axis=0, keepdims=True)
        return grad['W1'], grad['b1'], grad['W2'], grad['b2']

    def update_weights(self, dW1, db1, dW2, db2):
        grad = {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}
        for name in ('W1', 'W2'):
            theta = getattr(self, name)
            setattr(self, name, theta - self.learning_rate * grad[name])

    def train(self, X, y, epochs=1000):
        history = []
        for t in range(epochs):
            y_pred = self.forward(X)
            history.append(float(mse_loss(y_pred, y)))
            self.update_weights(*self.backward(X, y, y_pred))
        return history


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    result = np.zeros_like(x)
    unit = np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        unit[...] = 0
        unit[i] = 1
        result[i] = (f(x + h * unit) - f(x - h * unit)) / (2 * h)
    return result
