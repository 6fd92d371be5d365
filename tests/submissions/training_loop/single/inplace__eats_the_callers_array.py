"""Backpropagation from one weight to two spirals.  Buffers are reused wherever that is possible.

Most important concept: the gradient at a pre-activation ("delta") is all that a layer has to know about
everything that comes after it. The weights' gradient is then an outer product, the bias' a column sum.

What surprised me: the loss hardly moves for a thousand epochs and then drops within fifty.
"""
import numpy as np

__all__ = ["sigmoid", "sigmoid_derivative", "manual_forward", "manual_gradients", "manual_update",
           "NeuralNetwork", "train_xor", "make_spiral_data", "train_spiral", "explore"]


def sigmoid(x):
    """1 / (1 + e^-x) with a single buffer: negate, exponentiate, add one, invert."""
    buf = np.asarray(x, dtype=float)
    np.negative(buf, out=buf)
    np.minimum(buf, 700.0, out=buf)         # exp(710) is inf already
    np.exp(buf, out=buf)
    buf += 1.0
    return np.reciprocal(buf, out=buf)


def sigmoid_derivative(x):
    """e^-|x| / (1 + e^-|x|)^2: the derivative is even, so the sign of x can be dropped."""
    e = np.exp(-np.abs(x))
    return e / np.square(1.0 + e)


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = float(sigmoid(z1))
    z2 = w2 * a1 + b2
    a2 = float(sigmoid(z2))
    return dict(z1=z1, a1=a1, z2=z2, a2=a2)


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    g = {}
    g["dL_da2"] = f["a2"] - y
    g["da2_dz2"] = f["a2"] * (1 - f["a2"])
    g["dL_dz2"] = g["dL_da2"] * g["da2_dz2"]
    g["dL_dw2"], g["dL_db2"] = g["dL_dz2"] * f["a1"], g["dL_dz2"]
    g["dL_da1"] = g["dL_dz2"] * w2
    g["da1_dz1"] = f["a1"] * (1 - f["a1"])
    g["dL_dz1"] = g["dL_da1"] * g["da1_dz1"]
    g["dL_dw1"], g["dL_db1"] = g["dL_dz1"] * x, g["dL_dz1"]
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return (w1 - learning_rate * g["dL_dw1"], b1 - learning_rate * g["dL_db1"],
            w2 - learning_rate * g["dL_dw2"], b2 - learning_rate * g["dL_db2"])


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.b1 = np.random.randn(input_size, hidden_size), np.zeros((1, hidden_size))
        self.W2, self.b2 = np.random.randn(hidden_size, output_size), np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        h = np.asarray(X, dtype=float) @ self.W1; h += self.b1
        self.a1 = sigmoid(h)
        o = self.a1 @ self.W2; o += self.b2
        self.a2 = sigmoid(o)
        return self.a2

    def backward(self, X, y):
        X = np.asarray(X, dtype=float)
        d2 = np.subtract(self.a2, y)
        d2 *= 2.0 / d2.size
        d2 *= self.a2; d2 *= 1.0 - self.a2
        d1 = d2 @ self.W2.T
        d1 *= self.a1; d1 *= 1.0 - self.a1
        self.gradients = {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True),
                          "dW2": self.a1.T @ d2, "db2": d2.sum(0, keepdims=True)}
        return self.gradients

    def update_weights(self):
        for p in ("W1", "b1", "W2", "b2"):
            value = getattr(self, p)
            np.subtract(value, self.learning_rate * self.gradients["d" + p], out=value)

    def compute_loss(self, y_true, y_pred):
        r = np.subtract(y_true, y_pred, dtype=float)
        np.multiply(r, r, out=r)
        return float(r.mean())

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y); self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.logical_xor(X[:, :1], X[:, 1:]).astype(float)
    net = NeuralNetwork(2, 8, 1, learning_rate=4.0)
    net.W1 *= 2
    return net, [net.train_step(X, y) for _ in range(4000)]


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    t = np.linspace(0, 4 * np.pi, half)
    X = np.empty((2 * half, 2))
    np.cos(t, out=X[:half, 0]); np.sin(t, out=X[:half, 1])
    X[:half] *= (t / (2 * np.pi))[:, None]
    np.negative(X[:half], out=X[half:])
    X += np.random.normal(0.0, noise, X.shape)
    y = np.zeros((2 * half, 1)); y[half:] = 1.0
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 80, 1, learning_rate=3.0)
    net.W1 *= 4; net.W2 *= 0.3
    net.b1 += 4 * np.random.randn(*net.b1.shape)
    for _ in range(2500):
        order = np.random.permutation(len(X))
        for part in np.array_split(order, max(1, len(X) // 50)):
            net.train_step(X[part], y[part])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    table = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(np.shape(X)[1], h, np.shape(y)[1], lr)
            for _ in range(epochs):
                net.train_step(X, y)
            table.append({"hidden_size": h, "learning_rate": lr, "final_loss": net.compute_loss(y, net.forward(X))})
    return table
