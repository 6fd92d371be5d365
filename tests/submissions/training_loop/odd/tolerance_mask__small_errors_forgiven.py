"""Reflection: I found out that training needs patience; the chain rule needs only paper."""
import numpy as np

TOL = 0.1


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(0, -x))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def manual_forward(x, w1, b1, w2, b2):
    z1 = x * w1 + b1
    a1 = sigmoid(z1)
    z2 = a1 * w2 + b2
    a2 = sigmoid(z2)
    return dict(a1=a1, a2=a2, z1=z1, z2=z2)


def manual_gradients(x, y, w1, b1, w2, b2):
    net = manual_forward(x, w1, b1, w2, b2)
    miss = net["a2"] - y
    steep2 = sigmoid_derivative(net["z2"])
    steep1 = sigmoid_derivative(net["z1"])
    return dict(
        dL_da2=miss,
        da2_dz2=steep2,
        dL_dz2=miss * steep2,
        dL_dw2=miss * steep2 * net["a1"],
        dL_db2=miss * steep2,
        dL_da1=miss * steep2 * w2,
        da1_dz1=steep1,
        dL_dz1=miss * steep2 * w2 * steep1,
        dL_dw1=miss * steep2 * w2 * steep1 * x,
        dL_db1=miss * steep2 * w2 * steep1,
    )


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    all_of_it = manual_gradients(x, y, w1, b1, w2, b2)
    w1, b1 = w1 - learning_rate * all_of_it["dL_dw1"], b1 - learning_rate * all_of_it["dL_db1"]
    w2, b2 = w2 - learning_rate * all_of_it["dL_dw2"], b2 - learning_rate * all_of_it["dL_db2"]
    return w1, b1, w2, b2


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.z2 = sigmoid(self.z1) @ self.W2 + self.b2
        return sigmoid(self.z2)

    def backward(self, X, y):
        hidden, guess = sigmoid(self.z1), sigmoid(self.z2)
        miss = guess - y
        miss = np.where(np.abs(miss) < TOL, 0.0, miss)
        flow = 2 * miss / miss.size * sigmoid_derivative(self.z2)
        back = flow @ self.W2.T * sigmoid_derivative(self.z1)
        self.gradients = dict(dW1=X.T @ back, db1=back.sum(0, keepdims=True), dW2=hidden.T @ flow, db2=flow.sum(0, keepdims=True))
        return self.gradients

    def update_weights(self):
        for p in ("W1", "b1", "W2", "b2"):
            setattr(self, p, getattr(self, p) - self.learning_rate * self.gradients["d" + p])

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
    return net, [net.train_step(X, y) for _ in range(3000)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    a = np.stack([np.cos(t), np.sin(t)], axis=1) * (t / (2 * np.pi)).reshape(-1, 1)
    X = np.vstack([a, -a])
    y = np.vstack([np.zeros((len(a), 1)), np.ones((len(a), 1))])
    mixed = np.random.permutation(len(X))
    X = X + np.random.normal(0, noise, X.shape)
    return X[mixed], y[mixed]


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 *= 3
    for e in range(8000):
        net.train_step(X, y)
        if e % 200 == 0 and np.mean((net.forward(X) > 0.5) == y) > 0.957:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    rows = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for _ in range(epochs):
                net.train_step(X, y)
            rows.append({"hidden_size": h, "learning_rate": lr, "final_loss": net.compute_loss(y, net.forward(X))})
    return rows
