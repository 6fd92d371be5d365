"""
 * NetworkFactory.java  ->  Python
 * @author  student
 * @version 1.3
"""
import numpy as np
import torch
from abc import ABC, abstractmethod
from enum import Enum


class LayerName(Enum):
    HIDDEN = 1
    OUTPUT = 2


class ActivationFunction(ABC):
    @abstractmethod
    def apply(self, input_): ...

    @abstractmethod
    def derivativeFromOutput(self, output): ...


class LogisticFunction(ActivationFunction):
    __instance = None

    @staticmethod
    def getInstance():
        if LogisticFunction.__instance is None:
            LogisticFunction.__instance = LogisticFunction()
        return LogisticFunction.__instance

    def apply(self, input_):
        isPositive = input_ >= 0
        expOfNegativeAbs = torch.exp(-torch.abs(input_))
        denominator = expOfNegativeAbs + 1
        return torch.where(isPositive, 1 / denominator, expOfNegativeAbs / denominator)

    def derivativeFromOutput(self, output):
        oneMinusOutput = 1 - output
        result = output * oneMinusOutput
        return result


class DenseLayer:
    def __init__(self, name, weights, bias):
        self.name = name
        self.weights = weights
        self.bias = bias
        self.lastSum = None
        self.lastOutput = None

    def compute(self, inputs):
        weightedSum = inputs.mm(self.weights)
        weightedSum = weightedSum + self.bias.unsqueeze(0)
        self.lastSum = weightedSum
        self.lastOutput = sigmoid(weightedSum)
        return self.lastOutput

    @staticmethod
    def gradientsOf(inputs, delta):
        weightGradient = torch.mm(torch.transpose(inputs, 0, 1), delta)
        biasGradient = torch.sum(delta, dim=0, keepdim=False)
        return weightGradient, biasGradient


def sigmoid(x):
    return LogisticFunction.getInstance().apply(x)


def sigmoid_derivative(sigmoid_output):
    return LogisticFunction.getInstance().derivativeFromOutput(sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    hiddenLayer = DenseLayer(LayerName.HIDDEN, W1, b1)
    outputLayer = DenseLayer(LayerName.OUTPUT, W2, b2)
    outputLayer.compute(hiddenLayer.compute(X))
    return outputLayer.lastOutput, hiddenLayer.lastOutput, hiddenLayer.lastSum, outputLayer.lastSum


def compute_loss(y_pred, y):
    numberOfElements = y.size(0) * y.size(1)
    total = torch.sum(torch.square(torch.sub(y_pred, y)))
    return total / numberOfElements


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    numberOfElements = y.size(0) * y.size(1)
    lossGradient = (y_pred - y) * 2.0 / numberOfElements
    outputDelta = lossGradient * sigmoid_derivative(y_pred)
    hiddenError = torch.mm(outputDelta, torch.transpose(W2, 0, 1))
    hiddenDelta = hiddenError * sigmoid_derivative(h)
    (weightGradient1, biasGradient1) = DenseLayer.gradientsOf(inputs=X, delta=hiddenDelta)
    (weightGradient2, biasGradient2) = DenseLayer.gradientsOf(inputs=h, delta=outputDelta)
    return weightGradient1, biasGradient1, weightGradient2, biasGradient2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    newParameters = []
    parameters = [W1, b1, W2, b2]
    gradients = [dW1, db1, dW2, db2]
    for i in range(0, 4, 1):
        step = gradients[i].mul(learning_rate)
        newParameters.append(parameters[i].sub(step))
    return tuple(newParameters)


class Trainer:
    def __init__(self, learningRate, numberOfEpochs):
        self.learningRate = learningRate
        self.numberOfEpochs = numberOfEpochs
        self.listOfLosses = list()

    def getListOfLosses(self):
        return self.listOfLosses

    def fit(self, X, y, p):
        epoch = 0
        while epoch < self.numberOfEpochs:
            yHat, h, z1, z2 = forward_pass(X, p[0], p[1], p[2], p[3])
            self.listOfLosses.append(compute_loss(yHat, y).item())
            g = backward_pass(X, y, yHat, h, z1, z2, p[2])
            p = update_parameters(p[0], p[1], p[2], p[3], g[0], g[1], g[2], g[3], self.learningRate)
            epoch += 1
        return p


class AutogradTrainer(Trainer):
    def fit(self, X, y, p):
        leaves = [torch.nn.Parameter(q.clone()) for q in p]
        optimizer = torch.optim.SGD(leaves, lr=self.learningRate)
        for epoch in range(self.numberOfEpochs):
            optimizer.zero_grad()
            loss = torch.nn.MSELoss(reduction="mean")(forward_pass(X, *leaves)[0], y)
            loss.backward()
            self.listOfLosses.append(loss.item())
            optimizer.step()
        return tuple(leaf.data for leaf in leaves)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    trainer = Trainer(learning_rate, n_epochs)
    p = trainer.fit(X, y, (W1, b1, W2, b2))
    return p[0], p[1], p[2], p[3], trainer.getListOfLosses()


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    trainer = AutogradTrainer(learning_rate, n_epochs)
    p = trainer.fit(X, y, (W1, b1, W2, b2))
    return p[0], p[1], p[2], p[3], trainer.getListOfLosses()


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(x_range[0], x_range[1], n), np.linspace(y_range[0], y_range[1], n))
    predictions = np.zeros((n, n))
    for row in range(n):
        points = torch.as_tensor(np.column_stack((xx[row], yy[row])), dtype=W1.dtype)
        predictions[row, :] = forward_pass(points, W1, b1, W2, b2)[0][:, 0].numpy()
    return xx, yy, predictions
