"""Enterprise-style solution (I come from Java, sorry).

Package layout: ActivationKind -> Activation -> factory -> SimpleNeuralNetwork
"""
import abc
import contextlib
import enum
import logging
from dataclasses import dataclass, field
from typing import Callable, Final, Iterator, List, Tuple

import numpy as np

LOGGER: Final = logging.getLogger("SimpleNeuralNetwork")
Array = np.ndarray


class ActivationKind(enum.Enum):
    SIGMOID = enum.auto()
    RELU = enum.auto()


class Activation(abc.ABC):
    @abc.abstractmethod
    def value(self, arg: Array) -> Array: ...

    @abc.abstractmethod
    def slope(self, arg: Array) -> Array: ...


class _SigmoidActivation(Activation):
    def value(self, arg):
        arg = np.asarray(arg, dtype=np.float64)
        result = np.empty(arg.shape)
        positive = arg >= 0
        result[positive] = 1.0 / (1.0 + np.exp(-arg[positive]))
        exponential = np.exp(arg[~positive])
        result[~positive] = exponential / (1.0 + exponential)
        return result

    def slope(self, arg):
        value = self.value(arg)
        return value - np.square(value)


class _ReluActivation(Activation):
    def value(self, arg):
        return np.fmax(arg, np.zeros_like(arg))

    def slope(self, arg):
        return np.ma.filled(np.ma.masked_where(np.asarray(arg) > 0, np.zeros(np.shape(arg))), 1.0)


class ActivationFactory:
    @staticmethod
    def create(kind: ActivationKind) -> Activation:
        match kind:
            case ActivationKind.SIGMOID:
                return _SigmoidActivation()
            case ActivationKind.RELU:
                return _ReluActivation()
            case _:
                raise ValueError(kind)


def sigmoid(x):
    return ActivationFactory.create(ActivationKind.SIGMOID).value(x)


def sigmoid_derivative(x):
    return ActivationFactory.create(ActivationKind.SIGMOID).slope(x)


def relu(x):
    return ActivationFactory.create(ActivationKind.RELU).value(x)


def relu_derivative(x):
    return ActivationFactory.create(ActivationKind.RELU).slope(x)


def mse_loss(y_pred, y_true):
    return np.linalg.norm(np.ravel(y_pred - y_true)) ** 2 / np.size(y_pred)


def mse_loss_derivative(y_pred, y_true):
    number_of_elements: int = y_pred.shape[0] * y_pred.shape[1]
    return np.divide(np.add(y_pred, y_pred) - np.add(y_true, y_true), number_of_elements)


@dataclass
class LayerState:
    """What a layer remembers of its last evaluation."""
    received: Array
    pre: Array
    post: Array
    activation: Activation = field(default_factory=_SigmoidActivation)

    def pullBack(self, sensitivityOfPost: Array) -> Array:
        return np.multiply(sensitivityOfPost, self.activation.slope(self.pre))

    def parameterGradients(self, sensitivityOfPre: Array) -> Tuple[Array, Array]:
        ones = np.ones((1, sensitivityOfPre.shape[0]))
        return self.received.T.dot(sensitivityOfPre), ones.dot(sensitivityOfPre)


class SimpleNeuralNetwork:

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1):
        assert min(input_size, hidden_size, output_size) > 0, "sizes must be positive"
        generator = np.random.default_rng()
        self.W1 = generator.normal(0.0, 0.05, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size), dtype=np.float64)
        self.W2 = generator.normal(0.0, 0.05, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size), dtype=np.float64)
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def __states(self, X: Array) -> Tuple[LayerState, LayerState]:
        return LayerState(X, self.z1, self.a1), LayerState(self.a1, self.z2, self.a2)

    def backward(self, X, y, y_pred):
        hidden, output = self.__states(X)
        outputSensitivity = output.pullBack(mse_loss_derivative(y_pred, y))
        hiddenSensitivity = hidden.pullBack(np.dot(self.W2, outputSensitivity.T).T)
        return hidden.parameterGradients(hiddenSensitivity) + output.parameterGradients(outputSensitivity)

    def update_weights(self, dW1, db1, dW2, db2):
        for parameter, gradient in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)):
            np.subtract(parameter, self.learning_rate * gradient, out=parameter)

    def train(self, X, y, epochs=1000):
        history: List[float] = []
        for epoch in range(epochs):
            prediction = self.forward(X)
            history.append(float(mse_loss(prediction, y)))
            LOGGER.log(logging.NOTSET + 10, "epoch %d: %.6f", epoch, history[-1])
            self.update_weights(*self.backward(X, y, prediction))
        return history


@contextlib.contextmanager
def _moved(array: Array, position: Tuple[int, ...], amount: float) -> Iterator[Array]:
    saved = array[position].copy()
    array[position] = saved + amount
    try:
        yield array
    finally:
        array[position] = saved


def numerical_gradient(f: Callable[[Array], float], x, h=1e-05):
    work = np.array(x, dtype=np.float64)
    gradient = np.zeros(work.shape, dtype=np.float64)
    for position in np.ndindex(*work.shape):
        with _moved(work, position, +h) as shifted:
            right = f(shifted)
        with _moved(work, position, -h) as shifted:
            left = f(shifted)
        gradient[position] = (right - left) / (2.0 * h)
    return gradient


def main() -> None:
    logging.basicConfig(level=logging.INFO)
    net = SimpleNeuralNetwork(2, 3, 1, 1.0)
    xs = np.array([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
    LOGGER.info("last loss: %s", net.train(xs, (xs[:, :1] != xs[:, 1:]) * 1.0, epochs=20)[-1])


if __name__ == "__main__":
    main()
