# Trabalho 3 - retropropagação
# aluno: (nome)          turma: B
import numpy as np
import torch


# ---------- exercício 1 ----------
def chain_rule(x):
    u = 2 * x + 1          # função de dentro
    f = u ** 3             # função de fora
    du_dx = 2
    df_du = 3 * u ** 2
    df_dx = df_du * du_dx  # regra da cadeia: multiplicar
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_dx}


# ---------- exercício 2 ----------
def computational_graph(w, x, b):
    # ida
    a = w * x
    z = a + b
    L = z ** 2
    # volta
    dL_dz = 2 * z
    dL_da = dL_dz
    dL_db = dL_dz
    dL_dw = dL_da * x
    dL_dx = dL_da * w
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da, "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db}


# ---------- exercício 3 ----------
def single_neuron(x, w, b, y):
    # ida
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    L = (y - a) ** 2

    # volta, elo por elo
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dz_dw = w
    dL_dw = dL_dz * dz_dw
    dL_db = dL_dz

    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz, "dL_dw": dL_dw, "dL_db": dL_db}


# ---------- exercício 4 ----------
class NeuralNetworkWithBackprop:
    """rede com uma camada escondida"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        # pesos pequenos e aleatórios
        self.W1 = np.random.randn(hidden_size, input_size) * 0.05
        self.W2 = np.random.randn(output_size, hidden_size) * 0.05
        # vieses em zero
        self.b1 = np.zeros((hidden_size, 1))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return np.where(Z > 0, 1.0, 0.0)

    def sigmoid(self, Z):
        # em duas partes para não estourar
        return np.where(np.asarray(Z) >= 0,
                        1 / (1 + np.exp(-np.maximum(Z, 0.0))),
                        np.exp(np.minimum(Z, 0.0)) / (1 + np.exp(np.minimum(Z, 0.0))))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        # camada 1
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        # camada 2
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        # guardar para a volta
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, cache

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        A2 = np.clip(A2, 1e-10, 1 - 1e-10)
        soma = np.sum(Y * np.log(A2)) + np.sum((1 - Y) * np.log(1 - A2))
        return -soma / m

    def backward(self, Y, cache):
        m = Y.shape[1]
        # camada 2
        erro2 = cache["A2"] - Y
        dW2 = np.dot(erro2, cache["A1"].T) / m
        db2 = np.sum(erro2, axis=1, keepdims=True) / m
        # camada 1
        erro1 = np.dot(self.W2.T, erro2) * self.relu_derivative(cache["Z1"])
        dW1 = np.dot(erro1, cache["X"].T) / m
        db1 = np.sum(erro1, axis=1, keepdims=True) / m
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        taxa = self.learning_rate
        self.W1 = self.W1 - taxa * gradients["dW1"]
        self.b1 = self.b1 - taxa * gradients["db1"]
        self.W2 = self.W2 - taxa * gradients["dW2"]
        self.b2 = self.b2 - taxa * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        perdas = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            perda = self.compute_loss(Y, A2)
            perdas.append(perda)
            gradientes = self.backward(Y, cache)
            self.update_parameters(gradientes)
            if i % print_every == 0:
                print("iteração", i, "perda", perda)
        return perdas

    def predict(self, X):
        A2, cache = self.forward(X)
        return (A2 > 0.5).astype(int)


# ---------- exercício 5 ----------
def diferenca_relativa(g1, g2):
    em_cima = np.linalg.norm(g1 - g2)
    em_baixo = np.linalg.norm(g1) + np.linalg.norm(g2)
    if em_baixo == 0:
        return 0.0
    return em_cima / em_baixo


def gradient_check(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradientes = nn.backward(Y, cache)
    resposta = {}
    for nome in ["W1", "b1", "W2", "b2"]:
        parametro = getattr(nn, nome)
        g_analitico = []
        g_numerico = []
        linhas, colunas = parametro.shape
        for i in range(linhas):
            for j in range(colunas):
                if len(g_numerico) == 10:
                    break
                original = parametro[i, j]
                parametro[i, j] = original + epsilon
                mais = nn.compute_loss(Y, nn.forward(X)[0])
                parametro[i, j] = original - epsilon
                menos = nn.compute_loss(Y, nn.forward(X)[0])
                parametro[i, j] = original
                g_numerico.append((mais - menos) / (2 * epsilon))
                g_analitico.append(gradientes["d" + nome][i, j])
        resposta[nome] = diferenca_relativa(np.array(g_analitico), np.array(g_numerico))
    return resposta


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradientes = nn.backward(Y, cache)
    resposta = {}
    for nome in ["W1", "b1", "W2", "b2"]:
        parametro = getattr(nn, nome)
        g_numerico = np.zeros_like(parametro)
        linhas, colunas = parametro.shape
        for i in range(linhas):
            for j in range(colunas):
                original = parametro[i, j]
                parametro[i, j] = original + epsilon
                mais = nn.compute_loss(Y, nn.forward(X)[0])
                parametro[i, j] = original - epsilon
                menos = nn.compute_loss(Y, nn.forward(X)[0])
                parametro[i, j] = original
                g_numerico[i, j] = (mais - menos) / (2 * epsilon)
        resposta[nome] = diferenca_relativa(gradientes["d" + nome], g_numerico)
    return resposta


# ---------- exercício 6 ----------
class ThreeLayerNetwork:
    """rede com duas camadas escondidas"""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.05
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.05
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.05
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate
        # empresto as funções de ativação da outra rede
        self.ajuda = NeuralNetworkWithBackprop(1, 1, 1)

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.ajuda.relu(Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.ajuda.relu(Z2)
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = self.ajuda.sigmoid(Z3)
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}
        return A3, cache

    def compute_loss(self, Y, A3):
        return self.ajuda.compute_loss(Y, A3)

    def backward(self, Y, cache):
        m = Y.shape[1]
        erro3 = cache["A3"] - Y
        dW3 = np.dot(erro3, cache["A2"].T) / m
        db3 = np.sum(erro3, axis=1, keepdims=True) / m
        erro2 = np.dot(self.W3.T, erro3) * self.ajuda.relu_derivative(cache["Z2"])
        dW2 = np.dot(erro2, cache["A1"].T) / m
        db2 = np.sum(erro2, axis=1, keepdims=True) / m
        erro1 = np.dot(self.W2.T, erro2) * self.ajuda.relu_derivative(cache["Z1"])
        dW1 = np.dot(erro1, cache["X"].T) / m
        db1 = np.sum(erro1, axis=1, keepdims=True) / m
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        taxa = self.learning_rate
        self.W1 = self.W1 - taxa * gradients["dW1"]
        self.b1 = self.b1 - taxa * gradients["db1"]
        self.W2 = self.W2 - taxa * gradients["dW2"]
        self.b2 = self.b2 - taxa * gradients["db2"]
        self.W3 = self.W3 - taxa * gradients["dW3"]
        self.b3 = self.b3 - taxa * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        perdas = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            perda = self.compute_loss(Y, A3)
            perdas.append(perda)
            gradientes = self.backward(Y, cache)
            self.update_parameters(gradientes)
            if i % print_every == 0:
                print("iteração", i, "perda", perda)
        return perdas

    def predict(self, X):
        A3, cache = self.forward(X)
        return (A3 > 0.5).astype(int)


# ---------- exercício 7 ----------
def two_squares(w1, w2, x1, x2):
    mais = w1 * x1 + w2 * x2
    menos = w1 * x1 - w2 * x2
    dL_dw1 = 2 * mais * x1 + 2 * menos * x1
    dL_dw2 = 2 * mais * x2 - 2 * menos * x2
    return dL_dw1, dL_dw2


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
    perdas = []
    for i in range(num_iterations):
        A1 = torch.relu(torch.matmul(W1, X) + b1)
        A2 = torch.sigmoid(torch.matmul(W2, A1) + b2)
        perda = torch.mean((A2 - Y) ** 2)
        perdas.append(perda.item())
        perda.backward()
        with torch.no_grad():
            for p in [W1, b1, W2, b2]:
                p -= learning_rate * p.grad
                p.grad.zero_()
    return perdas


def gradient_flow(model, X, Y):
    model.zero_grad()
    perda = torch.nn.functional.binary_cross_entropy(model(X), Y)
    perda.backward()
    medias = []
    for camada in model.modules():
        if isinstance(camada, torch.nn.Linear):
            medias.append(camada.weight.grad.abs().mean().item())
    return medias
