"""Two layer objects, each with its own forward and backward; the network only strings them together.

Most important concept: a layer needs nothing but the gradient of its output to work out all the rest.
Surprise: that the large learning rates (above 1) are the good ones here.
"""
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-np.asarray(x, dtype=float))


class Dense:
    """sigmoid(x W + b)"""

    def __init__(self, n_in, n_out):
        self.W = np.random.normal(scale=1.2, size=(n_in, n_out))
        self.b = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        self.z = x @ self.W + self.b
        return sigmoid(self.z)

    def backward(self, grad_out):
        """Takes dL/d(output), keeps dW and db, hands dL/d(input) on."""
        delta = grad_out * sigmoid_derivative(grad_out)
        self.dW = self.x.T @ delta
        self.db = delta.sum(axis=0, keepdims=True)
        return delta @ self.W.T


class MSE:

    @staticmethod
    def value(target, output):
        return np.mean(np.square(target - output))

    @staticmethod
    def grad(target, output):
        return 2 * (output - target) / output.size


def manual_forward(x, w1, b1, w2, b2):
    z1 = x * w1 + b1
    a1 = sigmoid(z1)
    z2 = a1 * w2 + b2
    a2 = sigmoid(z2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    g = {"dL_da2": f["a2"] - y, "da2_dz2": sigmoid_derivative(f["z2"])}
    g["dL_dz2"] = g["dL_da2"] * g["da2_dz2"]
    g["dL_dw2"] = g["dL_dz2"] * f["a1"]
    g["dL_db2"] = g["dL_dz2"]
    g["dL_da1"] = g["dL_dz2"] * w2
    g["da1_dz1"] = sigmoid_derivative(f["z1"])
    g["dL_dz1"] = g["dL_da1"] * g["da1_dz1"]
    g["dL_dw1"] = g["dL_dz1"] * x
    g["dL_db1"] = g["dL_dz1"]
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return (w1 - learning_rate * g["dL_dw1"], b1 - learning_rate * g["dL_db1"],
            w2 - learning_rate * g["dL_dw2"], b2 - learning_rate * g["dL_db2"])


def _layer_attribute(layer, name):
    def get(self):
        return getattr(getattr(self, layer), name)

    def put(self, value):
        setattr(getattr(self, layer), name, value)

    return property(get, put)


class NeuralNetwork:
    """Hidden layer, output layer, loss."""

    W1 = _layer_attribute("hidden", "W")
    b1 = _layer_attribute("hidden", "b")
    W2 = _layer_attribute("output", "W")
    b2 = _layer_attribute("output", "b")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.hidden = Dense(input_size, hidden_size)
        self.output = Dense(hidden_size, output_size)
        self.loss = MSE()
        self.gradients = {}

    def forward(self, X):
        self.prediction = self.output.forward(self.hidden.forward(X))
        return self.prediction

    def backward(self, X, y):
        grad = self.loss.grad(y, self.prediction)
        for layer in (self.output, self.hidden):
            grad = layer.backward(grad)
        self.gradients = {
            "dW1": self.hidden.dW, "db1": self.hidden.db,
            "dW2": self.output.dW, "db2": self.output.db,
        }
        return self.gradients

    def update_weights(self):
        for name in ("W1", "b1", "W2", "b2"):
            setattr(self, name, getattr(self, name) - self.learning_rate * self.gradients["d" + name])

    def compute_loss(self, y_true, y_pred):
        return self.loss.value(y_true, y_pred)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.logical_xor(X[:, :1], X[:, 1:]).astype(float)
    net = NeuralNetwork(2, 10, 1, learning_rate=3.0)
    return net, [net.train_step(X, y) for _ in range(4000)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    arm = (t / (2 * np.pi))[:, None] * np.column_stack((np.cos(t), np.sin(t)))
    half_turn = np.array([[-1.0, 0.0], [0.0, -1.0]])
    X = np.vstack((arm, arm @ half_turn))
    X += np.random.normal(scale=noise, size=X.shape)
    y = np.zeros((len(X), 1))
    y[len(t):] = 1.0
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, learning_rate=3.0)
    net.W1 = np.random.normal(scale=5.0, size=(2, 64))
    net.b1 = np.random.normal(scale=5.0, size=(1, 64))
    net.W2 = np.random.normal(scale=0.5, size=(64, 1))
    for epoch in range(1000):
        for rows in np.random.permutation(len(X)).reshape(-1, len(X) // 15):
            net.train_step(X[rows], y[rows])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def final_loss(h, rate):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], h, y.shape[1], rate)
        for _ in range(epochs):
            loss = net.train_step(X, y)
        return loss

    return [{"hidden_size": h, "learning_rate": rate, "final_loss": final_loss(h, rate)}
            for h in hidden_sizes for rate in learning_rates]
