"""
Reflection in three sentences. I liked the table of learning rates most: too small is slow, too large jumps.
Backprop is cheap: about as much work as two forward passes. I struggled with the second spiral arm.
"""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.select([x >= 0], [1 / (1 + np.exp(-np.abs(x)))], 1 - 1 / (1 + np.exp(-np.abs(x))))


def sigmoid_derivative(x):
    e = np.exp(-np.abs(np.asarray(x, dtype=float)))
    return e / (1 + 2 * e + e * e)


def manual_forward(x, w1, b1, w2, b2):
    def values():
        z1 = w1 * x + b1
        yield "z1", z1
        a1 = sigmoid(z1)
        yield "a1", a1
        z2 = w2 * a1 + b2
        yield "z2", z2
        yield "a2", sigmoid(z2)

    return dict(values())


def manual_gradients(x, y, w1, b1, w2, b2):
    v = manual_forward(x, w1, b1, w2, b2)

    def links():
        running = v["a2"] - y
        for i, weight, source in ((2, w2, v["a1"]), (1, w1, x)):
            yield "dL_da%d" % i, running
            local = sigmoid_derivative(v["z%d" % i])
            yield "da%d_dz%d" % (i, i), local
            running = running * local
            yield "dL_dz%d" % i, running
            yield "dL_dw%d" % i, running * source
            yield "dL_db%d" % i, running
            running = running * weight

    return dict(links())


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return (w1 - learning_rate * g["dL_dw1"], b1 - learning_rate * g["dL_db1"],
            w2 - learning_rate * g["dL_dw2"], b2 - learning_rate * g["dL_db2"])


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.seen = X
        self.A1 = sigmoid(X @ self.W1 + self.b1)
        self.A2 = sigmoid(self.A1 @ self.W2 + self.b2)
        return self.A2

    def backward(self, X, y):
        def pairs():
            D = 2 * (self.A2 - y) * self.A2 * (1 - self.A2) / self.A2.size
            yield "dW2", self.A1.T @ D
            yield "db2", D.sum(axis=0, keepdims=True)
            D = D @ self.W2.T * self.A1 * (1 - self.A1)
            yield "dW1", X.T @ D
            yield "db1", D.sum(axis=0, keepdims=True)

        self.gradients = dict(pairs())
        return self.gradients

    def update_weights(self):
        vars(self).update({k[1:]: vars(self)[k[1:]] - self.learning_rate * g for k, g in self.gradients.items()})

    def compute_loss(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 8, 1, 5)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    return net, list(net.train_step(X, y) for _ in range(3000))


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    arms = [s * np.column_stack([t * np.cos(t), t * np.sin(t)]) / (2 * np.pi) for s in (1, -1)]
    X = np.vstack(arms)
    y = np.vstack([np.full((len(t), 1), float(c)) for c in range(2)])
    return X + np.random.normal(0, noise, X.shape), y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 *= 3
    for e in range(8000):
        net.train_step(X, y)
        if e % 200 == 0 and np.mean((net.A2 > 0.5) == (y > 0.5)) > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    grid = ((h, lr) for h in hidden_sizes for lr in learning_rates)
    rows = []
    np.random.seed(seed)
    for h, lr in grid:
        net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
        losses = [net.train_step(X, y) for _ in range(epochs)]
        rows.append({"hidden_size": h, "learning_rate": lr, "final_loss": losses[-1]})
    return rows
