"""
 * NeuralNet.java -> Python
 * @author  K. Brandl
"""
import numpy as np
import math
import random


class MathUtil(object):

    @staticmethod
    def logistic(v):
        if v < 0.0:
            ev = math.exp(v)
            return ev / (ev + 1.0)
        return 1.0 / (1.0 + math.exp(-v))

    @staticmethod
    def multiply(mat, vec):
        rows = len(mat)
        cols = len(mat[0])
        result = np.zeros((rows, 1))
        for r in range(0, rows):
            total = 0.0
            for c in range(0, cols):
                total += mat[r][c] * vec[c][0]
            result[r][0] = total
        return result


def sigmoid(z):
    arr = np.array(z, dtype=float)
    shape = arr.shape
    flat = arr.flatten()
    i = 0
    while i < flat.size:
        flat[i] = MathUtil.logistic(flat[i])
        i += 1
    return flat.reshape(shape)


def sigmoid_prime(z):
    value = sigmoid(z)
    complement = sigmoid(-np.array(z, dtype=float))
    return value * complement


class Network(object):

    def __init__(self, sizes):
        self.sizes = sizes
        self.num_layers = len(sizes)
        self.biases = []
        self.weights = []
        for layer in range(1, self.num_layers):
            self.biases.append(np.random.randn(sizes[layer], 1))
            self.weights.append(np.random.randn(sizes[layer], sizes[layer - 1]))

    # ---- getters, because it is Java ----
    def getWeights(self, layer):
        return self.weights[layer]

    def getBias(self, layer):
        return self.biases[layer]

    def __netInput(self, layer, incoming):
        net = MathUtil.multiply(self.getWeights(layer), incoming)
        for j in range(len(net)):
            net[j][0] += self.getBias(layer)[j][0]
        return net

    def feedforward(self, a):
        signal = a
        for layer in range(self.num_layers - 1):
            signal = sigmoid(self.__netInput(layer, signal))
        return signal

    def cost_derivative(self, output_activations, y):
        diff = np.zeros((len(y), 1))
        for j in range(len(y)):
            diff[j][0] = output_activations[j][0] - y[j][0]
        return diff

    def backprop(self, x, y):
        L = self.num_layers - 1
        netInputs = [None] * L
        signals = [None] * (L + 1)
        signals[0] = x
        for layer in range(L):
            netInputs[layer] = self.__netInput(layer, signals[layer])
            signals[layer + 1] = sigmoid(netInputs[layer])

        gradB = [None] * L
        gradW = [None] * L
        upstream = self.cost_derivative(signals[L], y)
        layer = L - 1
        while layer >= 0:
            nOut = self.sizes[layer + 1]
            nIn = self.sizes[layer]
            slope = sigmoid_prime(netInputs[layer])
            gb = np.zeros((nOut, 1))
            gw = np.zeros((nOut, nIn))
            downstream = np.zeros((nIn, 1))
            for j in range(nOut):
                error = upstream[j][0] * slope[j][0]
                gb[j][0] = error
                for i in range(nIn):
                    gw[j][i] = error * signals[layer][i][0]
                    downstream[i][0] += self.weights[layer][j][i] * error
            gradB[layer] = gb
            gradW[layer] = gw
            upstream = downstream
            layer -= 1
        return (gradB, gradW)

    def update_mini_batch(self, mini_batch, eta):
        count = len(mini_batch)
        sumB = [np.zeros(b.shape) for b in self.biases]
        sumW = [np.zeros(w.shape) for w in self.weights]
        for s in range(count):
            sample = mini_batch[s]
            gb, gw = self.backprop(sample[0], sample[1])
            for layer in range(self.num_layers - 1):
                sumB[layer] = sumB[layer] + gb[layer]
                sumW[layer] = sumW[layer] + gw[layer]
        for layer in range(self.num_layers - 1):
            self.biases[layer] = self.biases[layer] - eta * (sumB[layer] / count)
            self.weights[layer] = self.weights[layer] - eta * (sumW[layer] / count)

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        n = len(training_data)
        for epoch in range(epochs):
            random.shuffle(training_data)
            start = 0
            while start < n:
                end = min(start + mini_batch_size, n)
                self.update_mini_batch(training_data[start:end], eta)
                start = end


def main():
    net = Network([2, 2, 1])
    print(net.feedforward(np.array([[1.0], [0.0]])))


if __name__ == "__main__":
    main()
