# Entrega: retropropagacion, muestra por muestra (con bucles, para entender que pasa)
import math

import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    return {"f": u ** 3, "u": u, "du_dx": 2, "df_du": 3 * u ** 2, "df_dx": 3 * u ** 2 * 2}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z * z
    dz = 2 * z
    return {"a": a, "z": z, "L": L, "dL_dz": dz, "dL_da": dz, "dL_dw": dz * x, "dL_dx": dz * w, "dL_db": dz}


def single_neuron(x, w, b, y):
    z = b
    for xi, wi in zip(x, w):
        z = z + wi * xi
    a = 1 / (1 + math.exp(-z))
    perdida = (y - a) ** 2 / 2
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw = np.array([dL_dz * xi for xi in x])
    return {"z": z, "a": a, "L": perdida, "dL_da": dL_da, "da_dz": da_dz,
            "dL_dz": dL_dz, "dL_db": dL_dz, "dL_dw": dL_dw}


def entropia_cruzada(Y, P):
    k, m = Y.shape
    total = 0.0
    for i in range(k):
        for j in range(m):
            p = min(max(P[i, j], 1e-14), 1 - 1e-14)
            total += Y[i, j] * math.log(p) + (1 - Y[i, j]) * math.log(1 - p)
    return -total / m


def columna(matriz, j):
    """La muestra j como columna."""
    return matriz[:, j].reshape(-1, 1)


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        azar = np.random.RandomState(7)
        self.W1 = 0.1 * azar.randn(hidden_size, input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = 0.1 * azar.randn(output_size, hidden_size)
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.where(Z > 0, Z, 0)

    def relu_derivative(self, Z):
        return np.where(Z > 0, 1.0, 0.0)

    def sigmoid(self, Z):
        recortado = np.clip(Z, -600, 600)
        return 1.0 / (1.0 + np.exp(-recortado))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z) * (1 - self.sigmoid(Z))

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return entropia_cruzada(Y, A2)

    def backward(self, Y, cache):
        m = Y.shape[1]
        dW1, db1 = np.zeros_like(self.W1), np.zeros_like(self.b1)
        dW2, db2 = np.zeros_like(self.W2), np.zeros_like(self.b2)

        for j in range(m):
            x = columna(cache["X"], j)
            a1 = columna(cache["A1"], j)
            error = columna(cache["A2"], j) - columna(Y, j)

            # capa de salida
            dW2 += error.dot(a1.T) / m
            db2 = error / m

            # capa oculta: lo que pasa por la ReLU
            activa = (a1 >= 0).astype(float)
            delta = self.W2.T.dot(error) * activa
            dW1 += delta.dot(x.T) / m
            db1 += delta / m

        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        for nombre in ("W1", "b1", "W2", "b2"):
            nuevo = getattr(self, nombre) - self.learning_rate * gradients["d" + nombre]
            setattr(self, nombre, nuevo)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        historial = []
        for paso in range(num_iterations):
            salida, cache = self.forward(X)
            historial.append(self.compute_loss(Y, salida))
            if paso % print_every == 0:
                print("paso", paso, "perdida", historial[-1])
            self.update_parameters(self.backward(Y, cache))
        return historial

    def predict(self, X):
        salida = self.forward(X)[0]
        clases = np.zeros(salida.shape, dtype=int)
        clases[salida > 0.5] = 1
        return clases


def pendiente(nn, nombre, indice, X, Y, epsilon):
    """Diferencia central de la perdida en un solo elemento."""
    parametro = getattr(nn, nombre)
    guardado = parametro[indice]
    parametro[indice] = guardado + epsilon
    arriba = nn.compute_loss(Y, nn.forward(X)[0])
    parametro[indice] = guardado - epsilon
    abajo = nn.compute_loss(Y, nn.forward(X)[0])
    parametro[indice] = guardado
    return (arriba - abajo) / (2 * epsilon)


def error_relativo(a, n):
    a, n = np.array(a), np.array(n)
    norma = max(np.linalg.norm(a), np.linalg.norm(n))
    if norma == 0:
        return 0.0
    return np.linalg.norm(a - n) / norma


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    resultado = {}
    for nombre in ("W1", "b1", "W2", "b2"):
        lista_a, lista_n = [], []
        for indice in np.ndindex(getattr(nn, nombre).shape):
            if len(lista_a) == 10:
                break
            lista_a.append(grads["d" + nombre][indice])
            lista_n.append(pendiente(nn, nombre, indice, X, Y, epsilon))
        resultado[nombre] = error_relativo(lista_a, lista_n)
    return resultado


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    resultado = {}
    for nombre in ("W1", "b1", "W2", "b2"):
        lista_a, lista_n = [], []
        for indice in np.ndindex(getattr(nn, nombre).shape):
            lista_a.append(grads["d" + nombre][indice])
            lista_n.append(pendiente(nn, nombre, indice, X, Y, epsilon))
        resultado[nombre] = error_relativo(lista_a, lista_n)
    return resultado


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        azar = np.random.RandomState(8)
        self.W1 = 0.1 * azar.randn(hidden1_size, input_size)
        self.W2 = 0.1 * azar.randn(hidden2_size, hidden1_size)
        self.W3 = 0.1 * azar.randn(output_size, hidden2_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = np.where(Z1 > 0, Z1, 0)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = np.where(Z2 > 0, Z2, 0)
        Z3 = self.W3.dot(A2) + self.b3
        A3 = 1.0 / (1.0 + np.exp(-np.clip(Z3, -600, 600)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return entropia_cruzada(Y, A3)

    def backward(self, Y, cache):
        m = Y.shape[1]
        grads = {"d" + n: np.zeros_like(getattr(self, n)) for n in ("W1", "b1", "W2", "b2", "W3", "b3")}
        for j in range(m):
            d3 = columna(cache["A3"], j) - columna(Y, j)
            d2 = self.W3.T.dot(d3) * (columna(cache["Z2"], j) > 0)
            d1 = self.W2.T.dot(d2) * (columna(cache["Z1"], j) > 0)
            for n, d, entrada in (("3", d3, "A2"), ("2", d2, "A1"), ("1", d1, "X")):
                grads["dW" + n] += d.dot(columna(cache[entrada], j).T) / m
                grads["db" + n] += d / m
        return grads

    def update_parameters(self, gradients):
        for nombre in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, nombre, getattr(self, nombre) - self.learning_rate * gradients["d" + nombre])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        historial = []
        for paso in range(num_iterations):
            salida, cache = self.forward(X)
            historial.append(self.compute_loss(Y, salida))
            if paso % print_every == 0:
                print("paso", paso, "perdida", historial[-1])
            self.update_parameters(self.backward(Y, cache))
        return historial

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    suma = w1 * x1 + w2 * x2
    resta = w1 * x1 - w2 * x2
    return 2 * suma * x1 + 2 * resta * x1, 2 * suma * x2 - 2 * resta * x2


def two_squares_autograd(w1, w2, x1, x2):
    pesos = torch.tensor([w1, w2], requires_grad=True)
    L = (pesos[0] * x1 + pesos[1] * x2) ** 2 + (pesos[0] * x1 - pesos[1] * x2) ** 2
    L.backward()
    return pesos.grad[0], pesos.grad[1]


def autograd_linear(x, w, b):
    t = torch.tensor([x, w, b], requires_grad=True)
    y = t[1] * t[0] + t[2]
    y.backward()
    return tuple(t.grad)


def leaf_parameters(shape, scale, generator):
    azar = torch.randn(*shape, generator=generator)
    hoja = azar * scale
    hoja.requires_grad = True
    return hoja


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone().requires_grad_()
    b1 = b1.clone().requires_grad_()
    W2 = W2.clone().requires_grad_()
    b2 = b2.clone().requires_grad_()
    historial = []
    for paso in range(num_iterations):
        oculta = torch.relu(W1 @ X + b1)
        salida = torch.sigmoid(W2 @ oculta + b2)
        perdida = ((salida - Y) ** 2).sum() / Y.numel()
        historial.append(perdida.item())
        perdida.backward()
        with torch.no_grad():
            for p in (W1, b1, W2, b2):
                p -= learning_rate * p.grad
                p.grad = None
    return historial


def gradient_flow(model, X, Y):
    capas = [c for c in model.modules() if isinstance(c, torch.nn.Linear)]
    for p in model.parameters():
        p.grad = None
    perdida = torch.nn.BCELoss()(model(X), Y)
    perdida.backward()
    medias = []
    for capa in capas:
        medias.append(torch.mean(torch.abs(capa.weight.grad)).item())
    return medias
