"""Follows chapter 2 of Nielsen's book: one sample after the other, as columns, nablas summed up.

What was the most important concept you learned? The equation BP2, error one layer back.
What questions do you still have? Why nobody uses sigmoids any more.
"""
import numpy as np


def sigmoid(x):
    """The sigmoid function."""
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    """sigmoid_prime in the book."""
    return sigmoid(x) * (1 - sigmoid(x))


def manual_forward(x, w1, b1, w2, b2):
    activation, record = x, {}
    for layer, (w, b) in enumerate([(w1, b1), (w2, b2)], start=1):
        z = w * activation + b
        activation = sigmoid(z)
        record["z%d" % layer] = z
        record["a%d" % layer] = activation
    return record


def manual_gradients(x, y, w1, b1, w2, b2):
    rec = manual_forward(x, w1, b1, w2, b2)
    nabla_a = rec["a2"] - y
    sp2 = sigmoid_derivative(rec["z2"])
    delta2 = nabla_a * sp2
    back = w2 * delta2
    sp1 = sigmoid_derivative(rec["z1"])
    delta1 = back * sp1
    return {"dL_da2": nabla_a, "da2_dz2": sp2, "dL_dz2": delta2,
            "dL_dw2": rec["a1"] * delta2, "dL_db2": delta2,
            "dL_da1": back, "da1_dz1": sp1, "dL_dz1": delta1,
            "dL_dw1": x * delta1, "dL_db1": delta1}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    nabla = manual_gradients(x, y, w1, b1, w2, b2)
    names = ["dL_dw1", "dL_db1", "dL_dw2", "dL_db2"]
    return tuple(p - learning_rate * nabla[n] for p, n in zip([w1, b1, w2, b2], names))


class NeuralNetwork(object):

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.sizes = [input_size, hidden_size, output_size]
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.zs = [np.dot(X, self.W1) + self.b1]
        self.activations = [np.asarray(X, dtype=float), sigmoid(self.zs[0])]
        self.zs.append(np.dot(self.activations[1], self.W2) + self.b2)
        self.activations.append(sigmoid(self.zs[1]))
        return self.activations[-1]

    def backward(self, X, y):
        nabla_b = [np.zeros(self.b1.shape), np.zeros(self.b2.shape)]
        nabla_w = [np.zeros(self.W1.shape), np.zeros(self.W2.shape)]
        for i in range(len(X)):
            delta_nabla_b, delta_nabla_w = self.backprop(i, y[i])
            nabla_b = [nb + dnb for nb, dnb in zip(nabla_b, delta_nabla_b)]
            nabla_w = [nw + dnw for nw, dnw in zip(nabla_w, delta_nabla_w)]
        m = len(X)
        self.gradients = {"dW1": nabla_w[0] / m, "db1": nabla_b[0] / m,
                          "dW2": nabla_w[1] / m, "db2": nabla_b[1] / m}
        return self.gradients

    def backprop(self, i, t):
        """The nablas of sample i, for its cost mean_k (a - t)^2."""
        x, a1, a2 = [layer[i].reshape(-1, 1) for layer in self.activations]
        t = np.asarray(t).reshape(-1, 1)
        # BP1; in terms of the activation sigma' is a(1-a), so there's no need to evaluate sigma again
        delta2 = 2.0 / len(t) * (a2 - t) * a2 * (1 - a2)
        # BP2
        h = self.zs[0][i].reshape(-1, 1)
        sp = h * (1 - h)
        delta1 = np.dot(self.W2, delta2) * sp
        # BP3 and BP4 (transposed, since here the weights are (in, out))
        return [delta1.T, delta2.T], [np.dot(x, delta1.T), np.dot(a1, delta2.T)]

    def update_weights(self):
        eta = self.learning_rate
        self.W1 = self.W1 - eta * self.gradients["dW1"]
        self.b1 = self.b1 - eta * self.gradients["db1"]
        self.W2 = self.W2 - eta * self.gradients["dW2"]
        self.b2 = self.b2 - eta * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        return ((y_true - y_pred) ** 2).mean()

    def train_step(self, X, y):
        output = self.forward(X)
        cost = self.compute_loss(y, output)
        self.backward(X, y)
        self.update_weights()
        return cost


def train_xor(seed):
    np.random.seed(seed)
    training_inputs = np.array([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
    training_results = np.array([[0.], [1.], [1.], [0.]])
    net = NeuralNetwork(2, 8, 1, learning_rate=5.0)
    costs = []
    for epoch in range(4000):
        costs.append(net.train_step(training_inputs, training_results))
    return net, costs


def make_spiral_data(n_samples=300, noise=0.1):
    m = n_samples // 2
    t = np.linspace(0.0, 4.0 * np.pi, m)
    arm = np.array([np.cos(t), np.sin(t)]).T * (t / (2.0 * np.pi)).reshape(-1, 1)
    X = np.concatenate([arm, -arm]) + np.random.normal(scale=noise, size=(2 * m, 2))
    y = np.concatenate([np.zeros((m, 1)), np.ones((m, 1))])
    return X, y


def train_spiral(X, y):
    """SGD with mini-batches of 8."""
    net = NeuralNetwork(2, 64, 1, learning_rate=1.0)
    net.W1 *= 5.0
    net.b1 = np.random.randn(1, 64) * 5.0
    for epoch in range(1000):
        order = np.random.permutation(len(X))
        for k in range(0, len(X), 8):
            x, t = X[order[k:k + 8]], y[order[k:k + 8]]
            # a whole mini-batch at once, backprop() for every sample takes too long
            a2 = net.forward(x)
            a1 = net.activations[1]
            delta2 = 2.0 / len(x) * (a2 - t) * a2 * (1 - a2)
            delta1 = np.dot(delta2, net.W2.T) * a1 * (1 - a1)
            net.W2 = net.W2 - net.learning_rate * np.dot(a1.T, delta2)
            net.b2 = net.b2 - net.learning_rate * delta2.sum(axis=0)
            net.W1 = net.W1 - net.learning_rate * np.dot(x.T, delta1)
            net.b1 = net.b1 - net.learning_rate * delta1.sum(axis=0)
        if epoch % 20 == 0 and np.mean((net.forward(X) > 0.5) == (y > 0.5)) >= 0.98:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    found = []
    for size in hidden_sizes:
        for eta in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], size, y.shape[1], eta)
            for epoch in range(epochs):
                cost = net.train_step(X, y)
            found.append({"hidden_size": size, "learning_rate": eta, "final_loss": cost})
    return found
