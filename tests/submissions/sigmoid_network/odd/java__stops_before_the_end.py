from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar, Optional

import numpy as np
from numpy import ndarray


class ActivationFunction(ABC):
    @abstractmethod
    def apply(self, x: ndarray) -> ndarray: ...

    @abstractmethod
    def derivative(self, x: ndarray) -> ndarray: ...


class LogisticFunction(ActivationFunction):
    __instance: ClassVar[Optional["LogisticFunction"]] = None

    @classmethod
    def getInstance(cls) -> "LogisticFunction":
        if cls.__instance is None:
            cls.__instance = cls()
        return cls.__instance

    def apply(self, x: ndarray) -> ndarray:
        x = np.asarray(x, dtype=float)
        e = np.exp(np.minimum(x, -x))
        return np.where(x < 0, e / (1 + e), 1 / (1 + e))

    def derivative(self, x: ndarray) -> ndarray:
        value = self.apply(x)
        return value * (1 - value)


class RectifierFunction(ActivationFunction):
    def apply(self, x: ndarray) -> ndarray:
        return np.where(np.less(x, 0), 0, x)

    def derivative(self, x: ndarray) -> ndarray:
        return np.where(np.less_equal(x, 0), 0.0, 1.0)


class LossFunction:
    @staticmethod
    def evaluate(yPred: ndarray, yTrue: ndarray) -> float:
        residual = yPred - yTrue
        return float(np.average(residual * residual))

    @staticmethod
    def gradient(yPred: ndarray, yTrue: ndarray) -> ndarray:
        return (yPred - yTrue) / (yPred.size / 2)


def sigmoid(x):
    return LogisticFunction.getInstance().apply(x)


def sigmoid_derivative(x):
    return LogisticFunction.getInstance().derivative(x)


def relu(x):
    return RectifierFunction().apply(x)


def relu_derivative(x):
    return RectifierFunction().derivative(x)


def mse_loss(y_pred, y_true):
    return LossFunction.evaluate(y_pred, y_true)


def mse_loss_derivative(y_pred, y_true):
    return LossFunction.gradient(y_pred, y_true)


@dataclass
class GradientBundle:
    dW: ndarray
    db: ndarray

    @classmethod
    def of(cls, input: ndarray, delta: ndarray) -> "GradientBundle":
        return cls(dW=input.T.dot(delta), db=delta.sum(axis=0).reshape(1, -1))


@dataclass
class TrainingHistory:
    losses: list = field(default_factory=list)

    def add(self, loss: float) -> None:
        self.losses.append(loss)

    def size(self) -> int:
        return len(self.losses)


class BackwardMixin:
    """Gradients. Expects z1, a1, z2, a2 and the parameters on self."""

    def getOutputDelta(self, y: ndarray, y_pred: ndarray) -> ndarray:
        return LossFunction.gradient(y_pred, y) * self.activation.derivative(self.z2)

    def getHiddenDelta(self, outputDelta: ndarray) -> ndarray:
        return outputDelta.dot(self.W2.T) * self.activation.derivative(self.z1)

    def backward(self, X, y, y_pred):
        outputDelta = self.getOutputDelta(y, y_pred)
        hiddenDelta = self.getHiddenDelta(outputDelta)
        hidden = GradientBundle.of(X, hiddenDelta)
        output = GradientBundle.of(self.a1, outputDelta)
        return hidden.dW, hidden.db, output.dW, output.db


class TrainerMixin:
    """Gradient descent. Expects forward, backward and update_weights on self."""

    TOLERANCE: ClassVar[float] = 1e-6

    def train(self, X, y, epochs=1000):
        history = TrainingHistory()
        for epoch in range(epochs):
            yPred = self.forward(X)
            loss = LossFunction.evaluate(yPred, y)
            history.add(loss)
            if len(history.losses) > 1 and abs(history.losses[-2] - loss) < self.TOLERANCE:
                break
            self.update_weights(*self.backward(X, y, yPred))
        return history.losses


class SimpleNeuralNetwork(BackwardMixin, TrainerMixin):

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        super().__init__()
        self.activation: ActivationFunction = LogisticFunction.getInstance()
        self.setLearningRate(learning_rate)
        self.W1 = np.random.normal(loc=0.0, scale=0.1, size=(input_size, hidden_size))
        self.b1 = np.full((1, hidden_size), 0.0)
        self.W2 = np.random.normal(loc=0.0, scale=0.1, size=(hidden_size, output_size))
        self.b2 = np.full((1, output_size), 0.0)

    def getLearningRate(self) -> float:
        return self.learning_rate

    def setLearningRate(self, learning_rate: float) -> None:
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = self.activation.apply(self.z1)
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = self.activation.apply(self.z2)
        return self.a2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.getLearningRate() * dW1
        self.b1 = self.b1 - self.getLearningRate() * db1
        self.W2 = self.W2 - self.getLearningRate() * dW2
        self.b2 = self.b2 - self.getLearningRate() * db2


def numerical_gradient(f, x, h=1e-05):
    point: ndarray = np.array(x, dtype=np.float64)
    gradient: ndarray = np.zeros(point.shape, dtype=np.float64)
    for index, value in np.ndenumerate(point.copy()):
        point[index] = value + h
        right: float = f(point)
        point[index] = value - h
        left: float = f(point)
        point[index] = value
        gradient[index] = (right - left) / (2 * h)
    return gradient
