# Comments on the exercise (reflection):
# The chain rule lets one score vector serve all coefficients; I think of it as weighted residuals that are
# projected back on the design. The hardest part was to keep 'sum over observations' and 'mean' apart.
import warnings
import numpy as np
from numpy import asmatrix as Mat, multiply as hadamard, asarray

warnings.filterwarnings("ignore", category=PendingDeprecationWarning)


def _expit(v):
    return 1 / (1 + np.exp(-v)) if v > -700 else 0.0


_vexpit = np.vectorize(_expit, otypes=[float])


def sigmoid(x):
    if np.size(x) == 0:
        return np.zeros(np.shape(x))
    if np.size(x) < 50:
        return _vexpit(x)[()]
    return 1 / (1 + np.exp(np.minimum(-asarray(x, float), 700)))


def sigmoid_derivative(x):
    p = sigmoid(x)
    q = sigmoid(np.negative(x))        # 1 - p, without cancellation
    return p * q


def manual_forward(x, w1, b1, w2, b2):
    labels = ["z1", "a1", "z2", "a2"]
    values = []
    for w, b in [(w1, b1), (w2, b2)]:
        x = w * x + b
        values.append(x)
        x = float(sigmoid(x))
        values.append(x)
    return dict(zip(labels, values))


def manual_gradients(x, y, w1, b1, w2, b2):
    z1, a1, z2, a2 = manual_forward(x, w1, b1, w2, b2).values()
    g = dict.fromkeys("dL_da2 da2_dz2 dL_dz2 dL_dw2 dL_db2 dL_da1 da1_dz1 dL_dz1 dL_dw1 dL_db1".split())
    g["dL_da2"] = a2 - y
    g["da2_dz2"], g["da1_dz1"] = (float(sigmoid_derivative(z)) for z in (z2, z1))
    g["dL_db2"] = g["dL_dz2"] = g["dL_da2"] * g["da2_dz2"]
    g["dL_da1"], g["dL_dw2"] = g["dL_dz2"] * w2, g["dL_dz2"] * a1
    g["dL_db1"] = g["dL_dz1"] = g["dL_da1"] * g["da1_dz1"]
    g["dL_dw1"] = g["dL_dz1"] * x
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    theta = np.array([w1, b1, w2, b2], dtype=float)
    score = np.array([g["dL_dw1"], g["dL_db1"], g["dL_dw2"], g["dL_db2"]])
    return tuple((theta - learning_rate * score).tolist())


class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.standard_normal((input_size, hidden_size)) * 2
        self.b1 = np.zeros(shape=(1, hidden_size))
        self.W2 = np.random.standard_normal((hidden_size, output_size))
        self.b2 = np.zeros(shape=(1, output_size))
        self.gradients = {}

    def forward(self, X):
        ones = Mat(np.ones((len(X), 1)))
        self.H = Mat(sigmoid(asarray(Mat(X) * Mat(self.W1) + ones * self.b1)))
        self.P = Mat(sigmoid(asarray(self.H * Mat(self.W2) + ones * self.b2)))
        return asarray(self.P)

    def backward(self, X, y):
        N = self.P.size
        ones = Mat(np.ones(len(X)))                       # a row
        var_out = hadamard(self.P, 1 - self.P)
        var_hid = hadamard(self.H, 1 - self.H)
        S2 = hadamard(Mat(y) - self.P, var_out) * (-2 / N)
        S1 = hadamard(S2 * Mat(self.W2).T, var_hid)
        blocks = (Mat(X).T * S1, ones * S1, self.H.T * S2, ones * S2)
        self.gradients = dict(zip(("dW1", "db1", "dW2", "db2"), map(asarray, blocks)))
        return self.gradients

    def update_weights(self):
        lam = self.learning_rate
        self.W1 = self.W1 - lam * self.gradients["dW1"]
        self.W2 = self.W2 - lam * self.gradients["dW2"]
        self.b1 = self.b1 - lam * self.gradients["db1"]
        self.b2 = self.b2 - lam * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        e = Mat(np.reshape(np.asarray(y_true) - y_pred, (-1, 1)))
        return (e.T * e).item() / e.size

    def train_step(self, X, y):
        fitted = self.forward(X)
        self.backward(X, y)
        mse = self.compute_loss(y, fitted)
        self.update_weights()
        return mse


def _fit(model, X, y, iterations):
    return np.fromiter((model.train_step(X, y) for _ in range(iterations)), dtype=float, count=iterations)


def train_xor(seed):
    np.random.seed(seed)
    X = np.array(np.meshgrid([0, 1], [0, 1], indexing="ij")).reshape(2, 4).T
    model = NeuralNetwork(2, 9, 1, 8.)
    path = _fit(model, X, np.logical_xor(*X.T)[:, None] * 1.0, 2000)
    return model, path.tolist()


def make_spiral_data(n_samples=300, noise=0.1):
    m = n_samples // 2
    y = np.r_[np.zeros(m), np.ones(m)]
    t = np.tile(np.linspace(0, 4 * np.pi, m), 2)
    angle = t + np.pi * y
    X = np.c_[np.cos(angle), np.sin(angle)] * t[:, None] / (2 * np.pi)
    X += np.random.standard_normal(X.shape) * noise
    return X, y.reshape(-1, 1)


def train_spiral(X, y):
    model = NeuralNetwork(2, 60, 1, learning_rate=10)
    model.W1 = 1.5 * model.W1
    _fit(model, X, y, 6000)
    return model


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    grid = np.array(np.meshgrid(hidden_sizes, learning_rates)).reshape(2, -1).T
    rows = []
    for h, eta in grid:
        np.random.seed(seed)
        model = NeuralNetwork(X.shape[1], int(h), y.shape[1], float(eta))
        rows.append({"hidden_size": int(h), "learning_rate": float(eta), "final_loss": _fit(model, X, y, epochs)[-1]})
    return rows
