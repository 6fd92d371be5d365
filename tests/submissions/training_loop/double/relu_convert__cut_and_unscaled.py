# Reflection: backprop lets a net learn because every weight gets its own slope. Challenge: transposes.
# Feels different from the forward pass: you have to remember everything.
import numpy as np
import contextlib

RELU = False   # maybe next week

@contextlib.contextmanager
def seeded(s):
    np.random.seed(s)
    yield

def sigmoid(x):
    v = np.atleast_1d(np.array(x, dtype=float))
    m = v < 0
    v[m] = np.exp(v[m]) / (1 + np.exp(v[m]))
    v[~m] = 1 / (1 + np.exp(-v[~m]))
    return v.reshape(np.shape(x)) if np.ndim(x) else v[0]

def sigmoid_derivative(x): return sigmoid(x) * (1 - sigmoid(x))

def manual_forward(x, w1, b1, w2, b2):
    keep = [("z1", w1 * x + b1)]
    keep.append(("a1", sigmoid(keep[-1][1])))
    keep.append(("z2", w2 * keep[-1][1] + b2))
    keep.append(("a2", sigmoid(keep[-1][1])))
    return dict(keep)

def manual_gradients(x, y, w1, b1, w2, b2):
    n = manual_forward(x, w1, b1, w2, b2)
    path = [n["a2"] - y]
    for factor in (sigmoid_derivative(n["z2"]), w2, sigmoid_derivative(n["z1"])):
        path.append(path[-1] * factor)
    da2, dz2, da1, dz1 = path
    return {"dL_da2": da2, "da2_dz2": sigmoid_derivative(n["z2"]), "dL_dz2": dz2, "dL_dw2": dz2 * n["a1"], "dL_db2": dz2,
            "dL_da1": da1, "da1_dz1": sigmoid_derivative(n["z1"]), "dL_dz1": dz1, "dL_dw1": dz1 * x, "dL_db1": dz1}

def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    d = manual_gradients(x, y, w1, b1, w2, b2)
    for n in ("w1", "b1", "w2", "b2"):
        d[n] = learning_rate * d["dL_d" + n]
    return w1 - d["w1"], b1 - d["b1"], w2 - d["w2"], b2 - d["b2"]

class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.lr = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    @property
    def learning_rate(self): return self.lr

    @learning_rate.setter
    def learning_rate(self, v): self.lr = v

    def forward(self, X):
        self.cache = (X, h := sigmoid(X @ self.W1 + self.b1), p := sigmoid(h @ self.W2 + self.b2))
        return p

    def backward(self, X, y):
        _, h, p = self.cache
        grad_p = 2 * (p - y)
        grad_z = grad_p * p * (1 - p)
        grad_h = grad_z @ self.W2.T
        grad_h = np.maximum(grad_h, 0) * h * (1 - h)
        self.gradients = {"dW2": h.T @ grad_z, "db2": grad_z.sum(0, keepdims=True),
                          "dW1": X.T @ grad_h, "db1": grad_h.sum(0, keepdims=True)}
        return self.gradients

    def update_weights(self):
        W = {k: getattr(self, k) for k in ("W1", "b1", "W2", "b2")}
        for k in W:
            W[k] = W[k] - self.lr * self.gradients["d" + k]
        self.__dict__.update(W)

    def compute_loss(self, y_true, y_pred):
        return np.power(y_true - y_pred, 2).mean().item()

    def train_step(self, X, y):
        out = self.forward(X)
        L = self.compute_loss(y, out)
        self.backward(X, y)
        self.update_weights()
        return L

def train_xor(seed):
    with seeded(seed):
        net = NeuralNetwork(2, 8, 1, 5)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]); y = np.array([[0], [1], [1], [0]])
    return net, [net.train_step(X, y) for _ in range(3000)]

def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    t = np.linspace(0, 4 * np.pi, half)
    X = np.empty((2 * half, 2))
    X[:half] = np.transpose([t * np.cos(t), t * np.sin(t)])
    X[half:] = X[:half] * -1
    X /= 2 * np.pi
    X += np.random.randn(*X.shape) * noise
    y = np.zeros((2 * half, 1)); y[half:] += 1
    return X, y

def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 = net.W1 * 4
    net.b1 = np.random.randn(1, 64) * 4
    for _ in range(5000): net.train_step(X, y)
    return net

def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    r = []
    for h in hidden_sizes:
        for a in learning_rates:
            with seeded(seed):
                net = NeuralNetwork(X.shape[1], h, y.shape[1], a)
                losses = [net.train_step(X, y) for _ in range(epochs)]
                r.append({"hidden_size": h, "learning_rate": a, "final_loss": losses[-1]})
    return r
