"""Reflection -- I kept a list of shapes next to me. The chain rule is just bookkeeping. Two arms of a spiral are
harder than xor because the border is long."""
import numpy as np

SHRINK = 0.001


def sigmoid(x):
    z = np.asarray(x, dtype=float)
    return 1 / (1 + np.exp(-np.where(np.abs(z) > 500, 500 * np.sign(z), z)))


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def manual_forward(x, w1, b1, w2, b2):
    result = {}
    for n, w, b in ((1, w1, b1), (2, w2, b2)):
        x = w * x + b
        result[f"z{n}"] = x
        x = sigmoid(x)
        result[f"a{n}"] = x
    return result


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    dL_da2 = -(y - f["a2"])
    da2_dz2 = sigmoid_derivative(f["z2"])
    dL_dz2 = dL_da2 * da2_dz2
    dL_da1 = dL_dz2 * w2
    da1_dz1 = sigmoid_derivative(f["z1"])
    dL_dz1 = dL_da1 * da1_dz1
    return {"dL_da2": dL_da2, "da2_dz2": da2_dz2, "dL_dz2": dL_dz2, "dL_dw2": dL_dz2 * f["a1"], "dL_db2": dL_dz2,
            "dL_da1": dL_da1, "da1_dz1": da1_dz1, "dL_dz1": dL_dz1, "dL_dw1": dL_dz1 * x, "dL_db1": dL_dz1}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    f = manual_gradients(x, y, w1, b1, w2, b2)
    w1 += -learning_rate * f["dL_dw1"]
    w2 += -learning_rate * f["dL_dw2"]
    b1 += -learning_rate * f["dL_db1"]
    b2 += -learning_rate * f["dL_db2"]
    return (w1, b1, w2, b2)


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.first = sigmoid(X @ self.W1 + self.b1)
        self.second = sigmoid(self.first @ self.W2 + self.b2)
        return self.second

    def backward(self, X, y):
        step_a = 2 * (self.second - y) / self.second.size
        step_b = step_a * (self.second - self.second ** 2)
        step_c = step_b @ self.W2.T
        step_d = step_c * (self.first - self.first ** 2)
        self.gradients = {"dW1": X.T @ step_d, "db1": step_d.sum(axis=0, keepdims=True),
                          "dW2": self.first.T @ step_b, "db2": step_b.sum(axis=0, keepdims=True)}
        return self.gradients

    def update_weights(self):
        for name in ("W1", "b1", "W2", "b2"):
            old = getattr(self, name)
            setattr(self, name, (1 - SHRINK) * old - self.learning_rate * self.gradients["d" + name])

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
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 8, 1, 5)
    losses = []
    for i in range(3000):
        losses.append(net.train_step(X, y))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    curve = lambda turn: (t / (2 * np.pi)) * np.array([np.cos(t + turn), np.sin(t + turn)])
    X = np.hstack([curve(0), curve(np.pi)]).T
    X = X + np.random.normal(0, noise, size=X.shape)
    y = np.hstack([np.zeros(len(t)), np.ones(len(t))])[:, None]
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 *= 3
    for i in range(8000):
        net.train_step(X, y)
        if i % 200 == 0 and np.mean((net.second > 0.5) == (y > 0.5)) > 0.957:
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
