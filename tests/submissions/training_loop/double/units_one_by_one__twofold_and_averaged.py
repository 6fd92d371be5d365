"""Networks drawn as circles and arrows: I go through the units one by one.

Most important concept: each unit collects what its followers send back, times the weight of the arrow.
What surprised me: it is only about three times slower than the matrix version of my friend.
"""
import numpy as np


def sigmoid(x):
    x = np.clip(np.asarray(x, dtype=float), -600, None)
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    return sigmoid(x) - sigmoid(x) ** 2


def manual_forward(x, w1, b1, w2, b2):
    z1 = x * w1 + b1
    a1 = sigmoid(z1)
    z2 = a1 * w2 + b2
    a2 = sigmoid(z2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    unit = manual_forward(x, w1, b1, w2, b2)
    d = {}
    d["dL_da2"] = unit["a2"] - y
    d["da2_dz2"] = sigmoid_derivative(unit["z2"])
    d["dL_dz2"] = d["dL_da2"] * d["da2_dz2"]
    d["dL_dw2"] = d["dL_dz2"] * unit["a1"]
    d["dL_db2"] = d["dL_dz2"]
    d["dL_da1"] = d["dL_dz2"] * w2
    d["da1_dz1"] = sigmoid_derivative(unit["z1"])
    d["dL_dz1"] = d["dL_da1"] * d["da1_dz1"]
    d["dL_dw1"] = d["dL_dz1"] * x
    d["dL_db1"] = d["dL_dz1"]
    return d


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    d = manual_gradients(x, y, w1, b1, w2, b2)
    w1, b1 = w1 - learning_rate * d["dL_dw1"], b1 - learning_rate * d["dL_db1"]
    w2, b2 = w2 - learning_rate * d["dL_dw2"], b2 - learning_rate * d["dL_db2"]
    return w1, b1, w2, b2


class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        self.hid = sigmoid(X @ self.W1 + self.b1)
        self.out = sigmoid(self.hid @ self.W2 + self.b2)
        return self.out

    def backward(self, X, y):
        n, h = self.W1.shape
        k = self.W2.shape[1]
        dW1, db1 = np.zeros((n, h)), np.zeros((1, h))
        dW2, db2 = np.zeros((h, k)), np.zeros((1, k))

        # what each output unit sends back, a column for each unit
        error = (self.out - y) / y.size
        d_out = error * self.out * (1 - self.out)
        for o in range(k):
            dW2[:, o] = self.hid.T @ d_out[:, o]
            db2[0, o] = np.sum(d_out[:, o])

        # every hidden unit collects from all output units
        for j in range(h):
            value = self.hid[:, j]
            d_unit = d_out @ self.W2[j] * value * (1 - value)
            dW1[:, j] = X.T @ d_unit
            db1[0, j] = np.mean(d_unit)

        self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self):
        for name in ["W1", "b1", "W2", "b2"]:
            old = getattr(self, name)
            setattr(self, name, old - self.learning_rate * self.gradients["d" + name])

    def compute_loss(self, y_true, y_pred):
        return ((y_true - y_pred) ** 2).sum() / y_true.size

    def train_step(self, X, y):
        out = self.forward(X)
        loss = self.compute_loss(y, out)
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 5, 1, learning_rate=6)
    losses = []
    for epoch in range(2500):
        losses.append(net.train_step(X, y))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    points, classes = [], []
    for label in (0.0, 1.0):
        for t in np.linspace(0, 4 * np.pi, half):
            r = t / (2 * np.pi)
            points.append([r * np.cos(t + label * np.pi), r * np.sin(t + label * np.pi)])
            classes.append([label])
    X = np.array(points) + noise * np.random.randn(n_samples, 2)
    return X, np.array(classes)


def train_spiral(X, y):
    h = 44
    net = NeuralNetwork(2, h, 1, learning_rate=2)
    net.W1 = 4.5 * np.random.randn(2, h)
    net.b1 = 4.5 * np.random.randn(1, h)
    for epoch in range(800):
        order = np.random.permutation(len(X))
        for start in range(0, len(X), 15):
            some = order[start:start + 15]
            net.train_step(X[some], y[some])
        if epoch % 20 == 0 and np.mean((net.forward(X) > 0.5) == y) > 0.965:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for h in hidden_sizes:
        for rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], rate)
            for _ in range(epochs):
                loss = net.train_step(X, y)
            results.append({"hidden_size": h, "learning_rate": rate, "final_loss": loss})
    return results
