# Práctica 2 - Redes neuronales
# Alumno: 1er curso
import numpy as np

def sigmoid(x):
    x = np.array(x, dtype=float)
    # para que no explote
    pos = np.where(x > 0, x, 0)
    neg = np.where(x > 0, 0, x)
    parte1 = 1 / (1 + np.exp(-pos))
    parte2 = np.exp(neg) / (1 + np.exp(neg))
    return np.where(x > 0, parte1, parte2)

def sigmoid_derivative(x):
    a = sigmoid(x)
    return a * (1 - a)

def relu(x):
    # los negativos a cero
    resultado = x
    resultado[resultado < 0] = 0
    return resultado

def relu_derivative(x):
    resultado = np.zeros(x.shape)
    resultado[x > 0] = 1
    return resultado

def mse_loss(y_pred, y_true):
    dif = y_pred - y_true
    dif2 = dif * dif
    return dif2.sum() / dif2.size

def mse_loss_derivative(y_pred, y_true):
    dif = y_pred - y_true
    return 2 * dif / dif.size

class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.rand(input_size, hidden_size) * 0.2 - 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.rand(hidden_size, output_size) * 0.2 - 0.1
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # capa 2
        dif = mse_loss_derivative(y_pred, y)
        der = sigmoid_derivative(self.z2)
        delta = dif * der
        dW2 = self.a1.T @ delta
        db2 = np.sum(delta, axis=0, keepdims=True)
        # capa 1 (copiado de arriba)
        dif = delta @ self.W2.T
        der = sigmoid_derivative(self.z1)
        delta = dif * der
        dW1 = X.T @ delta
        db1 = np.sum(delta, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        errores = []
        for i in range(epochs):
            salida = self.forward(X)
            error = mse_loss(salida, y)
            errores.append(error)
            dW1, db1, dW2, db2 = self.backward(X, y, salida)
            self.update_weights(dW1, db1, dW2, db2)
            # if i % 100 == 0: print(i, error)
        return errores

def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=float)
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        xmas = x.copy()
        xmas[i] = xmas[i] + h
        xmenos = x.copy()
        xmenos[i] = xmenos[i] - h
        grad[i] = (f(xmas) - f(xmenos)) / (2 * h)
    return grad
