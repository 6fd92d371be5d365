r"""
Réflexion.  La règle de la chaîne, c'est $dE = (\partial E/\partial a)\,da$, rien de plus ; l'étonnant, c'est l'efficacité.
Question ouverte : pourquoi la descente ne reste-t-elle pas coincée plus souvent ?
"""
import numpy as np

π = np.pi
ch, sh, th = np.cosh, np.sinh, np.tanh


def sigmoid(x):
    return (1 + th(np.asarray(x, dtype=float) / 2)) / 2


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * sigmoid(-np.asarray(x, dtype=float))


def manual_forward(x, w1, b1, w2, b2):
    φ = w1 * x + b1
    ψ = w2 * sigmoid(φ) + b2
    return dict(z1=φ, a1=sigmoid(φ), z2=ψ, a2=sigmoid(ψ))


def manual_gradients(x, y, w1, b1, w2, b2):
    q = manual_forward(x, w1, b1, w2, b2)
    F = q["a2"] - y
    κ2, κ1 = 1 / (2 * ch(q["z2"] / 2)) ** 2, 1 / (2 * ch(q["z1"] / 2)) ** 2
    return dict(dL_da2=F, da2_dz2=κ2, dL_dz2=F * κ2, dL_dw2=F * κ2 * q["a1"], dL_db2=F * κ2,
                dL_da1=F * κ2 * w2, da1_dz1=κ1, dL_dz1=F * κ2 * w2 * κ1, dL_dw1=F * κ2 * w2 * κ1 * x, dL_db1=F * κ2 * w2 * κ1)


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    G = manual_gradients(x, y, w1, b1, w2, b2)
    η = learning_rate
    return w1 - η * G["dL_dw1"], b1 - η * G["dL_db1"], w2 - η * G["dL_dw2"], b2 - η * G["dL_db2"]


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.η = learning_rate
        self.W1, self.W2 = np.random.randn(input_size, hidden_size), np.random.randn(hidden_size, output_size)
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))

    learning_rate = property(lambda self: self.η, lambda self, value: setattr(self, "η", value))

    def forward(self, X):
        self.σ1 = sigmoid(X @ self.W1 + self.b1)
        self.σ2 = sigmoid(self.σ1 @ self.W2 + self.b2)
        return self.σ2

    def backward(self, X, y):
        σ1, σ2 = self.σ1, self.σ2
        N = X.shape[1] * y.shape[1]
        f2 = 2 / N * (σ2 - y) * σ2 * (1 - σ2)
        f1 = np.einsum("mk,hk,mh->mh", f2, self.W2, σ1 * (1 - σ1))
        self.gradients = dict(
            dW1=np.einsum("mi,mh->ih", X, f1), db1=np.einsum("mh->h", f1)[None],
            dW2=np.einsum("mh,mk->hk", σ1, f2), db2=np.einsum("mk->k", f2)[None])
        return self.gradients

    def update_weights(self):
        for q in ("W1", "b1", "W2", "b2"):
            self.__dict__[q] = self.__dict__[q] - self.η * self.gradients["d" + q]

    def compute_loss(self, y_true, y_pred):
        r = y_true - y_pred
        return np.einsum("mk,mk", r, r) / r.size

    def train_step(self, X, y):
        E = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return E


def train_xor(seed):
    np.random.seed(seed)
    X = np.indices((2, 2)).reshape(2, 4).T
    y = np.abs(X[:, :1] - X[:, 1:])
    net = NeuralNetwork(2, 8, 1, 5.0)
    return net, [net.train_step(X, y) for t in range(2500)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * π, n_samples // 2)
    z = np.outer((1, np.exp(1j * π)), t / (2 * π) * np.exp(1j * t)).ravel()
    X = np.stack((z.real, z.imag), axis=1) + noise * np.random.randn(z.size, 2)
    return X, np.kron([[0.0], [1.0]], np.ones((t.size, 1)))


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5.0)
    net.W1, net.b1 = 4 * net.W1, 4 * np.random.randn(1, 64)
    for t in range(5000):
        net.train_step(X, y)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    runs = []
    for h, η in ((h, η) for h in hidden_sizes for η in learning_rates):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], h, y.shape[1], η)
        E = [net.train_step(X, y) for t in range(epochs)]
        runs.append(dict(hidden_size=h, learning_rate=η, final_loss=E[-1]))
    return runs
