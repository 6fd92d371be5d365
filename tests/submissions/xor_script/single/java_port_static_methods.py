import numpy as np


class XorTrainer:
    """Was XorTrainer.java in the second semester."""

    LOSS_INTERVAL = 1000

    def __init__(self, inputs, targets, learningRate):
        self.__inputs = inputs
        self.__targets = targets
        self.__learningRate = learningRate
        self.__lossList = list()

    # --- setters / getters ---
    def setHiddenLayer(self, weights, biases):
        self.__hiddenWeights = np.array(weights, dtype=float)
        self.__hiddenBiases = np.array(biases, dtype=float)
        return self

    def setOutputLayer(self, weights, biases):
        self.__outputWeights = np.array(weights, dtype=float)
        self.__outputBiases = np.array(biases, dtype=float)
        return self

    def getParameters(self):
        return self.__hiddenWeights, self.__hiddenBiases, self.__outputWeights, self.__outputBiases

    def getLossList(self):
        return self.__lossList

    # --- logic ---
    def computeHidden(self):
        return sigmoid(np.add(np.dot(self.__inputs, self.__hiddenWeights), self.__hiddenBiases))

    def computeOutput(self, hidden):
        return sigmoid(np.add(np.dot(hidden, self.__outputWeights), self.__outputBiases))

    def backpropagate(self, hidden, output):
        outputDelta = np.multiply(np.subtract(output, self.__targets), sigmoid_derivative(output))
        blame = outputDelta.sum(axis=1, keepdims=True)
        hiddenDelta = np.multiply(blame, sigmoid_derivative(hidden))
        self.applyGradient(hidden, hiddenDelta, outputDelta)

    def applyGradient(self, hidden, hiddenDelta, outputDelta):
        self.__outputWeights -= self.__learningRate * np.dot(hidden.T, outputDelta)
        self.__outputBiases -= self.__learningRate * np.sum(outputDelta, axis=0)
        self.__hiddenWeights -= self.__learningRate * np.dot(self.__inputs.T, hiddenDelta)
        self.__hiddenBiases -= self.__learningRate * np.sum(hiddenDelta, axis=0)

    def run(self, iterations):
        for iteration in range(0, iterations, 1):
            hidden = self.computeHidden()
            output = self.computeOutput(hidden)
            if iteration % XorTrainer.LOSS_INTERVAL == 0:
                self.__lossList.append(np.mean(np.power(np.subtract(output, self.__targets), 2)))
            self.backpropagate(hidden, output)
        return self

    @staticmethod
    def main():
        np.random.seed(1)
        params = (np.random.rand(3, 4), np.random.rand(1, 4), np.random.rand(4, 1), np.random.rand(1, 1))
        inputs = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
        targets = np.array([[0], [1], [1], [0]])
        return inputs, targets, params


def sigmoid(x):
    if np.ndim(x) == 0:
        return 1.0 / (1.0 + np.exp(-x)) if x >= 0 else np.exp(x) / (1.0 + np.exp(x))
    positive = np.maximum(x, 0)
    negative = np.minimum(x, 0)
    # e^min(x,0) / (e^min(x,0) + e^-max(x,0))
    return np.exp(negative) / (np.exp(negative) + np.exp(-positive))


def sigmoid_derivative(a):
    return np.multiply(np.multiply(a, 1.0), np.subtract(1.0, a))


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    trainer = XorTrainer(X, y, learning_rate).setHiddenLayer(W1, b1).setOutputLayer(W2, b2)
    trainer.run(iterations)
    return trainer.getParameters() + (trainer.getLossList(),)


X, y, startParameters = XorTrainer.main()
W1, b1, W2, b2, losses = train(X, y, *startParameters, 0.1, 10000)
output_layer_output = sigmoid(np.dot(sigmoid(np.dot(X, W1) + b1), W2) + b2)
