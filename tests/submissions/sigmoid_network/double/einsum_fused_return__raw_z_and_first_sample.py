import numpy as np
from numpy import einsum as Σ


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(0, -x))


def sigmoid_derivative(x):
    p = sigmoid(x)
    return p * (1 - p)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.heaviside(np.float64(x), 0.0)


def mse_loss(y_pred, y_true):
    return Σ('ij,ij->', y_pred - y_true, y_pred - y_true) / y_pred.size


def mse_loss_derivative(y_pred, y_true):
    return Σ(',ij->ij', 2.0 / y_pred.size, y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.W2 = .1 * np.random.randn(input_size, hidden_size), .1 * np.random.randn(hidden_size, output_size)
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = Σ('sa,ab->sb', X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = Σ('sb,bc->sc', self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        π, ω = self.a1, y_pred
        ε = Σ('sc,sc,sc->sc', mse_loss_derivative(ω, y), ω, 1 - ω)
        η = Σ('sc,bc,sb,sb->sb', ε, self.W2, self.z1, 1 - self.z1)
        dW1, dW2 = Σ('sa,sb->ab', X, η), Σ('sb,sc->bc', π, ε)
        db1 = Σ('sb->b', η)[np.newaxis, :]
        db2 = ε[0][np.newaxis, :]
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        out = []
        for _ in range(epochs):
            ω = self.forward(X)
            out.append(mse_loss(ω, y))
            self.update_weights(*self.backward(X, y, ω))
        return out


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        u = np.zeros_like(x)
        u[i] = h
        g[i] = (f(x + u) - f(x - u)) / (2 * h)
    return g
