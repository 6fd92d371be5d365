# frozen_string_literal: no idea why I still type this
"""My answers: most important concept: credit assignment. Challenge: names, names, names.
"""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    pos = 1 / (1 + np.exp(-np.where(x > 0, x, 0)))
    neg = np.exp(np.where(x > 0, 0, x))
    return np.where(x > 0, pos, neg / (1 + neg))


def sigmoid_derivative(x):
    return np.multiply(sigmoid(x), np.subtract(1, sigmoid(x)))


def manual_forward(x, w1, b1, w2, b2):
    z1 = x * w1 + b1
    z2 = sigmoid(z1) * w2 + b2
    return {key: value for key, value in zip(["z1", "a1", "z2", "a2"], [z1, sigmoid(z1), z2, sigmoid(z2)])}


def manual_gradients(x, y, w1, b1, w2, b2):
    state = manual_forward(x, w1, b1, w2, b2)
    grads = {"dL_da2": -(y - state["a2"])}
    for layer, below, weight in ((2, state["a1"], w2), (1, x, None)):
        grads[f"da{layer}_dz{layer}"] = sigmoid_derivative(state[f"z{layer}"])
        grads[f"dL_dz{layer}"] = grads[f"dL_da{layer}"] * grads[f"da{layer}_dz{layer}"]
        grads[f"dL_dw{layer}"] = grads[f"dL_dz{layer}"] * below
        grads[f"dL_db{layer}"] = grads[f"dL_dz{layer}"] * 1
        if weight is not None:
            grads["dL_da1"] = grads["dL_dz2"] * weight
    return grads


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    grads = manual_gradients(x, y, w1, b1, w2, b2)
    move = lambda value, key: value - learning_rate * grads[key]
    return move(w1, "dL_dw1"), move(b1, "dL_db1"), move(w2, "dL_dw2"), move(b2, "dL_db2")


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.gradients = {}
        self._make_hidden(input_size, hidden_size)._make_output(hidden_size, output_size)

    def _make_hidden(self, n, h):
        self.W1, self.b1 = np.random.normal(size=(n, h)), np.zeros((1, h))
        return self

    def _make_output(self, h, k):
        self.W2, self.b2 = np.random.normal(size=(h, k)), np.zeros((1, k))
        return self

    def forward(self, X):
        return self._hidden(X)._output()

    def _hidden(self, X):
        self._z1 = X @ self.W1 + self.b1
        self._a1 = sigmoid(self._z1)
        return self

    def _output(self):
        self._z2 = self._a1 @ self.W2 + self.b2
        self._a2 = sigmoid(self._z2)
        return self._a2

    def backward(self, X, y):
        self.gradients = {}
        self._output_gradients(y)._hidden_gradients(X)
        return self.gradients

    def _output_gradients(self, y):
        self._delta2 = 2 * (self._a2 - y) / y.size * sigmoid_derivative(self._z2)
        self.gradients["dW2"] = self._a1.T @ self._delta2
        self.gradients["db2"] = self._delta2.sum(axis=0, keepdims=True)
        return self

    def _hidden_gradients(self, X):
        arriving = self._delta2 @ self.gradients["dW2"].T
        delta1 = arriving * sigmoid_derivative(self._z1)
        self.gradients["dW1"] = X.T @ delta1
        self.gradients["db1"] = delta1.sum(axis=0, keepdims=True)
        return self

    def update_weights(self):
        self._step("W1")._step("b1")._step("W2")._step("b2")

    def _step(self, name):
        setattr(self, name, getattr(self, name) - self.learning_rate * self.gradients["d" + name])
        return self

    def compute_loss(self, y_true, y_pred):
        return np.average(np.square(y_true - y_pred))

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    net, losses = NeuralNetwork(2, 9, 1, learning_rate=4), []
    table = np.array([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]])
    for _ in range(3500):
        losses.append(net.train_step(table[:, :2], table[:, 2:]))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, num=n_samples // 2)
    points, labels = [], []
    for label, sign in enumerate((+1, -1)):
        points.append(sign * np.column_stack([t * np.cos(t), t * np.sin(t)]) / (2 * np.pi))
        labels.append(np.full((len(t), 1), float(label)))
    X = np.vstack(points)
    return X + noise * np.random.standard_normal(X.shape), np.vstack(labels)


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, learning_rate=5)
    net.W1, net.b1 = np.random.normal(0, 4, (2, 64)), np.random.normal(0, 4, (1, 64))
    for _ in range(5000):
        net.train_step(X, y)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def run(hidden_size, learning_rate):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
        for _ in range(epochs):
            loss = net.train_step(X, y)
        return {"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": loss}

    return [run(h, lr) for h in hidden_sizes for lr in learning_rates]
