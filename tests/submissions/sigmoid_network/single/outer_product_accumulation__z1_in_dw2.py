import numpy as np
from typing import Callable, List, Tuple

Array = np.ndarray


def sigmoid(x) -> Array:
    x = np.asarray(x, dtype=np.float64)
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x) -> Array:
    value: Array = sigmoid(x)
    return value * (1.0 - value)


def relu(x: Array) -> Array:
    return np.where(x > 0, x, np.zeros_like(x))


def relu_derivative(x: Array) -> Array:
    return np.where(x > 0, np.ones(x.shape), np.zeros(x.shape))


def mse_loss(y_pred: Array, y_true: Array) -> float:
    sumOfSquares: float = 0.0
    for rowP, rowT in zip(y_pred, y_true):
        d = rowP - rowT
        sumOfSquares += float(np.dot(d, d))
    return sumOfSquares / y_pred.size


def mse_loss_derivative(y_pred: Array, y_true: Array) -> Array:
    factor: float = 2.0 / y_pred.size
    return factor * (y_pred - y_true)


def outerProduct(u: Array, v: Array) -> Array:
    table = np.zeros((len(u), len(v)))
    for i in range(len(u)):
        for j in range(len(v)):
            table[i, j] = u[i] * v[j]
    return table


class SimpleNeuralNetwork:
    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1):
        self.learning_rate: float = learning_rate
        self.W1: Array = np.random.uniform(-0.5, 0.5, size=(input_size, hidden_size))
        self.b1: Array = np.zeros((1, hidden_size))
        self.W2: Array = np.random.uniform(-0.5, 0.5, size=(hidden_size, output_size))
        self.b2: Array = np.zeros((1, output_size))

    def forward(self, X: Array) -> Array:
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X: Array, y: Array, y_pred: Array) -> Tuple[Array, Array, Array, Array]:
        numSamples: int = X.shape[0]
        sumW1: Array = np.zeros(self.W1.shape)
        sumB1: Array = np.zeros(self.b1.shape)
        sumW2: Array = np.zeros(self.W2.shape)
        sumB2: Array = np.zeros(self.b2.shape)
        dLoss: Array = mse_loss_derivative(y_pred, y)
        for s in range(numSamples):
            outDelta: Array = dLoss[s] * sigmoid_derivative(self.z2[s])
            hidDelta: Array = self.W2.dot(outDelta) * sigmoid_derivative(self.z1[s])
            sumW2 += outerProduct(self.z1[s], outDelta)
            sumB2 += outDelta
            sumW1 += outerProduct(X[s], hidDelta)
            sumB1 += hidDelta
        return sumW1, sumB1, sumW2, sumB2

    def update_weights(self, dW1: Array, db1: Array, dW2: Array, db2: Array) -> None:
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X: Array, y: Array, epochs: int = 1000) -> List[float]:
        losses: List[float] = []
        for epoch in range(epochs):
            prediction: Array = self.forward(X)
            losses.append(mse_loss(prediction, y))
            self.update_weights(*self.backward(X, y, prediction))
        return losses


def numerical_gradient(f: Callable[[Array], float], x: Array, h: float = 1e-05) -> Array:
    xs: Array = np.array(x, dtype=np.float64)
    grad: Array = np.zeros(xs.shape)
    for pos in np.ndindex(xs.shape):
        saved: float = xs[pos]
        xs[pos] = saved + h
        fPlus: float = f(xs)
        xs[pos] = saved - h
        fMinus: float = f(xs)
        xs[pos] = saved
        grad[pos] = (fPlus - fMinus) / (2.0 * h)
    return grad
