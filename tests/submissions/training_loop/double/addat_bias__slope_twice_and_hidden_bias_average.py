"""
Reflection (short): I understood the chain rule when I had to name all the intermediate slopes.
I was surprised by how well the network does on the spirals with only one hidden layer.
"""
import numpy as np


def sigmoid(x):
    arr = np.atleast_1d(np.asarray(x, dtype=float))
    out = np.empty(arr.shape)
    neg = arr < 0
    out[neg] = np.exp(arr[neg]) / (1 + np.exp(arr[neg]))
    out[~neg] = 1 / (1 + np.exp(-arr[~neg]))
    return out.reshape(np.shape(x))[()]


def sigmoid_derivative(x):
    s = sigmoid(x)
    return (1 - s) * s


def manual_forward(x, w1, b1, w2, b2):
    z = [w1 * x + b1]
    a = [sigmoid(z[0])]
    z.append(w2 * a[0] + b2)
    a.append(sigmoid(z[1]))
    return {"z1": z[0], "a1": a[0], "z2": z[1], "a2": a[1]}


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    L_a2 = f["a2"] - y
    a2_z2 = sigmoid_derivative(f["z2"])
    L_z2 = L_a2 * a2_z2
    L_a1 = L_z2 * w2
    a1_z1 = sigmoid_derivative(f["z1"])
    L_z1 = L_a1 * a1_z1
    return {"dL_da2": L_a2, "da2_dz2": a2_z2, "dL_dz2": L_z2, "dL_dw2": L_z2 * f["a1"], "dL_db2": L_z2,
            "dL_da1": L_a1, "da1_dz1": a1_z1, "dL_dz1": L_z1, "dL_dw1": L_z1 * x, "dL_db1": L_z1}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    f = manual_gradients(x, y, w1, b1, w2, b2)
    return (w1 - learning_rate * f["dL_dw1"], b1 - learning_rate * f["dL_db1"],
            w2 - learning_rate * f["dL_dw2"], b2 - learning_rate * f["dL_db2"])


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.standard_normal(size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.standard_normal(size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.pre = (X @ self.W1 + self.b1,)
        self.act = (sigmoid(self.pre[0]),)
        self.pre += (self.act[0] @ self.W2 + self.b2,)
        self.act += (sigmoid(self.pre[1]),)
        return self.act[1]

    def _delta_out(self, y):
        a2 = self.act[1]
        return 2 / a2.size * (a2 - y) * a2 * (1 - a2)

    def _collect(self, delta):
        row = np.zeros((1, delta.shape[1]))
        np.add.at(row, np.zeros(len(delta), dtype=int), delta)
        return row

    def backward(self, X, y):
        last = self._delta_out(y) * sigmoid_derivative(self.pre[1])
        first = np.einsum("mk,hk->mh", last, self.W2) * sigmoid_derivative(self.pre[0])
        self.gradients = {}
        self.gradients["dW2"] = np.einsum("mh,mk->hk", self.act[0], last)
        self.gradients["db2"] = self._collect(last)
        self.gradients["dW1"] = np.einsum("mn,mh->nh", X, first)
        self.gradients["db1"] = self._collect(first) / len(first)
        return self.gradients

    def update_weights(self):
        for w in ("W1", "W2", "b1", "b2"):
            setattr(self, w, getattr(self, w) - self.learning_rate * self.gradients["d" + w])

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
    losses = np.zeros(3000)
    for i in range(3000):
        losses[i] = net.train_step(X, y)
    return net, losses.tolist()


def make_spiral_data(n_samples=300, noise=0.1):
    k = n_samples // 2
    t = np.linspace(0, 4 * np.pi, k)
    arms = np.array([[np.cos(t), np.sin(t)], [np.cos(t + np.pi), np.sin(t + np.pi)]]) * t / (2 * np.pi)
    X = arms.transpose(0, 2, 1).reshape(-1, 2)
    return X + np.random.normal(0, noise, X.shape), np.repeat([[0.0], [1.0]], k, axis=0)


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 *= 3
    for i in range(8000):
        net.train_step(X, y)
        if i % 200 == 0 and np.mean((net.act[1] > 0.5) == (y > 0.5)) > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    result = []
    for h in hidden_sizes:
        for rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], rate)
            for i in range(epochs):
                loss = net.train_step(X, y)
            result.append({"hidden_size": h, "learning_rate": rate, "final_loss": loss})
    return result
