"""All parameters in one flat vector; W1, b1, W2, b2 are views of its slices.

How does backpropagation enable neural networks to learn? It turns the loss into a direction in the space of theta.
What surprised me: how little code is left once everything is one vector.
"""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 0.5 * np.tanh(0.5 * x) + 0.5


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s - s * s


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)
    return dict(z1=z1, a1=a1, z2=z2, a2=a2)


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    da2 = f["a2"] - y
    s2, s1 = sigmoid_derivative(f["z2"]), sigmoid_derivative(f["z1"])
    dz2 = da2 * s2
    da1 = dz2 * w2
    dz1 = da1 * s1
    return dict(dL_da2=da2, da2_dz2=s2, dL_dz2=dz2, dL_dw2=dz2 * f["a1"], dL_db2=dz2,
                dL_da1=da1, da1_dz1=s1, dL_dz1=dz1, dL_dw1=dz1 * x, dL_db1=dz1)


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    old = np.array([w1, b1, w2, b2], dtype=float)
    step = learning_rate * np.array([g["dL_dw1"], g["dL_db1"], g["dL_dw2"], g["dL_db2"]])
    return tuple(old - step)


class NeuralNetwork:
    """theta holds everything; `layout` says what is where."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        shapes = {"W1": (input_size, hidden_size), "b1": (1, hidden_size),
                  "W2": (hidden_size, output_size), "b2": (1, output_size)}
        self.layout, end = {}, 0
        for name, shape in shapes.items():
            self.layout[name] = slice(end, end + shape[0] * shape[1]), shape
            end += shape[0] * shape[1]
        self.theta = np.zeros(end)
        self.W1 = np.random.randn(*shapes["W1"])
        self.W2 = np.random.randn(*shapes["W2"])
        self.learning_rate = learning_rate
        self.gradients = {}

    def view(self, name):
        part, shape = self.layout[name]
        return self.theta[part].reshape(shape)

    W1 = property(lambda self: self.view("W1"), lambda self, new: np.copyto(self.view("W1"), new))
    b1 = property(lambda self: self.view("b1"), lambda self, new: np.copyto(self.view("b1"), new))
    W2 = property(lambda self: self.view("W2"), lambda self, new: np.copyto(self.view("W2"), new))
    b2 = property(lambda self: self.view("b2"), lambda self, new: np.copyto(self.view("b2"), new))

    def forward(self, X):
        self.a1 = sigmoid(X @ self.W1 + self.b1)
        self.a2 = sigmoid(self.a1 @ self.W2 + self.b2)
        return self.a2

    def backward(self, X, y):
        dz2 = 2 * (self.a2 - y) / y.size * self.a2 * (1 - self.a2)
        dz1 = dz2 @ self.W2.T * self.a1 * (1 - self.a1)
        self.gradients = dict(dW1=X.T @ dz1, db1=dz1.sum(axis=0, keepdims=True),
                              dW2=self.a1.T @ dz2, db2=dz2.sum(axis=0, keepdims=True))
        return self.gradients

    def update_weights(self):
        for name in ("W1", "W2"):
            part, _ = self.layout[name]
            self.theta[part] += self.learning_rate * self.gradients["d" + name].ravel()

    def compute_loss(self, y_true, y_pred):
        r = (y_true - y_pred).ravel()
        return r.dot(r) / len(r)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([0, 0, 0, 1, 1, 0, 1, 1]).reshape(4, 2)
    y = np.array([0, 1, 1, 0]).reshape(4, 1)
    net = NeuralNetwork(2, 8, 1, learning_rate=5)
    losses = [net.train_step(X, y) for epoch in range(2500)]
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    m = n_samples // 2
    t = np.tile(np.linspace(0, 4 * np.pi, m), 2)
    y = np.repeat([0.0, 1.0], m)
    angle = t + np.pi * y
    X = np.column_stack([t * np.cos(angle), t * np.sin(angle)]) / (2 * np.pi)
    return X + noise * np.random.randn(2 * m, 2), y[:, None]


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, learning_rate=3)
    net.theta[:] = 5 * np.random.randn(net.theta.size)
    net.W2 = net.W2 / 10
    net.b2 = 0
    for epoch in range(1000):
        order = np.random.permutation(len(X))
        for i in range(0, len(X), 20):
            net.train_step(X[order[i:i + 20]], y[order[i:i + 20]])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            losses = [net.train_step(X, y) for _ in range(epochs)]
            results.append(dict(hidden_size=hidden_size, learning_rate=learning_rate, final_loss=losses[-1]))
    return results
