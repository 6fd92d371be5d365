"""Gradient descent on one hidden layer, with a finite-difference check at the end.

What was the most important concept? Reverse mode costs one sweep however many parameters there are, while the
finite differences of check_gradients cost two forward passes for each.
What challenges? Conditioning: the plateaus of the squared error with saturated outputs.
"""
import numpy as np

PARAMETERS = ("W1", "b1", "W2", "b2")
LIMIT = 500.0


def sigmoid(x):
    """1 / (1 + exp(-x)), limited so that exp stays finite."""
    x = np.asarray(x, dtype=np.float64)
    x[x > LIMIT] = LIMIT
    x[x < -LIMIT] = -LIMIT
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x):
    """sigma(x) sigma(-x): no cancellation for large x."""
    return sigmoid(x) * sigmoid(np.negative(x))


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = float(sigmoid(z1))
    z2 = w2 * a1 + b2
    a2 = float(sigmoid(z2))
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    v = manual_forward(x, w1, b1, w2, b2)
    dL_da2 = v["a2"] - y
    da2_dz2 = float(sigmoid_derivative(v["z2"]))
    dL_dz2 = dL_da2 * da2_dz2
    dL_da1 = dL_dz2 * w2
    da1_dz1 = float(sigmoid_derivative(v["z1"]))
    dL_dz1 = dL_da1 * da1_dz1
    return {
        "dL_da2": dL_da2, "da2_dz2": da2_dz2, "dL_dz2": dL_dz2,
        "dL_dw2": dL_dz2 * v["a1"], "dL_db2": dL_dz2,
        "dL_da1": dL_da1, "da1_dz1": da1_dz1, "dL_dz1": dL_dz1,
        "dL_dw1": dL_dz1 * x, "dL_db1": dL_dz1,
    }


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    theta = np.array([w1, b1, w2, b2], dtype=np.float64)
    theta -= learning_rate * np.array([g["dL_dw1"], g["dL_db1"], g["dL_dw2"], g["dL_db2"]])
    return tuple(theta)


class NeuralNetwork:
    """One hidden layer; work arrays are used again."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0.0, 1.0, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0.0, 1.0, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        z1 = np.matmul(X, self.W1)
        np.add(z1, self.b1, out=z1)
        self._a1 = sigmoid(z1)
        z2 = np.matmul(self._a1, self.W2)
        np.add(z2, self.b2, out=z2)
        self._a2 = sigmoid(z2)
        return self._a2

    def backward(self, X, y):
        a1, a2 = self._a1, self._a2
        delta2 = np.subtract(a2, y)
        delta2 *= 2.0 / delta2.size
        delta2 *= a2
        delta2 *= 1.0 - a2
        delta1 = np.matmul(delta2, self.W2.T)
        delta1 *= a1
        delta1 *= 1.0 - a1
        self.gradients = {
            "dW1": np.matmul(X.T, delta1),
            "db1": np.add.reduce(delta1, axis=0, keepdims=True),
            "dW2": np.matmul(a1.T, delta2),
            "db2": np.add.reduce(delta2, axis=0, keepdims=True),
        }
        return self.gradients

    def update_weights(self):
        for name in PARAMETERS:
            theta = getattr(self, name)
            np.subtract(theta, self.learning_rate * self.gradients["d" + name], out=theta)

    def compute_loss(self, y_true, y_pred):
        residual = np.ravel(y_true - y_pred)
        return float(residual @ residual) / residual.size

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def check_gradients(net, X, y, eps=1e-6):
    """Largest absolute difference between backward and central differences."""
    net.forward(X)
    analytic = net.backward(X, y)
    worst = 0.0
    for name in PARAMETERS:
        theta = getattr(net, name)
        for i in np.ndindex(theta.shape):
            kept = theta[i]
            theta[i] = kept + eps
            above = net.compute_loss(y, net.forward(X))
            theta[i] = kept - eps
            below = net.compute_loss(y, net.forward(X))
            theta[i] = kept
            worst = max(worst, abs((above - below) / (2.0 * eps) - analytic["d" + name][i]))
    return worst


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64)
    y = np.abs(X[:, :1] - X[:, 1:])
    net = NeuralNetwork(2, 9, 1, learning_rate=4.0)
    losses = []
    for _ in range(3500):
        losses.append(net.train_step(X, y))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    t = np.linspace(0.0, 4.0 * np.pi, half)
    X = np.empty((n_samples, 2))
    X[:half, 0] = t * np.cos(t)
    X[:half, 1] = t * np.sin(t)
    X[:half] /= 2.0 * np.pi
    np.negative(X[:half], out=X[half:])
    X += np.random.normal(0.0, noise, size=X.shape)
    y = np.zeros((n_samples, 1))
    y[half:] = 1.0
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, learning_rate=3.0)
    net.W1 = np.random.normal(0.0, 5.0, size=(2, 64))
    net.b1 = np.random.normal(0.0, 5.0, size=(1, 64))
    net.W2 = np.random.normal(0.0, 0.5, size=(64, 1))
    m = len(X)
    for epoch in range(1000):
        # smaller steps towards the end damp the noise of the batches
        net.learning_rate = 3.0 / (1.0 + (epoch / 800.0) ** 4)
        rows = np.random.permutation(m)
        for k in range(0, m, 20):
            net.train_step(X[rows[k:k + 20]], y[rows[k:k + 20]])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    grid = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            for _ in range(epochs):
                loss = net.train_step(X, y)
            grid.append({"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": loss})
    return grid


if __name__ == "__main__":
    np.random.seed(0)
    print(check_gradients(NeuralNetwork(3, 4, 2), np.random.randn(5, 3), np.random.rand(5, 2)))
