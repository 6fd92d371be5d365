from dataclasses import dataclass

import numpy as np
import torch


@dataclass
class NetworkState:
    weightsHidden: torch.Tensor
    biasHidden: torch.Tensor
    weightsOutput: torch.Tensor
    biasOutput: torch.Tensor

    def asTuple(self):
        return (self.weightsHidden, self.biasHidden, self.weightsOutput, self.biasOutput)


class Trainer:
    """Holds the data, the state of the network and the history of the loss."""

    def __init__(self, inputs, targets, state, learningRate):
        self.inputs = inputs
        self.targets = targets
        self.state = state
        self.learningRate = learningRate
        self.lossHistory = []

    def predict(self):
        return forward_pass(self.inputs, *self.state.asTuple())

    def recordLoss(self):
        prediction = self.predict()[0]
        self.lossHistory.append(compute_loss(prediction, self.targets).item())

    def applyGradient(self):
        prediction, hidden, preHidden, preOutput = self.predict()
        gradient = backward_pass(
            self.inputs, self.targets, prediction, hidden, preHidden, preOutput, self.state.weightsOutput
        )
        self.state = NetworkState(*update_parameters(*self.state.asTuple(), *gradient, self.learningRate))

    def run(self, numberOfEpochs):
        for epoch in range(numberOfEpochs):
            self.applyGradient()
            self.recordLoss()


def sigmoid(x):
    return 0.5 * (1.0 + torch.tanh(0.5 * x))


def sigmoid_derivative(sigmoid_output):
    oneMinus = 1.0 - sigmoid_output
    return sigmoid_output * oneMinus


def forward_pass(X, W1, b1, W2, b2):
    preHidden = torch.matmul(X, W1) + b1
    hidden = sigmoid(preHidden)
    preOutput = torch.matmul(hidden, W2) + b2
    output = sigmoid(preOutput)
    return output, hidden, preHidden, preOutput


def compute_loss(y_pred, y):
    difference = y_pred - y
    return torch.mean(difference * difference)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    numberOfElements = y.shape[0] * y.shape[1]

    gradPrediction = 2.0 / numberOfElements * (y_pred - y)
    gradPreOutput = gradPrediction * sigmoid_derivative(y_pred)
    gradWeightsOutput = torch.matmul(h.transpose(0, 1), gradPreOutput)
    gradBiasOutput = torch.sum(gradPreOutput, dim=0)

    gradHidden = torch.matmul(gradPreOutput, W2.transpose(0, 1))
    gradPreHidden = gradHidden * sigmoid_derivative(h)
    gradWeightsHidden = torch.matmul(X.transpose(0, 1), gradPreHidden)
    gradBiasHidden = torch.sum(gradPreHidden, dim=0)

    return gradWeightsHidden, gradBiasHidden, gradWeightsOutput, gradBiasOutput


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    newW1 = W1 - learning_rate * dW1
    newB1 = b1 - learning_rate * db1
    newW2 = W2 - learning_rate * dW2
    newB2 = b2 - learning_rate * db2
    return newW1, newB1, newW2, newB2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    trainer = Trainer(X, y, NetworkState(W1, b1, W2, b2), learning_rate)
    trainer.run(n_epochs)
    return (*trainer.state.asTuple(), trainer.lossHistory)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    leaves = []
    for start in (W1, b1, W2, b2):
        leaf = start.detach().clone()
        leaf.requires_grad_(True)
        leaves.append(leaf)
    optimizer = torch.optim.SGD(leaves, lr=learning_rate)
    history = []
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = compute_loss(forward_pass(X, *leaves)[0], y)
        history.append(loss.item())
        loss.backward()
        optimizer.step()
    finalW1, finalB1, finalW2, finalB2 = [leaf.detach() for leaf in leaves]
    return finalW1, finalB1, finalW2, finalB2, history


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    axisX = np.linspace(x_range[0], x_range[1], num=n)
    axisY = np.linspace(y_range[0], y_range[1], num=n)
    gridX, gridY = np.meshgrid(axisX, axisY)
    points = np.column_stack((gridX.flatten(), gridY.flatten()))
    output, hidden, preHidden, preOutput = forward_pass(torch.as_tensor(points, dtype=W1.dtype), W1, b1, W2, b2)
    return gridX, gridY, output.reshape(n, n).numpy()
