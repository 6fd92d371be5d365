from typing import Callable, Final, List, Tuple

import numpy as np
from numpy import ndarray

DEFAULT_LEARNING_RATE: Final[float] = 0.1
WEIGHT_SCALE: Final[float] = 0.05


class MathUtils:
    """Utility class, not to be instantiated."""

    @staticmethod
    def sigmoid(x):
        x = np.asarray(x, dtype=np.float64)
        e = np.exp(-np.abs(x))
        return np.where(x >= 0, 1.0 / (1.0 + e), e / (1.0 + e))

    @staticmethod
    def sigmoidPrime(x):
        value = MathUtils.sigmoid(x)
        return value * (1.0 - value)

    @staticmethod
    def meanSquaredError(prediction: ndarray, target: ndarray) -> float:
        difference: ndarray = prediction - target
        return float(np.sum(difference * difference) / difference.size)

    @staticmethod
    def meanSquaredErrorPrime(prediction: ndarray, target: ndarray) -> ndarray:
        difference: ndarray = prediction - target
        return difference * (2.0 / difference.size)


def sigmoid(x):
    return MathUtils.sigmoid(x)


def sigmoid_derivative(x):
    return MathUtils.sigmoidPrime(x)


def relu(x: ndarray) -> ndarray:
    return np.where(x > 0, x, 0)


def relu_derivative(x: ndarray) -> ndarray:
    return np.where(x > 0, 1.0, 0.0)


def mse_loss(y_pred: ndarray, y_true: ndarray) -> float:
    return MathUtils.meanSquaredError(y_pred, y_true)


def mse_loss_derivative(y_pred: ndarray, y_true: ndarray) -> ndarray:
    return MathUtils.meanSquaredErrorPrime(y_pred, y_true)


class SimpleNeuralNetwork:

    def __init__(self, input_size: int, hidden_size: int, output_size: int,
                 learning_rate: float = DEFAULT_LEARNING_RATE) -> None:
        self.setLearningRate(learning_rate)
        self.W1: ndarray = np.random.standard_normal((input_size, hidden_size)) * WEIGHT_SCALE
        self.b1: ndarray = np.zeros((1, hidden_size))
        self.W2: ndarray = np.random.standard_normal((hidden_size, output_size)) * WEIGHT_SCALE
        self.b2: ndarray = np.zeros((1, output_size))

    # region getters and setters
    def getLearningRate(self) -> float:
        return self.learning_rate

    def setLearningRate(self, learningRate: float) -> None:
        self.learning_rate = learningRate

    def getHiddenActivation(self) -> ndarray:
        return self.a1
    # endregion

    def forward(self, X: ndarray) -> ndarray:
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = MathUtils.sigmoid(self.z1)
        self.z2 = self.getHiddenActivation().dot(self.W2) + self.b2
        self.a2 = MathUtils.sigmoid(self.z2)
        return self.a2

    def backward(self, X: ndarray, y: ndarray, y_pred: ndarray) -> Tuple[ndarray, ndarray, ndarray, ndarray]:
        outputDelta: ndarray = MathUtils.meanSquaredErrorPrime(y_pred, y) * MathUtils.sigmoidPrime(self.z2)
        hiddenDelta: ndarray = outputDelta.dot(self.W2.T) * MathUtils.sigmoidPrime(self.z1)
        return (
            X.T.dot(hiddenDelta),
            hiddenDelta.sum(axis=0).reshape(1, -1),
            self.getHiddenActivation().T.dot(outputDelta),
            outputDelta.sum(axis=0).reshape(1, -1),
        )

    def update_weights(self, dW1: ndarray, db1: ndarray, dW2: ndarray, db2: ndarray) -> None:
        rate: float = self.getLearningRate()
        self.W1 = self.W1 - rate * dW1
        self.b1 = self.b1 - rate * db1
        self.W2 = self.W2 - rate * dW2
        self.b2 = self.b2 - rate * db2

    def train(self, X: ndarray, y: ndarray, epochs: int = 1000) -> List[float]:
        losses: List[float] = [0.0] * epochs
        for epoch in range(0, epochs):
            prediction: ndarray = self.forward(X)
            gradients = self.backward(X, y, prediction)
            self.update_weights(*gradients)
            losses[epoch] = MathUtils.meanSquaredError(self.forward(X), y)
        return losses


def numerical_gradient(f: Callable[[ndarray], float], x: ndarray, h: float = 1e-05) -> ndarray:
    point: ndarray = np.array(x, dtype=np.float64)
    result: ndarray = np.zeros(point.size)
    for index in range(0, point.size):
        shift: ndarray = np.zeros(point.size)
        shift[index] = h
        shift = shift.reshape(point.shape)
        result[index] = (f(point + shift) - f(point - shift)) / (2.0 * h)
    return result.reshape(point.shape)
