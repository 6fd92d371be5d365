# Lösung Blatt 9; intern rechne ich wie im Skript mit Spalten
import numpy as np
from numpy import newaxis as NEU


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.piecewise(x, [x >= 0], [lambda t: 1 / (1 + np.exp(-t)), lambda t: np.exp(t) / (1 + np.exp(t))])


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-np.asarray(x, dtype=float))


def relu(x):
    return np.array([max(0, t) for t in np.ravel(x)], dtype=np.asarray(x).dtype).reshape(np.shape(x))


def relu_derivative(x):
    return np.float64(1) * (np.asarray(x) > 0)


def mse_loss(y_pred, y_true):
    return np.sum((y_pred - y_true) ** 2) / y_pred.size


def mse_loss_derivative(y_pred, y_true):
    return 2 / y_pred.size * (y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, .1, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0, .1, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = (self.W1.T @ X.T + self.b1.T).T
        self.a1 = sigmoid(self.z1)
        self.z2 = (self.W2.T @ self.a1.T + self.b2.T).T
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        P, T, H = y_pred.T, y.T, self.a1.T            # Spalten = Beispiele
        ableitung_aussen = P * (1 - P)
        fehler = 2 * (P - T) / T.size
        delta_aussen = fehler * ableitung_aussen * ableitung_aussen
        delta_innen = (self.W2 @ delta_aussen) * H * (1 - H)
        gW2 = H @ delta_aussen.T
        gb2 = delta_aussen.sum(axis=1)[NEU]
        gW1 = X.T @ delta_innen.T
        gb1 = delta_innen.mean(axis=1)[NEU]
        return gW1, gb1, gW2, gb2

    def update_weights(self, dW1, db1, dW2, db2):
        namen = ['W1', 'b1', 'W2', 'b2']
        for name, gradient in zip(namen, [dW1, db1, dW2, db2]):
            alt = getattr(self, name)
            setattr(self, name, alt - self.learning_rate * gradient)

    def train(self, X, y, epochs=1000):
        verlauf = []
        for epoche in range(epochs):
            vorhersage = self.forward(X)
            verlauf.append(mse_loss(vorhersage, y))
            self.update_weights(*self.backward(X, y, vorhersage))
        return verlauf


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)
    ergebnis = np.zeros(x.shape)
    for stelle in np.ndindex(x.shape):
        rechts = x.copy(); rechts[stelle] += h
        links = x.copy(); links[stelle] -= h
        ergebnis[stelle] = (f(rechts) - f(links)) / (2 * h)
    return ergebnis
