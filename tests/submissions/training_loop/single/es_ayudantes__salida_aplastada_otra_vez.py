"""Retropropagación: de un solo peso a dos espirales.

¿Qué fue lo más importante? Que la regla de la cadena se puede recorrer de atrás hacia delante y que cada capa
solo necesita el "delta" de la capa siguiente.
¿Qué me costó? Las formas de las matrices. Apunté (m, n), (n, h), (h, k) al lado de cada línea.
"""

import numpy as np


# ---------------------------------------------------------------- funciones de activación

def sigmoid(x):
    x = np.clip(np.asarray(x, dtype=float), -500, 500)   # para que exp no desborde
    return 1 / (1 + np.exp(-x))


def pendiente(a):
    """Derivada de la sigmoide cuando ya se conoce su salida a."""
    return a * (1 - a)


def sigmoid_derivative(x):
    return pendiente(sigmoid(x))


def capa(entrada, pesos, sesgo):
    """Salida de una capa densa con sigmoide."""
    return sigmoid(entrada @ pesos + sesgo)


# ---------------------------------------------------------------- la red más pequeña, a mano

def manual_forward(x, w1, b1, w2, b2):
    z1 = x * w1 + b1
    a1 = sigmoid(z1)
    z2 = a1 * w2 + b2
    a2 = sigmoid(z2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    paso = manual_forward(x, w1, b1, w2, b2)
    a1, a2 = paso["a1"], paso["a2"]

    dL_da2 = -(y - a2)
    da2_dz2 = pendiente(a2)
    dL_dz2 = dL_da2 * da2_dz2

    dL_da1 = dL_dz2 * w2
    da1_dz1 = pendiente(a1)
    dL_dz1 = dL_da1 * da1_dz1

    return {
        "dL_da2": dL_da2, "da2_dz2": da2_dz2, "dL_dz2": dL_dz2,
        "dL_dw2": dL_dz2 * a1, "dL_db2": dL_dz2,
        "dL_da1": dL_da1, "da1_dz1": da1_dz1, "dL_dz1": dL_dz1,
        "dL_dw1": dL_dz1 * x, "dL_db1": dL_dz1,
    }


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    w1 = w1 - learning_rate * g["dL_dw1"]
    b1 = b1 - learning_rate * g["dL_db1"]
    w2 = w2 - learning_rate * g["dL_dw2"]
    b2 = b2 - learning_rate * g["dL_db2"]
    return w1, b1, w2, b2


# ---------------------------------------------------------------- la red con una capa oculta

class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 1, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0, 1, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.oculta = capa(X, self.W1, self.b1)          # (m, h)
        self.salida = sigmoid(
            capa(self.oculta, self.W2, self.b2)          # (m, k)
        )
        return self.salida

    def backward(self, X, y):
        m, k = y.shape
        delta_salida = 2 / (m * k) * (self.salida - y) * pendiente(self.salida)     # (m, k)
        delta_oculta = delta_salida @ self.W2.T * pendiente(self.oculta)            # (m, h)
        self.gradients = {
            "dW2": self.oculta.T @ delta_salida,
            "db2": delta_salida.sum(axis=0, keepdims=True),
            "dW1": X.T @ delta_oculta,
            "db1": delta_oculta.sum(axis=0, keepdims=True),
        }
        return self.gradients

    def update_weights(self):
        tasa = self.learning_rate
        self.W1 = self.W1 - tasa * self.gradients["dW1"]
        self.b1 = self.b1 - tasa * self.gradients["db1"]
        self.W2 = self.W2 - tasa * self.gradients["dW2"]
        self.b2 = self.b2 - tasa * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        prediccion = self.forward(X)
        perdida = self.compute_loss(y, prediccion)
        self.backward(X, y)
        self.update_weights()
        return perdida


# ---------------------------------------------------------------- entrenamientos

def train_xor(seed):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    np.random.seed(seed)
    red = NeuralNetwork(2, 10, 1, learning_rate=3.0)
    perdidas = []
    for _ in range(5000):
        perdidas.append(red.train_step(X, y))
    return red, perdidas


def make_spiral_data(n_samples=300, noise=0.1):
    mitad = n_samples // 2
    angulo = np.linspace(0, 4 * np.pi, mitad)
    radio = angulo / (2 * np.pi)
    brazos, clases = [], []
    for clase, giro in enumerate((0, np.pi)):
        brazos.append(np.stack([radio * np.cos(angulo + giro), radio * np.sin(angulo + giro)], axis=1))
        clases.append(np.full((mitad, 1), float(clase)))
    X = np.concatenate(brazos)
    X = X + noise * np.random.randn(*X.shape)
    return X, np.concatenate(clases)


def train_spiral(X, y):
    red = NeuralNetwork(2, 90, 1, learning_rate=3.0)
    red.W1 = np.random.normal(0, 4, size=red.W1.shape)
    red.b1 = np.random.normal(0, 4, size=red.b1.shape)
    red.W2 = np.random.normal(0, 0.3, size=red.W2.shape)
    for epoca in range(2500):
        orden = np.random.permutation(len(X))
        for lote in np.array_split(orden, 6):
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
