# -*- coding: utf-8 -*-
# Redes neuronales - tarea. Notacion de indices como en la clase de fisica:
#   i = entrada, j = oculta, k = salida, m = muestra
import numpy as np
import torch

PARAMS2 = ("W1", "b1", "W2", "b2")
PARAMS3 = PARAMS2 + ("W3", "b3")


def chain_rule(x):
    u = 2 * x + 1
    derivada_interior = 2
    derivada_exterior = 3 * u**2
    return {
        "f": u**3,
        "u": u,
        "du_dx": derivada_interior,
        "df_du": derivada_exterior,
        "df_dx": derivada_exterior * derivada_interior,
    }


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z**2
    dz = 2 * z
    dz_da = dz_db = 1
    da_dw = x
    da_dx = w
    return {
        "a": a, "z": z, "L": L,
        "dL_dz": dz,
        "dL_da": dz * dz_da,
        "dL_dw": dz * dz_da * da_dw,
        "dL_dx": dz * dz_da * da_dx,
        "dL_db": dz * dz_db,
    }


def logistica(z):
    with np.errstate(over="ignore"):  # exp(1000) = inf y 1/inf = 0, esta bien
        return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def single_neuron(x, w, b, y):
    z = np.einsum("i,i->", w, x) + b
    a = logistica(z)
    dL_da = -(y - a)
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    return {
        "z": z, "a": a, "L": (y - a) ** 2 / 2,
        "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz,
        "dL_db": dL_dz, "dL_dw": np.einsum(",i->i", dL_dz, x),
    }


def entropia_cruzada(objetivo, salida):
    p = np.clip(salida, 1e-14, 1 - 1e-14)
    q = 1 - p
    n_muestras = objetivo.shape[1]
    return float(-np.einsum("km->", objetivo * np.log(p) + (1 - objetivo) * np.log(q)) / n_muestras)


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        sigma = 0.1
        self.W1 = np.random.normal(scale=sigma, size=(hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.normal(scale=sigma, size=(output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return np.greater(Z, 0).astype(np.float64)

    def sigmoid(self, Z):
        return logistica(Z)

    def sigmoid_derivative(self, Z):
        a = logistica(Z)
        return a * (1 - a)

    def forward(self, X):
        Z1 = np.einsum("ji,im->jm", self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.einsum("kj,jm->km", self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return entropia_cruzada(Y, A2)

    def backward(self, Y, cache):
        n_muestras = Y.shape[1]
        error_salida = (cache["A2"] - Y) / n_muestras
        error_oculta = np.einsum("kj,km,jm->jm", self.W2, error_salida, self.relu_derivative(cache["Z1"]))
        return {
            "dW1": np.einsum("jm,im->ji", error_oculta, cache["X"]),
            "db1": np.einsum("jm->j", error_oculta)[:, None],
            "dW2": np.einsum("km,jm->kj", error_salida, cache["A1"]),
            "db2": np.einsum("km->k", error_salida)[:, None],
        }

    def update_parameters(self, gradients):
        for nombre in PARAMS2:
            valor = getattr(self, nombre)
            setattr(self, nombre, valor - self.learning_rate * gradients["d" + nombre])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        perdidas = []
        for paso in range(num_iterations):
            salida, cache = self.forward(X)
            perdidas.append(self.compute_loss(Y, salida))
            if paso % print_every == 0:
                print("paso", paso, "perdida", perdidas[-1])
            self.update_parameters(self.backward(Y, cache))
        return perdidas

    def predict(self, X):
        salida, _ = self.forward(X)
        return np.array(salida > 0.5, dtype=int)


def _derivada_numerica(red, nombre, indice, X, Y, h):
    original = getattr(red, nombre)
    valores = {}
    for signo in (+1, -1):
        copia = np.array(original, dtype=float)
        copia[indice] += signo * h
        setattr(red, nombre, copia)
        valores[signo] = red.compute_loss(Y, red.forward(X)[0])
    setattr(red, nombre, original)
    return (valores[+1] - valores[-1]) / (2 * h)


def _comparar(red, X, Y, h, maximo):
    gradientes = red.backward(Y, red.forward(X)[1])
    resultado = {}
    for nombre in PARAMS2:
        indices = list(np.ndindex(getattr(red, nombre).shape))
        if maximo and len(indices) > maximo:
            indices = indices[:: -(-len(indices) // maximo)]
        analitico = np.array([gradientes["d" + nombre][i] for i in indices])
        numerico = np.array([_derivada_numerica(red, nombre, i, X, Y, h) for i in indices])
        escala = np.linalg.norm(analitico) + np.linalg.norm(numerico)
        resultado[nombre] = np.linalg.norm(analitico - numerico) / escala if escala > 0 else 0.0
    return resultado


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _comparar(nn, X, Y, epsilon, maximo=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _comparar(nn, X, Y, epsilon, maximo=None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        capas = (input_size, hidden1_size, hidden2_size, output_size)
        for numero, (entra, sale) in enumerate(zip(capas, capas[1:]), start=1):
            setattr(self, f"W{numero}", np.random.normal(scale=0.1, size=(sale, entra)))
            setattr(self, f"b{numero}", np.zeros((sale, 1)))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = logistica(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return entropia_cruzada(Y, A3)

    def backward(self, Y, cache):
        n_muestras = Y.shape[1]

        def gradientes_capa(error, entrada):
            # el error ya lleva el factor 1/n_muestras
            d_peso = np.einsum("am,bm->ab", error, entrada)
            d_sesgo = np.mean(error, axis=1, keepdims=True)
            return d_peso, d_sesgo

        error3 = (cache["A3"] - Y) / n_muestras
        error2 = np.einsum("ab,am->bm", self.W3, error3) * (cache["Z2"] > 0)
        error1 = np.einsum("ab,am->bm", self.W2, error2) * (cache["Z1"] > 0)
        dW3, db3 = gradientes_capa(error3, cache["A2"])
        dW2, db2 = gradientes_capa(error2, cache["A1"])
        dW1, db1 = gradientes_capa(error1, cache["X"])
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        for nombre in PARAMS3:
            valor = getattr(self, nombre)
            setattr(self, nombre, valor - self.learning_rate * gradients["d" + nombre])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        perdidas = []
        for paso in range(num_iterations):
            salida, cache = self.forward(X)
            perdidas.append(self.compute_loss(Y, salida))
            if paso % print_every == 0:
                print("paso", paso, "perdida", perdidas[-1])
            self.update_parameters(self.backward(Y, cache))
        return perdidas

    def predict(self, X):
        salida, _ = self.forward(X)
        return np.array(salida > 0.5, dtype=int)


def two_squares(w1, w2, x1, x2):
    suma, resta = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    # regla de la cadena en cada cuadrado
    return 2 * suma * x1 + 2 * resta * x1, 2 * suma * x2 + 2 * resta * (-x2)


def _variable(valor):
    return torch.tensor(float(valor), dtype=torch.float64, requires_grad=True)


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2 = _variable(w1), _variable(w2)
    suma, resta = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return torch.autograd.grad(suma**2 + resta**2, (w1, w2))


def autograd_linear(x, w, b):
    x, w, b = map(_variable, (x, w, b))
    y = w * x + b
    return torch.autograd.grad(y, (x, w, b))


def leaf_parameters(shape, scale, generator):
    with torch.no_grad():
        valores = torch.randn(*shape, generator=generator) * scale
    valores.requires_grad = True
    return valores


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = [t.clone().requires_grad_() for t in (W1, b1, W2, b2)]
    perdidas = []
    for _ in range(num_iterations):
        oculta = torch.relu(torch.einsum("ji,im->jm", theta[0], X) + theta[1])
        salida = torch.sigmoid(torch.einsum("kj,jm->km", theta[2], oculta) + theta[3])
        perdida = torch.mean(torch.square(salida - Y))
        perdidas.append(float(perdida.detach()))
        gradientes = torch.autograd.grad(perdida, theta)
        with torch.no_grad():
            for t, g in zip(theta, gradientes):
                t.sub_(learning_rate * g)
    return perdidas


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    perdida = torch.nn.functional.binary_cross_entropy(model(X), Y, reduction="mean")
    perdida.backward()
    lineales = [capa for capa in model.modules() if isinstance(capa, torch.nn.Linear)]
    return [capa.weight.grad.abs().mean().item() for capa in lineales]
