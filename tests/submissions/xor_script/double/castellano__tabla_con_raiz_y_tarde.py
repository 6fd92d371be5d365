"""XOR con una red de una capa oculta: primero las funciones, después la ejecución."""

import numpy as np


def sigmoid(x):
    """Función logística."""
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(a):
    """Derivada de la sigmoide a partir de su salida."""
    return a * (1.0 - a)


def adelante(entradas, W1, b1, W2, b2):
    """Propagación hacia adelante: activaciones de la capa oculta y de la salida."""
    oculta = sigmoid(entradas.dot(W1) + b1)
    salida = sigmoid(oculta.dot(W2) + b2)
    return oculta, salida


def atras(entradas, objetivos, oculta, salida, W2):
    """Gradiente de la mitad de la suma de los cuadrados."""
    delta_salida = (salida - objetivos) * sigmoid_derivative(salida)
    delta_oculta = delta_salida.dot(W2.T) * sigmoid_derivative(oculta)
    return (
        entradas.T.dot(delta_oculta),
        delta_oculta.sum(axis=0, keepdims=True),
        oculta.T.dot(delta_salida),
        delta_salida.sum(axis=0, keepdims=True),
    )


def perdida(salida, objetivos):
    """Pérdida que se anota en la tabla."""
    cuadrados = (salida - objetivos) ** 2
    return np.sqrt(np.mean(cuadrados))


# Datos: la tercera entrada siempre vale 1
X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

# Parámetros iniciales
np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

tasa = 0.1
iteraciones = 10000
losses = []

# Entrenamiento
for iteracion in range(iteraciones):
    oculta, salida = adelante(X, W1, b1, W2, b2)
    dW1, db1, dW2, db2 = atras(X, y, oculta, salida, W2)

    W1 = W1 - tasa * dW1
    b1 = b1 - tasa * db1
    W2 = W2 - tasa * dW2
    b2 = b2 - tasa * db2

    if iteracion % 1000 == 0:
        _, actual = adelante(X, W1, b1, W2, b2)
        losses.append(perdida(actual, y))
        print("Iteración", iteracion, "- pérdida:", losses[-1])

output_layer_output = adelante(X, W1, b1, W2, b2)[1]
print(output_layer_output)
