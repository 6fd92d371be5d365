# Practica 3: el XOR
# (mi primera red neuronal)

import numpy as np

def sigmoid(x):
    x = np.array(x, dtype=float)
    x = np.clip(x, -700, 700)     # para que no salga el aviso de overflow
    abajo = 1 + np.exp(-x)
    resultado = 1 / abajo
    return resultado


def sigmoid_derivative(a):
    a = np.array(a, dtype=float)
    resultado = a * (1 - a)
    return resultado


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    lista_errores = []
    for vuelta in range(iterations):
        # capa oculta
        suma_oculta = np.dot(X, W1)
        suma_oculta = suma_oculta + b1
        salida_oculta = sigmoid(suma_oculta)
        # capa de salida
        suma_final = np.dot(salida_oculta, W2)
        suma_final = suma_final + b2
        salida_final = sigmoid(suma_final)

        # error
        diferencia = salida_final - y
        if vuelta % 1000 == 0:
            error_medio = np.mean(diferencia ** 2)
            lista_errores.append(error_medio)
            # print("vuelta", vuelta, "error", error_medio)

        # gradiente de la capa de salida
        derivada_final = sigmoid_derivative(salida_final)
        delta_final = diferencia * derivada_final
        grad_W2 = np.dot(salida_oculta.T, delta_final)
        grad_b2 = np.sum(delta_final, axis=0)

        # gradiente de la capa oculta
        error_oculto = np.dot(delta_final, W2.T)
        derivada_oculta = sigmoid_derivative(salida_oculta)
        delta_oculto = error_oculto * derivada_oculta
        grad_W1 = np.dot(X.T, delta_oculto)
        grad_b1 = np.sum(delta_oculto, axis=0)

        # actualizar
        W1 = W1 - learning_rate * grad_W1
        b1 = b1 - learning_rate * grad_b1
        W2 = W2 - learning_rate * grad_W2
        b2 = b2 - learning_rate * grad_b2

    return W1, b1, W2, b2, lista_errores


# datos
X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

# pesos al azar
np.random.seed(1)
W1 = np.random.rand(3, 4)
W2 = np.random.rand(4, 1)
b1 = np.random.rand(1, 4)
b2 = np.random.rand(1, 1)

# entrenar
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)

# probar
suma_oculta = np.dot(X, W1) + b1
salida_oculta = sigmoid(suma_oculta)
suma_final = np.dot(salida_oculta, W2) + b2
output_layer_output = sigmoid(suma_final)
print("resultado:")
print(output_layer_output)
