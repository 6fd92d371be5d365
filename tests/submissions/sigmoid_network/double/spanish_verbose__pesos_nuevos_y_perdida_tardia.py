# -*- coding: utf-8 -*-
# Practica 3: red neuronal sencilla (una capa oculta)
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    x = np.clip(x, -500, 500)
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    sig = sigmoid(x)
    return sig * (1 - sig)


def relu(x):
    return np.maximum(0, x)


def relu_derivative(x):
    return (np.asarray(x) > 0) * 1.0


def mse_loss(y_pred, y_true):
    diferencia = y_pred - y_true
    return np.sum(diferencia ** 2) / diferencia.size


def mse_loss_derivative(y_pred, y_true):
    diferencia = y_pred - y_true
    return 2 * diferencia / diferencia.size


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.entradas = input_size
        self.ocultas = hidden_size
        self.salidas = output_size
        self.learning_rate = learning_rate
        self.iniciar_pesos()

    def iniciar_pesos(self):
        self.W1 = np.random.randn(self.entradas, self.ocultas) * 0.1
        self.b1 = np.zeros((1, self.ocultas))
        self.W2 = np.random.randn(self.ocultas, self.salidas) * 0.1
        self.b2 = np.zeros((1, self.salidas))

    def forward(self, X):
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # capa de salida
        error = mse_loss_derivative(y_pred, y)
        delta_salida = error * sigmoid_derivative(self.z2)
        # capa oculta
        error_oculto = delta_salida.dot(self.W2.T)
        delta_oculta = error_oculto * sigmoid_derivative(self.z1)
        # gradientes
        dW2 = self.a1.T.dot(delta_salida)
        db2 = delta_salida.sum(axis=0, keepdims=True)
        dW1 = X.T.dot(delta_oculta)
        db1 = delta_oculta.sum(axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        perdidas = []
        for epoca in range(epochs):
            self.iniciar_pesos()
            prediccion = self.forward(X)
            perdida = mse_loss(prediccion, y)
            gradientes = self.backward(X, y, prediccion)
            self.update_weights(*gradientes)
            perdidas.append(mse_loss(self.forward(X), y))
        return perdidas


def numerical_gradient(f, x, h=1e-05):
    punto = np.array(x, dtype=np.float64)
    gradiente = np.zeros_like(punto)
    for indice in np.ndindex(punto.shape):
        original = punto[indice]
        punto[indice] = original + h
        f_mas = f(punto)
        punto[indice] = original - h
        f_menos = f(punto)
        punto[indice] = original
        gradiente[indice] = (f_mas - f_menos) / (2 * h)
    return gradiente
