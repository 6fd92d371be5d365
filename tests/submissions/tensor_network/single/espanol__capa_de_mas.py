"""Red neuronal con una capa oculta (tensores de PyTorch)."""
import numpy as np
import torch


def sigmoid(x):
    """Función logística."""
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    """Derivada a partir de la salida de la sigmoide."""
    uno = torch.ones_like(sigmoid_output)
    return sigmoid_output * (uno - sigmoid_output)


def capa(entrada, pesos, sesgo):
    """Una capa: suma ponderada y activación."""
    suma = torch.matmul(entrada, pesos) + sesgo
    return suma, sigmoid(suma)


def forward_pass(X, W1, b1, W2, b2):
    """De las entradas a las salidas."""
    suma1, oculta = capa(X, W1, b1)
    suma2, salida = capa(oculta, W2, b2)
    return sigmoid(salida), oculta, suma1, suma2


def compute_loss(y_pred, y):
    """Error cuadrático medio."""
    filas, columnas = y.shape
    cuadrados = torch.square(y_pred - y)
    return cuadrados.sum() / (filas * columnas)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    """Regla de la cadena, de atrás hacia delante."""
    filas, columnas = y.shape

    # capa de salida
    d_salida = 2.0 * (y_pred - y) / (filas * columnas)
    d_suma2 = d_salida * sigmoid_derivative(y_pred)

    # capa oculta
    d_oculta = torch.matmul(d_suma2, torch.transpose(W2, 0, 1))
    d_suma1 = d_oculta * sigmoid_derivative(h)

    # parámetros
    dW1 = torch.matmul(torch.transpose(X, 0, 1), d_suma1)
    dW2 = torch.matmul(torch.transpose(h, 0, 1), d_suma2)
    db1 = torch.sum(d_suma1, 0)
    db2 = torch.sum(d_suma2, 0)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    """Un paso cuesta abajo."""
    nuevos = []
    for parametro, gradiente in [(W1, dW1), (b1, db1), (W2, dW2), (b2, db2)]:
        nuevos.append(parametro - learning_rate * gradiente)
    return tuple(nuevos)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Entrenamiento a mano."""
    errores = []
    epoca = 0
    while epoca < n_epochs:
        salida, oculta, suma1, suma2 = forward_pass(X, W1, b1, W2, b2)
        error = compute_loss(salida, y)
        errores.append(error.item())
        dW1, db1, dW2, db2 = backward_pass(X, y, salida, oculta, suma1, suma2, W2)
        W1, b1, W2, b2 = update_parameters(
            W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate
        )
        epoca += 1
    return W1, b1, W2, b2, errores


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Entrenamiento con autograd."""
    hojas = [t.clone().requires_grad_() for t in (W1, b1, W2, b2)]
    optimizador = torch.optim.SGD(hojas, lr=learning_rate)
    errores = []
    for _ in range(n_epochs):
        salida = forward_pass(X, *hojas)[0]
        error = compute_loss(salida, y)
        errores.append(error.item())
        optimizador.zero_grad()
        error.backward()
        optimizador.step()
    W1, b1, W2, b2 = [t.detach() for t in hojas]
    return W1, b1, W2, b2, errores


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    """Predicciones en una cuadrícula."""
    eje_x = np.linspace(x_range[0], x_range[1], n)
    eje_y = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(eje_x, eje_y)
    puntos = torch.tensor(np.array([xx.ravel(), yy.ravel()]), dtype=W1.dtype).t()
    salida, _, _, _ = forward_pass(puntos, W1, b1, W2, b2)
    return xx, yy, salida.squeeze(1).reshape(n, n)
