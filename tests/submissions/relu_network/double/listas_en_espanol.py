# Tarea 5: retropropagación (lo hice con listas porque así lo entiendo)
import math
import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    externa, interna = 3 * u ** 2, 2
    return {"f": u ** 3, "u": u, "du_dx": interna, "df_du": externa, "df_dx": externa * interna}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    dz = 2 * z
    return {"a": a, "z": z, "L": z ** 2, "dL_dz": dz, "dL_da": dz, "dL_dw": dz * x, "dL_dx": dz * w, "dL_db": dz}


def logistica(v):
    return 1 / (1 + math.exp(-v)) if v > -30 else math.exp(v) / (1 + math.exp(v))


def logistica_de(M):
    return np.vectorize(logistica, otypes=[float])(M)


def single_neuron(x, w, b, y):
    z = math.fsum(p * q for p, q in zip(x, w)) + b
    a = logistica(z)
    resta = a - y
    pendiente = a * (1 - a)
    dz = resta * pendiente
    return {"z": z, "a": a, "L": resta ** 2 / 2, "dL_da": resta, "da_dz": pendiente, "dL_dz": dz,
            "dL_dw": np.array([dz * p for p in x]), "dL_db": dz}


def capa(W, b, entrada):
    """salida de una capa, antes de la activación; una muestra por columna"""
    columnas = [[sum(w * e for w, e in zip(fila, muestra)) + s[0] for fila, s in zip(W, b)] for muestra in entrada.T]
    return np.array(columnas).T


def perdida(Y, A):
    total = 0.0
    for y, a in zip(np.ravel(Y), np.ravel(A)):
        a = min(max(a, 1e-14), 1 - 1e-14)
        total += -math.log(a) if y == 1 else -math.log(1 - a)
    return total / A.shape[1]


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.array([[np.random.randn() / 50 for _ in range(input_size)] for _ in range(hidden_size)])
        self.W2 = np.array([[np.random.randn() / 50 for _ in range(hidden_size)] for _ in range(output_size)])
        self.b1, self.b2 = np.zeros((hidden_size, 1)), np.zeros((output_size, 1))

    def relu(self, Z):
        return np.vectorize(lambda v: max(v, 0), otypes=[float])(Z)

    def relu_derivative(self, Z):
        return np.vectorize(lambda v: float(v > 0), otypes=[float])(Z)

    def sigmoid(self, Z):
        return logistica_de(Z)

    def sigmoid_derivative(self, Z):
        return logistica_de(Z) * (1 - logistica_de(Z))

    def forward(self, X):
        Z1 = capa(self.W1, self.b1, X)
        A1 = self.relu(Z1)
        Z2 = capa(self.W2, self.b2, A1)
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return perdida(Y, A2)

    def backward(self, Y, cache):
        muestras = range(cache["X"].shape[1])
        salida = [cache["A2"][:, s] - Y[:, s] for s in muestras]
        oculta = [self.W2.T @ d for d in salida]
        oculta = [self.relu(o) * self.relu_derivative(cache["Z1"][:, s]) for s, o in zip(muestras, oculta)]
        return {
            "dW2": sum(np.outer(d, cache["A1"][:, s]) for s, d in zip(muestras, salida)),
            "db2": sum(salida).reshape(-1, 1),
            "dW1": sum(np.outer(o, cache["X"][:, s]) for s, o in zip(muestras, oculta)),
            "db1": sum(oculta).reshape(-1, 1),
        }

    def update_parameters(self, gradients):
        paso = self.learning_rate
        self.W1, self.b1 = self.W1 - paso * gradients["dW1"], self.b1 - paso * gradients["db1"]
        self.W2, self.b2 = self.W2 - paso * gradients["dW2"], self.b2 - paso * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        perdidas = []
        for i in range(num_iterations):
            A2, memoria = self.forward(X)
            perdidas += [self.compute_loss(Y, A2)]
            if i % print_every == 0:
                print("iteración", i, "pérdida", perdidas[i])
            self.update_parameters(self.backward(Y, memoria))
        return perdidas

    def predict(self, X):
        return np.array([[int(a > 0.5) for a in fila] for fila in self.forward(X)[0]])


def comparar(nn, X, Y, h, cuantos):
    exactas = nn.backward(Y, nn.forward(X)[1])
    resultado = {}
    for nombre in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, nombre)
        lugares = [(i, j) for i in range(P.shape[0]) for j in range(P.shape[1])][:cuantos]
        pares = []
        for lugar in lugares:
            antes = P[lugar]
            P[lugar] = antes + h
            arriba = nn.compute_loss(Y, nn.forward(X)[0])
            P[lugar] = antes - h
            abajo = nn.compute_loss(Y, nn.forward(X)[0])
            P[lugar] = antes
            pares.append((exactas["d" + nombre][lugar], (arriba - abajo) / (2 * h)))
        arriba = math.sqrt(sum((p - q) ** 2 for p, q in pares))
        abajo = math.sqrt(sum(p ** 2 for p, q in pares)) + math.sqrt(sum(q ** 2 for p, q in pares))
        resultado[nombre] = arriba / abajo if abajo else 0.0
    return resultado


def gradient_check(nn, X, Y, epsilon=1e-05):
    return comparar(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return comparar(nn, X, Y, epsilon, None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        medidas = [input_size, hidden1_size, hidden2_size, output_size]
        self.W1, self.W2, self.W3 = (np.random.randn(b, a) / 50 for a, b in zip(medidas, medidas[1:]))
        self.b1, self.b2, self.b3 = (np.zeros((b, 1)) for b in medidas[1:])

    def forward(self, X):
        Z1 = capa(self.W1, self.b1, X)
        A1 = np.maximum(Z1, 0)
        Z2 = capa(self.W2, self.b2, A1)
        A2 = np.maximum(Z2, 0)
        Z3 = capa(self.W3, self.b3, A2)
        A3 = logistica_de(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return perdida(Y, A3)

    def backward(self, Y, cache):
        M = cache["X"].shape[1]
        g = {f"d{p}{i}": 0 for p in "Wb" for i in (1, 2, 3)}
        for s in range(M):
            # un vector columna por muestra
            v = {k: c[:, [s]] for k, c in cache.items()}
            d3 = v["A3"] - Y[:, [s]]
            d2 = self.W3.T @ d3 * (v["Z2"] > 0)
            d1 = self.W2.T @ d2 * (v["Z1"] > 0)
            for i, d, e in ((1, d1, "X"), (2, d2, "A1"), (3, d3, "A2")):
                g[f"dW{i}"] = g[f"dW{i}"] + d @ v[e].T / M
                g[f"db{i}"] = g[f"db{i}"] + d / M
        return g

    def update_parameters(self, gradients):
        for nombre in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, nombre, getattr(self, nombre) - self.learning_rate * gradients["d" + nombre])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        perdidas = []
        for i in range(num_iterations):
            A3, memoria = self.forward(X)
            perdidas += [self.compute_loss(Y, A3)]
            if i % print_every == 0:
                print("iteración", i, "pérdida", perdidas[i])
            self.update_parameters(self.backward(Y, memoria))
        return perdidas

    def predict(self, X):
        return np.array([[int(a > 0.5) for a in fila] for fila in self.forward(X)[0]])


def two_squares(w1, w2, x1, x2):
    mas, menos = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * mas * x1 + 2 * menos * x1, 2 * mas * x2 - 2 * menos * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2 = torch.tensor(w1, requires_grad=True), torch.tensor(w2, requires_grad=True)
    mas, menos = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    (mas ** 2 + menos ** 2).backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    hojas = x, w, b = [torch.tensor(v, requires_grad=True) for v in (x, w, b)]
    (w * x + b).backward()
    return [h.grad for h in hojas]


def leaf_parameters(shape, scale, generator):
    hoja = torch.randn(*shape, generator=generator) * scale
    hoja.requires_grad = True
    return hoja


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    hojas = [h.clone().detach().requires_grad_(True) for h in (W1, b1, W2, b2)]
    perdidas = []
    for _ in range(num_iterations):
        A2 = torch.sigmoid(hojas[2] @ torch.relu(hojas[0] @ X + hojas[1]) + hojas[3])
        error = torch.mean((A2 - Y) ** 2)
        perdidas.append(error.item())
        error.backward()
        with torch.no_grad():
            for h in hojas:
                h -= learning_rate * h.grad
                h.grad = None
    return perdidas


def gradient_flow(model, X, Y):
    for parametro in model.parameters():
        parametro.grad = None
    error = torch.nn.functional.binary_cross_entropy(model(X), Y)
    error.backward()
    return [c.weight.grad.abs().mean().item() for c in model.modules() if isinstance(c, torch.nn.Linear)]
