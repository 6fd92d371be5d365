# Reflection (short): backprop = the same loops backwards. Hardest part: not overwriting a buffer that is still needed.
# XOR compared to the forward pass alone: at last something happens.
import numpy as np

K_ONE = 1.0


def sigmoid(x):
    src = np.asarray(x, dtype=np.float64)
    dst = np.empty_like(src)
    np.abs(src, out=dst)
    np.negative(dst, out=dst)
    np.exp(dst, out=dst)                      # e = exp(-|x|)
    res = np.where(src >= 0, K_ONE, dst)
    np.add(dst, K_ONE, out=dst)
    return np.divide(res, dst)


def sigmoid_derivative(x):
    return sigmoid(x) * (K_ONE - sigmoid(x))


class Unit:
    __slots__ = ("w", "b", "in_", "z", "a", "dz", "da")

    def __init__(self, w, b):
        self.w, self.b = w, b

    def fire(self, in_):
        self.in_ = in_
        self.z = self.w * in_ + self.b
        self.a = sigmoid(self.z)
        return self.a

    def feedback(self, da):
        self.da = da
        self.dz = da * sigmoid_derivative(self.z)
        return self.dz * self.w

    def learn(self, rate):
        return self.w - rate * self.dz * self.in_, self.b - rate * self.dz


def chain(x, w1, b1, w2, b2):
    u1, u2 = Unit(w1, b1), Unit(w2, b2)
    u2.fire(u1.fire(x))
    return u1, u2


def manual_forward(x, w1, b1, w2, b2):
    u1, u2 = chain(x, w1, b1, w2, b2)
    return {"z1": u1.z, "a1": u1.a, "z2": u2.z, "a2": u2.a}


def manual_gradients(x, y, w1, b1, w2, b2):
    units = chain(x, w1, b1, w2, b2)
    signal = units[1].a - y
    res = {}
    for idx in (2, 1):
        u = units[idx - 1]
        signal = u.feedback(signal)
        res[f"dL_da{idx}"] = u.da
        res[f"da{idx}_dz{idx}"] = sigmoid_derivative(u.z)
        res[f"dL_dz{idx}"] = u.dz
        res[f"dL_dw{idx}"] = u.dz * u.in_
        res[f"dL_db{idx}"] = u.dz
    return res


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    u1, u2 = chain(x, w1, b1, w2, b2)
    u1.feedback(u2.feedback(u2.a - y))
    return u1.learn(learning_rate) + u2.learn(learning_rate)


class NeuralNetwork(object):

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.n_, self.h_, self.k_ = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 1.5
        self.b1 = np.zeros(shape=(1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 1.5
        self.b2 = np.zeros(shape=(1, output_size))

    def forward(self, X):
        m = len(X)
        self.A1_ = np.empty((m, self.h_))
        np.matmul(X, self.W1, out=self.A1_)
        self.A1_ += self.b1
        self.A1_ = sigmoid(self.A1_)
        self.A2_ = np.empty((m, self.k_))
        for o in range(self.k_):
            self.A2_[:, o] = sigmoid(self.A1_.dot(self.W2[:, o]) + self.b2[0, o])
        return self.A2_.copy()

    def backward(self, X, y):
        scale = 2.0 / (len(X) * self.k_)
        gW2, gb2 = np.zeros_like(self.W2), np.zeros_like(self.b2)
        back = np.zeros_like(self.A1_)
        for o in range(self.k_):                          # output unit by output unit
            out = self.A2_[:, o]
            d = (out - y[:, o]) * out * (K_ONE - out)
            gW2[:, o] = d.dot(self.A1_)
            gb2[0, o] = d.sum()
            back += np.outer(d, self.W2[:, o])
        back *= self.A1_
        back *= K_ONE - self.A1_
        self.gradients = {"dW1": np.dot(X.T, back), "db1": back.sum(axis=0, keepdims=True), "dW2": gW2, "db2": gb2}
        for g in self.gradients.values():
            g *= scale
        return self.gradients

    def update_weights(self):
        for name in ("W1", "b1", "W2", "b2"):
            fresh = np.array(getattr(self, name))
            np.subtract(fresh, self.learning_rate * self.gradients["d" + name], out=fresh)
            setattr(self, name, fresh)

    def compute_loss(self, y_true, y_pred):
        acc = 0.0
        for o in range(y_true.shape[1]):
            diff = y_true[:, o] - y_pred[:, o]
            acc += diff.dot(diff)
        return acc / (y_true.shape[0] * y_true.shape[1])

    def train_step(self, X, y):
        before = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return before


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[b >> 1, b & 1] for b in range(4)], dtype=np.float64)
    y = np.array([[(b >> 1) ^ (b & 1)] for b in range(4)], dtype=np.float64)
    net = NeuralNetwork(2, 8, 1, 5.0)
    losses = []
    for it in range(3000):
        losses.append(net.train_step(X, y))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples >> 1
    X, y = np.empty((n_samples, 2)), np.empty((n_samples, 1))
    for i in range(half):
        t = 4.0 * np.pi * i / (half - 1)
        r = t / (2.0 * np.pi)
        X[2 * i] = r * np.cos(t), r * np.sin(t)           # even rows: arm 0
        y[2 * i] = 0.0
        X[2 * i + 1] = -X[2 * i]                          # odd rows: arm 1
        y[2 * i + 1] = 1.0
    X += noise * np.random.randn(n_samples, 2)
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5.0)
    net.W1 = np.random.randn(2, 64) * 4.0
    net.b1 = np.random.randn(1, 64) * 4.0
    net.W2 = np.random.randn(64, 1)
    for it in range(5000):
        net.train_step(X, y)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    out = [None] * (len(hidden_sizes) * len(learning_rates))
    slot = 0
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            last = float("nan")
            for it in range(epochs):
                last = net.train_step(X, y)
            out[slot] = {"hidden_size": h, "learning_rate": lr, "final_loss": last}
            slot += 1
    return out
