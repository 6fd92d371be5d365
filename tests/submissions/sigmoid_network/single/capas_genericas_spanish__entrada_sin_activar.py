"""Practica 4 - red de dos capas, escrita para que valga con cualquier numero de capas."""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    e = np.exp(-np.abs(x))                      # nunca desborda
    return np.where(x >= 0, 1.0, e) / (1.0 + e)


def sigmoid_derivative(x):
    e = np.exp(-np.abs(np.asarray(x, dtype=np.float64)))
    return e / (1.0 + e) ** 2                   # es una funcion par


def relu(x):
    x = np.asarray(x)
    return np.where(x > 0, x, 0)


def relu_derivative(x):
    return (np.asarray(x) > 0).astype(np.float64)


def mse_loss(y_pred, y_true):
    error = y_pred - y_true
    return (error ** 2).sum() / error.size


def mse_loss_derivative(y_pred, y_true):
    error = y_pred - y_true
    return 2.0 * error / error.size


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        tamanos = [input_size, hidden_size, output_size]
        for capa, (entran, salen) in enumerate(zip(tamanos, tamanos[1:]), start=1):
            setattr(self, f"W{capa}", np.random.randn(entran, salen) / np.sqrt(entran) * 0.5)
            setattr(self, f"b{capa}", np.zeros((1, salen)))
        self.learning_rate = learning_rate

    def forward(self, X):
        senal = X
        for capa in (1, 2):
            W, b = getattr(self, f"W{capa}"), getattr(self, f"b{capa}")
            z = senal @ W + b
            senal = sigmoid(z)
            setattr(self, f"z{capa}", z)
            setattr(self, f"a{capa}", senal)
        return senal

    def backward(self, X, y, y_pred):
        # lo que hace falta de cada capa, de la primera a la ultima
        entradas = (X, self.z1)
        sumas = (self.z1, self.z2)
        pesos = (self.W1, self.W2)

        gradientes = []
        llega = mse_loss_derivative(y_pred, y)          # dL/da de la ultima capa
        for entrada, z, W in reversed(list(zip(entradas, sumas, pesos))):
            delta = llega * sigmoid_derivative(z)
            gradientes = [entrada.T @ delta, delta.sum(axis=0, keepdims=True)] + gradientes
            llega = delta @ W.T
        return tuple(gradientes)

    def update_weights(self, dW1, db1, dW2, db2):
        for nombre, grad in zip(("W1", "b1", "W2", "b2"), (dW1, db1, dW2, db2)):
            setattr(self, nombre, getattr(self, nombre) - self.learning_rate * grad)

    def train(self, X, y, epochs=1000):
        perdidas = []
        while len(perdidas) < epochs:
            salida = self.forward(X)
            perdidas.append(mse_loss(salida, y))
            self.update_weights(*self.backward(X, y, salida))
        return perdidas


def numerical_gradient(f, x, h=1e-05):
    punto = np.array(x, dtype=np.float64)
    pendiente = np.zeros_like(punto)
    it = np.nditer(punto, flags=["multi_index"])
    for _ in it:
        i = it.multi_index
        mas, menos = punto.copy(), punto.copy()
        mas[i] += h
        menos[i] -= h
        pendiente[i] = (f(mas) - f(menos)) / (2 * h)
    return pendiente
