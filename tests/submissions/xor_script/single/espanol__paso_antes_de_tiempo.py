import numpy as np


def sigmoid(x):
    """La función logística."""
    return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype=float)))


def sigmoid_derivative(a):
    """Derivada de la sigmoide a partir de su salida."""
    return a - a ** 2


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

entradas = np.array([[0, 0, 1],
                     [1, 0, 1],
                     [0, 1, 1],
                     [1, 1, 1]])
objetivos = np.array([[0],
                      [1],
                      [1],
                      [0]])

tasa = 0.1
losses = []

for paso in range(10000):
    # propagación hacia delante
    oculta = sigmoid(entradas.dot(W1) + b1)
    salida = sigmoid(oculta.dot(W2) + b2)

    # error de las salidas
    error_salida = objetivos - salida
    if not paso % 1000:
        losses.append((error_salida ** 2).mean())

    # capa de salida
    delta_salida = error_salida * sigmoid_derivative(salida)
    W2 += tasa * oculta.T.dot(delta_salida)
    b2 += tasa * delta_salida.sum(axis=0, keepdims=True)

    # capa oculta
    error_oculta = delta_salida.dot(W2.T)
    delta_oculta = error_oculta * sigmoid_derivative(oculta)
    W1 += tasa * entradas.T.dot(delta_oculta)
    b1 += tasa * delta_oculta.sum(axis=0, keepdims=True)

X, y = entradas, objetivos
output_layer_output = salida
