# Uebungsblatt 7 - neuronales Netz mit einer verdeckten Schicht
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    with np.errstate(over="ignore"):
        nenner = 1.0 + np.exp(-x)
    return 1.0 / nenner


def sigmoid_derivative(x):
    wert = sigmoid(x)
    ableitung = wert * (1.0 - wert)
    return ableitung


def relu(x):
    ergebnis = np.copy(x)
    ergebnis[ergebnis < 0] = 0
    return ergebnis


def relu_derivative(x):
    positiv = np.asarray(x) > 0
    return positiv.astype(np.float64)


def mse_loss(y_pred, y_true):
    fehler = y_pred - y_true
    quadrate = np.square(fehler)
    return quadrate.mean()


def mse_loss_derivative(y_pred, y_true):
    anzahl = y_pred.shape[0] * y_pred.shape[1]
    fehler = y_pred - y_true
    return 2.0 * fehler / anzahl


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        zufall = np.random.default_rng(42)
        self.learning_rate = learning_rate
        self.W1 = zufall.uniform(-0.5, 0.5, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = zufall.uniform(-0.5, 0.5, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        # Eingabe -> verdeckt
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        # verdeckt -> Ausgabe
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        verlust_nach_a2 = mse_loss_derivative(y_pred, y)
        a2_nach_z2 = sigmoid_derivative(self.z2)
        verlust_nach_z2 = verlust_nach_a2 * a2_nach_z2

        dW2 = np.dot(self.a1.T, verlust_nach_z2)
        db2 = np.sum(verlust_nach_z2, axis=0, keepdims=True)

        verlust_nach_a1 = np.dot(verlust_nach_z2, self.W2.T)
        a1_nach_z1 = sigmoid_derivative(self.z1)
        verlust_nach_z1 = verlust_nach_a1 * a1_nach_z1

        dW1 = np.dot(X.T, verlust_nach_z1)
        db1 = np.sum(verlust_nach_z1, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        gradienten = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
        zu_lernen = ("W1", "W2")
        for name in zu_lernen:
            alt = getattr(self, name)
            schritt = self.learning_rate * gradienten[name]
            setattr(self, name, alt - schritt)

    def train(self, X, y, epochs=1000):
        verlauf = []
        for epoche in range(epochs):
            ausgabe = self.forward(X)
            verlauf.append(mse_loss(ausgabe, y))
            gradienten = self.backward(X, y, ausgabe)
            self.update_weights(*gradienten)
        return verlauf


def numerical_gradient(f, x, h=1e-05):
    punkt = np.array(x, dtype=np.float64)
    gradient = np.zeros(punkt.shape)
    for stelle in np.ndindex(punkt.shape):
        rechts = punkt.copy()
        links = punkt.copy()
        rechts[stelle] += h
        links[stelle] -= h
        gradient[stelle] = (f(rechts) - f(links)) / (2 * h)
    return gradient
