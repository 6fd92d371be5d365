# Backprop as tensor calculus. Index convention: i input, j hidden, l second hidden, k output, s sample.
import numpy as np
import torch

einsum = np.einsum


def theta(z):
    """Heaviside step with theta(0) = 0."""
    return np.heaviside(np.asarray(z, dtype=float), 0.0)


def fermi(z):
    """1/(1+e^-z): the Fermi function with E -> -z, kT = 1."""
    z = np.asarray(z, dtype=float)
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-z))


def entropy(y, p, cutoff=1e-15):
    p = np.clip(p, cutoff, 1 - cutoff)
    n_samples = p.shape[-1]
    return -float(einsum("ks,ks->", y, np.log(p)) + einsum("ks,ks->", 1 - y, np.log1p(-p))) / n_samples


def chain_rule(x):
    u = 2 * x + 1
    return {"u": u, "f": u**3, "du_dx": 2, "df_du": 3 * u**2, "df_dx": 6 * u**2}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    dL_dz = 2 * z
    dz_da, dz_db = 1, 1
    da_dw, da_dx = x, w
    return {
        "a": a, "z": z, "L": z**2,
        "dL_dz": dL_dz,
        "dL_da": dL_dz * dz_da,
        "dL_db": dL_dz * dz_db,
        "dL_dw": dL_dz * dz_da * da_dw,
        "dL_dx": dL_dz * dz_da * da_dx,
    }


def single_neuron(x, w, b, y):
    z = einsum("i,i->", w, x) + b
    a = fermi(z)
    residual = a - y
    susceptibility = fermi(z) * fermi(-z)
    delta = residual * susceptibility
    return {"z": z, "a": a, "L": residual**2 / 2, "dL_da": residual, "da_dz": susceptibility,
            "dL_dz": delta, "dL_dw": delta * np.asarray(x, dtype=float), "dL_db": delta}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(scale=0.05, size=(hidden_size, input_size))
        self.W2 = np.random.normal(scale=0.05, size=(output_size, hidden_size))
        self.b1, self.b2 = np.zeros((hidden_size, 1)), np.zeros((output_size, 1))

    def relu(self, Z):
        return Z * theta(Z)

    def relu_derivative(self, Z):
        return theta(Z)

    def sigmoid(self, Z):
        return fermi(Z)

    def sigmoid_derivative(self, Z):
        return fermi(Z) * (1 - fermi(Z))

    def forward(self, X):
        Z1 = einsum("ji,is->js", self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = einsum("kj,js->ks", self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return entropy(Y, A2)

    def backward(self, Y, cache):
        delta2 = (cache["A2"] - Y) / Y.shape[1]
        delta1 = einsum("kj,ks,js->js", self.W2, delta2, theta(cache["Z1"]))
        nabla = {
            "dW2": einsum("ks,js->kj", delta2, cache["A1"]),
            "db2": einsum("ks->k", delta2)[:, None],
            "dW1": einsum("js,is->ji", delta1, cache["X"]),
            "db1": einsum("js->j", delta1)[:, None],
        }
        return nabla

    def update_parameters(self, gradients):
        eta = self.learning_rate
        self.W1, self.b1 = self.W1 - eta * gradients["dW1"], self.b1 - eta * gradients["db1"]
        self.W2, self.b2 = self.W2 - eta * gradients["dW2"], self.b2 - eta * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        energies = np.zeros(num_iterations)
        for t in range(num_iterations):
            p, cache = self.forward(X)
            energies[t] = self.compute_loss(Y, p)
            self.update_parameters(self.backward(Y, cache))
            if t % print_every == 0:
                print(f"t = {t}: L = {energies[t]:.6g}")
        return energies.tolist()

    def predict(self, X):
        return theta(self.forward(X)[0] - 0.5).astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    deviations = {}
    _, cache = nn.forward(X)
    nabla = nn.backward(Y, cache)
    rng = np.random.default_rng(42)
    for q in ("W1", "b1", "W2", "b2"):
        field = getattr(nn, q)
        sites = rng.permutation(field.size)[:10]
        measured = np.array([_probe(nn, X, Y, q, np.unravel_index(site, field.shape), epsilon) for site in sites])
        predicted = np.asarray(nabla["d" + q]).flatten()[sites]
        deviations[q] = _relative(predicted, measured)
    return deviations


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    deviations = {}
    _, cache = nn.forward(X)
    nabla = nn.backward(Y, cache)
    for q in ("W1", "b1", "W2", "b2"):
        field = getattr(nn, q)
        measured = np.array([_probe(nn, X, Y, q, site, epsilon) for site in np.ndindex(field.shape)])
        deviations[q] = _relative(np.asarray(nabla["d" + q]).flatten(), measured)
    return deviations


def _probe(nn, X, Y, q, site, h):
    """Central difference dL/dq[site] on a displaced copy."""
    undisturbed = getattr(nn, q)
    loss = []
    for sign in (+1, -1):
        displaced = undisturbed.astype(float)
        displaced[site] += sign * h
        setattr(nn, q, displaced)
        loss.append(nn.compute_loss(Y, nn.forward(X)[0]))
    setattr(nn, q, undisturbed)
    return (loss[0] - loss[1]) / (2 * h)


def _relative(u, v):
    size = np.sqrt(u @ u) + np.sqrt(v @ v)
    return float(np.sqrt((u - v) @ (u - v)) / size) if size else 0.0


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(scale=0.05, size=(hidden1_size, input_size))
        self.W2 = np.random.normal(scale=0.05, size=(hidden2_size, hidden1_size))
        self.W3 = np.random.normal(scale=0.05, size=(output_size, hidden2_size))
        self.b1, self.b2, self.b3 = (np.zeros((s, 1)) for s in (hidden1_size, hidden2_size, output_size))

    def forward(self, X):
        Z1 = einsum("ji,is->js", self.W1, X) + self.b1
        A1 = Z1 * theta(Z1)
        Z2 = einsum("lj,js->ls", self.W2, A1) + self.b2
        A2 = Z2 * theta(Z2)
        Z3 = einsum("kl,ls->ks", self.W3, A2) + self.b3
        A3 = fermi(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return entropy(Y, A3)

    def backward(self, Y, cache):
        delta3 = (cache["A3"] - Y) / Y.shape[1]
        delta2 = einsum("kl,ks,ls->ls", self.W3, delta3, theta(cache["Z2"]))
        delta1 = einsum("lj,ls,js->js", self.W2, delta2, theta(cache["Z1"]))
        return {
            "dW3": einsum("ks,ls->kl", delta3, cache["A2"]), "db3": einsum("ks->k", delta3)[:, None],
            "dW2": einsum("ls,js->lj", delta2, cache["A1"]), "db2": einsum("ls->l", delta2)[:, None],
            "dW1": einsum("js,is->ji", delta1, cache["X"]), "db1": einsum("js->j", delta1)[:, None],
        }

    def update_parameters(self, gradients):
        eta = self.learning_rate
        self.W1, self.b1 = self.W1 - eta * gradients["dW1"], self.b1 - eta * gradients["db1"]
        self.W2, self.b2 = self.W2 - eta * gradients["dW2"], self.b2 - eta * gradients["db2"]
        self.W3, self.b3 = self.W3 - eta * gradients["dW3"], self.b3 - eta * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        energies = np.zeros(num_iterations)
        for t in range(num_iterations):
            p, cache = self.forward(X)
            energies[t] = self.compute_loss(Y, p)
            self.update_parameters(self.backward(Y, cache))
            if t % print_every == 0:
                print(f"t = {t}: L = {energies[t]:.6g}")
        return energies.tolist()

    def predict(self, X):
        return theta(self.forward(X)[0] - 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    # parallelogram law: L = 2 (w1 x1)^2 + 2 (w2 x2)^2
    return 4 * w1 * x1**2, 4 * w2 * x2**2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    x = torch.tensor([x1, x2], dtype=torch.float64)
    plus, minus = (w * x).sum(), w[0] * x[0] - w[1] * x[1]
    (grad,) = torch.autograd.grad(plus**2 + minus**2, w)
    return grad[0], grad[1]


def autograd_linear(x, w, b):
    q = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b)]
    return torch.autograd.grad(q[1] * q[0] + q[2], q)


def leaf_parameters(shape, scale, generator):
    return torch.randn(*shape, generator=generator).mul_(scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    q = [v.detach().clone().requires_grad_(True) for v in (W1, b1, W2, b2)]
    energies = []
    for t in range(num_iterations):
        hidden = torch.einsum("ji,is->js", q[0], X) + q[1]
        hidden = hidden * (hidden > 0)
        out = torch.sigmoid(torch.einsum("kj,js->ks", q[2], hidden) + q[3])
        energy = torch.mean((out - Y) ** 2)
        nabla = torch.autograd.grad(energy, q)
        energies.append(energy.item())
        q = [(v - learning_rate * g).detach().requires_grad_(True) for v, g in zip(q, nabla)]
    return energies


def gradient_flow(model, X, Y):
    layers = [m for m in model.modules() if isinstance(m, torch.nn.Linear)]
    p = model(X)
    normalisation = len(Y)
    surprise = torch.nn.functional.binary_cross_entropy(p, Y, reduction="sum")
    grads = torch.autograd.grad(surprise / normalisation, [m.weight for m in layers])
    return [g.abs().mean().item() for g in grads]
