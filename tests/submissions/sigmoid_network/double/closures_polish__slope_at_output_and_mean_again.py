import numpy as np
from functools import partial


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    wynik = np.empty_like(x)
    dodatnie = x >= 0
    wynik[dodatnie] = 1 / (1 + np.exp(-x[dodatnie]))
    t = np.exp(x[~dodatnie])
    wynik[~dodatnie] = t / (1 + t)
    return wynik


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    return np.fmax(np.asarray(x), 0)


def relu_derivative(x):
    return (np.sign(x) > 0) * 1.0


def mse_loss(y_pred, y_true):
    return np.sum((y_pred - y_true) ** 2) / np.size(y_true)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / np.size(y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        losuj = partial(np.random.normal, 0, 0.3)
        self.W1, self.b1 = losuj((input_size, hidden_size)), np.zeros((1, hidden_size))
        self.W2, self.b2 = losuj((hidden_size, output_size)), np.zeros((1, output_size))

    def forward(self, X):
        def warstwa(wejscie, W, b):
            z = wejscie @ W + b
            return z, sigmoid(z)

        self.z1, self.a1 = warstwa(X, self.W1, self.b1)
        self.z2, self.a2 = warstwa(self.a1, self.W2, self.b2)
        return self.a2

    def backward(self, X, y, y_pred):
        ile = X.shape[0]

        def przez_sigmoide(g, gdzie):
            return g * sigmoid_derivative(gdzie)

        def parametry(wejscie, g):
            # bias ma wejscie rowne 1
            return wejscie.T @ g, np.ones((1, ile)) @ g

        cofnij_2 = partial(przez_sigmoide, gdzie=self.z2)
        cofnij_1 = partial(przez_sigmoide, gdzie=self.a1)

        # blad na wyjsciu
        g_a2 = mse_loss_derivative(y_pred, y) / ile
        g_z2 = cofnij_2(g_a2)
        g_z1 = cofnij_1(g_z2 @ self.W2.T)

        return (*parametry(X, g_z1), *parametry(self.a1, g_z2))

    def update_weights(self, dW1, db1, dW2, db2):
        def krok(stare, gradient):
            return stare - self.learning_rate * gradient

        self.W1, self.b1 = krok(self.W1, dW1), krok(self.b1, db1)
        self.W2, self.b2 = krok(self.W2, dW2), krok(self.b2, db2)

    def train(self, X, y, epochs=1000):
        def epoka():
            wyjscie = self.forward(X)
            strata = mse_loss(wyjscie, y)
            self.update_weights(*self.backward(X, y, wyjscie))
            return strata

        return [epoka() for _ in range(epochs)]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    plaski = x.ravel()

    def pochodna(i):
        gora, dol = plaski.copy(), plaski.copy()
        gora[i] += h
        dol[i] -= h
        return (f(gora.reshape(x.shape)) - f(dol.reshape(x.shape))) / (2 * h)

    return np.array([pochodna(i) for i in range(x.size)], dtype=np.float64).reshape(x.shape)
