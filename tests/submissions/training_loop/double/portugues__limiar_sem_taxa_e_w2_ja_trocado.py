"""Do peso único às duas espirais.

Reflexão
Qual foi o conceito mais importante? A regra da cadeia: o erro volta camada por camada.
O que surpreendeu? Que o ou exclusivo precisa de pesos iniciais bem maiores do que eu pensava.
"""

import numpy as np


def sigmoid(x):
    """Função logística."""
    x = np.asarray(x, dtype=float)
    positivo = 1 / (1 + np.exp(-np.abs(x)))
    return np.where(x >= 0, positivo, 1 - positivo)


def sigmoid_derivative(x):
    """Derivada no ponto x (antes da sigmoide)."""
    return sigmoid(x) * (1 - sigmoid(x))


def manual_forward(x, w1, b1, w2, b2):
    """Rede de um neurônio oculto e uma saída."""
    soma_oculta = w1 * x + b1
    oculta = sigmoid(soma_oculta)
    soma_saida = w2 * oculta + b2
    saida = sigmoid(soma_saida)
    return {'z1': soma_oculta, 'a1': oculta, 'z2': soma_saida, 'a2': saida}


def manual_gradients(x, y, w1, b1, w2, b2):
    """Todas as derivadas, elo por elo."""
    v = manual_forward(x, w1, b1, w2, b2)
    d = {}
    # saída
    d['dL_da2'] = v['a2'] - y
    d['da2_dz2'] = sigmoid_derivative(v['z2'])
    d['dL_dz2'] = d['dL_da2'] * d['da2_dz2']
    d['dL_dw2'] = d['dL_dz2'] * v['a1']
    d['dL_db2'] = d['dL_dz2']
    # oculta
    d['dL_da1'] = d['dL_dz2'] * w2
    d['da1_dz1'] = sigmoid_derivative(v['z1'])
    d['dL_dz1'] = d['dL_da1'] * d['da1_dz1']
    d['dL_dw1'] = d['dL_dz1'] * x
    d['dL_db1'] = d['dL_dz1']
    return d


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    """Um passo de descida do gradiente."""
    taxa = learning_rate
    v = manual_forward(x, w1, b1, w2, b2)
    erro = v['a2'] - y

    # camada de saída
    delta_saida = erro * sigmoid_derivative(v['z2'])
    w2 = w2 - taxa * delta_saida * v['a1']
    b2 = b2 - taxa * delta_saida

    # camada oculta
    delta_oculta = delta_saida * w2 * sigmoid_derivative(v['z1'])
    w1 = w1 - taxa * delta_oculta * x
    b1 = b1 - delta_oculta

    return w1, b1, w2, b2


class NeuralNetwork:
    """Rede com uma camada oculta."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = 3 * np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        self.oculta = sigmoid(X.dot(self.W1) + self.b1)
        self.saida = sigmoid(self.oculta.dot(self.W2) + self.b2)
        return self.saida

    def backward(self, X, y):
        oculta, saida = self.oculta, self.saida
        # derivada da média dos quadrados; a derivada da sigmoide sai da própria ativação
        delta_saida = 2 / saida.size * (saida - y) * saida * (1 - saida)
        delta_oculta = delta_saida.dot(self.W2.T) * oculta * (1 - oculta)
        self.gradients = {
            'dW1': X.T.dot(delta_oculta),
            'db1': delta_oculta.sum(axis=0, keepdims=True),
            'dW2': oculta.T.dot(delta_saida),
            'db2': delta_saida.sum(axis=0, keepdims=True),
        }
        return self.gradients

    def update_weights(self):
        taxa, g = self.learning_rate, self.gradients
        self.W1 = self.W1 - taxa * g['dW1']
        self.b1 = self.b1 - taxa * g['db1']
        self.W2 = self.W2 - taxa * g['dW2']
        self.b2 = self.b2 - taxa * g['db2']

    def compute_loss(self, y_true, y_pred):
        return np.mean(np.power(y_pred - y_true, 2))

    def train_step(self, X, y):
        perda = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return perda


def train_xor(seed):
    """Treina a rede no ou exclusivo."""
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    np.random.seed(seed)
    rede = NeuralNetwork(2, 12, 1, learning_rate=3.0)
    perdas = []
    for _ in range(5000):
        perdas.append(rede.train_step(X, y))
    return rede, perdas


def make_spiral_data(n_samples=300, noise=0.1):
    """Dois braços, o segundo girado de meia volta."""
    metade = n_samples // 2
    t = np.linspace(0, 4 * np.pi, metade)
    raio = t / (2 * np.pi)
    braco = np.array([raio * np.cos(t), raio * np.sin(t)]).T
    pontos = np.concatenate([braco, -braco])
    pontos = pontos + np.random.normal(scale=noise, size=pontos.shape)
    classes = np.concatenate([np.zeros(metade), np.ones(metade)]).reshape(-1, 1)
    return pontos, classes


def train_spiral(X, y):
    """Lotes de 30 pontos, embaralhados em cada época."""
    rede = NeuralNetwork(2, 64, 1, learning_rate=3.0)
    for _ in range(1500):
        ordem = np.random.permutation(X.shape[0])
        for inicio in range(0, X.shape[0], 30):
            lote = ordem[inicio:inicio + 30]
            rede.train_step(X[lote], y[lote])
    return rede


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    """Uma rede para cada par."""
    resultados = []
    for ocultos in hidden_sizes:
        for taxa in learning_rates:
            np.random.seed(seed)
            rede = NeuralNetwork(X.shape[1], ocultos, y.shape[1], taxa)
            for _ in range(epochs):
                perda = rede.train_step(X, y)
            resultados.append({'hidden_size': ocultos, 'learning_rate': taxa, 'final_loss': perda})
    return resultados
