# Red neuronal sencilla con una capa oculta
# Práctica 3 - retropropagación
import numpy as np


def sigmoid(x):
    """Función logística."""
    x = np.asarray(x, dtype=float)
    recortado = np.clip(x, -500, 500)
    return 1.0 / (1.0 + np.exp(-recortado))


def sigmoid_derivative(x):
    """Derivada de la sigmoide en x."""
    salida = sigmoid(x)
    return salida * (1 - salida)


def relu(x):
    """Rectificador lineal."""
    return np.maximum(0, x)


def relu_derivative(x):
    """Derivada del rectificador: 1 si x > 0 y 0 si no."""
    return np.where(x > 0, 1, 0).astype(float)


def mse_loss(y_pred, y_true):
    """Error cuadrático medio."""
    diferencia = y_pred - y_true
    return np.mean(diferencia * diferencia)


def mse_loss_derivative(y_pred, y_true):
    """Derivada del error cuadrático medio respecto a la predicción."""
    n = len(y_true)
    return (2 / n) * (y_pred - y_true)


class SimpleNeuralNetwork:
    """Red con una capa oculta."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        # pesos pequeños y sesgos a cero
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        """Paso hacia adelante."""
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """Paso hacia atrás."""
        # capa de salida
        error_salida = mse_loss_derivative(y_pred, y)
        delta_salida = error_salida * sigmoid_derivative(self.z2)
        # capa oculta
        error_oculta = np.dot(delta_salida, self.W2.T)
        delta_oculta = error_oculta * sigmoid_derivative(self.z1)
        # gradientes
        dW2 = np.dot(self.a1.T, delta_salida)
        db2 = np.sum(delta_salida, axis=0, keepdims=True)
        dW1 = np.dot(X.T, delta_oculta)
        db1 = np.sum(delta_oculta, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        """Descenso del gradiente."""
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        """Entrenamiento."""
        historial = []
        for epoca in range(epochs):
            prediccion = self.forward(X)
            perdida = mse_loss(prediccion, y)
            historial.append(perdida)
            gradientes = self.backward(X, y, prediccion)
            self.update_weights(*gradientes)
        return historial


def numerical_gradient(f, x, h=1e-05):
    """Diferencias centrales."""
    x = np.array(x, dtype=np.float64)
    gradiente = np.zeros_like(x)
    for indice in np.ndindex(x.shape):
        valor = x[indice]
        x[indice] = valor + h
        arriba = f(x)
        x[indice] = valor - h
        abajo = f(x)
        x[indice] = valor
        gradiente[indice] = (arriba - abajo) / (2 * h)
    return gradiente


if __name__ == "__main__":
    red = SimpleNeuralNetwork(2, 3, 1)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    print("pérdida final:", red.train(X, y, epochs=10)[-1])
