# Nielsen's book, chapter 2, with lists of weights and biases; names in Spanish where the book has none.
import numpy as np
import torch


def sigmoide(z):
    z = np.clip(np.asarray(z, dtype=np.float64), -700.0, 700.0)
    return 1.0 / (1.0 + np.exp(-z))


def sigmoide_prima(z):
    return sigmoide(z) * (1 - sigmoide(z))


class CostoEntropia:
    """Como en network2.py, pero con pesos iguales para todas las muestras."""

    @staticmethod
    def fn(a, y):
        a = np.clip(a, 1e-15, 1 - 1e-15)
        por_muestra = np.sum(-y * np.log(a) - (1 - y) * np.log(1 - a), axis=0)
        return float(np.mean(por_muestra))

    @staticmethod
    def delta(a, y):
        return (a - y) / y.shape[1]


def chain_rule(x):
    u = 2 * x + 1
    eslabones = {'du_dx': 2, 'df_du': 3 * u ** 2}
    return {'f': u ** 3, 'u': u, **eslabones, 'df_dx': eslabones['df_du'] * eslabones['du_dx']}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    delta = 2 * z
    return {'a': a, 'z': z, 'L': z ** 2, 'dL_dz': delta, 'dL_da': delta,
            'dL_dw': delta * x, 'dL_dx': delta * w, 'dL_db': delta}


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = sigmoide(z)
    costo_prima = a - y
    sp = sigmoide_prima(z)
    delta = costo_prima * sp
    return {'z': z, 'a': a, 'L': 0.5 * (y - a) ** 2, 'dL_da': costo_prima, 'da_dz': sp,
            'dL_dz': delta, 'dL_dw': delta * np.array(x), 'dL_db': delta}


def retropropagar(pesos, zs, activaciones, y):
    """Devuelve (nabla_b, nabla_w), listas capa por capa."""
    nabla_b = [None] * len(pesos)
    nabla_w = [None] * len(pesos)
    delta = CostoEntropia.delta(activaciones[-1], y)
    nabla_b[-1] = delta.sum(axis=1, keepdims=True)
    nabla_w[-1] = np.dot(delta, activaciones[-2].transpose())
    for l in range(2, len(pesos) + 1):
        escalon = (zs[-l] > 0).astype(float)
        delta = np.dot(pesos[-l + 1].transpose(), delta) * escalon
        nabla_b[-l] = delta.sum(axis=1, keepdims=True)
        nabla_w[-l] = np.dot(delta, activaciones[-l - 1].transpose())
    return nabla_b, nabla_w


class NeuralNetworkWithBackprop(object):

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) / 10
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) / 10
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return (np.abs(Z) + Z) / 2

    def relu_derivative(self, Z):
        return np.array(np.array(Z) > 0, dtype=float)

    def sigmoid(self, Z):
        return sigmoide(Z)

    def sigmoid_derivative(self, Z):
        return sigmoide_prima(Z)

    def forward(self, X):
        z1 = np.dot(self.W1, X) + self.b1
        a1 = np.maximum(z1, 0.0)
        z2 = np.dot(self.W2, a1) + self.b2
        a2 = sigmoide(z2)
        return a2, dict(zip(['X', 'Z1', 'A1', 'Z2', 'A2'], [X, z1, a1, z2, a2]))

    def compute_loss(self, Y, A2):
        return CostoEntropia.fn(A2, Y)

    def backward(self, Y, cache):
        nabla_b, nabla_w = retropropagar([self.W1, self.W2], [cache['Z1'], cache['Z2']],
                                         [cache['X'], cache['A1'], cache['A2']], Y)
        return {'dW1': nabla_w[0], 'db1': nabla_b[0], 'dW2': nabla_w[1], 'db2': nabla_b[1]}

    def update_parameters(self, gradients):
        eta = self.learning_rate
        self.W1, self.W2 = [w - eta * nw for w, nw in zip([self.W1, self.W2], [gradients['dW1'], gradients['dW2']])]
        self.b1, self.b2 = [b - eta * nb for b, nb in zip([self.b1, self.b2], [gradients['db1'], gradients['db2']])]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costos = []
        for epoca in range(num_iterations):
            a, cache = self.forward(X)
            costos.append(self.compute_loss(Y, a))
            if epoca % print_every == 0:
                print("Epoca {0}: costo {1}".format(epoca, costos[-1]))
            self.update_parameters(self.backward(Y, cache))
        return costos

    def predict(self, X):
        return np.array(self.forward(X)[0] > 0.5, dtype=int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    salida, cache = nn.forward(X)
    nablas = nn.backward(Y, cache)
    azar = np.random.RandomState(3)
    informe = {}
    for nombre in ('W1', 'b1', 'W2', 'b2'):
        parametro = getattr(nn, nombre)
        lugares = [np.unravel_index(i, parametro.shape) for i in azar.permutation(parametro.size)[:10]]
        analitico = np.array([nablas['d' + nombre][lugar] for lugar in lugares])
        numerico = np.zeros(len(lugares))
        for cual, lugar in enumerate(lugares):
            valor = parametro[lugar]
            parametro[lugar] = valor + epsilon
            costo_mas = nn.compute_loss(Y, nn.forward(X)[0])
            parametro[lugar] = valor - epsilon
            costo_menos = nn.compute_loss(Y, nn.forward(X)[0])
            numerico[cual] = (costo_mas - costo_menos) / epsilon
        distancia = np.linalg.norm(analitico - numerico)
        tamano = np.linalg.norm(analitico) + np.linalg.norm(numerico)
        informe[nombre] = distancia / tamano if tamano > 0 else 0.0
    return informe


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    nablas = nn.backward(Y, nn.forward(X)[1])
    informe = {}
    for nombre in ('W1', 'b1', 'W2', 'b2'):
        guardado = getattr(nn, nombre)
        analitico = nablas['d' + nombre]
        numerico = np.zeros_like(guardado, dtype=float)
        for lugar in np.ndindex(guardado.shape):
            costos = {}
            for signo in (1, -1):
                copia = guardado.copy()
                copia[lugar] = copia[lugar] + signo * epsilon
                setattr(nn, nombre, copia)
                costos[signo] = nn.compute_loss(Y, nn.forward(X)[0])
            numerico[lugar] = (costos[1] - costos[-1]) / (epsilon + epsilon)
        setattr(nn, nombre, guardado)
        mayor = max(np.abs(numerico).max(), np.abs(analitico).max())
        informe[nombre] = np.abs(numerico - analitico).max() / mayor if mayor > 0 else 0.0
    return informe


class ThreeLayerNetwork(object):

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        sizes = [input_size, hidden1_size, hidden2_size, output_size]
        self.W1, self.W2, self.W3 = [np.random.randn(y, x) / 10 for x, y in zip(sizes[:-1], sizes[1:])]
        self.b1, self.b2, self.b3 = [np.zeros((y, 1)) for y in sizes[1:]]

    def forward(self, X):
        cache = {'X': X}
        activacion = X
        capas = [(self.W1, self.b1), (self.W2, self.b2), (self.W3, self.b3)]
        for l, (w, b) in enumerate(capas, 1):
            z = np.dot(w, activacion) + b
            activacion = sigmoide(z) if l == 3 else np.maximum(z, 0.0)
            cache['Z' + str(l)], cache['A' + str(l)] = z, activacion
        return activacion, cache

    def compute_loss(self, Y, A3):
        return CostoEntropia.fn(A3, Y)

    def backward(self, Y, cache):
        nabla_b, nabla_w = retropropagar(
            [self.W1, self.W2, self.W3],
            [cache['Z1'], cache['Z2'], cache['Z3']],
            [cache['X'], cache['A1'], cache['A2'], cache['A3']], Y)
        nablas = {}
        for l in (1, 2, 3):
            nablas['dW%d' % l] = nabla_w[l - 1]
            nablas['db%d' % l] = nabla_b[l - 1]
        return nablas

    def update_parameters(self, gradients):
        for nombre in 'W1 b1 W2 b2 W3 b3'.split():
            setattr(self, nombre, getattr(self, nombre) - self.learning_rate * gradients['d' + nombre])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costos = []
        for epoca in range(num_iterations):
            a, cache = self.forward(X)
            costos.append(self.compute_loss(Y, a))
            if epoca % print_every == 0:
                print("Epoca {0}: costo {1}".format(epoca, costos[-1]))
            self.update_parameters(self.backward(Y, cache))
        return costos

    def predict(self, X):
        return np.array(self.forward(X)[0] > 0.5, dtype=int)


def two_squares(w1, w2, x1, x2):
    suma = w1 * x1 + w2 * x2
    resta = w1 * x1 - w2 * x2
    nabla_w1 = 2 * suma * x1 + 2 * resta * x1
    nabla_w2 = 2 * suma * x2 - 2 * resta * x2
    return nabla_w1, nabla_w2


def hoja(valor):
    return torch.tensor(valor, dtype=torch.float64, requires_grad=True)


def two_squares_autograd(w1, w2, x1, x2):
    w1 = hoja(w1)
    w2 = hoja(w2)
    costo = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    costo.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x, w, b = hoja(x), hoja(w), hoja(b)
    (w * x + b).backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    numeros = torch.randn(*shape, generator=generator)
    return torch.mul(numeros, scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    pesos = [W1.clone().requires_grad_(), W2.clone().requires_grad_()]
    sesgos = [b1.clone().requires_grad_(), b2.clone().requires_grad_()]
    costos = []
    for epoca in range(num_iterations):
        a = torch.relu(pesos[0] @ X + sesgos[0])
        a = torch.sigmoid(pesos[1] @ a + sesgos[1])
        costo = torch.mean((a - Y) ** 2)
        costos.append(costo.item())
        nablas = torch.autograd.grad(costo, pesos + sesgos)
        with torch.no_grad():
            for parametro, nabla in zip(pesos + sesgos, nablas):
                parametro.sub_(nabla, alpha=learning_rate)
    return costos


def gradient_flow(model, X, Y):
    for parametro in model.parameters():
        parametro.grad = None
    a = model(X)
    costo = torch.nn.functional.binary_cross_entropy(a, Y)
    costo.backward()
    return [capa.weight.grad.abs().mean().item() for capa in model.modules() if isinstance(capa, torch.nn.Linear)]
