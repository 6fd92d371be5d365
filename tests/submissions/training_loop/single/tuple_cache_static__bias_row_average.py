"""
Homework 5. -- Reflection --
How does backprop enable learning? It tells every weight which way is downhill, all of them in one sweep.
Challenges: numpy broadcasting hides errors.
"""
import numpy as np


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1 / (1 + e), e / (1 + e))


def sigmoid_derivative(x):
    e = np.exp(-np.abs(x))
    return e / np.square(1 + e)


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = float(sigmoid(z1))
    z2 = w2 * a1 + b2
    return {'z1': z1, 'a1': a1, 'z2': z2, 'a2': float(sigmoid(z2))}


def manual_gradients(x, y, w1, b1, w2, b2):
    fw = manual_forward(x, w1, b1, w2, b2)
    keys = 'dL_da2 da2_dz2 dL_dz2 dL_dw2 dL_db2 dL_da1 da1_dz1 dL_dz1 dL_dw1 dL_db1'.split()
    err = fw['a2'] - y
    s2 = sigmoid_derivative(fw['z2'])
    s1 = sigmoid_derivative(fw['z1'])
    vals = [err, s2, err * s2, err * s2 * fw['a1'], err * s2, err * s2 * w2, s1, err * s2 * w2 * s1,
            err * s2 * w2 * s1 * x, err * s2 * w2 * s1]
    return dict(zip(keys, map(float, vals)))


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    d = {k: -learning_rate * v for k, v in g.items()}
    return w1 + d['dL_dw1'], b1 + d['dL_db1'], w2 + d['dL_dw2'], b2 + d['dL_db2']


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-1.7, 1.7, (input_size, hidden_size))
        self.W2 = np.random.uniform(-1.7, 1.7, (hidden_size, output_size))
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))
        self.cache = None

    @staticmethod
    def affine(A, W, b):
        return np.matmul(A, W) + b

    def forward(self, X):
        u = self.affine(X, self.W1, self.b1)
        h = sigmoid(u)
        v = self.affine(h, self.W2, self.b2)
        o = sigmoid(v)
        self.cache = (u, h, v, o)
        return o

    def backward(self, X, y):
        u, h, v, o = self.cache
        dv = sigmoid_derivative(v) * (o - y) / (0.5 * o.size)
        du = np.matmul(dv, self.W2.T) * sigmoid_derivative(u)
        grads = {}
        grads['dW2'] = np.matmul(h.T, dv)
        grads['dW1'] = np.matmul(X.T, du)
        grads['db2'] = np.mean(dv, axis=0, keepdims=True)
        grads['db1'] = np.mean(du, axis=0, keepdims=True)
        self.gradients = grads
        return grads

    def update_weights(self):
        eta, g = self.learning_rate, self.gradients
        self.W1, self.b1 = self.W1 - eta * g['dW1'], self.b1 - eta * g['db1']
        self.W2, self.b2 = self.W2 - eta * g['dW2'], self.b2 - eta * g['db2']

    def compute_loss(self, y_true, y_pred):
        return np.sum((y_true - y_pred) ** 2) / np.size(y_true)

    def train_step(self, X, y):
        o = self.forward(X)
        loss = self.compute_loss(y, o)
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    y = np.array([0, 1, 1, 0], float)[:, np.newaxis]
    net = NeuralNetwork(2, 8, 1, 5)
    losses = []
    for _ in range(3000):
        losses.append(net.train_step(X, y))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    per = n_samples // 2
    X, y = np.empty((2 * per, 2)), np.empty((2 * per, 1))
    for c in range(2):
        t = np.linspace(0, 4 * np.pi, per)
        rows = slice(c * per, (c + 1) * per)
        X[rows] = np.c_[np.cos(t + c * np.pi), np.sin(t + c * np.pi)] * (t / 2 / np.pi)[:, np.newaxis]
        y[rows] = c
    return X + np.random.randn(*X.shape) * noise, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 = np.random.randn(2, 64) * 3
    for epoch in range(8000):
        net.train_step(X, y)
        if epoch % 250 == 0 and np.mean((net.cache[-1] > 0.5) == (y > 0.5)) > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for pair in [(h, l) for h in hidden_sizes for l in learning_rates]:
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], pair[0], y.shape[1], pair[1])
        for _ in range(epochs):
            loss = net.train_step(X, y)
        results.append(dict(zip(('hidden_size', 'learning_rate', 'final_loss'), pair + (loss,))))
    return results
