import math
import numpy as np


class MatrixUtils:
    """public final class MatrixUtils"""

    @staticmethod
    def zeros(rows, cols):
        return [[0.0 for _j in range(cols)] for _i in range(rows)]

    @staticmethod
    def toArray(matrix):
        return np.array(matrix, dtype=np.float64)

    @staticmethod
    def multiplyAdd(w, x, bias):
        rows, inner, cols = len(w), len(x), len(x[0])
        result = MatrixUtils.zeros(rows, cols)
        for i in range(rows):
            for j in range(cols):
                acc = float(bias[i][0])
                for k in range(inner):
                    acc += w[i][k] * x[k][j]
                result[i][j] = acc
        return result

    @staticmethod
    def map(matrix, function):
        return [[function(value) for value in row] for row in matrix]


class MathUtils:
    @staticmethod
    def sigmoid(z):
        if z >= 0:
            return 1.0 / (1.0 + math.exp(-z))
        ez = math.exp(z)
        return ez / (1.0 + ez)


class GradientAccumulator:
    def __init__(self, nIn, nHidden):
        self.gW1 = MatrixUtils.zeros(nHidden, nIn)
        self.gB1 = MatrixUtils.zeros(nHidden, 1)
        self.gW2 = MatrixUtils.zeros(1, nHidden)
        self.gB2 = MatrixUtils.zeros(1, 1)
        self.count = 0

    def addSample(self, x, hidden, out, label, w2):
        errorOut = out - label
        self.gB2[0][0] += errorOut
        for i in range(len(hidden)):
            self.gW2[0][i] += errorOut * hidden[i]
            errorHidden = errorOut * w2[0][i] * (1.0 - hidden[i] * hidden[i])
            self.gB1[i][0] += errorHidden
            for j in range(len(x)):
                self.gW1[i][j] += errorHidden * x[j]
        self.count += 1

    def getGradients(self):
        scale = 1.0 / self.count
        result = {}
        for name, field in (("dW1", self.gW1), ("db1", self.gB1), ("dW2", self.gW2), ("db2", self.gB2)):
            result[name] = scale * MatrixUtils.toArray(field)
        return result


def initialize_parameters(n_x, n_h, n_y):
    w1 = np.random.randn(n_h, n_x) * 0.01
    b1 = MatrixUtils.toArray(MatrixUtils.zeros(n_h, 1))
    w2 = np.random.randn(n_y, n_h) * 0.01
    b2 = MatrixUtils.toArray(MatrixUtils.zeros(n_y, 1))
    return {"W1": w1, "b1": b1, "W2": w2, "b2": b2}


def forward_propagation(X, parameters):
    z1 = MatrixUtils.multiplyAdd(parameters["W1"].tolist(), np.asarray(X).tolist(), parameters["b1"].tolist())
    a1 = MatrixUtils.map(z1, math.tanh)
    z2 = MatrixUtils.multiplyAdd(parameters["W2"].tolist(), a1, parameters["b2"].tolist())
    a2 = MatrixUtils.map(z2, MathUtils.sigmoid)
    cache = {"Z1": MatrixUtils.toArray(z1), "A1": MatrixUtils.toArray(a1),
             "Z2": MatrixUtils.toArray(z2), "A2": MatrixUtils.toArray(a2)}
    return cache["A2"], cache


def compute_cost(A2, Y):
    sum_ = 0.0
    m = Y.shape[1]
    for j in range(m):
        if Y[0, j] == 1:
            sum_ -= math.log(A2[0, j])
        else:
            sum_ -= math.log(1.0 - A2[0, j])
    return sum_ / m


def backward_propagation(parameters, cache, X, Y):
    w2 = parameters["W2"].tolist()
    accumulator = GradientAccumulator(X.shape[0], parameters["W1"].shape[0])
    for j in range(X.shape[1]):
        accumulator.addSample(X[:, j].tolist(), cache["A1"][:, j].tolist(), float(cache["A2"][0, j]), float(Y[0, j]), w2)
    return accumulator.getGradients()


def update_parameters(parameters, grads, learning_rate=1.2):
    updated = {}
    for key in parameters.keys():
        value = np.copy(parameters[key])
        for i in range(value.shape[0]):
            for j in range(value.shape[1]):
                value[i, j] = value[i, j] - learning_rate * grads["d" + key][i, j]
        updated[key] = value
    return updated


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    params = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    i = 0
    while i < num_iterations:
        output, cache = forward_propagation(X, params)
        if print_cost and i % 1000 == 0:
            print("Cost after iteration " + str(i) + ": " + str(compute_cost(output, Y)))
        grads = backward_propagation(params, cache, X, Y)
        params = update_parameters(params, grads)
        i += 1
    return params


def predict(parameters, X):
    output, _cache = forward_propagation(X, parameters)
    labels = np.zeros((1, X.shape[1]), dtype=int)
    for j in range(X.shape[1]):
        labels[0, j] = 1 if output[0, j] > 0.5 else 0
    return labels
