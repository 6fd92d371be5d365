r"""Two-layer perceptron, notes of a physics student.

Chain rule:  dL/dw1 = dL/da2 . da2/dz2 . dz2/da1 . da1/dz1 . dz1/dw1.
(1) It is simply the total derivative, organised so that no product is evaluated twice.
(2) Gradient descent is overdamped motion in the potential L. I still wonder when it gets trapped.
"""
import numpy as np
from numpy import exp, logaddexp, pi


# Fermi function. exp(-ln(1+e^-x)) stays finite everywhere
def sigmoid(x):
    return exp(-logaddexp(0.0, -np.asarray(x, float)))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-np.asarray(x, float))    # 1 - f(x) = f(-x)


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1;   a1 = sigmoid(z1)
    z2 = w2 * a1 + b2;  a2 = sigmoid(z2)
    return dict(z1=z1, a1=a1, z2=z2, a2=a2)


def manual_gradients(x, y, w1, b1, w2, b2):
    state = manual_forward(x, w1, b1, w2, b2)
    z1, a1, z2, a2 = (state[key] for key in ("z1", "a1", "z2", "a2"))

    # --- elementary partial derivatives ---
    dL_da2 = a2 - y                    # L = (y - a2)^2 / 2
    da2_dz2 = sigmoid_derivative(z2)
    dz2_dw2 = a1
    dz2_db2 = 1.0
    dz2_da1 = w2
    da1_dz1 = sigmoid_derivative(z1)
    dz1_dw1 = a1
    dz1_db1 = 1.0

    # --- products along the chain ---
    dL_dz2 = dL_da2 * da2_dz2
    dL_dw2 = dL_dz2 * dz2_dw2
    dL_db2 = dL_dz2 * dz2_db2
    dL_da1 = dL_dz2 * dz2_da1
    dL_dz1 = dL_da1 * da1_dz1
    dL_dw1 = dL_dz1 * dz1_dw1
    dL_db1 = dL_dz1 * dz1_db1

    return dict(dL_da2=dL_da2, da2_dz2=da2_dz2, dL_dz2=dL_dz2, dL_dw2=dL_dw2, dL_db2=dL_db2,
                dL_da1=dL_da1, da1_dz1=da1_dz1, dL_dz1=dL_dz1, dL_dw1=dL_dw1, dL_db1=dL_db1)


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    eta = learning_rate
    f = manual_forward(x, w1, b1, w2, b2)
    delta2 = (f["a2"] - y) * sigmoid_derivative(f["z2"])
    delta1 = delta2 * w2 * sigmoid_derivative(f["z1"])
    return w1 - eta * delta1 * x, b1 - eta * delta1, w2 - eta * delta2 * f["a1"], b2 - eta * delta2


class NeuralNetwork:
    # index convention: mu = sample, i = input, j = hidden, l = output

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0.0, 1.0, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0.0, 1.0, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.einsum("mi,ij->mj", X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.einsum("mj,jl->ml", self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        N = self.a2.size
        dL_dz2 = 2.0 / N * (self.a2 - y) * sigmoid_derivative(self.z2)
        dL_dz1 = np.einsum("ml,jl->mj", dL_dz2, self.W2) * sigmoid_derivative(self.z1)
        self.gradients = dict(
            dW1=np.einsum("mi,mj->ij", X, dL_dz1),
            db1=np.einsum("mj->j", dL_dz1)[None, :],
            dW2=np.einsum("mj,ml->jl", self.a1, dL_dz2),
            db2=np.einsum("ml->l", dL_dz2)[None, :],
        )
        return self.gradients

    def update_weights(self):
        eta, g = self.learning_rate, self.gradients
        self.W1 = self.W1 - eta * g["dW1"]
        self.b1 = self.b1 - eta * g["db1"]
        self.W2 = self.W2 - eta * g["dW2"]
        self.b2 = self.b2 - eta * g["db2"]

    def compute_loss(self, y_true, y_pred):
        r = np.asarray(y_true, float) - y_pred
        return np.einsum("ml,ml->", r, r) / r.size

    def train_step(self, X, y):
        L = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return L


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
    t = np.array([[0.], [1.], [1.], [0.]])
    net = NeuralNetwork(2, 10, 1, learning_rate=4.0)
    return net, [net.train_step(X, t) for _ in range(6000)]


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    t = np.linspace(0, 4 * pi, half)
    arm = (t / (2 * pi)) * exp(1j * t)              # complex plane
    z = np.concatenate([arm, arm * exp(1j * pi)])   # rotation by pi
    X = np.stack([z.real, z.imag], axis=1) + np.random.normal(0.0, 1.0, (2 * half, 2)) * noise
    y = np.repeat([0.0, 1.0], half)[:, None]
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, learning_rate=3.0)
    net.W1 = 5.0 * net.W1
    net.b1 = np.random.normal(0.0, 5.0, net.b1.shape)
    for sweep in range(16):
        for _ in range(1000):
            mu = np.random.randint(len(X), size=32)
            net.train_step(X[mu], y[mu])
        if np.mean((net.forward(X) > 0.5) == (y > 0.5)) > 0.98:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    out = []
    for nh in hidden_sizes:
        for eta in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], nh, y.shape[1], eta)
            for _ in range(epochs):
                L = net.train_step(X, y)
            out.append(dict(hidden_size=nh, learning_rate=eta, final_loss=float(L)))
    return out
