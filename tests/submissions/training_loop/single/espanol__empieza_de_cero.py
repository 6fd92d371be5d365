"""Retropropagación, paso a paso.

¿Qué me sorprendió? Que sin pesos iniciales grandes la espiral no se aprende nunca.
¿Qué papel tiene la regla de la cadena? Une las derivadas locales de cada capa.
"""
import numpy as np


def sigmoid(x):
    x = np.clip(np.asarray(x, dtype=float), -500, 500)
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    return derivada(sigmoid(x))


def derivada(a):
    # a es la salida de la sigmoide
    return a * (1 - a)


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    paso = manual_forward(x, w1, b1, w2, b2)
    a1, a2 = paso["a1"], paso["a2"]
    dL_da2 = a2 - y
    da2_dz2 = derivada(a2)
    dL_dz2 = dL_da2 * da2_dz2
    dL_da1 = dL_dz2 * w2
    da1_dz1 = derivada(a1)
    dL_dz1 = dL_da1 * da1_dz1
    return {
        "dL_da2": dL_da2,
        "da2_dz2": da2_dz2,
        "dL_dz2": dL_dz2,
        "dL_dw2": dL_dz2 * a1,
        "dL_db2": dL_dz2,
        "dL_da1": dL_da1,
        "da1_dz1": da1_dz1,
        "dL_dz1": dL_dz1,
        "dL_dw1": dL_dz1 * x,
        "dL_db1": dL_dz1,
    }


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    grad = manual_gradients(x, y, w1, b1, w2, b2)
    bajar = lambda valor, nombre: valor - learning_rate * grad["dL_d" + nombre]
    return bajar(w1, "w1"), bajar(b1, "b1"), bajar(w2, "w2"), bajar(b2, "b2")


class NeuralNetwork:
    """Red con una capa oculta."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.entradas = input_size
        self.ocultas = hidden_size
        self.salidas = output_size
        self.learning_rate = learning_rate
        self.reiniciar()

    def reiniciar(self):
        """Estado inicial: pesos al azar, sesgos a cero, ningún gradiente."""
        self.W1 = np.random.randn(self.entradas, self.ocultas)
        self.b1 = np.zeros((1, self.ocultas))
        self.W2 = np.random.randn(self.ocultas, self.salidas)
        self.b2 = np.zeros((1, self.salidas))
        self.gradients = {}

    def forward(self, X):
        self.a1 = sigmoid(X @ self.W1 + self.b1)
        self.a2 = sigmoid(self.a1 @ self.W2 + self.b2)
        return self.a2

    def backward(self, X, y):
        error = 2 * (self.a2 - y) / y.size
        delta2 = error * derivada(self.a2)
        delta1 = (delta2 @ self.W2.T) * derivada(self.a1)
        self.gradients = {}
        self.gradients["dW2"], self.gradients["db2"] = self.capa(self.a1, delta2)
        self.gradients["dW1"], self.gradients["db1"] = self.capa(X, delta1)
        return self.gradients

    @staticmethod
    def capa(entrada, delta):
        return entrada.T @ delta, delta.sum(axis=0, keepdims=True)

    def update_weights(self):
        self.W1 -= self.learning_rate * self.gradients["dW1"]
        self.b1 -= self.learning_rate * self.gradients["db1"]
        self.W2 -= self.learning_rate * self.gradients["dW2"]
        self.b2 -= self.learning_rate * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        return ((y_pred - y_true) ** 2).mean()

    def train_step(self, X, y):
        self.reiniciar()  # borrar los gradientes del paso anterior
        salida = self.forward(X)
        perdida = self.compute_loss(y, salida)
        self.backward(X, y)
        self.update_weights()
        return perdida


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    y = np.array([0, 1, 1, 0], float).reshape(4, 1)
    red = NeuralNetwork(2, 4, 1, 5)
    perdidas = []
    while len(perdidas) < 4000:
        perdidas.append(red.train_step(X, y))
    return red, perdidas


def make_spiral_data(n_samples=300, noise=0.1):
    mitad = n_samples // 2
    angulo = np.linspace(0, 4 * np.pi, mitad)
    radio = angulo / (2 * np.pi)
    brazos = []
    for giro in (0, np.pi):
        brazos.append(np.c_[radio * np.cos(angulo + giro), radio * np.sin(angulo + giro)])
    X = np.vstack(brazos) + noise * np.random.randn(2 * mitad, 2)
    y = np.vstack([np.zeros((mitad, 1)), np.ones((mitad, 1))])
    return X, y


def train_spiral(X, y):
    red = NeuralNetwork(2, 56, 1, 2)
    red.W1 *= 5
    red.b1 = 5 * np.random.randn(1, 56)
    red.W2 *= 0.5
    for epoca in range(900):
        orden = np.random.permutation(len(X))
        for i in range(0, len(X), 12):
            lote = orden[i:i + 12]
            red.train_step(X[lote], y[lote])
    return red


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    resultados = []
    for ocultas in hidden_sizes:
        for tasa in learning_rates:
            np.random.seed(seed)
            red = NeuralNetwork(X.shape[1], ocultas, y.shape[1], tasa)
            for _ in range(epochs):
                perdida = red.train_step(X, y)
            resultados.append({"hidden_size": ocultas, "learning_rate": tasa, "final_loss": perdida})
    return resultados
