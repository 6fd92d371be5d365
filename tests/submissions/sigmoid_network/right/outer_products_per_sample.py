# Rete con uno strato nascosto. Tutto per campione: il gradiente e' una somma di prodotti esterni.
import math
import numpy as np


def _sig(t):
    if t >= 0:
        return 1.0 / (1.0 + math.exp(-t))
    q = math.exp(t)
    return q / (1.0 + q)


def sigmoid(x):
    return np.vectorize(_sig, otypes=[float])(x)


def sigmoid_derivative(x):
    def punto(t):
        s = _sig(t)
        return s * (1.0 - s)
    return np.vectorize(punto, otypes=[float])(x)


def relu(x):
    y = np.array(x)
    y[y < 0] = 0
    return y


def relu_derivative(x):
    x = np.asarray(x)
    pendenza = np.zeros(x.shape)
    pendenza[x > 0] = 1.0
    return pendenza


def mse_loss(y_pred, y_true):
    totale, n = 0.0, 0
    for riga_p, riga_t in zip(y_pred, y_true):
        for p, t in zip(riga_p, riga_t):
            totale += (p - t) ** 2
            n += 1
    return totale / n


def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    D = np.empty((m, k))
    for i in range(m):
        for j in range(k):
            D[i, j] = 2.0 * (y_pred[i, j] - y_true[i, j]) / (m * k)
    return D


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) / 10
        self.W2 = np.random.randn(hidden_size, output_size) / 10
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        m = len(X)
        h, k = self.W2.shape
        self.z1, self.a1 = np.zeros((m, h)), np.zeros((m, h))
        self.z2, self.a2 = np.zeros((m, k)), np.zeros((m, k))
        for i, x in enumerate(X):
            self.z1[i] = x.dot(self.W1) + self.b1[0]
            self.a1[i] = sigmoid(self.z1[i])
            self.z2[i] = self.a1[i].dot(self.W2) + self.b2[0]
            self.a2[i] = sigmoid(self.z2[i])
        return self.a2

    def backward(self, X, y, y_pred):
        gW1, gb1 = np.zeros(self.W1.shape), np.zeros(self.b1.shape)
        gW2, gb2 = np.zeros(self.W2.shape), np.zeros(self.b2.shape)
        E = mse_loss_derivative(y_pred, y)
        for i in range(X.shape[0]):
            alfa = E[i] * sigmoid_derivative(self.z2[i])
            beta = self.W2.dot(alfa) * sigmoid_derivative(self.z1[i])
            gW2 += np.outer(self.a1[i], alfa)
            gb2[0] += alfa
            gW1 += np.outer(X[i], beta)
            gb1[0] += beta
        return gW1, gb1, gW2, gb2

    def update_weights(self, dW1, db1, dW2, db2):
        passo = self.learning_rate
        self.W1 -= passo * dW1
        self.b1 -= passo * db1
        self.W2 -= passo * dW2
        self.b2 -= passo * db2

    def train(self, X, y, epochs=1000):
        storia = []
        for epoca in range(epochs):
            uscita = self.forward(X)
            storia.append(mse_loss(uscita, y))
            gradienti = self.backward(X, y, uscita)
            self.update_weights(*gradienti)
        return storia


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=float)
    g = np.zeros_like(x)
    for indice, valore in np.ndenumerate(x.copy()):
        x[indice] = valore + h
        piu = f(x.copy())
        x[indice] = valore - h
        meno = f(x.copy())
        x[indice] = valore
        g[indice] = (piu - meno) / (2 * h)
    return g


if __name__ == "__main__":
    r = SimpleNeuralNetwork(2, 3, 1)
    print(r.forward(np.eye(2)))
