"""Homework: backpropagation. (Ported from my Java version, hence the small layer classes.)"""
from abc import ABC, abstractmethod
from typing import Dict, List, Optional, Tuple

import numpy as np
import torch


class Activation(ABC):
    @abstractmethod
    def apply(self, z: np.ndarray) -> np.ndarray:
        ...

    @abstractmethod
    def derivative(self, z: np.ndarray) -> np.ndarray:
        ...


class ReluActivation(Activation):
    def apply(self, z):
        return np.maximum(z, 0)

    def derivative(self, z):
        return np.heaviside(np.asarray(z, dtype=float), 0.0)


class SigmoidActivation(Activation):
    def apply(self, z):
        zFloat = np.asarray(z, dtype=float)
        expNegAbs = np.exp(-np.abs(zFloat))
        return np.where(zFloat >= 0, 1.0 / (1.0 + expNegAbs), expNegAbs / (1.0 + expNegAbs))

    def derivative(self, z):
        value = self.apply(z)
        return value * (1.0 - value)


RELU = ReluActivation()
SIGMOID = SigmoidActivation()


class LossCalculator:
    TINY = 1e-15

    @staticmethod
    def crossEntropy(targets: np.ndarray, outputs: np.ndarray) -> float:
        safeOutputs = np.minimum(np.maximum(outputs, LossCalculator.TINY), 1.0 - LossCalculator.TINY)
        sampleCount = targets.shape[1]
        total = 0.0
        total += np.sum(targets * np.log(safeOutputs))
        total += np.sum((1 - targets) * np.log(1 - safeOutputs))
        return float(-total / sampleCount)


def chain_rule(x: float) -> Dict[str, float]:
    u = 2 * x + 1
    result = {}
    result["u"] = u
    result["f"] = u * u * u
    result["du_dx"] = 2.0
    result["df_du"] = 3.0 * u * u
    result["df_dx"] = result["df_du"] * result["du_dx"]
    return result


def computational_graph(w: float, x: float, b: float) -> Dict[str, float]:
    result = {}
    result["a"] = w * x
    result["z"] = result["a"] + b
    result["L"] = result["z"] * result["z"]
    result["dL_dz"] = 2.0 * result["z"]
    result["dL_da"] = result["dL_dz"] * 1.0
    result["dL_db"] = result["dL_dz"] * 1.0
    result["dL_dw"] = result["dL_da"] * x
    result["dL_dx"] = result["dL_da"] * w
    return result


def single_neuron(x, w, b, y):
    weightedSum = float(np.dot(w, x)) + b
    activation = float(SIGMOID.apply(weightedSum))
    result = {"z": weightedSum, "a": activation, "L": 0.5 * (y - activation) ** 2}
    result["dL_da"] = -(y - activation)
    result["da_dz"] = float(SIGMOID.derivative(weightedSum))
    result["dL_dz"] = result["dL_da"] * result["da_dz"]
    result["dL_dw"] = result["dL_dz"] * np.asarray(x, dtype=float)
    result["dL_db"] = result["dL_dz"]
    return result


class NeuralNetworkWithBackprop:
    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.01):
        self.W1 = np.random.normal(0.0, 0.1, size=(hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.normal(0.0, 0.1, size=(output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return RELU.apply(Z)

    def relu_derivative(self, Z):
        return RELU.derivative(Z)

    def sigmoid(self, Z):
        return SIGMOID.apply(Z)

    def sigmoid_derivative(self, Z):
        return SIGMOID.derivative(Z)

    def forward(self, X) -> Tuple[np.ndarray, Dict[str, np.ndarray]]:
        cache = dict()
        cache["X"] = X
        cache["Z1"] = np.matmul(self.W1, X) + self.b1
        cache["A1"] = self.relu(cache["Z1"])
        cache["Z2"] = np.matmul(self.W2, cache["A1"]) + self.b2
        cache["A2"] = self.sigmoid(cache["Z2"])
        return cache["A2"], cache

    def compute_loss(self, Y, A2) -> float:
        return LossCalculator.crossEntropy(Y, A2)

    def backward(self, Y, cache) -> Dict[str, np.ndarray]:
        sampleCount = cache["X"].shape[1]
        outputError = cache["A2"] - Y
        hiddenError = np.matmul(self.W2.transpose(), outputError) * self.relu_derivative(cache["Z1"])
        gradients = dict()
        gradients["dW2"] = np.matmul(outputError, cache["A1"].transpose()) / sampleCount
        gradients["db2"] = outputError.sum(axis=1, keepdims=True) / sampleCount
        gradients["dW1"] = np.matmul(hiddenError, cache["X"].transpose()) / sampleCount
        gradients["db1"] = hiddenError.sum(axis=1, keepdims=True) / sampleCount
        return gradients

    def update_parameters(self, gradients) -> None:
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations: int = 1000, print_every: int = 100) -> List[float]:
        lossHistory = []
        for iteration in range(num_iterations):
            outputs, cache = self.forward(X)
            currentLoss = self.compute_loss(Y, outputs)
            lossHistory.append(currentLoss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if iteration % print_every == 0:
                print(f"iteration={iteration} loss={currentLoss}")
        return lossHistory

    def predict(self, X):
        outputs, _ = self.forward(X)
        return np.greater(outputs, 0.5).astype(np.int64)


class GradientChecker:
    PARAMETER_NAMES = ("W1", "b1", "W2", "b2")

    def __init__(self, network, X, Y, epsilon: float):
        self.network = network
        self.X = X
        self.Y = Y
        self.epsilon = epsilon

    def getLoss(self) -> float:
        outputs, _ = self.network.forward(self.X)
        return self.network.compute_loss(self.Y, outputs)

    def getAnalytic(self):
        _, cache = self.network.forward(self.X)
        return self.network.backward(self.Y, cache)

    def getNumericElement(self, name: str, index: Tuple[int, int]) -> float:
        parameter = getattr(self.network, name)
        oldValue = parameter[index]
        try:
            parameter[index] = oldValue + self.epsilon
            lossPlus = self.getLoss()
            parameter[index] = oldValue - self.epsilon
            lossMinus = self.getLoss()
        finally:
            parameter[index] = oldValue
        return (lossPlus - lossMinus) / (2.0 * self.epsilon)


def gradient_check(nn, X, Y, epsilon=1e-05):
    checker = GradientChecker(nn, X, Y, epsilon)
    analytic = checker.getAnalytic()
    result = {}
    for name in GradientChecker.PARAMETER_NAMES:
        parameter = getattr(nn, name)
        rows, columns = parameter.shape
        positions = [(r, c) for r in range(rows) for c in range(columns)]
        np.random.RandomState(7).shuffle(positions)
        positions = [tuple(p) for p in positions[:10]]
        numericValues = np.array([checker.getNumericElement(name, p) for p in positions])
        analyticValues = np.array([analytic["d" + name][p] for p in positions])
        scale = np.linalg.norm(numericValues) + np.linalg.norm(analyticValues)
        if scale == 0.0:
            result[name] = 0.0
        else:
            result[name] = np.linalg.norm(numericValues - analyticValues) / scale
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    checker = GradientChecker(nn, X, Y, epsilon)
    analytic = checker.getAnalytic()
    result = {}
    for name in GradientChecker.PARAMETER_NAMES:
        parameter = getattr(nn, name)
        numeric = np.zeros(parameter.shape)
        rows, columns = parameter.shape
        for row in range(rows):
            for column in range(columns):
                numeric[row, column] = checker.getNumericElement(name, (row, column))
        numericLength = np.linalg.norm(numeric)
        analyticLength = np.linalg.norm(analytic["d" + name])
        difference = abs(numericLength - analyticLength)
        if numericLength + analyticLength == 0.0:
            result[name] = 0.0
        else:
            result[name] = difference / (numericLength + analyticLength)
    return result


class ThreeLayerNetwork:
    def __init__(self, input_size: int, hidden1_size: int, hidden2_size: int, output_size: int,
                 learning_rate: float = 0.01):
        self.W1 = np.random.normal(0.0, 0.1, size=(hidden1_size, input_size))
        self.W2 = np.random.normal(0.0, 0.1, size=(hidden2_size, hidden1_size))
        self.W3 = np.random.normal(0.0, 0.1, size=(output_size, hidden2_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        cache = {"X": X}
        current = X
        for layerNumber, activation in enumerate((RELU, RELU, SIGMOID), start=1):
            weights = getattr(self, f"W{layerNumber}")
            biases = getattr(self, f"b{layerNumber}")
            cache[f"Z{layerNumber}"] = np.matmul(weights, current) + biases
            current = activation.apply(cache[f"Z{layerNumber}"])
            cache[f"A{layerNumber}"] = current
        return current, cache

    def compute_loss(self, Y, A3):
        return LossCalculator.crossEntropy(Y, A3)

    def backward(self, Y, cache):
        gradients = {}
        sampleCount = cache["X"].shape[1]
        error = cache["A3"] - Y
        for layerNumber in (3, 2, 1):
            inputKey = "X" if layerNumber == 1 else f"A{layerNumber - 1}"
            gradients[f"dW{layerNumber}"] = np.matmul(error, cache[inputKey].transpose()) / sampleCount
            gradients[f"db{layerNumber}"] = error.sum(axis=1, keepdims=True) / sampleCount
            if layerNumber > 1:
                weights = getattr(self, f"W{layerNumber}")
                error = np.matmul(weights.transpose(), error) * RELU.derivative(cache[f"Z{layerNumber - 1}"])
        return gradients

    def update_parameters(self, gradients):
        for key in gradients:
            name = key[1:]
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients[key])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        lossHistory = []
        for iteration in range(num_iterations):
            outputs, cache = self.forward(X)
            lossHistory.append(self.compute_loss(Y, outputs))
            self.update_parameters(self.backward(Y, cache))
            if iteration % print_every == 0:
                print(f"iteration={iteration} loss={lossHistory[-1]}")
        return lossHistory

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    firstTerm = w1 * x1 + w2 * x2
    secondTerm = w1 * x1 - w2 * x2
    gradientOfW1 = 2.0 * firstTerm * x1 + 2.0 * secondTerm * x1
    gradientOfW2 = 2.0 * firstTerm * x2 + 2.0 * secondTerm * (-x2)
    return gradientOfW1, gradientOfW2


def makeScalar(value: float) -> torch.Tensor:
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


def two_squares_autograd(w1, w2, x1, x2):
    firstWeight = makeScalar(w1)
    secondWeight = makeScalar(w2)
    loss = torch.pow(firstWeight * x1 + secondWeight * x2, 2) + torch.pow(firstWeight * x1 - secondWeight * x2, 2)
    loss.backward()
    return firstWeight.grad, secondWeight.grad


def autograd_linear(x, w, b):
    xNode, wNode, bNode = makeScalar(x), makeScalar(w), makeScalar(b)
    yNode = wNode * xNode + bNode
    yNode.backward()
    return xNode.grad, wNode.grad, bNode.grad


def leaf_parameters(shape, scale, generator):
    values = scale * torch.randn(*shape, generator=generator)
    values.requires_grad_(True)
    return values


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    parameters = [torch.nn.Parameter(tensor.clone()) for tensor in (W1, b1, W2, b2)]
    optimizer = torch.optim.SGD(parameters, lr=learning_rate)
    lossHistory = []
    for iteration in range(num_iterations):
        optimizer.zero_grad()
        hidden = torch.relu(torch.matmul(parameters[0], X) + parameters[1])
        outputs = torch.sigmoid(torch.matmul(parameters[2], hidden) + parameters[3])
        loss = torch.nn.functional.mse_loss(outputs, Y)
        lossHistory.append(loss.item())
        loss.backward()
        optimizer.step()
    return lossHistory


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    magnitudes = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            magnitudes.append(torch.mean(torch.abs(module.weight.grad)).item())
    return magnitudes
