"""Rete neurale con uno strato nascosto. Le formule sono quelle delle dispense, capitolo 6."""
import numpy as np


def sigmoid(x):
    x = np.array(x, dtype=float)
    x = np.where(x < -500, -500, x)
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x):
    # s' = e^-|x| / (1 + e^-|x|)^2  (la derivata e' pari)
    u = np.exp(-np.abs(x))
    return u / (1.0 + u) ** 2


def relu(x):
    positivi = np.asarray(x) > 0
    return positivi * x


def relu_derivative(x):
    positivi = np.asarray(x) > 0
    return positivi.astype('float64')


def mse_loss(y_pred, y_true):
    scarto = y_pred - y_true
    return np.sum(scarto**2) / scarto.size


def mse_loss_derivative(y_pred, y_true):
    scarto = y_pred - y_true
    return 2.0 * scarto / scarto.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        limite1 = 1 / np.sqrt(input_size)
        limite2 = 1 / np.sqrt(hidden_size)
        self.W1 = np.random.uniform(-limite1, limite1, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-limite2, limite2, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # errore all'uscita
        errore = mse_loss_derivative(y_pred, y) * y_pred * (1 - y_pred)
        # delta dello strato di uscita
        delta2 = errore * sigmoid_derivative(self.z2)
        # delta dello strato nascosto
        delta1 = np.dot(delta2, self.W2.T) * sigmoid_derivative(self.z1)

        # gradienti dei pesi
        dW1 = np.dot(X.T, delta1)
        dW2 = np.dot(self.a1.T, delta2)
        # gradienti dei bias
        db1 = np.sum(delta1, keepdims=True)
        db2 = np.sum(delta2, axis=0, keepdims=True)

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        passo = self.learning_rate
        self.W1 = self.W1 - passo * dW1
        self.b1 = self.b1 - passo * db1
        self.W2 = self.W2 - passo * dW2
        self.b2 = self.b2 - passo * db2

    def train(self, X, y, epochs=1000):
        perdite = []
        epoca = 0
        while epoca < epochs:
            uscita = self.forward(X)
            perdite.append(mse_loss(uscita, y))
            dW1, db1, dW2, db2 = self.backward(X, y, uscita)
            self.update_weights(dW1, db1, dW2, db2)
            epoca += 1
        return perdite


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    for indice in np.ndindex(x.shape):
        avanti = x.copy()
        avanti[indice] += h
        indietro = x.copy()
        indietro[indice] -= h
        grad[indice] = (f(avanti) - f(indietro)) / (2 * h)
    return grad


if __name__ == '__main__':
    rete = SimpleNeuralNetwork(2, 2, 1)
    print(rete.forward(np.eye(2)))
