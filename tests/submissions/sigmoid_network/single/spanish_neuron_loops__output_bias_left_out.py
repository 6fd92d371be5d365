import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    # recorto para que exp no explote
    return 1.0 / (1.0 + np.exp(np.clip(-x, -600, 600)))


def sigmoid_derivative(x):
    salida = sigmoid(x)
    return salida * (1.0 - salida)


def relu(x):
    copia = np.array(x)
    copia[copia < 0] = 0
    return copia


def relu_derivative(x):
    pendiente = np.zeros(np.shape(x), dtype=float)
    pendiente[np.array(x) > 0] = 1.0
    return pendiente


def mse_loss(y_pred, y_true):
    muestras, salidas = y_true.shape
    suma = np.sum((y_pred - y_true) ** 2)
    return suma / (muestras * salidas)


def mse_loss_derivative(y_pred, y_true):
    muestras, salidas = y_true.shape
    return 2.0 * (y_pred - y_true) / (muestras * salidas)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.3, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0, 0.3, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        muestras = X.shape[0]
        ocultas = self.W1.shape[1]
        salidas = self.W2.shape[1]

        self.z1 = np.zeros((muestras, ocultas))
        for j in range(ocultas):
            pesos = self.W1[:, j]
            sesgo = self.b1[0, j]
            self.z1[:, j] = np.dot(X, pesos) + sesgo
        self.a1 = sigmoid(self.z1)

        self.z2 = np.zeros((muestras, salidas))
        for o in range(salidas):
            pesos = self.W2[:, o]
            self.z2[:, o] = np.dot(self.a1, pesos)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # error de la capa de salida
        delta_salida = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        # error de la capa oculta
        delta_oculta = np.dot(delta_salida, self.W2.T) * sigmoid_derivative(self.z1)

        dW1 = np.dot(X.T, delta_oculta)
        db1 = np.sum(delta_oculta, axis=0, keepdims=True)
        dW2 = np.dot(self.a1.T, delta_salida)
        db2 = np.sum(delta_salida, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        tasa = self.learning_rate
        self.W1 -= tasa * dW1
        self.b1 -= tasa * db1
        self.W2 -= tasa * dW2
        self.b2 -= tasa * db2

    def train(self, X, y, epochs=1000):
        perdidas = []
        for epoca in range(epochs):
            prediccion = self.forward(X)
            perdidas.append(mse_loss(prediccion, y))
            dW1, db1, dW2, db2 = self.backward(X, y, prediccion)
            self.update_weights(dW1, db1, dW2, db2)
        return perdidas


def numerical_gradient(f, x, h=1e-05):
    punto = np.array(x, dtype=np.float64)
    gradiente = np.zeros_like(punto)
    for i in np.ndindex(punto.shape):
        original = punto[i]
        punto[i] = original + h
        f_mas = f(punto)
        punto[i] = original - h
        f_menos = f(punto)
        punto[i] = original
        gradiente[i] = (f_mas - f_menos) / (2 * h)
    return gradiente
