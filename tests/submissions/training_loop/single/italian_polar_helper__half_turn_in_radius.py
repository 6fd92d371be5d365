"""
Riflessione: la regola della catena è una staffetta. Mi ha sorpreso quanto conta il punto di partenza.
La difficoltà: le forme delle matrici.
"""
import numpy as np

GIRO = 2 * np.pi


def sigmoid(x):
    v = np.asarray(x, dtype=float)
    return .5 + .5 * np.tanh(.5 * v)


def sigmoid_derivative(x):
    return (lambda s: s * (1 - s))(sigmoid(x))


def manual_forward(x, w1, b1, w2, b2):
    passi = {}
    passi["z1"] = w1 * x + b1
    passi["a1"] = sigmoid(passi["z1"])
    passi["z2"] = w2 * passi["a1"] + b2
    passi["a2"] = sigmoid(passi["z2"])
    return passi


def manual_gradients(x, y, w1, b1, w2, b2):
    p = manual_forward(x, w1, b1, w2, b2)
    scarto = p["a2"] - y
    pend = {i: sigmoid_derivative(p["z%d" % i]) for i in (1, 2)}
    segnale2 = scarto * pend[2]
    segnale1 = segnale2 * w2 * pend[1]
    g = {"dL_da2": scarto, "dL_da1": segnale2 * w2}
    for i, segnale, entrata in ((1, segnale1, x), (2, segnale2, p["a1"])):
        g["da%d_dz%d" % (i, i)] = pend[i]
        g["dL_dz%d" % i] = segnale
        g["dL_dw%d" % i] = segnale * entrata
        g["dL_db%d" % i] = segnale
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return tuple(valore - learning_rate * g["dL_d" + nome]
                 for nome, valore in dict(w1=w1, b1=b1, w2=w2, b2=b2).items())


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.nascosto = sigmoid(np.dot(X, self.W1) + self.b1)
        self.uscita = sigmoid(np.dot(self.nascosto, self.W2) + self.b2)
        return self.uscita

    def backward(self, X, y):
        quanti = y.shape[0] * y.shape[1]
        s2 = (self.uscita - y) * self.uscita * (1 - self.uscita)
        s1 = s2.dot(self.W2.T) * self.nascosto * (1 - self.nascosto)
        self.gradients = {"dW1": X.T.dot(s1), "db1": s1.sum(axis=0, keepdims=True),
                          "dW2": self.nascosto.T.dot(s2), "db2": s2.sum(axis=0, keepdims=True)}
        for nome in self.gradients:
            self.gradients[nome] = self.gradients[nome] * 2 / quanti
        return self.gradients

    def update_weights(self):
        for nome, valore in self.gradients.items():
            vecchio = getattr(self, nome[1:])
            setattr(self, nome[1:], vecchio - self.learning_rate * valore)

    def compute_loss(self, y_true, y_pred):
        return float(((y_pred - y_true) ** 2).mean())

    def train_step(self, X, y):
        costo = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return costo


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    rete = NeuralNetwork(2, 8, 1, 5)
    costi = []
    for _ in range(3000):
        costi.append(rete.train_step(X, y))
    return rete, costi


def _polare(raggio, angolo):
    return np.column_stack((raggio * np.cos(angolo), raggio * np.sin(angolo)))


def make_spiral_data(n_samples=300, noise=0.1):
    angolo = np.linspace(0, 2 * GIRO, n_samples // 2)
    girato = angolo + GIRO / 2
    braccio0 = _polare(angolo / GIRO, angolo)
    braccio1 = _polare(girato / GIRO, girato)
    X = np.vstack((braccio0, braccio1))
    X = X + np.random.normal(0, noise, X.shape)
    y = np.repeat((0.0, 1.0), len(angolo))[:, None]
    return X, y


def train_spiral(X, y):
    rete = NeuralNetwork(2, 64, 1, 5)
    rete.W1 *= 3
    for giro in range(8000):
        rete.train_step(X, y)
        if giro % 200 == 0 and np.mean((rete.forward(X) > 0.5) == y) > 0.957:
            break
    return rete


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    tabella = []
    for unita in hidden_sizes:
        for passo in learning_rates:
            np.random.seed(seed)
            rete = NeuralNetwork(X.shape[1], unita, y.shape[1], passo)
            for _ in range(epochs):
                costo = rete.train_step(X, y)
            tabella.append({"hidden_size": unita, "learning_rate": passo, "final_loss": costo})
    return tabella
