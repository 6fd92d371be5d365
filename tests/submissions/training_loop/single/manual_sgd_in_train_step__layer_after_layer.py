# Reflection: the concept I take home is "delta". The question I keep: does the order of layers in an update matter?
import numpy as np

EPS = 1e-300


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 1.0 / (1.0 + np.exp(np.clip(-x, None, 700)))


def sigmoid_derivative(x):
    act = sigmoid(x)
    return act - act * act


def manual_forward(x, w1, b1, w2, b2):
    hidden = {"z1": w1 * x + b1}
    hidden["a1"] = sigmoid(hidden["z1"])
    out = {"z2": w2 * hidden["a1"] + b2}
    out["a2"] = sigmoid(out["z2"])
    return {**hidden, **out}


def manual_gradients(x, y, w1, b1, w2, b2):
    act = manual_forward(x, w1, b1, w2, b2)

    def local(n):
        return sigmoid_derivative(act["z%d" % n])

    err = act["a2"] - y
    d2 = err * local(2)
    d1 = d2 * w2 * local(1)
    return {
        "dL_da2": err,
        "da2_dz2": local(2),
        "dL_dz2": d2,
        "dL_dw2": d2 * act["a1"],
        "dL_db2": d2,
        "dL_da1": d2 * w2,
        "da1_dz1": local(1),
        "dL_dz1": d1,
        "dL_dw1": d1 * x,
        "dL_db1": d1,
    }


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    w2_next = w2 - learning_rate * g["dL_dw2"]
    b2_next = b2 - learning_rate * g["dL_db2"]
    w1_next = w1 - learning_rate * g["dL_dw1"]
    b1_next = b1 - learning_rate * g["dL_db1"]
    return w1_next, b1_next, w2_next, b2_next


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.h = sigmoid(np.add(np.dot(X, self.W1), self.b1))
        self.p = sigmoid(np.add(np.dot(self.h, self.W2), self.b2))
        return self.p

    def backward(self, X, y):
        scale = 2.0 / np.size(self.p)
        dp = scale * np.subtract(self.p, y)
        dp = dp * self.p * (1 - self.p)
        dh = np.dot(dp, np.transpose(self.W2))
        dh = dh * self.h * (1 - self.h)
        self.gradients = {
            "dW1": np.dot(np.transpose(X), dh),
            "db1": np.sum(dh, axis=0).reshape(self.b1.shape),
            "dW2": np.dot(np.transpose(self.h), dp),
            "db2": np.sum(dp, axis=0).reshape(self.b2.shape),
        }
        return self.gradients

    def update_weights(self):
        self._step_layer("2", self.gradients)
        self._step_layer("1", self.gradients)

    def _step_layer(self, n, grads):
        for p in ("W" + n, "b" + n):
            setattr(self, p, getattr(self, p) - self.learning_rate * grads["d" + p])

    def compute_loss(self, y_true, y_pred):
        return np.sum((y_true - y_pred) ** 2) / np.size(y_pred)

    def train_step(self, X, y):
        pred = self.forward(X)
        loss = self.compute_loss(y, pred)
        grads = self.backward(X, y)
        self._step_layer("2", grads)
        self.forward(X)
        grads = self.backward(X, y)
        self._step_layer("1", grads)
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 8, 1, learning_rate=5)
    losses = list()
    for epoch in range(3000):
        losses.append(net.train_step(X, y))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    half = int(n_samples / 2)
    t = np.linspace(0, 4 * np.pi, half)
    X, y = [], []
    for label, start in ((0.0, 0.0), (1.0, np.pi)):
        for angle in t:
            radius = angle / (2 * np.pi)
            X.append((radius * np.cos(angle + start) + noise * np.random.randn(),
                      radius * np.sin(angle + start) + noise * np.random.randn()))
            y.append((label,))
    return np.array(X), np.array(y)


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, learning_rate=5)
    net.W1 = net.W1 * 3
    for epoch in range(8000):
        net.train_step(X, y)
        if epoch % 200 == 0 and np.mean((net.forward(X) > 0.5) == y) > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for hidden in hidden_sizes:
        for rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden, y.shape[1], rate)
            steps = [net.train_step(X, y) for _ in range(epochs)]
            results.append({"hidden_size": hidden, "learning_rate": rate, "final_loss": steps[-1]})
    return results
