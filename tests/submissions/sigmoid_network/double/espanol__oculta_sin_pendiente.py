"""Red neuronal sencilla con una capa oculta (ejercicio de retropropagación)."""

import numpy as np


def sigmoid(x):
    # tanh no se desborda nunca
    return (np.tanh(np.divide(x, 2)) + 1) / 2


def sigmoid_derivative(x):
    valor = sigmoid(x)
    return valor * (1 - valor)


def relu(x):
    return np.where(x > 0, x, np.zeros_like(x))


def relu_derivative(x):
    positivo = np.asarray(x) > 0
    return positivo * 1.0


def mse_loss(y_pred, y_true):
    error = y_pred - y_true
    return np.mean(error * error)


def mse_loss_derivative(y_pred, y_true):
    error = y_pred - y_true
    cantidad = error.shape[0] * error.shape[1]
    return (error + error) / cantidad


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.4, 0.4, size=(input_size, hidden_size))
        self.W2 = np.random.uniform(-0.4, 0.4, size=(hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        # capa oculta
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        # capa de salida
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # 1) capa de salida
        error_salida = mse_loss_derivative(y_pred, y)
        delta_salida = error_salida * sigmoid_derivative(self.z2)
        dW2 = self.a1.T.dot(delta_salida)
        db2 = dW2.sum(axis=0, keepdims=True)

        # 2) capa oculta
        delta_oculta = delta_salida.dot(self.W2.T)
        dW1 = X.T.dot(delta_oculta)
        db1 = delta_oculta.sum(axis=0, keepdims=True)

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        tasa = self.learning_rate
        self.W2 = self.W2 - tasa * dW2
        self.b2 = self.b2 - tasa * db2
        self.W1 = self.W1 - tasa * dW1
        self.b1 = self.b1 - tasa * db1

    def train(self, X, y, epochs=1000):
        perdidas = []
        for epoca in range(epochs):
            salida = self.forward(X)
            perdidas.append(mse_loss(salida, y))
            dW1, db1, dW2, db2 = self.backward(X, y, salida)
            self.update_weights(dW1, db1, dW2, db2)
        return perdidas


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    gradiente = np.zeros_like(x)
    for posicion in np.ndindex(x.shape):
        x_mas = np.array(x)
        x_menos = np.array(x)
        x_mas[posicion] += h
        x_menos[posicion] -= h
        diferencia = f(x_mas) - f(x_menos)
        gradiente[posicion] = diferencia / (2 * h)
    return gradiente


if __name__ == "__main__":
    np.random.seed(7)
    datos = np.random.randn(6, 3)
    metas = np.random.rand(6, 2)
    red = SimpleNeuralNetwork(3, 4, 2)
    print(red.train(datos, metas, epochs=4))
