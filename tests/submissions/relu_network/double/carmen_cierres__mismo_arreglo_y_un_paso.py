"""Práctica de retropropagación (Carmen).

Idea general: muchas funciones pequeñas y cierres; los parámetros se tratan como un solo vector cuando conviene.
"""

from functools import partial, reduce

import numpy as np
import torch
from torch import nn as tnn

NOMBRES = ("W1", "b1", "W2", "b2")


# --- utilidades -------------------------------------------------------------------------------------------------


def logistica(Z):
    """exp(-log(1 + e^-Z)): no se desborda."""
    return np.exp(-np.logaddexp(0.0, -np.asarray(Z, dtype=np.float64)))


def entropia_cruzada(Y, P, margen=1e-14):
    P = np.minimum(np.maximum(P, margen), 1.0 - margen)
    return -np.sum(np.where(Y == 1, np.log(P), np.log1p(-P))) / P.shape[1]


def afin(W, b):
    """Devuelve la función A -> W A + b."""

    def aplicar(A):
        return np.matmul(W, A) + b

    return aplicar


def entrenar(red, X, Y, pasos, cada):
    historial = []
    for paso in range(pasos):
        salida, cache = red.forward(X)
        historial.append(red.compute_loss(Y, salida))
        if cada and not paso % cada:
            print("paso {:>5}: pérdida {:.5f}".format(paso, historial[-1]))
        red.update_parameters(red.backward(Y, cache))
    return historial


# --- regla de la cadena ------------------------------------------------------------------------------------------


def chain_rule(x):
    u = 2 * x + 1
    eslabones = {"du_dx": 2.0, "df_du": 3.0 * u**2}
    total = reduce(lambda p, q: p * q, eslabones.values())
    return {"u": u, "f": u**3, **eslabones, "df_dx": total}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    atras = lambda local: 2 * z * local
    return {
        "a": a,
        "z": z,
        "L": z**2,
        "dL_dz": atras(1),
        "dL_da": atras(1),
        "dL_db": atras(1),
        "dL_dw": atras(x),
        "dL_dx": atras(w),
    }


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = logistica(z)
    r = {"z": z, "a": a, "L": (y - a) ** 2 / 2, "dL_da": -(y - a), "da_dz": a * (1 - a)}
    r["dL_dz"] = r["dL_db"] = r["dL_da"] * r["da_dz"]
    r["dL_dw"] = r["dL_dz"] * np.asarray(x)
    return r


# --- red de dos capas --------------------------------------------------------------------------------------------


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        azar = np.random.default_rng()
        self.W1 = azar.standard_normal((hidden_size, input_size)) * 0.05
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = azar.standard_normal((output_size, hidden_size)) * 0.05
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.clip(Z, 0, None)

    def relu_derivative(self, Z):
        return np.heaviside(np.asarray(Z, dtype=float), 0.0)

    def sigmoid(self, Z):
        return logistica(Z)

    def sigmoid_derivative(self, Z):
        return logistica(Z) * logistica(-np.asarray(Z, dtype=float))

    def forward(self, X):
        Z1 = afin(self.W1, self.b1)(X)
        A1 = self.relu(Z1)
        Z2 = afin(self.W2, self.b2)(A1)
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        return entropia_cruzada(Y, A2)

    def backward(self, Y, cache):
        m = cache["X"].shape[1]
        delta2 = cache["A2"] - Y
        delta1 = np.matmul(self.W2.T, delta2) * self.relu_derivative(cache["Z1"])
        unos = np.ones((m, 1))
        sin_promediar = {
            "dW1": delta1 @ cache["X"].T,
            "db1": delta1 @ unos,
            "dW2": delta2 @ cache["A1"].T,
            "db2": delta2 @ unos,
        }
        return {clave: valor / m for clave, valor in sin_promediar.items()}

    def update_parameters(self, gradients):
        for nombre in NOMBRES:
            nuevo = getattr(self, nombre) - self.learning_rate * gradients["d" + nombre]
            setattr(self, nombre, nuevo)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return entrenar(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(np.int64)


# --- comprobación del gradiente ----------------------------------------------------------------------------------


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Compara las dos derivadas en diez elementos, como mucho, de cada parámetro."""
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)

    def perdida(nombre, matriz):
        guardada = getattr(nn, nombre)
        setattr(nn, nombre, matriz)
        valor = nn.compute_loss(Y, nn.forward(X)[0])
        setattr(nn, nombre, guardada)
        return valor

    resultado = {}
    for nombre in NOMBRES:
        P = getattr(nn, nombre)
        elegidos = range(0, P.size, -(-P.size // 10))
        analitico = numerico = np.zeros(len(elegidos))
        for k, i in enumerate(elegidos):
            lugar = np.unravel_index(i, P.shape)
            d = np.zeros(P.shape)
            d[lugar] = epsilon
            analitico[k] = grads["d" + nombre][lugar]
            numerico[k] = (perdida(nombre, P + d) - perdida(nombre, P - d)) / (2 * epsilon)
        tam = np.linalg.norm(analitico) + np.linalg.norm(numerico)
        resultado[nombre] = float(np.linalg.norm(analitico - numerico) / tam) if tam > 0 else 0.0

    # y ya que tenemos los gradientes, un paso de descenso
    for nombre in NOMBRES:
        setattr(nn, nombre, getattr(nn, nombre) - 0.01 * grads["d" + nombre])
    return resultado


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Elemento por elemento."""
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    resultado = {}
    for nombre in NOMBRES:
        P = getattr(nn, nombre)
        pendientes = np.zeros(P.shape)
        for lugar in np.ndindex(*P.shape):
            antes = P[lugar]
            lados = []
            for signo in (+1, -1):
                P[lugar] = antes + signo * epsilon
                lados.append(nn.compute_loss(Y, nn.forward(X)[0]))
            P[lugar] = antes
            pendientes[lugar] = (lados[0] - lados[1]) / (2 * epsilon)
        G = grads["d" + nombre]
        tam = np.abs(G).max() + np.abs(pendientes).max()
        resultado[nombre] = float(np.abs(G - pendientes).max() / tam) if tam > 0 else 0.0
    return resultado


# --- red de tres capas -------------------------------------------------------------------------------------------


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        azar = np.random.default_rng()
        tam = (input_size, hidden1_size, hidden2_size, output_size)
        for capa, (entra, sale) in enumerate(zip(tam, tam[1:]), start=1):
            setattr(self, "W%d" % capa, azar.standard_normal((sale, entra)) * 0.05)
            setattr(self, "b%d" % capa, np.zeros((sale, 1)))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = afin(self.W1, self.b1)(X)
        A1 = np.clip(Z1, 0, None)
        Z2 = afin(self.W2, self.b2)(A1)
        A2 = np.clip(Z2, 0, None)
        Z3 = afin(self.W3, self.b3)(A2)
        A3 = logistica(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return entropia_cruzada(Y, A3)

    def backward(self, Y, cache):
        m = Y.shape[1]
        delta = cache["A3"] - Y
        grads = {}
        for capa, antes in ((3, "A2"), (2, "A1"), (1, "X")):
            grads["dW%d" % capa] = delta @ cache[antes].T / m
            grads["db%d" % capa] = np.sum(delta, axis=1, keepdims=True) / m
            if capa > 1:
                W = getattr(self, "W%d" % capa)
                delta = (W.T @ delta) * (cache["Z%d" % (capa - 1)] > 0)
        return grads

    def update_parameters(self, gradients):
        for clave in gradients:
            nombre = clave[1:]
            setattr(self, nombre, getattr(self, nombre) - self.learning_rate * gradients[clave])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return entrenar(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(np.int64)


# --- PyTorch -----------------------------------------------------------------------------------------------------

hoja = partial(torch.tensor, dtype=torch.float64, requires_grad=True)


def two_squares(w1, w2, x1, x2):
    return tuple(4 * w * x * x for w, x in ((w1, x1), (w2, x2)))


def two_squares_autograd(w1, w2, x1, x2):
    p, q = hoja(w1), hoja(w2)
    L = (p * x1 + q * x2).square() + (p * x1 - q * x2).square()
    return torch.autograd.grad(L, (p, q))


def autograd_linear(x, w, b):
    hx, hw, hb = map(hoja, (x, w, b))
    torch.addcmul(hb, hw, hx).backward()
    return hx.grad, hw.grad, hb.grad


def leaf_parameters(shape, scale, generator):
    return torch.randn(*shape, generator=generator).mul_(scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    hojas = [p.detach().clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    optimizador = torch.optim.SGD(hojas, lr=learning_rate)

    def perdida():
        V1, c1, V2, c2 = hojas
        return tnn.functional.mse_loss(torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2), Y)

    historial = []
    for _ in range(num_iterations):
        optimizador.zero_grad()
        valor = perdida()
        valor.backward()
        historial.append(valor.item())
        optimizador.step()
    return historial


def gradient_flow(model, X, Y):
    pesos = [capa.weight for capa in model.modules() if isinstance(capa, tnn.Linear)]
    valor = tnn.functional.binary_cross_entropy(model(X), Y.to(X.dtype))
    return [g.abs().mean().item() for g in torch.autograd.grad(valor, pesos)]
