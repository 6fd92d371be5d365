import numpy as np
import torch


def capa(W, entrada, b):
    return W @ entrada + b


def entropia(Y, P):
    P = np.clip(P, 1e-15, 1 - 1e-15)
    return -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)) / Y.shape[1]


def chain_rule(x):
    u, du_dx = 2 * x + 1, 2
    f, df_du = u ** 3, 3 * u ** 2
    df_dx = df_du * du_dx
    return dict(f=f, u=u, du_dx=du_dx, df_du=df_du, df_dx=df_dx)


def computational_graph(w, x, b):
    a = w * x; z = a + b; L = z ** 2
    dL_dz = 2 * z
    dL_da = dL_db = dL_dz
    dL_dw, dL_dx = dL_da * x, dL_da * w
    return dict(a=a, z=z, L=L, dL_dz=dL_dz, dL_da=dL_da, dL_dw=dL_dw, dL_dx=dL_dx, dL_db=dL_db)


def single_neuron(x, w, b, y):
    z = float(np.dot(x, w)) + b
    a = 1 / (1 + np.exp(-z))
    dL_da, da_dz = -(y - a), a * (1 - a)
    dL_dz = dL_db = dL_da * da_dz
    return dict(z=z, a=a, L=(y - a) ** 2 / 2, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_dz, dL_dw=dL_dz * x, dL_db=dL_db)


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.1
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        salida = Z.copy()
        salida[salida < 0] = 0
        return salida

    def relu_derivative(self, Z):
        return np.where(Z > 0, 1.0, 0.0)

    def sigmoid(self, Z):
        return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))

    def sigmoid_derivative(self, Z):
        salida = self.sigmoid(Z)
        return salida * (1 - salida)

    def forward(self, X):
        Z1 = capa(self.W1, X, self.b1)
        A1 = self.relu(Z1)
        Z2 = capa(self.W2, A1, self.b2)
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return entropia(Y, A2)

    def backward(self, Y, cache):
        muestras = Y.shape[1]
        delta2 = cache["A2"] - Y
        delta1 = (self.W2.T @ delta2) * self.relu_derivative(cache["Z1"])
        gradientes = {"dW2": delta2 @ cache["A1"].T, "db2": delta2.sum(axis=1, keepdims=True),
                      "dW1": delta1 @ cache["X"].T, "db1": delta1.sum(axis=1, keepdims=True)}
        return {nombre: g / muestras for nombre, g in gradientes.items()}

    def update_parameters(self, gradients):
        self.W1 -= self.learning_rate * gradients["dW1"]
        self.b1 -= self.learning_rate * gradients["db1"]
        self.W2 -= self.learning_rate * gradients["dW2"]
        self.b2 -= self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        perdidas = []
        for paso in range(num_iterations):
            A2, cache = self.forward(X)
            gradientes = self.backward(Y, cache)
            self.update_parameters(gradientes)
            perdida = self.compute_loss(Y, self.forward(X)[0])
            perdidas.append(perdida)
            if paso % print_every == 0:
                print("paso", paso, "perdida", perdida)
        return perdidas

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def pendiente(red, X, Y, matriz, lugar, epsilon):
    valor = matriz[lugar]
    matriz[lugar] = valor + epsilon
    arriba = red.compute_loss(Y, red.forward(X)[0])
    matriz[lugar] = valor - epsilon
    abajo = red.compute_loss(Y, red.forward(X)[0])
    matriz[lugar] = valor
    return (arriba - abajo) / (2 * epsilon)


def comparar(red, X, Y, epsilon, cuantos):
    gradientes = red.backward(Y, red.forward(X)[1])
    diferencias = {}
    for nombre in ("W1", "b1", "W2", "b2"):
        matriz = getattr(red, nombre)
        lugares = list(np.ndindex(matriz.shape))
        if cuantos is not None and len(lugares) > cuantos:
            elegidos = np.random.choice(len(lugares), cuantos, replace=False)
            lugares = [lugares[e] for e in elegidos]
        numerico = np.array([pendiente(red, X, Y, matriz, l, epsilon) for l in lugares])
        analitico = np.array([gradientes["d" + nombre][l] for l in lugares])
        suma = np.linalg.norm(numerico) + np.linalg.norm(analitico)
        diferencias[nombre] = np.linalg.norm(numerico - analitico) / suma if suma > 0 else 0.0
    return diferencias


def gradient_check(nn, X, Y, epsilon=1e-05):
    return comparar(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return comparar(nn, X, Y, epsilon, None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = capa(self.W1, X, self.b1)
        A1 = np.maximum(Z1, 0)
        Z2 = capa(self.W2, A1, self.b2)
        A2 = np.maximum(Z2, 0)
        Z3 = capa(self.W3, A2, self.b3)
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return entropia(Y, A3)

    def backward(self, Y, cache):
        muestras = Y.shape[1]
        delta3 = cache["A3"] - Y
        delta2 = (self.W3.T @ delta3) * (cache["Z2"] > 0)
        delta1 = (self.W2.T @ delta2) * (cache["Z1"] > 0)
        gradientes = {}
        for n, (delta, entrada) in enumerate([(delta1, "X"), (delta2, "A1"), (delta3, "A2")], start=1):
            gradientes[f"dW{n}"] = delta @ cache[entrada].T / muestras
            gradientes[f"db{n}"] = delta.sum(axis=1, keepdims=True) / muestras
        return gradientes

    def update_parameters(self, gradients):
        for nombre in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, nombre, getattr(self, nombre) - self.learning_rate * gradients["d" + nombre])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        perdidas = []
        for paso in range(num_iterations):
            A3, cache = self.forward(X)
            perdidas.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, cache))
            if paso % print_every == 0:
                print("paso", paso, "perdida", perdidas[-1])
        return perdidas

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    u, v = w1 * x1, w2 * x2
    dL_du = 2 * (u + v) + 2 * (u - v)
    dL_dv = 2 * (u + v) - 2 * (u - v)
    return dL_du * x1, dL_dv * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    L = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
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
    p = torch.randn(*shape, generator=generator) * scale
    p.requires_grad_(True)
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    losses = []
    for i in range(num_iterations):
        A1 = torch.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        loss = torch.mean((A2 - Y) ** 2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
        W1.grad.zero_()
        b1.grad.zero_()
        W2.grad.zero_()
        b2.grad.zero_()
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    flow = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            flow.append(layer.weight.grad.abs().mean().item())
    return flow
