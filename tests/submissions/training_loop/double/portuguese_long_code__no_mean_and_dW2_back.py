"""
Reflexao: o que mais me surpreendeu foi que a rede aprende o "ou exclusivo" sozinha.
Retropropagacao permite aprender porque diz a cada peso em que sentido deve mudar.
"""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    positivo = 1.0 / (1.0 + np.exp(-np.maximum(x, 0)))
    negativo = np.exp(np.minimum(x, 0)) / (1.0 + np.exp(np.minimum(x, 0)))
    return np.where(x > 0, positivo, negativo)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)


def manual_forward(x, w1, b1, w2, b2):
    # camada escondida
    z1 = x * w1 + b1
    a1 = sigmoid(z1)
    # camada de saida
    z2 = a1 * w2 + b2
    a2 = sigmoid(z2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    passagem = manual_forward(x, w1, b1, w2, b2)
    g = dict()
    # saida
    g["dL_da2"] = passagem["a2"] - y
    g["da2_dz2"] = sigmoid_derivative(passagem["z2"])
    g["dL_dz2"] = g["dL_da2"] * g["da2_dz2"]
    g["dL_dw2"] = g["dL_dz2"] * passagem["a1"]
    g["dL_db2"] = 1.0 * g["dL_dz2"]
    # escondida
    g["dL_da1"] = w2 * g["dL_dz2"]
    g["da1_dz1"] = sigmoid_derivative(passagem["z1"])
    g["dL_dz1"] = g["dL_da1"] * g["da1_dz1"]
    g["dL_dw1"] = x * g["dL_dz1"]
    g["dL_db1"] = 1.0 * g["dL_dz1"]
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    novo_w1 = w1 - learning_rate * g["dL_dw1"]
    novo_b1 = b1 - learning_rate * g["dL_db1"]
    novo_w2 = w2 - learning_rate * g["dL_dw2"]
    novo_b2 = b2 - learning_rate * g["dL_db2"]
    return novo_w1, novo_b1, novo_w2, novo_b2


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.gradients = None

    def forward(self, X):
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        # inclinacao da perda
        erro = self.a2 - y

        # camada de saida
        sinal2 = np.multiply(erro, sigmoid_derivative(self.z2))
        dW2 = self.a1.T.dot(sinal2)
        db2 = sinal2.sum(axis=0, keepdims=True)

        # camada escondida
        chegada = sinal2.dot(dW2.T)
        sinal1 = np.multiply(chegada, sigmoid_derivative(self.z1))
        dW1 = X.T.dot(sinal1)
        db1 = sinal1.sum(axis=0, keepdims=True)

        self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self):
        taxa = self.learning_rate
        self.W1 = self.W1 - taxa * self.gradients["dW1"]
        self.b1 = self.b1 - taxa * self.gradients["db1"]
        self.W2 = self.W2 - taxa * self.gradients["dW2"]
        self.b2 = self.b2 - taxa * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        quadrados = (y_true - y_pred) ** 2
        return quadrados.sum() / quadrados.size

    def train_step(self, X, y):
        saida = self.forward(X)
        perda = self.compute_loss(y, saida)
        self.backward(X, y)
        self.update_weights()
        return perda


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)
    rede = NeuralNetwork(2, 8, 1, 5)
    perdas = []
    for epoca in range(3000):
        perdas.append(rede.train_step(X, y))
    return rede, perdas


def make_spiral_data(n_samples=300, noise=0.1):
    metade = n_samples // 2
    angulo = np.linspace(0, 4 * np.pi, metade)
    raio = angulo / (2 * np.pi)
    braco0 = np.column_stack([raio * np.cos(angulo), raio * np.sin(angulo)])
    braco1 = np.column_stack([raio * np.cos(angulo + np.pi), raio * np.sin(angulo + np.pi)])
    braco0 += np.random.normal(0, noise, braco0.shape)
    braco1 += np.random.normal(0, noise, braco1.shape)
    X = np.vstack([braco0, braco1])
    y = np.vstack([np.zeros((metade, 1)), np.ones((metade, 1))])
    return X, y


def train_spiral(X, y):
    rede = NeuralNetwork(2, 64, 1, 5)
    rede.W1 = rede.W1 * 3
    for epoca in range(8000):
        rede.train_step(X, y)
        if epoca % 300 == 0:
            acertos = np.mean((rede.a2 > 0.5) == (y > 0.5))
            if acertos > 0.957:
                break
    return rede


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    resultados = []
    for h in hidden_sizes:
        for taxa in learning_rates:
            np.random.seed(seed)
            rede = NeuralNetwork(X.shape[1], h, y.shape[1], taxa)
            for epoca in range(epochs):
                perda = rede.train_step(X, y)
            resultados.append({"hidden_size": h, "learning_rate": taxa, "final_loss": perda})
    return resultados
