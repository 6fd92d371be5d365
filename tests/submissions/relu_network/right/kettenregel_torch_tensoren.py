import torch
import numpy as np

# alle Formeln spaltenweise: eine Spalte = ein Beispiel


def chain_rule(x):
    """Kettenregel von Hand."""
    u = 2 * x + 1
    du_dx = 2
    df_du = 3 * u ** 2
    return {"f": u ** 3, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w, x, b):
    """Rechengraph vorwaerts und rueckwaerts."""
    a = w * x; z = a + b; L = z * z
    back = {"dL_dz": 2 * z}
    back["dL_da"] = back["dL_dz"]
    back["dL_db"] = back["dL_dz"]
    back.update(dL_dw=x * back["dL_da"], dL_dx=w * back["dL_da"])
    return {"a": a, "z": z, "L": L, **back}


def single_neuron(x, w, b, y):
    """Ein Neuron."""
    z = float(w @ x + b)
    a = 0.5 * (1.0 + np.tanh(0.5 * z))
    err = y - a
    r = dict(z=z, a=a, L=err ** 2 / 2)
    r["dL_da"] = -err
    r["da_dz"] = a - a * a
    r["dL_dz"] = r["dL_da"] * r["da_dz"]
    r["dL_db"] = r["dL_dz"]
    r["dL_dw"] = np.array([r["dL_dz"] * xi for xi in x])
    return r


class Activations:
    def relu(self, Z):
        return np.clip(Z, 0, None)

    def relu_derivative(self, Z):
        return np.greater(Z, 0) * np.ones(np.shape(Z))

    def sigmoid(self, Z):
        """S-Kurve ohne Ueberlauf."""
        e = np.exp(-np.abs(Z))
        return np.where(np.asarray(Z) < 0, e, 1.0) / (1.0 + e)

    def sigmoid_derivative(self, Z):
        return (lambda p: p * (1.0 - p))(self.sigmoid(Z))


class NeuralNetworkWithBackprop(Activations):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        def small(rows, cols):
            return 0.01 * np.random.standard_normal((rows, cols))
        n, h, k = input_size, hidden_size, output_size
        self.W1, self.b1 = small(h, n), np.zeros((h, 1))
        self.W2, self.b2 = small(k, h), np.zeros((k, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        """Vorwaertsdurchlauf."""
        z1 = np.einsum("hn,nm->hm", self.W1, X) + self.b1
        a1 = self.relu(z1)
        z2 = np.einsum("kh,hm->km", self.W2, a1) + self.b2
        a2 = self.sigmoid(z2)
        return a2, dict(zip(("X", "Z1", "A1", "Z2", "A2"), (X, z1, a1, z2, a2)))

    def compute_loss(self, Y, A2):
        """Kreuzentropie."""
        q = np.clip(A2, 1e-12, 1 - 1e-12)
        return np.average(-(Y * np.log(q) + (1 - Y) * np.log(1 - q)), axis=1).sum()

    def backward(self, Y, cache):
        """Rueckwaertsdurchlauf."""
        t = {k: torch.from_numpy(np.asarray(v, dtype=float)) for k, v in cache.items()}
        target = torch.from_numpy(np.array(Y, dtype=float))
        abw_a = (t["A2"] - target) / target.shape[1]
        abw_h = torch.from_numpy(self.W2).T @ abw_a
        abw_h = torch.where(t["Z1"] > 0, abw_h, torch.zeros_like(abw_h))
        ret = {"dW2": abw_a @ t["A1"].T, "db2": abw_a.sum(1, keepdim=True), "dW1": abw_h @ t["X"].T, "db1": abw_h.sum(1, keepdim=True)}
        return {k: v.numpy() for k, v in ret.items()}

    def update_parameters(self, gradients):
        """Ein Schritt bergab."""
        for key, value in gradients.items():
            old = getattr(self, key[1:])
            setattr(self, key[1:], old - self.learning_rate * np.asarray(value))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Trainingsschleife."""
        verlauf = list()
        it = 0
        while it < num_iterations:
            ausgabe, cache = self.forward(X)
            verlust = self.compute_loss(Y, ausgabe)
            if it % print_every == 0: print("loss at", it, "=", verlust)
            verlauf.append(verlust)
            self.update_parameters(gradients=self.backward(Y, cache))
            it += 1
        return verlauf

    def predict(self, X):
        """Klassen 0/1."""
        p, *_ = self.forward(X)
        return 1 * (p > 0.5)


def total_loss(nn, X, Y):
    return nn.compute_loss(Y, nn.forward(X)[0])


def relative_error(a, b):
    top = np.linalg.norm(a - b)
    bottom = np.linalg.norm(a) + np.linalg.norm(b)
    return top / bottom if bottom > 0 else 0.0


def central(nn, X, Y, P, idx, eps):
    keep = P[idx]
    P[idx] = keep + eps
    hi = total_loss(nn, X, Y)
    P[idx] = keep - eps
    lo = total_loss(nn, X, Y)
    P[idx] = keep
    return (hi - lo) / (2 * eps)


def gradient_check(nn, X, Y, epsilon=1e-05):
    G = nn.backward(Y, nn.forward(X)[1])
    ret = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        indices = list(np.ndindex(*P.shape))
        if len(indices) > 10:
            chosen = np.random.default_rng(0).choice(len(indices), 10, replace=False)
            indices = [indices[c] for c in chosen]
        approx = np.array([central(nn, X, Y, P, s, epsilon) for s in indices])
        exact_g = np.array([G["d" + name][s] for s in indices])
        ret[name] = relative_error(exact_g, approx)
    return ret


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    G = nn.backward(Y, nn.forward(X)[1])
    ret = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        approx = np.zeros_like(P)
        for s in np.ndindex(*P.shape):
            approx[s] = central(nn, X, Y, P, s, epsilon)
        ret[name] = relative_error(np.asarray(G["d" + name]), approx)
    return ret


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        dims = (input_size, hidden1_size, hidden2_size, output_size)
        for i in range(1, len(dims)):
            setattr(self, f"W{i}", np.random.randn(dims[i], dims[i - 1]) * 0.05)
            setattr(self, f"b{i}", np.zeros((dims[i], 1)))

    def forward(self, X):
        cache, aktiv = {"X": X}, X
        for i in (1, 2, 3):
            netz = getattr(self, f"W{i}") @ aktiv + getattr(self, f"b{i}")
            aktiv = netz * (netz > 0) if i < 3 else 0.5 * (1 + np.tanh(netz / 2))
            cache[f"Z{i}"], cache[f"A{i}"] = netz, aktiv
        return aktiv, cache

    def compute_loss(self, Y, A3):
        q = np.clip(A3, 1e-14, 1 - 1e-14)
        return -(Y * np.log(q) + (1 - Y) * np.log(1 - q)).sum(axis=0).mean()

    def backward(self, Y, cache):
        G = {}
        abw = (cache["A3"] - Y) / Y.shape[1]
        for i in (3, 2, 1):
            below = cache["X"] if i == 1 else cache[f"A{i - 1}"]
            G[f"dW{i}"] = abw @ below.T
            G[f"db{i}"] = abw.sum(axis=1, keepdims=True)
            if i > 1:
                abw = getattr(self, f"W{i}").T @ abw * (cache[f"Z{i - 1}"] > 0)
        return G

    def update_parameters(self, gradients):
        """Ein Schritt bergab."""
        for key, value in gradients.items():
            old = getattr(self, key[1:])
            setattr(self, key[1:], old - self.learning_rate * np.asarray(value))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        def one_step():
            ausgabe, cache = self.forward(X)
            verlust = self.compute_loss(Y, ausgabe)
            self.update_parameters(self.backward(Y, cache))
            return verlust
        verlauf = []
        while len(verlauf) < num_iterations:
            verlauf.append(one_step())
            if print_every and (len(verlauf) - 1) % print_every == 0:
                print("%6d %.6f" % (len(verlauf) - 1, verlauf[-1]))
        return verlauf

    def predict(self, X):
        p, *_ = self.forward(X)
        return 1 * (p > 0.5)


def two_squares(w1, w2, x1, x2):
    # L = 2 (w1 x1)^2 + 2 (w2 x2)^2
    g = lambda w, x: 2 * 2 * (w * x) * x
    return g(w1, x1), g(w2, x2)


def two_squares_autograd(w1, w2, x1, x2):
    leaf = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (w1, w2)]
    p, q = leaf[0] * x1, leaf[1] * x2
    L = (p + q).pow(2) + (p - q).pow(2)
    L.backward()
    return leaf[0].grad.item(), leaf[1].grad.item()


def autograd_linear(x, w, b):
    t = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    (t[1] * t[0] + t[2]).backward()
    return tuple(float(v) for v in t.grad)


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    leaves_ = [p.clone().detach().requires_grad_(True) for p in (W1, b1, W2, b2)]
    V1, c1, V2, c2 = leaves_
    verlauf = []
    for _ in range(num_iterations):
        ausgabe = torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2)
        verlust = ((ausgabe - Y) ** 2).mean()
        verlauf.append(verlust.item())
        for p in leaves_:
            p.grad = None
        verlust.backward()
        with torch.no_grad():
            for p in leaves_:
                p -= learning_rate * p.grad
    return verlauf


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    ausgabe = model(X)
    verlust = torch.nn.functional.binary_cross_entropy(ausgabe, Y)
    verlust.backward()
    linear = filter(lambda mod: isinstance(mod, torch.nn.Linear), model.modules())
    return list(map(lambda l: np.abs(l.weight.grad.numpy()).mean(), linear))


assert NeuralNetworkWithBackprop(2, 3, 2).W2.shape == (2, 3)
assert leaf_parameters((2, 2), 0.1, torch.Generator()).is_leaf
