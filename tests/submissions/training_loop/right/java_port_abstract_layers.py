"""Reflexion
Das Wichtigste: jede Schicht muss nur ihre eigene Ableitung kennen (Kettenregel), den Rest reicht man durch.
Schwierig war für mich, wo die 2/(m k) hingehört: an genau eine Stelle, nämlich in die Ableitung des Verlusts.
"""
from __future__ import annotations

import abc
import math
import numpy as np


class Activation(abc.ABC):
    @abc.abstractmethod
    def value(self, z): ...

    @abc.abstractmethod
    def slope(self, z): ...


class Logistic(Activation):
    def value(self, z):
        z = np.asarray(z, dtype=float)
        small = np.exp(-np.abs(z))
        return np.where(z >= 0.0, 1.0, small) / (1.0 + small)

    def slope(self, z):
        small = np.exp(-np.abs(np.asarray(z, dtype=float)))
        return small / np.square(1.0 + small)


LOGISTIC = Logistic()


def sigmoid(x):
    return LOGISTIC.value(x)


def sigmoid_derivative(x):
    return LOGISTIC.slope(x)


class Layer:
    def __init__(self, fanIn, fanOut, activation: Activation):
        self.weights = np.random.uniform(-2.0, 2.0, (fanIn, fanOut))
        self.biases = np.zeros((1, fanOut))
        self.activation = activation

    def push(self, signal):
        self.signal = signal
        self.net = np.matmul(signal, self.weights) + self.biases
        return self.activation.value(self.net)

    def pull(self, gradient):
        local = gradient * self.activation.slope(self.net)
        return np.matmul(local, self.weights.T), np.matmul(self.signal.T, local), np.ones((1, len(local))) @ local


class MeanSquare:
    @staticmethod
    def value(target, output):
        return sum(float(d) ** 2 for d in np.ravel(np.subtract(target, output))) / np.size(output)

    @staticmethod
    def slope(target, output):
        return (output - target) / (0.5 * output.size)


def _delegate(index, attribute):
    def getter(self):
        return getattr(self.layers[index], attribute)

    def setter(self, new):
        setattr(self.layers[index], attribute, new)
    return property(getter, setter)


class NeuralNetwork:
    W1 = _delegate(0, "weights")
    b1 = _delegate(0, "biases")
    W2 = _delegate(1, "weights")
    b2 = _delegate(1, "biases")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.layers = [Layer(input_size, hidden_size, LOGISTIC), Layer(hidden_size, output_size, LOGISTIC)]
        self.lossFunction = MeanSquare()
        self.gradients = None

    def forward(self, X):
        signal = X
        for layer in self.layers:
            signal = layer.push(signal)
        self.output = signal
        return signal

    def backward(self, X, y):
        collected = {}
        gradient = self.lossFunction.slope(y, self.output)
        number = len(self.layers)
        while number > 0:
            gradient, collected[f"dW{number}"], collected[f"db{number}"] = self.layers[number - 1].pull(gradient)
            number -= 1
        self.gradients = collected
        return self.gradients

    def update_weights(self):
        for number, layer in enumerate(self.layers, start=1):
            layer.weights = layer.weights - self.learning_rate * self.gradients["dW%d" % number]
            layer.biases = layer.biases - self.learning_rate * self.gradients["db%d" % number]

    def compute_loss(self, y_true, y_pred):
        return self.lossFunction.value(y_true, y_pred)

    def train_step(self, X, y):
        output = self.forward(X)
        lossBefore = self.compute_loss(y, output)
        self.backward(X, y)
        self.update_weights()
        return lossBefore


class ManualNetwork:
    """one input, one hidden unit, one output: the long version"""

    def __init__(self, w1, b1, w2, b2):
        self.w1, self.b1, self.w2, self.b2 = w1, b1, w2, b2

    def run(self, x):
        self.x = x
        self.z1 = self.w1 * x + self.b1
        self.a1 = float(sigmoid(self.z1))
        self.z2 = self.w2 * self.a1 + self.b2
        self.a2 = float(sigmoid(self.z2))
        return self

    def chain(self, y):
        dL_da2 = -(y - self.a2)
        da2_dz2 = self.a2 - self.a2 ** 2
        dL_dz2 = dL_da2 * da2_dz2
        dL_dw2 = dL_dz2 * self.a1
        dL_db2 = dL_dz2 * 1
        dL_da1 = dL_dz2 * self.w2
        da1_dz1 = self.a1 - self.a1 ** 2
        dL_dz1 = math.prod((dL_da1, da1_dz1))
        dL_dw1 = dL_dz1 * self.x
        dL_db1 = dL_dz1 * 1
        return {k: v for k, v in locals().items() if k.startswith("d")}


def manual_forward(x, w1, b1, w2, b2):
    net = ManualNetwork(w1, b1, w2, b2).run(x)
    return {"z1": net.z1, "a1": net.a1, "z2": net.z2, "a2": net.a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    return ManualNetwork(w1, b1, w2, b2).run(x).chain(y)


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    net = ManualNetwork(w1, b1, w2, b2)
    for name, slope in net.run(x).chain(y).items():
        parameter = name.removeprefix("dL_d")
        if parameter in ("w1", "b1", "w2", "b2"):
            setattr(net, parameter, getattr(net, parameter) - learning_rate * slope)
    return net.w1, net.b1, net.w2, net.b2


def train_xor(seed):
    np.random.seed(seed)
    inputs = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    targets = np.array([[0.0], [1.0], [1.0], [0.0]])
    net = NeuralNetwork(2, 10, 1, learning_rate=5.0)
    history = []
    while len(history) < 200 or (history[-1] > 4e-4 and len(history) < 20000):
        history.append(net.train_step(inputs, targets))
    return net, history


def make_spiral_data(n_samples=300, noise=0.1):
    perArm = n_samples // 2
    points, classes = [], []
    for arm in (0, 1):
        for i in range(perArm):
            t = 4 * math.pi * i / (perArm - 1) if perArm > 1 else 0.0
            radius = t / (2 * math.pi)
            points.append([radius * math.cos(t + arm * math.pi), radius * math.sin(t + arm * math.pi)])
            classes.append([float(arm)])
    return np.array(points) + np.random.normal(0.0, 1.0, (2 * perArm, 2)) * noise, np.array(classes)


def train_spiral(X, y):
    best, bestScore = None, -1.0
    for attempt in range(3):
        net = NeuralNetwork(2, 50, 1, learning_rate=10.0)
        net.W1 = net.W1 * 2.5
        net.W2 = net.W2 / 2
        epoch = 0
        while epoch < 4000:
            net.forward(X)
            net.backward(X, y)
            net.update_weights()
            epoch += 1
        score = np.mean((net.forward(X) > 0.5) == (y > 0.5))
        if score > bestScore:
            best, bestScore = net, score
        if score >= 0.96:
            break
    return best


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for index in range(len(hidden_sizes) * len(learning_rates)):
        row, column = divmod(index, len(learning_rates))
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], hidden_sizes[row], y.shape[1], learning_rates[column])
        final = float("nan")
        for _ in range(epochs):
            final = net.train_step(X, y)
        results.append({"hidden_size": hidden_sizes[row], "learning_rate": learning_rates[column], "final_loss": final})
    return results
