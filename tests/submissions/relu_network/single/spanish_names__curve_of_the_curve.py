"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd.

NumPy, one sample a column; PyTorch where a docstring says so. Sizes: m samples, n inputs, h hidden units, k outputs.
The loss is the binary cross-entropy, summed over the outputs and averaged over the samples, unless another is named.
"""

import numpy as np
import torch


def sigmoide(z):
    """1 / (1 + e^-z) sin desbordamiento."""
    return 1.0 / (1.0 + np.exp(-np.clip(z, -700.0, 700.0)))


def sigmoide_derivada(z):
    """Derivada de la sigmoide en z."""
    s = sigmoide(z)
    return s * (1.0 - s)


def entropia_cruzada(Y, salida):
    salida = np.clip(salida, 1e-12, 1.0 - 1e-12)
    suma = np.sum(Y * np.log(salida) + (1 - Y) * np.log(1 - salida))
    return -suma / Y.shape[1]


def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link: u = 2x + 1, f = u^3."""
    u = 2 * x + 1
    f = u**3
    derivada_interior = 2
    derivada_exterior = 3 * u**2
    return {
        "f": f,
        "u": u,
        "du_dx": derivada_interior,
        "df_du": derivada_exterior,
        "df_dx": derivada_exterior * derivada_interior,
    }


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2: its values forward, its derivatives backward."""
    a = w * x
    z = a + b
    perdida = z**2
    dz = 2 * z
    da = dz
    return {
        "a": a,
        "z": z,
        "L": perdida,
        "dL_dz": dz,
        "dL_da": da,
        "dL_dw": da * x,
        "dL_dx": da * w,
        "dL_db": dz,
    }


def single_neuron(x, w, b, y):
    """One neuron with a sigmoid and its gradients: z = w·x + b, a = sigmoid(z), L = ½ (y - a)^2."""
    # hacia adelante
    z = np.dot(w, x) + b
    a = sigmoide(z)
    perdida = 0.5 * (y - a) ** 2
    # hacia atrás
    dL_da = a - y
    da_dz = sigmoide_derivada(a)
    dL_dz = dL_da * da_dz
    dL_dw = dL_dz * x
    dL_db = dL_dz
    return {
        "z": z,
        "a": a,
        "L": perdida,
        "dL_da": dL_da,
        "da_dz": da_dz,
        "dL_dz": dL_dz,
        "dL_dw": dL_dw,
        "dL_db": dL_db,
    }


class NeuralNetworkWithBackprop:
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2), one sample a column."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        self.learning_rate = learning_rate
        self.W1 = np.random.standard_normal((hidden_size, input_size)) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.standard_normal((output_size, hidden_size)) * 0.1
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        """The rectified linear unit max(0, Z), element by element."""
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        """The derivative of the rectified linear unit at Z."""
        return np.float64(np.asarray(Z) > 0)

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element."""
        return sigmoide(Z)

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z."""
        return sigmoide_derivada(Z)

    def forward(self, X):
        """The forward pass."""
        entrada_oculta = self.W1 @ X + self.b1
        salida_oculta = self.relu(entrada_oculta)
        entrada_final = self.W2 @ salida_oculta + self.b2
        salida_final = self.sigmoid(entrada_final)
        memoria = {
            "X": X,
            "Z1": entrada_oculta,
            "A1": salida_oculta,
            "Z2": entrada_final,
            "A2": salida_final,
        }
        return salida_final, memoria

    def compute_loss(self, Y, A2):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        return entropia_cruzada(Y, A2)

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        muestras = Y.shape[1]
        error_final = cache["A2"] - Y
        error_oculto = (self.W2.T @ error_final) * self.relu_derivative(cache["Z1"])
        gradientes = {
            "dW2": error_final @ cache["A1"].T,
            "db2": error_final.sum(axis=1, keepdims=True),
            "dW1": error_oculto @ cache["X"].T,
            "db1": error_oculto.sum(axis=1, keepdims=True),
        }
        return {nombre: suma / muestras for nombre, suma in gradientes.items()}

    def update_parameters(self, gradients):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network."""
        tasa = self.learning_rate
        self.W1 = self.W1 - tasa * gradients["dW1"]
        self.b1 = self.b1 - tasa * gradients["db1"]
        self.W2 = self.W2 - tasa * gradients["dW2"]
        self.b2 = self.b2 - tasa * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        historial = []
        for paso in range(num_iterations):
            salida, memoria = self.forward(X)
            perdida = self.compute_loss(Y, salida)
            historial.append(perdida)
            self.update_parameters(self.backward(Y, memoria))
            if paso % print_every == 0:
                print(f"Paso {paso}: pérdida = {perdida:.4f}")
        return historial

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        salida, _ = self.forward(X)
        return (salida > 0.5).astype(int)


PARAMETROS = ("W1", "b1", "W2", "b2")


def derivada_numerica(nn, X, Y, matriz, fila, columna, epsilon):
    guardado = matriz[fila, columna]
    matriz[fila, columna] = guardado + epsilon
    mas = nn.compute_loss(Y, nn.forward(X)[0])
    matriz[fila, columna] = guardado - epsilon
    menos = nn.compute_loss(Y, nn.forward(X)[0])
    matriz[fila, columna] = guardado
    return (mas - menos) / (2 * epsilon)


def error_relativo(analitico, numerico):
    tamano = np.linalg.norm(analitico) + np.linalg.norm(numerico)
    if tamano == 0:
        return 0.0
    return np.linalg.norm(analitico - numerico) / tamano


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on up to ten elements of each parameter."""
    _, memoria = nn.forward(X)
    gradientes = nn.backward(Y, memoria)
    errores = {}
    for nombre in PARAMETROS:
        matriz = getattr(nn, nombre)
        cuantos = min(10, matriz.size)
        filas, columnas = np.unravel_index(np.arange(cuantos), matriz.shape)
        numerico = np.array([derivada_numerica(nn, X, Y, matriz, i, j, epsilon) for i, j in zip(filas, columnas)])
        errores[nombre] = error_relativo(gradientes["d" + nombre][filas, columnas], numerico)
    return errores


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on every element of each parameter."""
    _, memoria = nn.forward(X)
    gradientes = nn.backward(Y, memoria)
    errores = {}
    for nombre in PARAMETROS:
        matriz = getattr(nn, nombre)
        numerico = np.zeros_like(matriz)
        for i in range(matriz.shape[0]):
            for j in range(matriz.shape[1]):
                numerico[i, j] = derivada_numerica(nn, X, Y, matriz, i, j, epsilon)
        errores[nombre] = error_relativo(gradientes["d" + nombre], numerico)
    return errores


class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3), one sample a column."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        self.learning_rate = learning_rate
        self.W1 = np.random.standard_normal((hidden1_size, input_size)) * 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.standard_normal((hidden2_size, hidden1_size)) * 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.standard_normal((output_size, hidden2_size)) * 0.1
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        """The forward pass."""
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = sigmoide(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        return entropia_cruzada(Y, A3)

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        muestras = Y.shape[1]
        error3 = cache["A3"] - Y
        error2 = (self.W3.T @ error3) * (cache["Z2"] > 0)
        error1 = (self.W2.T @ error2) * (cache["Z1"] > 0)
        gradientes = {
            "dW3": error3 @ cache["A2"].T,
            "db3": error3.sum(axis=1, keepdims=True),
            "dW2": error2 @ cache["A1"].T,
            "db2": error2.sum(axis=1, keepdims=True),
            "dW1": error1 @ cache["X"].T,
            "db1": error1.sum(axis=1, keepdims=True),
        }
        return {nombre: suma / muestras for nombre, suma in gradientes.items()}

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters."""
        tasa = self.learning_rate
        self.W1 = self.W1 - tasa * gradients["dW1"]
        self.b1 = self.b1 - tasa * gradients["db1"]
        self.W2 = self.W2 - tasa * gradients["dW2"]
        self.b2 = self.b2 - tasa * gradients["db2"]
        self.W3 = self.W3 - tasa * gradients["dW3"]
        self.b3 = self.b3 - tasa * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        historial = []
        for paso in range(num_iterations):
            salida, memoria = self.forward(X)
            perdida = self.compute_loss(Y, salida)
            historial.append(perdida)
            self.update_parameters(self.backward(Y, memoria))
            if paso % print_every == 0:
                print(f"Paso {paso}: pérdida = {perdida:.4f}")
        return historial

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        salida, _ = self.forward(X)
        return (salida > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    """The derivatives of L = (w1 x1 + w2 x2)^2 + (w1 x1 - w2 x2)^2 with respect to w1 and w2, by hand."""
    suma = w1 * x1 + w2 * x2
    resta = w1 * x1 - w2 * x2
    return 2 * suma * x1 + 2 * resta * x1, 2 * suma * x2 - 2 * resta * x2


def two_squares_autograd(w1, w2, x1, x2):
    """The same two derivatives as two_squares, taken by PyTorch's autograd."""
    peso1 = torch.tensor(w1, requires_grad=True)
    peso2 = torch.tensor(w2, requires_grad=True)
    perdida = (peso1 * x1 + peso2 * x2) ** 2 + (peso1 * x1 - peso2 * x2) ** 2
    perdida.backward()
    return peso1.grad, peso2.grad


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd."""
    entrada = torch.tensor(x, requires_grad=True)
    peso = torch.tensor(w, requires_grad=True)
    sesgo = torch.tensor(b, requires_grad=True)
    recta = peso * entrada + sesgo
    recta.backward()
    return entrada.grad, peso.grad, sesgo.grad


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch."""
    valores = torch.randn(*shape, generator=generator) * scale
    return valores.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    """Trains the network of NeuralNetworkWithBackprop on the mean squared error, through PyTorch's autograd."""
    pesos = [p.clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    optimizador = torch.optim.SGD(pesos, lr=learning_rate)
    historial = []
    for _ in range(num_iterations):
        oculta = torch.relu(pesos[0] @ X + pesos[1])
        salida = torch.sigmoid(pesos[2] @ oculta + pesos[3])
        perdida = ((salida - Y) ** 2).mean()
        historial.append(perdida.item())
        optimizador.zero_grad()
        perdida.backward()
        optimizador.step()
    return historial


def gradient_flow(model, X, Y):
    """How large the gradients are that reach each layer of a PyTorch model."""
    model.zero_grad()
    perdida = torch.nn.functional.binary_cross_entropy(model(X), Y)
    perdida.backward()
    capas = [capa for capa in model.modules() if isinstance(capa, torch.nn.Linear)]
    return [capa.weight.grad.abs().mean().item() for capa in capas]
