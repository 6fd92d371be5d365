import numpy as np


class MathUtils(object):
    """Static helpers, so that the free functions below are one-line delegates."""

    @staticmethod
    def logistic(value):
        value = np.array(value, dtype=np.float64)
        bounded = np.minimum(np.maximum(value, -700.0), 700.0)
        return 1.0 / (1.0 + np.exp(-bounded))

    @staticmethod
    def logisticSlope(value):
        result = MathUtils.logistic(value)
        return result * (1.0 - result)

    @staticmethod
    def sumRows(matrix):
        return np.sum(matrix, axis=0, keepdims=True)


def sigmoid(x):
    return MathUtils.logistic(x)


def sigmoid_derivative(x):
    return MathUtils.logisticSlope(x)


def relu(x):
    return np.maximum(x, np.zeros_like(x))


def relu_derivative(x):
    return np.where(np.asarray(x) <= 0, 0.0, 1.0)


def mse_loss(y_pred, y_true):
    squaredErrors = np.power(np.subtract(y_pred, y_true), 2)
    return np.average(squaredErrors)


def mse_loss_derivative(y_pred, y_true):
    numberOfElements = np.prod(np.shape(y_true))
    return np.subtract(y_pred, y_true) * (2.0 / numberOfElements)


class SimpleNeuralNetwork(object):

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.setLearningRate(learning_rate)
        self.W1 = self.createWeights(input_size, hidden_size)
        self.b1 = self.createBias(hidden_size)
        self.W2 = self.createWeights(hidden_size, output_size)
        self.b2 = self.createBias(output_size)

    def setLearningRate(self, learningRate):
        self.learning_rate = learningRate

    def getLearningRate(self):
        return self.learning_rate

    def createWeights(self, rows, columns):
        return 0.25 * np.random.standard_normal(size=(rows, columns))

    def createBias(self, columns):
        return np.zeros(shape=(1, columns), dtype=np.float64)

    def forward(self, X):
        self.z1 = np.matmul(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        outputDelta = np.multiply(mse_loss_derivative(y_pred, y), sigmoid_derivative(self.z2))
        hiddenError = np.matmul(outputDelta, np.transpose(self.W2))
        hiddenDelta = np.multiply(hiddenError, sigmoid_derivative(self.z1))

        weightGradient2 = np.matmul(np.transpose(self.a1), outputDelta)
        biasGradient2 = MathUtils.sumRows(outputDelta)
        weightGradient1 = np.matmul(np.transpose(X), hiddenDelta)
        biasGradient1 = MathUtils.sumRows(hiddenDelta)
        return weightGradient1, biasGradient1, weightGradient2, biasGradient2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = np.subtract(self.W1, np.multiply(self.getLearningRate(), dW1))
        self.b1 = np.subtract(self.b1, np.multiply(self.getLearningRate(), db1))
        self.W2 = np.subtract(self.W2, np.multiply(self.getLearningRate(), dW2))
        self.b2 = np.subtract(self.b2, np.multiply(self.getLearningRate(), db2))

    def computeLoss(self, prediction, target):
        return float(mse_loss(prediction, target))

    def train(self, X, y, epochs=1000):
        lossHistory = list()
        for epochIndex in range(0, epochs):
            prediction = self.forward(X)
            gradients = self.backward(X, y, prediction)
            self.update_weights(gradients[0], gradients[1], gradients[2], gradients[3])
            lossHistory.append(self.computeLoss(self.forward(X), y))
        return lossHistory


def numerical_gradient(f, x, h=1e-05):
    position = np.array(x, dtype=np.float64, copy=True)
    result = np.zeros(shape=position.shape, dtype=np.float64)
    for index, originalValue in np.ndenumerate(position.copy()):
        position[index] = originalValue + h
        upperValue = f(position)
        position[index] = originalValue - h
        lowerValue = f(position)
        position[index] = originalValue
        result[index] = (upperValue - lowerValue) / (2.0 * h)
    return result
