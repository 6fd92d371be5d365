# Ejercicio: XOR con retropropagacion
# Nombres en castellano salvo los que pide el enunciado.

import numpy as np


def sigmoid(x):
    """Funcion logistica."""
    e = np.exp(-np.abs(x))          # nunca desborda
    return np.where(np.asarray(x) < 0, e, 1.0) / (1.0 + e)


def sigmoid_derivative(a):
    """Derivada en funcion de la salida."""
    complemento = 1 - a
    return complemento * a


def propagar(entradas, pesos, sesgo):
    """Una capa completa: producto, sesgo y sigmoide."""
    return sigmoid(entradas.dot(pesos) + sesgo)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    """Descenso por gradiente con todas las muestras."""
    perdidas = []
    for vuelta in range(iterations):
        oculta = propagar(X, W1, b1)
        salida = propagar(oculta, W2, b2)
        diferencia = salida - y
        if not vuelta % 1000:
            perdidas.append((diferencia ** 2).mean())

        delta_salida = diferencia * sigmoid_derivative(salida)
        error_oculta = delta_salida.dot(W2.T)
        delta_oculta = error_oculta * sigmoid_derivative(oculta)

        gradientes = (X.T.dot(delta_oculta), delta_oculta.sum(axis=0, keepdims=True),
                      oculta.T.dot(delta_salida), delta_salida.sum(axis=0, keepdims=True))
        W1, b1, W2, b2 = (p - learning_rate * g for p, g in zip((W1, b1, W2, b2), gradientes))
    return W1, b1, W2, b2, perdidas


# ---------------------------------------------------------------- programa
np.random.seed(1)
n_entradas, n_ocultas, n_salidas = 3, 4, 1
W1 = np.random.rand(n_entradas, n_ocultas)
b1 = np.random.rand(1, n_ocultas)
W2 = np.random.rand(n_ocultas, n_salidas)
b2 = np.random.rand(1, n_salidas)

X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
y = np.array([[0],
              [1],
              [1],
              [0]])

W1, b1, W2, b2, losses = train(
    X, y,
    W1, b1,
    W2, b2,
    learning_rate=0.01,
    iterations=10000,
)

output_layer_output = propagar(propagar(X, W1, b1), W2, b2)

print("Perdidas:", [round(float(p), 4) for p in losses])
print("Salida:")
print(output_layer_output)
