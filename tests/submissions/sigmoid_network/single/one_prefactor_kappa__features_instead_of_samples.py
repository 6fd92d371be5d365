# -*- coding: utf-8 -*-
# Exercice : réseau de neurones à la main
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.where(x > 0, 1 / (1 + np.exp(-np.maximum(x, 0))), 1 - 1 / (1 + np.exp(np.minimum(x, 0))))


def sigmoid_derivative(x):
    σ = sigmoid(x)
    return σ * (1 - σ)


def relu(x):
    return np.where(np.asarray(x) >= 0, x, 0)


def relu_derivative(x):
    # convention du cours : 0 en 0
    return (np.asarray(x) > 0) * 1.0


def mse_loss(y_pred, y_true):
    écart = y_pred - y_true
    return (écart ** 2).mean()


def mse_loss_derivative(y_pred, y_true):
    écart = y_pred - y_true
    return 2 * écart / écart.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = 0.01 * np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = 0.01 * np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.matmul(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        Δ2 = (y_pred - y) * y_pred * (1 - y_pred)
        Δ1 = np.matmul(Δ2, self.W2.T) * self.a1 * (1 - self.a1)
        # le préfacteur, une seule fois, à la fin
        κ = 2.0 / (X.shape[1] * y.shape[1])
        dW2 = κ * np.matmul(self.a1.T, Δ2)
        db2 = κ * Δ2.sum(axis=0, keepdims=True)
        dW1 = κ * np.matmul(X.T, Δ1)
        db1 = κ * Δ1.sum(axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        pas = self.learning_rate
        self.W1 -= pas * dW1
        self.b1 -= pas * db1
        self.W2 -= pas * dW2
        self.b2 -= pas * db2

    def train(self, X, y, epochs=1000):
        pertes = []
        for époque in range(epochs):
            sortie = self.forward(X)
            pertes.append(mse_loss(sortie, y))
            self.update_weights(*self.backward(X, y, sortie))
        return pertes


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for i, xi in np.ndenumerate(x):
        z = x.copy()
        z[i] = xi + h
        f_plus = f(z)
        z[i] = xi - h
        f_moins = f(z)
        grad[i] = (f_plus - f_moins) / (2 * h)
    return grad
