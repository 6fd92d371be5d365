# ex4_backprop.m, translated line by line
# Reflection: the hardest part was to get the order of the updates right (first ALL gradients, then the step).
# I liked XOR more than the forward pass alone because you see the cost go down.
import numpy as np
from numpy import zeros, ones, size, pi, cos, sin, vstack, hstack
from numpy.random import randn


class struct(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


def sigmoid(x):
    g = zeros(np.shape(x))
    x = np.asarray(x, dtype='double')
    g[x >= 0] = 1 / (1 + np.exp(-x[x >= 0]))
    g[x < 0] = np.exp(x[x < 0]) / (1 + np.exp(x[x < 0]))
    return g


def sigmoid_derivative(x):
    g = sigmoid(x)
    return g * (1 - g)


def manual_forward(x, w1, b1, w2, b2):
    net = struct()
    net.z1 = w1 * x + b1
    net.a1 = float(sigmoid(net.z1))
    net.z2 = w2 * net.a1 + b2
    net.a2 = float(sigmoid(net.z2))
    return net


def manual_gradients(x, y, w1, b1, w2, b2):
    net = manual_forward(x, w1, b1, w2, b2)
    d = struct()
    # output
    d.dL_da2 = net.a2 - y
    d.da2_dz2 = net.a2 * (1 - net.a2)
    d.dL_dz2 = d.dL_da2 * d.da2_dz2
    d.dL_dw2 = d.dL_dz2 * net.a1
    d.dL_db2 = d.dL_dz2
    # hidden
    d.dL_da1 = d.dL_dz2 * w2
    d.da1_dz1 = net.a1 * (1 - net.a1)
    d.dL_dz1 = d.dL_da1 * d.da1_dz1
    d.dL_dw1 = d.dL_dz1
    d.dL_db1 = d.dL_dz1
    return d


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    net = manual_forward(x, w1, b1, w2, b2)
    delta3 = (net.a2 - y) * net.a2 * (1 - net.a2)
    delta2 = w2 * delta3 * net.a1 * (1 - net.a1)
    theta = np.array([w1, b1, w2, b2])
    theta = theta - learning_rate * np.array([delta2 * x, delta2, delta3 * net.a1, delta3])
    return tuple(theta)


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = 2 * randn(input_size, hidden_size)
        self.b1 = zeros((1, hidden_size))
        self.W2 = randn(hidden_size, output_size)
        self.b2 = zeros((1, output_size))

    def forward(self, X):
        m = size(X, 0)
        self.Z2 = hstack([ones((m, 1)), X]) @ vstack([self.b1, self.W1])
        self.A2 = sigmoid(self.Z2)
        self.Z3 = hstack([ones((m, 1)), self.A2]) @ vstack([self.b2, self.W2])
        self.A3 = sigmoid(self.Z3)
        return self.A3

    def backward(self, X, y):
        [m, k] = np.shape(self.A3)
        Delta3 = 2 / (m * k) * (self.A3 - y) * sigmoid_derivative(self.Z3)
        Delta2 = Delta3 @ self.W2.T * sigmoid_derivative(self.Z2)
        Grad1 = hstack([ones((m, 1)), X]).T @ Delta2
        Grad2 = hstack([ones((m, 1)), self.A2]).T @ Delta3
        self.gradients = {'dW1': Grad1[1:, :], 'db1': Grad1[0:1, :], 'dW2': Grad2[1:, :], 'db2': Grad2[0:1, :]}
        return self.gradients

    def update_weights(self):
        self.W1 = self.W1 - self.learning_rate * self.gradients['dW1']
        self.b1 = self.b1 - self.learning_rate * self.gradients['db1']
        self.W2 = self.W2 - self.learning_rate * self.gradients['dW2']
        self.b2 = self.b2 - self.learning_rate * self.gradients['db2']

    def compute_loss(self, y_true, y_pred):
        return np.linalg.norm(y_true - y_pred) ** 2 / size(y_true)

    def train_step(self, X, y):
        J = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return J


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 8, 1, 6)
    J_history = zeros(3000)
    for iter in range(1, 3000 + 1):
        J_history[iter - 1] = net.train_step(X, y)
    return net, list(J_history)


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * pi, n_samples // 2)
    r = t / (2 * pi)
    X = vstack([np.array([r * cos(t), r * sin(t)]).T, np.array([r * cos(t + pi), r * sin(t + pi)]).T])
    y = vstack([zeros((n_samples // 2, 1)), ones((n_samples // 2, 1))])
    return X + noise * randn(n_samples, 2), y


def train_spiral(X, y):
    net = NeuralNetwork(2, 60, 1, 10)
    net.W1 = net.W1 * 1.5
    for iter in range(1, 5000 + 1):
        net.train_step(X, y)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for i in range(size(hidden_sizes)):
        for j in range(size(learning_rates)):
            np.random.seed(seed)
            net = NeuralNetwork(size(X, 1), hidden_sizes[i], size(y, 1), learning_rates[j])
            for iter in range(epochs):
                J = net.train_step(X, y)
            results.append(struct(hidden_size=hidden_sizes[i], learning_rate=learning_rates[j], final_loss=J))
    return results
