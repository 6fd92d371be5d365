"""Exercise 6, index notation throughout (m samples, n inputs, h hidden, k outputs).

Role of the chain rule: in index notation it is a sum over every index that is not left over.
Open question: does einsum cost anything against @?
"""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    with np.errstate(over="ignore"):
        return np.reciprocal(1.0 + np.exp(-x))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    z2 = w2 * (a1 := sigmoid(z1)) + b2
    return {"z1": z1, "a1": a1, "z2": z2, "a2": sigmoid(z2)}


def manual_gradients(x, y, w1, b1, w2, b2):
    z1, a1, z2, a2 = manual_forward(x, w1, b1, w2, b2).values()
    links = (a2 - y, sigmoid_derivative(z2), w2, sigmoid_derivative(z1))
    to_a2, to_z2, to_a1, to_z1 = np.cumprod(links)
    return {
        "dL_da2": to_a2, "da2_dz2": links[1], "dL_dz2": to_z2, "dL_dw2": to_z2 * a1, "dL_db2": to_z2,
        "dL_da1": to_a1, "da1_dz1": links[3], "dL_dz1": to_z1, "dL_dw1": to_z1 * x, "dL_db1": to_z1,
    }


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    slope = np.array([g["dL_dw1"], g["dL_db1"], g["dL_dw2"], g["dL_db2"]])
    return tuple(np.array([w1, b1, w2, b2]) - learning_rate * slope)


class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.standard_normal((input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.standard_normal((hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        self.a1 = sigmoid(np.einsum("mn,nh->mh", X, self.W1) + self.b1)
        self.a2 = sigmoid(np.einsum("mh,hk->mk", self.a1, self.W2) + self.b2)
        return self.a2

    def backward(self, X, y):
        a1, a2 = self.a1, self.a2
        e2 = 2.0 / a2.size * (a2 - y) * a2 * (1.0 - a2)
        e1 = np.einsum("mk,hk,mh->mh", e2, self.W2, a1 * (1.0 - a1))
        self.gradients = {
            "dW1": np.einsum("mn,mh->nh", X, e1),
            "db1": np.einsum("mh->h", e1),
            "dW2": np.einsum("mh,mk->hk", a1, e2),
            "db2": np.einsum("mk->k", e2)[None, :],
        }
        return self.gradients

    def update_weights(self):
        for p in "W1", "b1", "W2", "b2":
            self.__dict__[p] = self.__dict__[p] - self.learning_rate * self.gradients[f"d{p}"]

    def compute_loss(self, y_true, y_pred):
        r = y_true - y_pred
        return np.einsum("mk,mk->", r, r) / r.size

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.indices((2, 2)).reshape(2, 4).T.astype(float)
    y = (X.sum(axis=1, keepdims=True) == 1).astype(float)
    net = NeuralNetwork(2, 8, 1, 5.0)
    losses = np.empty(2500)
    for i in range(losses.size):
        losses[i] = net.train_step(X, y)
    return net, losses.tolist()


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0.0, 4.0 * np.pi, n_samples // 2)
    z = t / (2 * np.pi) * np.exp(1j * t)
    z = np.concatenate([z, z * np.exp(1j * np.pi)])
    X = np.stack([z.real, z.imag], axis=-1) + noise * np.random.standard_normal((z.size, 2))
    y = (np.arange(z.size) >= t.size).astype(float)[:, None]
    return X, y


def train_spiral(X, y):
    h = 60
    net = NeuralNetwork(X.shape[1], h, 1, 2.0)
    net.W1 *= 5.0
    net.W2 *= 0.5
    net.b1 = 5.0 * np.random.standard_normal((1, h))
    for epoch in range(900):
        net.learning_rate = 2.0 if epoch < 750 else 0.5
        p = np.random.permutation(len(X))
        for i in range(0, len(X), 15):
            net.train_step(X[p[i:i + 15]], y[p[i:i + 15]])
        if epoch > 300 and epoch % 25 == 0 and np.mean((net.forward(X) > 0.5) == y) > 0.975:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    out = []
    for h, lr in ((h, lr) for h in hidden_sizes for lr in learning_rates):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
        losses = [net.train_step(X, y) for _ in range(epochs)]
        out.append(dict(hidden_size=h, learning_rate=lr, final_loss=losses[-1]))
    return out
