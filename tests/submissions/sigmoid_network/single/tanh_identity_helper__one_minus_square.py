"""Hausaufgabe 5"""
import numpy as np


def sigmoid(x):
    """Fermifunktion"""
    u = np.asarray(x, dtype=np.float64)
    ergebnis = np.zeros_like(u)
    np.exp(-np.abs(u), out=ergebnis)
    return np.where(u >= 0, 1 / (1 + ergebnis), ergebnis / (1 + ergebnis))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return 1.0 - s ** 2


def relu(x):
    return (np.asarray(x) > 0) * np.asarray(x)


def relu_derivative(x):
    return np.where(np.greater(x, 0), 1., 0.)


def mse_loss(y_pred, y_true):
    abweichung = np.subtract(y_pred, y_true)
    return np.square(abweichung).sum() / abweichung.size


def mse_loss_derivative(y_pred, y_true):
    abweichung = np.subtract(y_pred, y_true)
    abweichung *= 2
    abweichung /= abweichung.size
    return abweichung


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        schichten = [input_size, hidden_size, output_size]
        for l in (1, 2):
            setattr(self, f"W{l}", np.random.normal(0, 0.1, schichten[l - 1:l + 1]))
            setattr(self, f"b{l}", np.zeros((1, schichten[l])))

    def forward(self, X):
        a = X
        for l in (1, 2):
            z = a @ getattr(self, f"W{l}") + getattr(self, f"b{l}")
            a = sigmoid(z)
            setattr(self, f"z{l}", z)
            setattr(self, f"a{l}", a)
        return a

    def backward(self, X, y, y_pred):
        delta = mse_loss_derivative(y_pred, y)
        eingang = {1: X, 2: self.a1}
        grad = {}
        for l in (2, 1):
            delta = delta * sigmoid_derivative(getattr(self, f"z{l}"))
            grad[f"W{l}"] = eingang[l].T @ delta
            grad[f"b{l}"] = delta.sum(axis=0, keepdims=True)
            delta = delta @ getattr(self, f"W{l}").T
        return grad["W1"], grad["b1"], grad["W2"], grad["b2"]

    def update_weights(self, dW1, db1, dW2, db2):
        for l, (dW, db) in enumerate([(dW1, db1), (dW2, db2)], start=1):
            setattr(self, f"W{l}", getattr(self, f"W{l}") - self.learning_rate * dW)
            setattr(self, f"b{l}", getattr(self, f"b{l}") - self.learning_rate * db)

    def train(self, X, y, epochs=1000):
        verlust = []
        for _ in range(epochs):
            vorhersage = self.forward(X)
            verlust.append(mse_loss(vorhersage, y))
            self.update_weights(*self.backward(X, y, vorhersage))
        return verlust


def numerical_gradient(f, x, h=1e-05):
    stelle = np.array(x, dtype=np.float64)
    anstieg = np.zeros(stelle.shape)
    for i in range(stelle.size):
        e = np.zeros(stelle.size)
        e[i] = h
        e = e.reshape(stelle.shape)
        anstieg.flat[i] = (f(stelle + e) - f(stelle - e)) / (2 * h)
    return anstieg
