# Lista 3 - aprendi o "match" do python novo e quis usar :)
import numpy as np


def ativacao(nome, v):
    v = np.asarray(v, dtype=np.float64)
    match nome:
        case "sigmoide":
            return 1.0 / (1.0 + np.exp(-np.clip(v, -600.0, 600.0)))
        case "relu":
            return np.where(v > 0.0, v, 0.0)
        case _:
            raise ValueError(nome)


def inclinacao(nome, v):
    """Derivada da ativacao; v e o que ENTRA nela."""
    match nome:
        case "sigmoide":
            saida = ativacao("sigmoide", v)
            return saida * (1.0 - saida)
        case "relu":
            return np.where(np.asarray(v) > 0, 1.0, 0.0)
        case _:
            raise ValueError(nome)


def sigmoid(x):
    return ativacao("sigmoide", x)


def sigmoid_derivative(x):
    return inclinacao("sigmoide", x)


def relu(x):
    return ativacao("relu", x)


def relu_derivative(x):
    return inclinacao("relu", x)


def mse_loss(y_pred, y_true):
    return np.mean(np.square(np.subtract(y_pred, y_true)))


def mse_loss_derivative(y_pred, y_true):
    erro = np.subtract(y_pred, y_true)
    return 2.0 * erro / erro.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        sorteio = np.random.default_rng(7)
        self.learning_rate = learning_rate
        self.W1 = sorteio.normal(size=(input_size, hidden_size)) * 0.4
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = sorteio.normal(size=(hidden_size, output_size)) * 0.4
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    @staticmethod
    def _grad_camada(entrada, delta):
        gW = entrada.T @ delta
        gb = gW.sum(axis=0, keepdims=True)
        return gW, gb

    def backward(self, X, y, y_pred):
        erro = y_pred - y
        escala = 2.0 / erro.size

        # s'(z) = s(1 - s)
        rampa_saida = erro * (1 - erro)
        delta_saida = escala * erro * rampa_saida

        rampa_oculta = self.a1 * (1 - self.a1)
        delta_oculto = (delta_saida @ self.W2.T) * rampa_oculta

        dW1, db1 = self._grad_camada(X, delta_oculto)
        dW2, db2 = self._grad_camada(self.a1, delta_saida)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        taxa = self.learning_rate
        self.W1, self.b1 = self.W1 - taxa * dW1, self.b1 - taxa * db1
        self.W2, self.b2 = self.W2 - taxa * dW2, self.b2 - taxa * db2

    def train(self, X, y, epochs=1000):
        perdas = []
        for _ in range(epochs):
            previsto = self.forward(X)
            perdas.append(float(mse_loss(previsto, y)))
            self.update_weights(*self.backward(X, y, previsto))
        return perdas


def numerical_gradient(f, x, h=1e-05):
    base = np.array(x, dtype=np.float64)

    def deslocado(onde, quanto):
        outro = base.copy()
        outro[onde] = outro[onde] + quanto
        return f(outro)

    g = np.zeros(base.shape)
    for onde in np.ndindex(base.shape):
        g[onde] = (deslocado(onde, h) - deslocado(onde, -h)) / (2 * h)
    return g
