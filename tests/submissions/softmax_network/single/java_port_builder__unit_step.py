import numpy as np


class Optimizer:
    """interface Optimizer"""

    def apply(self, name, value, gradient):
        raise NotImplementedError


class SgdOptimizer(Optimizer):
    def __init__(self, learningRate):
        self.learningRate = learningRate

    def apply(self, name, value, gradient):
        return np.subtract(value, gradient)


class ForwardResult:
    def __init__(self, preActivation, hidden, scores):
        self.preActivation = preActivation
        self.hidden = hidden
        self.scores = scores


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=0.0001):
        self.params = {
            "W1": self.gaussian(std, input_size, hidden_size), "b1": np.zeros(hidden_size),
            "W2": self.gaussian(std, hidden_size, output_size), "b2": np.zeros(output_size),
        }

    @staticmethod
    def gaussian(stdDev, rows, cols):
        return stdDev * np.random.randn(rows, cols)

    def getWeights(self):
        return self.params["W1"], self.params["W2"]

    def computeForward(self, X):
        preActivation = np.add(np.matmul(X, self.params["W1"]), self.params["b1"])
        hidden = np.where(preActivation > 0, preActivation, 0.0)
        return ForwardResult(preActivation, hidden, np.add(np.matmul(hidden, self.params["W2"]), self.params["b2"]))

    def computePenalty(self, reg):
        return reg * sum(float(np.sum(np.square(w))) for w in self.getWeights())

    def loss(self, X, y=None, reg=0.0):
        result = self.computeForward(X)
        if y is None:
            return result.scores
        numSamples = X.shape[0]
        sumLoss = 0.0
        scoreGradient = np.zeros_like(result.scores)
        for i in range(numSamples):
            row = result.scores[i] - np.max(result.scores[i])
            logSum = np.log(np.sum(np.exp(row)))
            sumLoss += logSum - row[y[i]]
            scoreGradient[i] = np.exp(row - logSum)
            scoreGradient[i, y[i]] -= 1.0
        scoreGradient = scoreGradient / numSamples
        w1, w2 = self.getWeights()
        hiddenGradient = np.where(result.preActivation > 0, np.matmul(scoreGradient, np.transpose(w2)), 0.0)
        gradients = {}
        gradients["W2"] = np.matmul(np.transpose(result.hidden), scoreGradient) + 2.0 * reg * w2
        gradients["b2"] = np.sum(scoreGradient, axis=0)
        gradients["W1"] = np.matmul(np.transpose(X), hiddenGradient) + 2.0 * reg * w1
        gradients["b1"] = np.sum(hiddenGradient, axis=0)
        return sumLoss / numSamples + self.computePenalty(reg), gradients

    def step(self, grads, learning_rate):
        optimizer = SgdOptimizer(learning_rate)
        for name in list(self.params.keys()):
            self.params[name] = optimizer.apply(name, self.params[name], grads[name])

    def predict(self, X):
        return np.argmax(self.computeForward(X).scores, axis=1)
