"""Nonlinear least squares by hand and by Levenberg and Marquardt.

What was the most important concept you learned?  That a network is a regression whose gradient is cheap.
What is the role of the chain rule?  It factors the Jacobian: each layer gives one factor.
What surprised you?  How far a second-order method gets in a hundred iterations where steepest descent needs thousands.
"""
import numpy as np


def sigmoid(x):
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(x, dtype=np.float64)))


def sigmoid_derivative(x):
    t = np.tanh(0.5 * np.asarray(x, dtype=np.float64))
    return 0.25 * (1.0 - t) * (1.0 + t)


def manual_forward(x, w1, b1, w2, b2):
    z1 = np.dot([w1, b1], [x, 1.0])
    a1 = sigmoid(z1)
    z2 = np.dot([w2, b2], [a1, 1.0])
    return {"z1": z1, "a1": a1, "z2": z2, "a2": sigmoid(z2)}


def manual_gradients(x, y, w1, b1, w2, b2):
    fit = manual_forward(x, w1, b1, w2, b2)
    resid = y - fit["a2"]
    out = {"dL_da2": -resid, "da2_dz2": sigmoid_derivative(fit["z2"])}
    out["dL_dz2"] = out["dL_da2"] * out["da2_dz2"]
    out.update(dL_dw2=out["dL_dz2"] * fit["a1"], dL_db2=out["dL_dz2"], dL_da1=out["dL_dz2"] * w2)
    out["da1_dz1"] = sigmoid_derivative(fit["z1"])
    out["dL_dz1"] = out["dL_da1"] * out["da1_dz1"]
    out.update(dL_dw1=out["dL_dz1"] * x, dL_db1=out["dL_dz1"])
    return out


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    theta = np.array([w1, b1, w2, b2], dtype=float) - learning_rate * np.array(
        [g["dL_dw1"], g["dL_db1"], g["dL_dw2"], g["dL_db2"]])
    return tuple(theta)


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0.0, 2.0, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0.0, 1.0, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def jacobian(self, X):
        """(m, p): derivatives of the only output with respect to W1, b1, W2, b2 in this order."""
        v2 = sigmoid_derivative(self.z2)
        v1 = v2 * self.W2.T * sigmoid_derivative(self.z1)
        inner = (np.asarray(X)[:, :, None] * v1[:, None, :]).reshape(len(X), -1)
        return np.hstack([inner, v1, self.a1 * v2, v2])

    def backward(self, X, y):
        s2 = 2.0 / np.size(y) * (self.a2 - y) * sigmoid_derivative(self.z2)
        s1 = s2.dot(self.W2.T) * sigmoid_derivative(self.z1)
        self.gradients = {
            "dW1": np.dot(np.transpose(X), s1),
            "db1": s1.sum(axis=0, keepdims=True),
            "dW2": np.dot(self.a1.T, s2),
            "db2": s2.sum(axis=0, keepdims=True),
        }
        return self.gradients

    def update_weights(self):
        for key in ("W1", "b1", "W2", "b2"):
            setattr(self, key, getattr(self, key) - self.learning_rate * self.gradients["d" + key])

    def compute_loss(self, y_true, y_pred):
        r = np.asarray(y_true, dtype=float) - y_pred
        return float(np.var(r) + r.mean() ** 2)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss

    # ---- parameters as one vector
    @property
    def theta(self):
        return np.concatenate([self.W1.ravel(), self.b1.ravel(), self.W2.ravel(), self.b2.ravel()])

    @theta.setter
    def theta(self, v):
        parts = np.split(v, np.cumsum([self.W1.size, self.b1.size, self.W2.size]))
        self.W1, self.b1, self.W2, self.b2 = (
            p.reshape(q.shape) for p, q in zip(parts, (self.W1, self.b1, self.W2, self.b2)))


def levenberg_marquardt(net, X, y, iterations):
    damping, losses = 1.0, []
    current = net.compute_loss(y, net.forward(X))
    for _ in range(iterations):
        losses.append(current)
        J, r = net.jacobian(X), net.a2 - y
        start, normal, score = net.theta, J.T @ J, J.T @ r
        while damping < 1e12:
            net.theta = start - np.linalg.solve(normal + damping * np.eye(len(start)), score)[:, 0]
            trial = net.compute_loss(y, net.forward(X))
            if trial < current:
                current, damping = trial, max(damping / 3, 1e-6)
                break
            damping *= 3
        else:
            net.theta = start
            net.forward(X)
            break
    return losses


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([[0.0], [1.0], [1.0], [0.0]])
    losses = []
    while True:                                     # another start from the same stream, should one get stuck
        net = NeuralNetwork(2, 4, 1)
        losses += levenberg_marquardt(net, X, y, 100)
        if np.abs(net.forward(X) - y).max() < 0.05:
            return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    t = np.linspace(0.0, 4 * np.pi, half)
    arm = (t / (2 * np.pi))[:, None] * np.column_stack([np.cos(t), np.sin(t)])
    X = np.concatenate([arm, -arm]) + noise * np.random.standard_normal((2 * half, 2))
    return X, np.repeat([[0.0], [1.0]], half, axis=0)


def train_spiral(X, y):
    best, best_rate = None, -1.0
    for _ in range(6):
        net = NeuralNetwork(2, 20, 1)
        net.b1 = np.random.normal(size=(1, 20))
        levenberg_marquardt(net, X, y, 150)
        rate = np.mean((net.forward(X) > 0.5) == (y > 0.5))
        if rate > best_rate:
            best, best_rate = net, rate
        if rate >= 0.975:
            break
    return best


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    table = []
    for rate in learning_rates:
        for size in hidden_sizes:
            np.random.seed(seed)
            net = NeuralNetwork(np.shape(X)[1], size, np.shape(y)[1], rate)
            trace = [net.train_step(X, y) for _ in range(epochs)]
            table.append({"hidden_size": size, "learning_rate": rate, "final_loss": trace[-1]})
    return table
