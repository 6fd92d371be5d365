"""
Reflection: I was surprised that you never need a formula for the whole network.
Gradient descent question: can it get stuck in xor? With 8 units I never saw it.
"""
import numpy as np


def sigmoid(x):
    return np.exp(np.minimum(x, 0) * 1.0) / (np.exp(-np.abs(x)) + 1)


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(np.negative(x))


def manual_forward(x, w1, b1, w2, b2):
    r = {}
    r["z1"] = x * w1 + b1
    r["a1"] = sigmoid(r["z1"])
    r["z2"] = r["a1"] * w2 + b2
    r["a2"] = sigmoid(r["z2"])
    return r


def manual_gradients(x, y, w1, b1, w2, b2):
    r = manual_forward(x, w1, b1, w2, b2)
    first, second = {}, {}
    second["da"] = r["a2"] - y
    second["slope"] = sigmoid_derivative(r["z2"])
    second["dz"] = second["da"] * second["slope"]
    first["da"] = second["dz"] * w2
    first["slope"] = sigmoid_derivative(r["z1"])
    first["dz"] = first["da"] * first["slope"]
    res = {}
    for i, part, inp in ((1, first, x), (2, second, r["a1"])):
        res["dL_da%d" % i] = part["da"]
        res["da%d_dz%d" % (i, i)] = part["slope"]
        res["dL_dz%d" % i] = res["dL_db%d" % i] = part["dz"]
        res["dL_dw%d" % i] = part["dz"] * inp
    return res


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    res = manual_gradients(x, y, w1, b1, w2, b2)
    params = [w1, b1, w2, b2]
    for i, key in enumerate(["dL_dw1", "dL_db1", "dL_dw2", "dL_db2"]):
        params[i] = params[i] - learning_rate * res[key]
    return tuple(params)


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    @property
    def layers(self):
        return [(self.W1, self.b1), (self.W2, self.b2)]

    def forward(self, X):
        self.ins, self.slopes = [], []
        a = X
        for W, b in self.layers:
            self.ins.append(a)
            z = a @ W + b
            a = sigmoid(z)
            self.slopes.append(sigmoid_derivative(z))
        self.result = a
        return a

    def _hidden_slope(self):
        return sigmoid_derivative(self.ins[1])

    def backward(self, X, y):
        d = self.slopes[1] * (self.result - y) * 2 / (y.shape[0] * y.shape[1])
        g = {}
        for i, inp in zip((2, 1), reversed(self.ins)):
            if i == 1:
                d = (d @ self.W2.T) * self._hidden_slope()
            g["dW%d" % i] = inp.T @ d
            g["db%d" % i] = d.sum(0)[None, :]
        self.gradients = g
        return g

    def update_weights(self):
        for i, (W, b) in enumerate(self.layers, 1):
            W -= self.learning_rate * self.gradients["dW%d" % i]
            b -= self.learning_rate * self.gradients["db%d" % i]

    def compute_loss(self, y_true, y_pred):
        return ((y_pred - y_true) ** 2).mean()

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 8, 1, 5)
    losses = [net.train_step(X, y) for _ in range(3000)]
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    def arm(turned):
        t = np.linspace(0, 4 * np.pi, n_samples // 2)
        r = t / (2 * np.pi)
        return np.array([r * np.cos(t + turned), r * np.sin(t + turned)]).T + np.random.normal(0, noise, (len(t), 2))

    X = np.vstack([arm(0), arm(np.pi)])
    y = np.hstack([np.zeros(n_samples // 2), np.ones(n_samples // 2)]).reshape(-1, 1)
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 *= 3
    done = False
    count = 0
    while not done and count < 8000:
        net.train_step(X, y)
        count += 1
        if count % 300 == 0:
            done = np.mean((net.forward(X) > 0.5) == y) > 0.957
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    rows = []
    for lr in learning_rates:
        for h in hidden_sizes:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for e in range(epochs):
                net.train_step(X, y)
            rows += [{"hidden_size": h, "learning_rate": lr, "final_loss": net.compute_loss(y, net.forward(X))}]
    return rows
