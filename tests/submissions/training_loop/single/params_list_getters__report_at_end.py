"""
My reflection: Learning = repeating a very small correction very often. What surprised me is that xor needs
no more than a second. What was hard: sums over the right axis.
"""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype="float64")
    res = np.zeros_like(x)
    np.divide(1.0, 1.0 + np.exp(-x, where=x >= 0, out=np.ones_like(x)), out=res, where=x >= 0)
    e = np.exp(np.minimum(x, 0.0))
    return np.where(x >= 0, res, e / (1.0 + e))


def sigmoid_derivative(x):
    y = sigmoid(x)
    return y * (1.0 - y)


def manual_forward(x, w1, b1, w2, b2):
    names = ("z1", "a1", "z2", "a2")
    z1 = x * w1 + b1
    a1 = sigmoid(z1)
    z2 = a1 * w2 + b2
    return dict(zip(names, (z1, a1, z2, sigmoid(z2))))


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    k = {"dL_da2": f["a2"] - y, "da2_dz2": f["a2"] - f["a2"] ** 2, "da1_dz1": f["a1"] - f["a1"] ** 2}
    k["dL_dz2"] = np.prod([k["dL_da2"], k["da2_dz2"]])
    k["dL_dw2"] = np.prod([k["dL_dz2"], f["a1"]])
    k["dL_db2"] = k["dL_dz2"]
    k["dL_da1"] = np.prod([k["dL_dz2"], w2])
    k["dL_dz1"] = np.prod([k["dL_da1"], k["da1_dz1"]])
    k["dL_dw1"] = np.prod([k["dL_dz1"], x])
    k["dL_db1"] = k["dL_dz1"]
    return k


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    k = manual_gradients(x, y, w1, b1, w2, b2)
    return (w1 - learning_rate * k["dL_dw1"], b1 - learning_rate * k["dL_db1"],
            w2 - learning_rate * k["dL_dw2"], b2 - learning_rate * k["dL_db2"])


def _slot(i):
    def read(self):
        return self.theta[i]

    def write(self, value):
        self.theta[i] = value

    return property(read, write)


class NeuralNetwork:
    W1, b1, W2, b2 = map(_slot, range(4))

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.theta = [np.random.randn(input_size, hidden_size), np.zeros((1, hidden_size)),
                      np.random.randn(hidden_size, output_size), np.zeros((1, output_size))]

    def forward(self, X):
        V, c, U, d = self.theta
        self.mid = sigmoid(X @ V + c)
        self.end = sigmoid(self.mid @ U + d)
        return self.end

    def backward(self, X, y):
        V, c, U, d = self.theta
        r = 2.0 / y.size * (self.end - y) * self.end * (1.0 - self.end)
        q = r @ U.T * self.mid * (1.0 - self.mid)
        self.gradients = dict(dW1=X.T @ q, db1=q.sum(0, keepdims=True), dW2=self.mid.T @ r, db2=r.sum(0, keepdims=True))
        return self.gradients

    def update_weights(self):
        order = ["dW1", "db1", "dW2", "db2"]
        self.theta = [p - self.learning_rate * self.gradients[n] for p, n in zip(self.theta, order)]

    def compute_loss(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        guess = self.forward(X)
        self.backward(X, y)
        self.update_weights()
        return self.compute_loss(y, self.forward(X))


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 8, 1, 5)
    losses = [net.train_step(X, y) for _ in range(3000)]
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    m = n_samples // 2
    u = np.linspace(0, 2, m)
    arm0 = np.c_[u * np.cos(2 * np.pi * u), u * np.sin(2 * np.pi * u)]
    X = np.append(arm0, -arm0, axis=0)
    X = X + np.random.normal(0.0, noise, X.shape)
    return X, (np.arange(2 * m) >= m).astype(float)[:, None]


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 = net.W1 * 3
    for e in range(8000):
        net.train_step(X, y)
        if e % 200 == 0 and np.mean((net.forward(X) > 0.5) == (y > 0.5)) > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    res = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for _ in range(epochs):
                loss = net.train_step(X, y)
            res.append({"hidden_size": h, "learning_rate": lr, "final_loss": loss})
    return res
