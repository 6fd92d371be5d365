"""Reflection

Q: What challenges did you face? A: My spiral network did not move until I made the first weights bigger.
Q: What is the role of the chain rule? A: It replaces one horrible derivative by five nice ones.
"""
import numpy as np


def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    return sigmoid(x) - sigmoid(x) ** 2


def manual_forward(x, w1, b1, w2, b2):
    d = dict(z1=w1 * x + b1)
    d["a1"] = sigmoid(d["z1"])
    d["z2"] = w2 * d["a1"] + b2
    d["a2"] = sigmoid(d["z2"])
    return d


def manual_gradients(x, y, w1, b1, w2, b2):
    d = manual_forward(x, w1, b1, w2, b2)
    outer, inner = d["a2"] * (1 - d["a2"]), d["a1"] * (1 - d["a1"])
    top = (d["a2"] - y) * outer
    bottom = top * w2 * inner
    return dict(dL_da2=d["a2"] - y, da2_dz2=outer, dL_dz2=top, dL_dw2=top * d["a1"], dL_db2=top,
                dL_da1=top * w2, da1_dz1=inner, dL_dz1=bottom, dL_dw1=bottom * x, dL_db1=bottom)


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    d = manual_forward(x, w1, b1, w2, b2)
    before = w2
    top = (d["a2"] - y) * sigmoid_derivative(d["z2"])
    w2 = w2 - learning_rate * top * d["a1"]
    b2 = b2 - learning_rate * top
    bottom = top * w2 * sigmoid_derivative(d["z1"])
    w1 = w1 - learning_rate * bottom * x
    b1 = b1 - learning_rate * bottom
    return w1, b1, w2, b2


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        shapes = {"W1": (input_size, hidden_size), "W2": (hidden_size, output_size)}
        for name, shape in shapes.items():
            setattr(self, name, np.random.randn(*shape))
            setattr(self, name.replace("W", "b"), np.zeros((1, shape[1])))

    def forward(self, X):
        cache = {"A0": np.asarray(X)}
        for n in "12":
            prev = cache["A" + str(int(n) - 1)]
            cache["A" + n] = sigmoid(prev @ getattr(self, "W" + n) + getattr(self, "b" + n))
        self.cache = cache
        return cache["A2"]

    def backward(self, X, y):
        c = self.cache
        top = (c["A2"] - y) * c["A2"] * (1 - c["A2"])
        bottom = top @ self.W2.T * c["A1"] * (1 - c["A1"])
        grads = {"W2": c["A1"].T @ top, "b2": top.sum(axis=0, keepdims=True),
                 "W1": c["A0"].T @ bottom, "b1": bottom.sum(axis=0, keepdims=True)}
        self.gradients = {"d" + key: 2 * value / top.size for key, value in grads.items()}
        return self.gradients

    def update_weights(self):
        for key in self.gradients:
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * self.gradients[key])

    def compute_loss(self, y_true, y_pred):
        return ((y_true - y_pred) ** 2).mean()

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 8, 1, 5)
    table = np.array([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]])
    losses = []
    for _ in range(3000):
        losses.append(net.train_step(table[:, :2], table[:, 2:]))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    y = np.repeat([[0.0], [1.0]], n_samples // 2, axis=0)
    sign = 1 - 2 * y
    t = np.concatenate([t, t])[:, None]
    X = sign * t / (2 * np.pi) * np.hstack([np.cos(t), np.sin(t)])
    return X + noise * np.random.randn(*X.shape), y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 *= 3
    for epoch in range(8000):
        net.train_step(X, y)
        if epoch % 100 == 0 and np.mean((net.cache["A2"] > 0.5) == (y > 0.5)) > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    answer = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for _ in range(epochs):
                net.train_step(X, y)
            answer.append(dict(hidden_size=h, learning_rate=lr, final_loss=net.compute_loss(y, net.forward(X))))
    return answer


assert abs(sigmoid(0) - 0.5) < 1e-12
