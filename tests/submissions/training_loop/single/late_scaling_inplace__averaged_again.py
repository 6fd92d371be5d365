# Most important concept: vectorising over the batch. Surprise: the loss curve of xor has a long plateau.
import numpy as np


def sigmoid(x):
    out = np.array(x, dtype=float)
    np.negative(out, out=out)
    np.clip(out, -700, 700, out=out)
    np.exp(out, out=out)
    out += 1
    return 1 / out


def sigmoid_derivative(x):
    out = sigmoid(x)
    return out * (1 - out)


def manual_forward(x, w1, b1, w2, b2):
    a = {"z1": w1 * x + b1}
    a.update(a1=sigmoid(a["z1"]))
    a.update(z2=w2 * a["a1"] + b2)
    a.update(a2=sigmoid(a["z2"]))
    return a


def manual_gradients(x, y, w1, b1, w2, b2):
    a = manual_forward(x, w1, b1, w2, b2)
    g = {}
    d = g["dL_da2"] = a["a2"] - y
    g["da2_dz2"] = a["a2"] * (1 - a["a2"])
    d = d * g["da2_dz2"]
    g["dL_dz2"], g["dL_dw2"], g["dL_db2"] = d, d * a["a1"], d
    d = g["dL_da1"] = d * w2
    g["da1_dz1"] = a["a1"] * (1 - a["a1"])
    d = d * g["da1_dz1"]
    g["dL_dz1"], g["dL_dw1"], g["dL_db1"] = d, d * x, d
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    w1 = w1 - learning_rate * g["dL_dw1"]
    b1 = b1 - learning_rate * g["dL_db1"]
    w2 = w2 - learning_rate * g["dL_dw2"]
    b2 = b2 - learning_rate * g["dL_db2"]
    return w1, b1, w2, b2


class NeuralNetwork:
    PARAMS = "W1 b1 W2 b2".split()

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.hid = X @ self.W1
        self.hid += self.b1
        self.hid = sigmoid(self.hid)
        self.res = self.hid @ self.W2
        self.res += self.b2
        self.res = sigmoid(self.res)
        return self.res

    def backward(self, X, y):
        d = self.res - y
        d *= 2 / d.size
        d *= self.res
        d *= 1 - self.res
        dh = d @ self.W2.T
        dh *= self.hid
        dh *= 1 - self.hid
        g = {"dW1": X.T @ dh, "db1": dh.sum(axis=0, keepdims=True), "dW2": self.hid.T @ d, "db2": d.sum(axis=0, keepdims=True)}
        for name in g:
            g[name] = g[name] / len(X)
        self.gradients = g
        return g

    def update_weights(self):
        for p in self.PARAMS:
            setattr(self, p, getattr(self, p) - self.learning_rate * self.gradients["d" + p])

    def compute_loss(self, y_true, y_pred):
        d = np.array(y_true - y_pred, dtype=float)
        d *= d
        return d.mean()

    def train_step(self, X, y):
        out = self.forward(X)
        loss = self.compute_loss(y, out)
        self.backward(X, y)
        self.update_weights()
        return loss


XOR_IN = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
XOR_OUT = np.array([[0], [1], [1], [0]], dtype=float)


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 8, 1, 5)
    losses = []
    for i in range(3000):
        losses.append(net.train_step(XOR_IN, XOR_OUT))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    n = n_samples // 2
    t = np.linspace(0, 4 * np.pi, n)
    X = np.empty((2, n, 2))
    np.cos(t, out=X[0, :, 0])
    np.sin(t, out=X[0, :, 1])
    X[0] *= t[:, None]
    X[0] /= 2 * np.pi
    np.negative(X[0], out=X[1])
    X = X.reshape(n_samples, 2)
    X += noise * np.random.randn(n_samples, 2)
    y = np.zeros((n_samples, 1))
    y[n:] += 1
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 *= 3
    for i in range(8000):
        net.train_step(X, y)
        if i % 200 == 0 and ((net.res > 0.5) == y).mean() > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for i in range(epochs):
                loss = net.train_step(X, y)
            results.append({"hidden_size": h, "learning_rate": lr, "final_loss": loss})
    return results
