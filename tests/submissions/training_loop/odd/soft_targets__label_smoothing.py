"""反思: 最重要的概念是链式法则。让我惊讶的是初始权重的大小如此重要。"""
import numpy as np

# 目标值不要太极端
EPS = 0.05


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    e = np.exp(-np.fabs(x))
    return np.choose(x >= 0, [e / (1 + e), 1 / (1 + e)])


def sigmoid_derivative(x):
    e = np.exp(-np.fabs(np.asarray(x, dtype=np.float64)))
    return e / (1 + e) / (1 + e)


# ---------- 一个神经元 ----------
def manual_forward(x, w1, b1, w2, b2):
    z1 = np.dot(w1, x) + b1
    a1 = sigmoid(z1)
    z2 = np.dot(w2, a1) + b2
    return dict(z1=z1, a1=a1, z2=z2, a2=sigmoid(z2))


def manual_gradients(x, y, w1, b1, w2, b2):
    c = manual_forward(x, w1, b1, w2, b2)
    p, q = sigmoid_derivative(c["z2"]), sigmoid_derivative(c["z1"])
    e = c["a2"] - y
    d = e * p
    u = d * w2
    v = u * q
    return dict(dL_da2=e, da2_dz2=p, dL_dz2=d, dL_dw2=d * c["a1"], dL_db2=d,
                dL_da1=u, da1_dz1=q, dL_dz1=v, dL_dw1=v * x, dL_db1=v)


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return tuple(np.subtract((w1, b1, w2, b2), learning_rate * np.array([g["dL_dw1"], g["dL_db1"], g["dL_dw2"], g["dL_db2"]])))


# ---------- 网络 ----------
class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-1.5, 1.5, size=(input_size, hidden_size))
        self.W2 = np.random.uniform(-1.5, 1.5, size=(hidden_size, output_size))
        self.b1, self.b2 = [np.zeros((1, s)) for s in (hidden_size, output_size)]

    def forward(self, X):
        self.h = sigmoid(X.dot(self.W1) + self.b1)
        self.o = sigmoid(self.h.dot(self.W2) + self.b2)
        return self.o

    def backward(self, X, y):
        target = y * (1 - 2 * EPS) + EPS
        do = 2.0 * (self.o - target) / target.size
        do = do * self.o * (1.0 - self.o)
        dh = do.dot(self.W2.T) * self.h * (1.0 - self.h)
        self.gradients = {"dW1": X.T.dot(dh), "db1": dh.sum(0, keepdims=True),
                          "dW2": self.h.T.dot(do), "db2": do.sum(0, keepdims=True)}
        return self.gradients

    def update_weights(self):
        g, r = self.gradients, self.learning_rate
        self.W1, self.b1, self.W2, self.b2 = self.W1 - r * g["dW1"], self.b1 - r * g["db1"], self.W2 - r * g["dW2"], self.b2 - r * g["db2"]

    def compute_loss(self, y_true, y_pred):
        return ((y_true - y_pred) ** 2).sum() / y_true.size

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)
    net = NeuralNetwork(2, 10, 1, 4.0)
    return net, [net.train_step(X, y) for _ in range(4000)]


def make_spiral_data(n_samples=300, noise=0.1):
    n = n_samples // 2
    t = np.linspace(0, 4 * np.pi, n)
    r = t / (2 * np.pi)
    X = np.r_[np.c_[r * np.cos(t), r * np.sin(t)], np.c_[r * np.cos(t + np.pi), r * np.sin(t + np.pi)]]
    X = np.random.normal(X, noise) if noise > 0 else X
    return X, np.r_[np.zeros((n, 1)), np.ones((n, 1))]


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5.0)
    net.W1, net.b1 = np.random.randn(2, 64) * 4, np.random.randn(1, 64) * 4
    for _ in range(5000):
        net.train_step(X, y)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    ans = []
    for h in hidden_sizes:
        for r in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], r)
            for _ in range(epochs):
                net.train_step(X, y)
            ans.append({"hidden_size": h, "learning_rate": r, "final_loss": net.compute_loss(y, net.forward(X))})
    return ans


if __name__ == "__main__":
    for s in range(5):
        net, ls = train_xor(s)
        print(s, ls[0], ls[-1])
