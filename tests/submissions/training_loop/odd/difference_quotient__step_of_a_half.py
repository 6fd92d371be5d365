"""
Reflection. Most important: a derivative is a ratio of small changes, so I computed it like that in the small network.
What is still unclear: how small is small?
"""
import numpy as np

STEP = 0.5


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    big = np.abs(x)
    s = 1 / (1 + np.exp(-big))
    return np.where(x < 0, np.exp(-big) * s, s)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * sigmoid(-np.asarray(x, dtype=float))


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    return {"z1": z1, "a1": a1, "z2": z2, "a2": sigmoid(z2)}


def manual_gradients(x, y, w1, b1, w2, b2):
    state = manual_forward(x, w1, b1, w2, b2)

    def rise(z):
        return (sigmoid(z + STEP) - sigmoid(z - STEP)) / (2 * STEP)

    result = {"dL_da2": state["a2"] - y}
    result["da2_dz2"] = rise(state["z2"])
    result["dL_dz2"] = result["dL_da2"] * result["da2_dz2"]
    result["dL_dw2"] = result["dL_dz2"] * state["a1"]
    result["dL_db2"] = result["dL_dz2"]
    result["dL_da1"] = result["dL_dz2"] * w2
    result["da1_dz1"] = rise(state["z1"])
    result["dL_dz1"] = result["dL_da1"] * result["da1_dz1"]
    result["dL_dw1"] = result["dL_dz1"] * x
    result["dL_db1"] = result["dL_dz1"]
    return result


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    state = manual_forward(x, w1, b1, w2, b2)
    out = (state["a2"] - y) * sigmoid_derivative(state["z2"])
    hid = out * w2 * sigmoid_derivative(state["z1"])
    return w1 - learning_rate * hid * x, b1 - learning_rate * hid, w2 - learning_rate * out * state["a1"], b2 - learning_rate * out


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.W2 = (np.random.randn(*s) for s in ((input_size, hidden_size), (hidden_size, output_size)))
        self.b1, self.b2 = (np.zeros((1, s)) for s in (hidden_size, output_size))

    def forward(self, X):
        self.state = {"z1": X @ self.W1 + self.b1}
        self.state["a1"] = sigmoid(self.state["z1"])
        self.state["z2"] = self.state["a1"] @ self.W2 + self.b2
        self.state["a2"] = sigmoid(self.state["z2"])
        return self.state["a2"]

    def backward(self, X, y):
        s = self.state
        out = (s["a2"] - y) * sigmoid_derivative(s["z2"])
        hid = out @ self.W2.T * sigmoid_derivative(s["z1"])
        weight = 2.0 / out.size
        self.gradients = {
            "dW1": weight * (X.T @ hid), "db1": weight * hid.sum(axis=0, keepdims=True),
            "dW2": weight * (s["a1"].T @ out), "db2": weight * out.sum(axis=0, keepdims=True),
        }
        return self.gradients

    def update_weights(self):
        for k, v in self.gradients.items():
            setattr(self, k[1:], getattr(self, k[1:]) - self.learning_rate * v)

    def compute_loss(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        value = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return value


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 8, 1, 5)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    return net, [net.train_step(X, y) for _ in range(3000)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    r = t / (2 * np.pi)
    X = np.vstack([np.array([r * np.cos(t), r * np.sin(t)]).T, np.array([r * np.cos(t + np.pi), r * np.sin(t + np.pi)]).T])
    return X + np.random.randn(*X.shape) * noise, np.hstack([0 * t, 0 * t + 1]).reshape(-1, 1)


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 = net.W1 * 3
    for e in range(8000):
        net.train_step(X, y)
        if e % 200 == 0 and np.mean((net.state["a2"] > 0.5) == (y > 0.5)) > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    rows = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for _ in range(epochs):
                v = net.train_step(X, y)
            rows.append({"hidden_size": h, "learning_rate": lr, "final_loss": v})
    return rows
