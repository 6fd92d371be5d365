"""Reflexión: lo más importante fue ver que el gradiente se reparte. ¿Qué me sorprendió? Que el tamaño inicial importa tanto.
Todavía no entiendo cómo se elige la tasa de aprendizaje."""
import numpy as np
from collections import OrderedDict

PI2 = 2 * np.pi


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(np.asarray(x, dtype=np.longdouble).astype(float), -600, 600)))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(np.negative(x))


def manual_forward(x, w1, b1, w2, b2):
    hoja = OrderedDict()
    hoja["z1"] = x * w1 + b1
    hoja["a1"] = sigmoid(hoja["z1"])
    hoja["z2"] = hoja["a1"] * w2 + b2
    hoja["a2"] = sigmoid(hoja["z2"])
    return hoja


def manual_gradients(x, y, w1, b1, w2, b2):
    hoja = manual_forward(x, w1, b1, w2, b2)
    g = OrderedDict()
    g["dL_da2"] = hoja["a2"] - y
    g["da2_dz2"] = sigmoid_derivative(hoja["z2"])
    g["dL_dz2"] = g["dL_da2"] * g["da2_dz2"]
    g["dL_dw2"] = g["dL_dz2"] * hoja["a1"]
    g["dL_db2"] = g["dL_dz2"]
    g["dL_da1"] = g["dL_dz2"] * w2
    g["da1_dz1"] = sigmoid_derivative(hoja["z1"])
    g["dL_dz1"] = g["dL_da1"] * g["da1_dz1"]
    g["dL_dw1"] = g["dL_dz1"] * x
    g["dL_db1"] = g["dL_dz1"]
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    hoja = manual_forward(x, w1, b1, w2, b2)
    error_salida = (hoja["a2"] - y) * sigmoid_derivative(hoja["z2"])
    w2 = w2 - learning_rate * error_salida * hoja["a1"]
    b2 = b2 - learning_rate * error_salida
    error_oculto = error_salida * w2 * sigmoid_derivative(hoja["z1"])
    w1 = w1 - learning_rate * error_oculto * x
    b1 = b1 - learning_rate * error_oculto
    return w1, b1, w2, b2


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = 2 * np.random.rand(input_size, hidden_size) - 1
        self.W1 *= 2
        self.W2 = 2 * np.random.rand(hidden_size, output_size) - 1
        self.W2 *= 2
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))

    def forward(self, X):
        self.oculta = sigmoid(np.dot(X, self.W1) + self.b1)
        self.salida = sigmoid(np.dot(self.oculta, self.W2) + self.b2)
        return self.salida

    def backward(self, X, y):
        error = self.salida - y
        error = error * self.salida
        error = error * (1 - self.salida)
        previo = np.dot(error, self.W2.T)
        previo = previo * self.oculta
        previo = previo * (1 - self.oculta)
        total = y.shape[0] * y.shape[1]
        self.gradients = {
            "dW1": 2 * np.dot(X.T, previo) / total,
            "db1": 2 * np.sum(previo, axis=0).reshape(1, -1) / total,
            "dW2": 2 * np.dot(self.oculta.T, error) / total,
            "db2": 2 * np.sum(error, axis=0).reshape(1, -1) / total,
        }
        return self.gradients

    def update_weights(self):
        tasa = self.learning_rate
        self.W1, self.b1 = self.W1 - tasa * self.gradients["dW1"], self.b1 - tasa * self.gradients["db1"]
        self.W2, self.b2 = self.W2 - tasa * self.gradients["dW2"], self.b2 - tasa * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        suma = np.sum(np.power(np.subtract(y_pred, y_true), 2))
        return suma / np.size(y_pred)

    def train_step(self, X, y):
        perdida = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return perdida


def train_xor(seed):
    np.random.seed(seed)
    red = NeuralNetwork(2, 12, 1, 4)
    X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
    perdidas = []
    for _ in range(4000):
        perdidas.append(red.train_step(X, y))
    return red, perdidas


def make_spiral_data(n_samples=300, noise=0.1):
    mitad = n_samples // 2
    angulo = np.linspace(0, 2 * PI2, mitad)
    radio = angulo / PI2
    brazo0 = np.array([radio * np.cos(angulo), radio * np.sin(angulo)])
    giro = np.array([[-1.0, 0.0], [0.0, -1.0]])
    brazo1 = giro @ brazo0
    X = np.hstack([brazo0, brazo1]).T
    X = X + np.random.normal(0.0, noise, X.shape)
    return X, np.array([[0.0]] * mitad + [[1.0]] * mitad)


def train_spiral(X, y):
    red = NeuralNetwork(2, 64, 1, 5)
    red.W1 = np.random.randn(2, 64) * 4
    red.b1 = np.random.randn(1, 64) * 4
    red.W2 = np.random.randn(64, 1)
    epoca = 0
    while epoca < 5000:
        red.train_step(X, y)
        epoca += 1
    return red


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    filas = []
    for lr in learning_rates:
        for h in hidden_sizes:
            np.random.seed(seed)
            red = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for _ in range(epochs):
                ultima = red.train_step(X, y)
            filas.append(dict(hidden_size=h, learning_rate=lr, final_loss=ultima))
    return filas
