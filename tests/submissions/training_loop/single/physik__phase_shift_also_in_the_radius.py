"""Learning as relaxation in an energy landscape.

How does backpropagation enable learning? It yields the force -dL/dθ on every parameter at once, at the price of one
more pass; what is left is overdamped motion.
What surprised me: the long plateaux of exclusive or. It looks like nucleation.
"""
import numpy as np

π = np.pi
τ = 2 * π


def sigmoid(x):
    """Occupation of the upper one of two levels: n(x) = e^x / (1 + e^x), with x = -ΔE / kT."""
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(0.0, -x))


def sigmoid_derivative(x):
    """Susceptibility, by the fluctuation-dissipation theorem: χ = <n²> - <n>² = n (1 - n)."""
    n = sigmoid(x)
    return n * (1.0 - n)


σ, χ = sigmoid, sigmoid_derivative


def manual_forward(x, w1, b1, w2, b2):
    a1 = σ(z1 := w1 * x + b1)
    a2 = σ(z2 := w2 * a1 + b2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    state = manual_forward(x, w1, b1, w2, b2)

    dL_da2 = state["a2"] - y                    # ½ · 2 (y - a₂) · (-1)
    da2_dz2 = χ(state["z2"])
    δ2 = dL_da2 * da2_dz2                       # force on the output

    dL_da1 = δ2 * w2
    da1_dz1 = χ(state["z1"])
    δ1 = dL_da1 * da1_dz1                       # force on the hidden level

    return {"dL_da2": dL_da2, "da2_dz2": da2_dz2, "dL_dz2": δ2, "dL_dw2": δ2 * state["a1"], "dL_db2": δ2,
            "dL_da1": dL_da1, "da1_dz1": da1_dz1, "dL_dz1": δ1, "dL_dw1": δ1 * x, "dL_db1": δ1}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    """Overdamped motion: dθ/dt = -∂L/∂θ, one Euler step of length learning_rate."""
    η, F = learning_rate, manual_gradients(x, y, w1, b1, w2, b2)
    return w1 - η * F["dL_dw1"], b1 - η * F["dL_db1"], w2 - η * F["dL_dw2"], b2 - η * F["dL_db2"]


class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        # couplings of order one (a spin glass at T ~ 1), no external field
        self.W1, self.b1 = np.random.normal(size=(input_size, hidden_size)), np.zeros((1, hidden_size))
        self.W2, self.b2 = np.random.normal(size=(hidden_size, output_size)), np.zeros((1, output_size))

    def forward(self, X):
        self.h1 = X @ self.W1 + self.b1         # local fields
        self.h2 = σ(self.h1) @ self.W2 + self.b2
        return σ(self.h2)

    def backward(self, X, y):
        E_a2 = 2.0 * (σ(self.h2) - y) / y.size
        δ2 = E_a2 * χ(self.h2)
        δ1 = (δ2 @ self.W2.T) * χ(self.h1)
        self.gradients = {"dW2": σ(self.h1).T @ δ2, "db2": δ2.sum(axis=0)[np.newaxis],
                          "dW1": X.T @ δ1, "db1": δ1.sum(axis=0)[np.newaxis]}
        return self.gradients

    def update_weights(self):
        η, F = self.learning_rate, self.gradients
        self.W1, self.b1, self.W2, self.b2 = (self.W1 - η * F["dW1"], self.b1 - η * F["db1"],
                                              self.W2 - η * F["dW2"], self.b2 - η * F["db2"])

    def compute_loss(self, y_true, y_pred):
        """Mean square displacement <Δ²>."""
        Δ = y_pred - y_true
        return np.mean(Δ**2)

    def train_step(self, X, y):
        E = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return E


def train_xor(seed):
    np.random.seed(seed)
    spins = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = (1 - np.prod(1 - 2 * (spins), axis=1, keepdims=True)) / 2      # parity
    net = NeuralNetwork(2, 8, 1, 4.0)
    return net, [net.train_step(spins, y) for _ in range(5000)]


def make_spiral_data(n_samples=300, noise=0.1):
    φ = np.linspace(0, 2 * τ, n_samples // 2)
    spiral = lambda φ: φ / τ * np.exp(1j * φ)
    z = np.concatenate([spiral(φ), spiral(φ + π)])
    z = z + noise * (np.random.randn(z.size) + 1j * np.random.randn(z.size))
    return np.stack([z.real, z.imag], axis=-1), np.repeat([[0.0], [1.0]], φ.size, axis=0)


def train_spiral(X, y):
    net = NeuralNetwork(2, 40, 1, 10.0)
    net.W1 *= 5                                 # lower the temperature of the hidden levels
    for t in range(14):
        for _ in range(500):
            net.train_step(X, y)
        if np.mean((net.forward(X) > 0.5) == y) > 0.965:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    phase_diagram = []
    for N in hidden_sizes:
        for η in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], N, y.shape[1], η)
            E = [net.train_step(X, y) for _ in range(epochs)]
            phase_diagram.append({"hidden_size": N, "learning_rate": η, "final_loss": E[-1]})
    return phase_diagram
