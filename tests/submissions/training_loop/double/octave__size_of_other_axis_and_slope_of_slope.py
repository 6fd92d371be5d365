#  backprop_ex4 -- translated from my Octave files (nnCostFunction.m, sigmoidGradient.m, ...)
#
#  What surprised me: broadcasting makes many wrong shapes run without any complaint.
#  Chain rule: gives delta{l} from delta{l+1}, just as in the lecture's script.

import numpy as np
from numpy import pi, exp, ones, zeros, hstack, vstack, linspace, cos, sin
from numpy.random import randn


def sigmoid(x):
    # g = 1 ./ (1 + exp(-z));
    z = np.array(x, dtype=float)
    g = zeros(z.shape)
    pos = z >= 0
    g[pos] = 1 / (1 + exp(-z[pos]))
    ez = exp(z[~pos])
    g[~pos] = ez / (1 + ez)
    return g


def sigmoid_derivative(x):
    # g = sigmoid(z) .* (1 - sigmoid(z));
    return sigmoid(x) * (1 - sigmoid(x))


def manual_forward(x, w1, b1, w2, b2):
    # bias first, then the weight: [b w] * [1; x]
    z1 = np.dot([b1, w1], [1, x])
    a1 = sigmoid(z1)
    z2 = np.dot([b2, w2], [1, a1])
    a2 = sigmoid(z2)
    return dict(z1=z1, a1=a1, z2=z2, a2=a2)


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    out = dict()
    out['dL_da2'] = f['a2'] - y
    out['da2_dz2'] = sigmoid_derivative(f['z2'])
    out['dL_dz2'] = out['dL_da2'] * out['da2_dz2']
    [out['dL_db2'], out['dL_dw2']] = out['dL_dz2'] * np.array([1, f['a1']])
    out['dL_da1'] = out['dL_dz2'] * w2
    out['da1_dz1'] = sigmoid_derivative(f['z1'])
    out['dL_dz1'] = out['dL_da1'] * out['da1_dz1']
    [out['dL_db1'], out['dL_dw1']] = out['dL_dz1'] * np.array([1, x])
    return out


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    theta = np.array([w1, b1, w2, b2])
    grad = np.array([g['dL_dw1'], g['dL_db1'], g['dL_dw2'], g['dL_db2']])
    [w1, b1, w2, b2] = theta - learning_rate * grad
    return w1, b1, w2, b2


class NeuralNetwork:
    # Theta{l} = [W; b], the bias unit last; rows are samples

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.Theta = [vstack([randn(input_size, hidden_size), zeros((1, hidden_size))]),
                      vstack([randn(hidden_size, output_size), zeros((1, output_size))])]

    def _get(layer, rows):
        def fget(self): return self.Theta[layer][rows]
        def fset(self, value): self.Theta[layer][rows] = value
        return property(fget, fset)

    W1, b1 = _get(0, slice(None, -1)), _get(0, slice(-1, None))
    W2, b2 = _get(1, slice(None, -1)), _get(1, slice(-1, None))

    @staticmethod
    def addones(A):
        return hstack([A, ones((A.shape[0], 1))])

    def forward(self, X):
        self.z2 = self.addones(X) @ self.Theta[0];     self.a2 = sigmoid(self.z2)
        self.z3 = self.addones(self.a2) @ self.Theta[1];  self.a3 = sigmoid(self.z3)
        return self.a3

    def backward(self, X, y):
        m = X.shape[1]          # size(X, 2), X = [x1 ... xm]
        k = y.shape[1]

        d3 = (self.a3 - y) * sigmoid_derivative(self.z3)
        d2 = (d3 @ self.Theta[1][:-1].T) \
            * sigmoid_derivative(self.a2)

        # [grad1, grad2]; the last row of each belongs to the bias
        grad1, grad2 = (2 / m / k * self.addones(A).T @ d
                        for A, d in [(X, d2), (self.a2, d3)])

        self.gradients = {'dW1': grad1[:-1], 'db1': grad1[-1:], 'dW2': grad2[:-1], 'db2': grad2[-1:]}
        return self.gradients

    def update_weights(self):
        for l in (1, 2):
            grad = vstack([self.gradients['dW%d' % l], self.gradients['db%d' % l]])
            self.Theta[l - 1] = self.Theta[l - 1] - self.learning_rate * grad

    def compute_loss(self, y_true, y_pred):
        E = y_true - y_pred
        return np.sum(E * E) / E.size

    def train_step(self, X, y):
        h = self.forward(X)
        self.backward(X, y)
        self.update_weights()
        return self.compute_loss(y, h)


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0],
                  [0, 1],
                  [1, 0],
                  [1, 1]], dtype=float)
    y = np.array([[0, 1, 1, 0]], dtype=float).T
    net = NeuralNetwork(2, 8, 1, 4)
    J = zeros(5000)
    for it in range(J.size):
        J[it] = net.train_step(X, y)
    # plot(J)
    return net, J.tolist()


def make_spiral_data(n_samples=300, noise=0.1):
    m2 = n_samples // 2
    t = linspace(0, 4 * pi, m2).reshape(-1, 1)
    r = t / (2 * pi)
    X = vstack([hstack([r * cos(t), r * sin(t)]),
                hstack([r * cos(t + pi), r * sin(t + pi)])])
    X = X + noise * randn(2 * m2, 2)
    y = vstack([zeros((m2, 1)), ones((m2, 1))])
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 40, 1, 10)
    net.W1 = 5 * net.W1
    for it in range(1, 10001):
        net.train_step(X, y)
        if it % 500 == 0:
            p = net.forward(X) > 0.5
            if np.mean(p == y) > 0.98:
                break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for ih in range(len(hidden_sizes)):
        for il in range(len(learning_rates)):
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_sizes[ih], y.shape[1], learning_rates[il])
            J = zeros(epochs)
            for it in range(epochs):
                J[it] = net.train_step(X, y)
            results.append(dict(hidden_size=hidden_sizes[ih], learning_rate=learning_rates[il], final_loss=J[-1]))
    return results
