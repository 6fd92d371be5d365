"""
Reflection
- surprised: how few lines it takes
- chain rule: I see it as functions that I call in reverse order (my forward leaves such functions behind)
"""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return (np.tanh(x / 2) + 1) / 2


def sigmoid_derivative(x):
    x = np.asarray(x, dtype=float)
    return 1 / (2 * np.cosh(np.clip(x, -300, 300) / 2)) ** 2


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    v = manual_forward(x, w1, b1, w2, b2)
    dL_da2 = v["a2"] - y
    da2_dz2, da1_dz1 = sigmoid_derivative(v["z2"]), sigmoid_derivative(v["z1"])
    through2 = lambda inner: dL_da2 * da2_dz2 * inner
    through1 = lambda inner: through2(w2) * da1_dz1 * inner
    return {"dL_da2": dL_da2, "da2_dz2": da2_dz2, "da1_dz1": da1_dz1,
            "dL_dz2": through2(1), "dL_db2": through2(1), "dL_dw2": through2(v["a1"]), "dL_da1": through2(w2),
            "dL_dz1": through1(1), "dL_db1": through1(1), "dL_dw1": through1(x)}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    grads = manual_gradients(x, y, w1, b1, w2, b2)
    go = lambda old, name: old - learning_rate * grads["dL_d" + name]
    return go(w1, "w1"), go(b1, "b1"), go(w2, "w2"), go(b2, "b2")


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def _layer(self, A, n):
        W, b = getattr(self, "W" + n), getattr(self, "b" + n)
        out = sigmoid(A @ W + b)

        def pull(up, grads):
            local = up * out * (1 - out)
            grads["dW" + n] = A.T @ local
            grads["db" + n] = local.sum(axis=0, keepdims=True)
            return local @ W.T

        self.tape.append(pull)
        return out

    def forward(self, X):
        self.tape = []
        self.prediction = self._layer(self._layer(np.asarray(X), "1"), "2")
        return self.prediction

    def backward(self, X, y):
        grads = {}
        up = 2 * (self.prediction - y) / y.shape[0]
        for pull in self.tape[::-1]:
            up = pull(up, grads)
        self.gradients = grads
        return grads

    def update_weights(self):
        for key, g in self.gradients.items():
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * g)

    def compute_loss(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = (X[:, :1] != X[:, 1:]) * 1.0
    net = NeuralNetwork(2, 8, 1, 5)
    return net, [net.train_step(X, y) for _ in range(3000)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    point = lambda phase: np.column_stack([t * np.cos(t + phase), t * np.sin(t + phase)]) / (2 * np.pi)
    X = np.concatenate([point(0), point(np.pi)]) + noise * np.random.randn(n_samples, 2)
    return X, np.array([[0.0]] * len(t) + [[1.0]] * len(t))


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 = 3 * net.W1
    good = lambda: np.mean((net.forward(X) > 0.5) == y) > 0.957
    for e in range(8000):
        net.train_step(X, y)
        if e % 200 == 199 and good():
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def run(h, lr):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
        for _ in range(epochs):
            loss = net.train_step(X, y)
        return loss

    return [{"hidden_size": h, "learning_rate": lr, "final_loss": run(h, lr)}
            for lr in learning_rates for h in hidden_sizes]
