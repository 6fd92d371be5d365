# Netwerk met sigmoiden; "terugstroom" = gradiënt die teruggaat
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    with np.errstate(over='ignore'):
        noemer = 1.0 + np.exp(-x)
    return 1.0 / noemer


def sigmoid_derivative(x):
    s = sigmoid(x)
    helling = s * (1.0 - s)
    return helling


def relu(x):
    masker = np.asarray(x) > 0
    return masker * x


def relu_derivative(x):
    masker = np.asarray(x) > 0
    return masker.astype('float64')


def mse_loss(y_pred, y_true):
    fout = y_true - y_pred
    return np.mean(fout * fout)


def mse_loss_derivative(y_pred, y_true):
    fout = y_true - y_pred
    aantal = fout.shape[0] * fout.shape[1]
    return -2.0 * fout / aantal


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.2, 0.2, size=(input_size, hidden_size))
        self.b1 = np.zeros(shape=(1, hidden_size))
        self.W2 = np.random.uniform(-0.2, 0.2, size=(hidden_size, output_size))
        self.b2 = np.zeros(shape=(1, output_size))

    def forward(self, X):
        self.z1 = np.add(np.dot(X, self.W1), self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = np.add(np.dot(self.a1, self.W2), self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        uit = mse_loss_derivative(y_pred, y)
        uit *= sigmoid_derivative(self.z2)

        terugstroom = np.tensordot(uit, self.W2, axes=[1, 1])
        np.maximum(terugstroom, 0.0, out=terugstroom)
        terugstroom *= sigmoid_derivative(self.z1)

        dW2 = np.tensordot(self.a1, uit, axes=[0, 0])
        dW1 = np.tensordot(X, terugstroom, axes=[0, 0])
        db2 = np.sum(uit, axis=0)[np.newaxis, :]
        db1 = np.sum(terugstroom, axis=0)[np.newaxis, :]
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        stap = self.learning_rate
        self.W1 = np.subtract(self.W1, stap * dW1)
        self.b1 = np.subtract(self.b1, stap * db1)
        self.W2 = np.subtract(self.W2, stap * dW2)
        self.b2 = np.subtract(self.b2, stap * db2)

    def train(self, X, y, epochs=1000):
        verliezen = []
        for ronde in range(epochs):
            voorspelling = self.forward(X)
            verliezen.append(mse_loss(voorspelling, y))
            gradienten = self.backward(X, y, voorspelling)
            self.update_weights(*gradienten)
            if epochs >= 1000 and ronde % 500 == 0:
                print("ronde", ronde, "verlies", verliezen[-1])
        return verliezen


def numerical_gradient(f, x, h=1e-05):
    kopie = np.array(x, dtype=np.float64)
    helling = np.zeros(kopie.shape, dtype=np.float64)
    for plek in np.ndindex(kopie.shape):
        oud = kopie[plek]
        kopie[plek] = oud + h
        boven = f(kopie)
        kopie[plek] = oud - h
        onder = f(kopie)
        kopie[plek] = oud
        helling[plek] = (boven - onder) / (2 * h)
    return helling
