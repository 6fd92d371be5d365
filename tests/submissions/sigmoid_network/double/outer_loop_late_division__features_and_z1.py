# Redes neuronales, tarea 2. Bucle sobre las muestras y escala al final.
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    y = np.zeros(x.shape)
    y[x >= 0] = 1 / (1 + np.exp(-x[x >= 0]))
    y[x < 0] = np.exp(x[x < 0]) / (1 + np.exp(x[x < 0]))
    return y


def sigmoid_derivative(x):
    y = sigmoid(x)
    return y * (1 - y)


def relu(x):
    x = np.asarray(x)
    return (x + np.abs(x)) / 2


def relu_derivative(x):
    x = np.asarray(x, dtype=float)
    return (np.sign(x) + np.abs(np.sign(x))) / 2


def mse_loss(y_pred, y_true):
    suma = 0.0
    for p, t in zip(y_pred, y_true):
        suma += np.dot(p - t, p - t)
    return suma / y_true.size


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_true.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.rand(input_size, hidden_size) - 0.5
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.rand(hidden_size, output_size) - 0.5
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m, n = X.shape
        k = y.shape[1]
        dW1 = np.zeros_like(self.W1)
        db1 = np.zeros_like(self.b1)
        dW2 = np.zeros_like(self.W2)
        db2 = np.zeros_like(self.b2)
        for i in range(m):
            u = (y_pred[i] - y[i]) * y_pred[i] * (1 - y_pred[i])
            v = self.W2.dot(u) * self.a1[i] * (1 - self.a1[i])
            dW2 += np.outer(self.z1[i], u)
            db2[0] += u
            dW1 += np.outer(X[i], v)
            db1[0] += v
        escala = 2 / (m * k * n)
        for g in (dW1, db1, dW2, db2):
            g *= escala
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        perdidas = []
        for epoca in range(epochs):
            salida = self.forward(X)
            perdidas.append(mse_loss(salida, y))
            grads = self.backward(X, y, salida)
            self.update_weights(*grads)
        return perdidas


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        guardado = x[i]
        x[i] = guardado + h
        f1 = f(x)
        x[i] = guardado - h
        f2 = f(x)
        x[i] = guardado
        grad[i] = (f1 - f2) / (2 * h)
    return grad
