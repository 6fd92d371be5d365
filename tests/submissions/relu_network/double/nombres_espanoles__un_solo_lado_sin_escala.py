# Tarea: retropropagación
# cada columna es una muestra
import numpy as np
import torch


def chain_rule(x):
    # función interior y exterior
    u = 2 * x + 1
    f = u ** 3
    # derivadas
    du_dx = 2
    df_du = 3 * u ** 2
    return {'f': f, 'u': u, 'du_dx': du_dx, 'df_du': df_du, 'df_dx': du_dx * df_du}


def computational_graph(w, x, b):
    # hacia adelante
    a = w * x
    z = a + b
    L = z ** 2
    # hacia atrás
    dL_dz = 2 * z
    dL_da = dL_dz
    return {'a': a, 'z': z, 'L': L, 'dL_dz': dL_dz, 'dL_da': dL_da,
            'dL_dw': dL_da * x, 'dL_dx': dL_da * w, 'dL_db': dL_dz}


def sigmoide(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = sigmoide(z)
    error = a - y
    pendiente = a * (1 - a)
    return {'z': z, 'a': a, 'L': 0.5 * error ** 2, 'dL_da': error, 'da_dz': pendiente,
            'dL_dz': error * pendiente, 'dL_dw': error * pendiente * x, 'dL_db': error * pendiente}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden_size, input_size) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.1
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return (np.array(Z) > 0).astype(float)

    def sigmoid(self, Z):
        return sigmoide(Z)

    def sigmoid_derivative(self, Z):
        salida = sigmoide(Z)
        return salida * (1 - salida)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        guardado = {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}
        return A2, guardado

    def compute_loss(self, Y, A2):
        muestras = Y.shape[1]
        A2 = np.clip(A2, 1e-12, 1 - 1e-12)
        return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / muestras

    def backward(self, Y, cache):
        muestras = Y.shape[1]
        error_salida = (cache['A2'] - Y) / muestras
        error_oculto = self.W2.T @ error_salida * self.relu_derivative(cache['Z1'])
        return {
            'dW1': error_oculto @ cache['X'].T,
            'db1': np.sum(error_oculto, axis=1, keepdims=True),
            'dW2': error_salida @ cache['A1'].T,
            'db2': np.sum(error_salida, axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for nombre in ['W1', 'b1', 'W2', 'b2']:
            nuevo = getattr(self, nombre) - self.learning_rate * gradients['d' + nombre]
            setattr(self, nombre, nuevo)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costos = []
        for paso in range(num_iterations):
            A2, guardado = self.forward(X)
            costo = self.compute_loss(Y, A2)
            costos.append(costo)
            if paso % print_every == 0:
                print('Paso', paso, 'costo', costo)
            gradientes = self.backward(Y, guardado)
            self.update_parameters(gradientes)
        return costos

    def predict(self, X):
        A2, _ = self.forward(X)
        return (A2 > 0.5).astype(int)


def costo_de(nn, X, Y):
    salida, _ = nn.forward(X)
    return nn.compute_loss(Y, salida)


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, guardado = nn.forward(X)
    gradientes = nn.backward(Y, guardado)
    costo_aqui = costo_de(nn, X, Y)
    errores = {}
    for nombre in ['W1', 'b1', 'W2', 'b2']:
        parametro = getattr(nn, nombre)
        gradiente = gradientes['d' + nombre]
        lugares = list(np.ndindex(parametro.shape))[:10]
        analiticos = np.zeros(len(lugares))
        numericos = np.zeros(len(lugares))
        for n, lugar in enumerate(lugares):
            valor = parametro[lugar]
            parametro[lugar] = valor + epsilon
            costo_mas = costo_de(nn, X, Y)
            parametro[lugar] = valor
            numericos[n] = (costo_mas - costo_aqui) / epsilon
            analiticos[n] = gradiente[lugar]
        errores[nombre] = np.linalg.norm(analiticos - numericos)
    return errores


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, guardado = nn.forward(X)
    gradientes = nn.backward(Y, guardado)
    errores = {}
    for nombre in ['W1', 'b1', 'W2', 'b2']:
        parametro = getattr(nn, nombre)
        gradiente = gradientes['d' + nombre]
        numerico = np.zeros(parametro.shape)
        for lugar in np.ndindex(parametro.shape):
            valor = parametro[lugar]
            parametro[lugar] = valor + epsilon
            costo_mas = costo_de(nn, X, Y)
            parametro[lugar] = valor - epsilon
            costo_menos = costo_de(nn, X, Y)
            parametro[lugar] = valor
            numerico[lugar] = (costo_mas - costo_menos) / (2 * epsilon)
        diferencia = np.linalg.norm(gradiente - numerico)
        suma = np.linalg.norm(gradiente) + np.linalg.norm(numerico) + 1e-20
        errores[nombre] = diferencia / suma
    return errores


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = sigmoide(Z3)
        return A3, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}

    def compute_loss(self, Y, A3):
        muestras = Y.shape[1]
        A3 = np.clip(A3, 1e-12, 1 - 1e-12)
        return -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / muestras

    def backward(self, Y, cache):
        muestras = Y.shape[1]
        error3 = (cache['A3'] - Y) / muestras
        error2 = self.W3.T @ error3 * (cache['Z2'] > 0)
        error1 = self.W2.T @ error2 * (cache['Z1'] > 0)
        return {
            'dW1': error1 @ cache['X'].T, 'db1': np.sum(error1, axis=1, keepdims=True),
            'dW2': error2 @ cache['A1'].T, 'db2': np.sum(error2, axis=1, keepdims=True),
            'dW3': error3 @ cache['A2'].T, 'db3': np.sum(error3, axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for nombre in ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']:
            nuevo = getattr(self, nombre) - self.learning_rate * gradients['d' + nombre]
            setattr(self, nombre, nuevo)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costos = []
        for paso in range(num_iterations):
            A3, guardado = self.forward(X)
            costo = self.compute_loss(Y, A3)
            costos.append(costo)
            if paso % print_every == 0:
                print('Paso', paso, 'costo', costo)
            gradientes = self.backward(Y, guardado)
            self.update_parameters(gradientes)
        return costos

    def predict(self, X):
        A3, _ = self.forward(X)
        return (A3 > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    suma = w1 * x1 + w2 * x2
    resta = w1 * x1 - w2 * x2
    return 2 * suma * x1 + 2 * resta * x1, 2 * suma * x2 - 2 * resta * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    suma = w1 * x1 + w2 * x2
    resta = w1 * x1 - w2 * x2
    L = suma ** 2 + resta ** 2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    parametro = torch.randn(*shape, generator=generator) * scale
    parametro.requires_grad_(True)
    return parametro


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    costos = []
    for paso in range(num_iterations):
        A1 = torch.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        costo = torch.mean((A2 - Y) ** 2)
        costos.append(costo.item())
        costo.backward()
        with torch.no_grad():
            for parametro in [W1, b1, W2, b2]:
                parametro -= learning_rate * parametro.grad
                parametro.grad.zero_()
    return costos


def gradient_flow(model, X, Y):
    model.zero_grad()
    costo = torch.nn.functional.binary_cross_entropy(model(X), Y)
    costo.backward()
    promedios = []
    for capa in model.modules():
        if isinstance(capa, torch.nn.Linear):
            promedios.append(capa.weight.grad.abs().mean().item())
    return promedios
