"""Two-layer sigmoid network, gradients verified by central differences (see check_gradient at the end).

Chain rule.  With r = a2 - y and N = m k the loss is ||r||_F^2 / N, hence dL/da2 = 2 r / N; the Jacobian of an
elementwise function is diagonal (Hadamard product) and that of the affine map is a matrix product.
Surprise.  With weights of order one the spirals are not separable by anything gradient descent finds; the first
layer's length scale must be comparable to the distance between the arms.
"""
import numpy as np

TWO_PI = 2.0 * np.pi


def sigmoid(x):
    # identity: logistic(x) = (1 + tanh(x/2)) / 2, which never overflows
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(x, dtype=np.float64)))


def sigmoid_derivative(x):
    # 1/4 sech^2(x/2)
    th = np.tanh(0.5 * np.asarray(x, dtype=np.float64))
    return 0.25 * (1.0 - th * th)


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    return {"z1": z1, "a1": a1, "z2": z2, "a2": sigmoid(z2)}


def manual_gradients(x, y, w1, b1, w2, b2):
    v = manual_forward(x, w1, b1, w2, b2)
    dL_da2 = v["a2"] - y
    da2_dz2 = sigmoid_derivative(v["z2"])
    dL_dz2 = dL_da2 * da2_dz2
    dL_da1 = dL_dz2 * w2
    da1_dz1 = sigmoid_derivative(v["z1"])
    dL_dz1 = dL_da1 * da1_dz1
    return dict(dL_da2=dL_da2, da2_dz2=da2_dz2, dL_dz2=dL_dz2, dL_dw2=dL_dz2 * v["a1"], dL_db2=dL_dz2,
                dL_da1=dL_da1, da1_dz1=da1_dz1, dL_dz1=dL_dz1, dL_dw1=dL_dz1 * x, dL_db1=dL_dz1)


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    theta = np.array([w1, b1, w2, b2], dtype=np.float64)
    grad = np.array([g["dL_dw1"], g["dL_db1"], g["dL_dw2"], g["dL_db2"]])
    return tuple(theta - learning_rate * grad)


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = 1.5 * np.random.standard_normal((input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.standard_normal((hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.gradients = None

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        N = self.a2.size
        residual = self.a2 - y
        g2 = (2.0 / N) * residual * sigmoid_derivative(self.z2)
        g1 = (g2 @ self.W2.T) * sigmoid_derivative(self.z1)
        ones = np.ones((1, X.shape[0]))
        self.gradients = {"dW1": X.T @ g1, "db1": ones @ g1, "dW2": self.a1.T @ g2, "db2": ones @ g2}
        return self.gradients

    def update_weights(self):
        eta = self.learning_rate
        self.W1 = self.W1 - eta * self.gradients["dW1"]
        self.b1 = self.b1 - eta * self.gradients["db1"]
        self.W2 = self.W2 - eta * self.gradients["dW2"]
        self.b2 = self.b2 - eta * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        residual = np.ravel(np.asarray(y_true, dtype=np.float64) - y_pred)
        return residual @ residual / residual.size

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.abs(X[:, [0]] - X[:, [1]])
    net = NeuralNetwork(2, 12, 1, learning_rate=4.0)
    losses = [net.train_step(X, y) for _ in range(4000)]
    return net, losses


def _archimedes(t):
    """Points (len(t), 2) of the spiral r = t / 2 pi at the angles t."""
    r = t / TWO_PI
    return np.column_stack((r * np.cos(t), r * np.sin(t)))


def make_spiral_data(n_samples=300, noise=0.1):
    n = n_samples // 2
    t = np.linspace(0.0, 2.0 * TWO_PI, n)
    X = np.vstack((_archimedes(t),
                   _archimedes(t + np.pi)))
    X += noise * np.random.standard_normal(X.shape)
    y = np.repeat([[0.0], [1.0]], n, axis=0)
    return X, y


def train_spiral(X, y):
    n, h = X.shape[1], 80
    net = NeuralNetwork(n, h, 1, learning_rate=3.0)
    net.W1 = 4.0 * np.random.standard_normal((n, h))
    net.b1 = 4.0 * np.random.standard_normal((1, h))
    net.W2 = 0.3 * np.random.standard_normal((h, 1))
    for _ in range(3000):
        p = np.random.permutation(X.shape[0])
        for i in range(0, X.shape[0], 50):
            net.train_step(X[p[i:i + 50]], y[p[i:i + 50]])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    out = []
    for h in hidden_sizes:
        for eta in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], eta)
            for _ in range(epochs):
                net.train_step(X, y)
            out.append({"hidden_size": h, "learning_rate": eta,
                        "final_loss": net.compute_loss(y, net.forward(X))})
    return out


def check_gradient(net, X, y, eps=1e-6):
    """Largest absolute difference between backward and central differences."""
    net.forward(X)
    analytic = net.backward(X, y)
    worst = 0.0
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(net, name)
        for idx in np.ndindex(*P.shape):
            keep = P[idx]
            P[idx] = keep + eps
            up = net.compute_loss(y, net.forward(X))
            P[idx] = keep - eps
            down = net.compute_loss(y, net.forward(X))
            P[idx] = keep
            worst = max(worst, abs((up - down) / (2 * eps) - analytic["d" + name][idx]))
    return worst


if __name__ == "__main__":
    np.random.seed(0)
    print(check_gradient(NeuralNetwork(3, 4, 2), np.random.randn(6, 3), np.random.rand(6, 2)))
