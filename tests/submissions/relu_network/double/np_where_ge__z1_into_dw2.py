import torch
import numpy as np

# alle Formeln spaltenweise: eine Spalte = ein Beispiel


def chain_rule(x):
    u = 1 + 2 * x
    keys = ("f", "u", "du_dx", "df_du", "df_dx")
    vals = (u ** 3, u, 2, 3 * u ** 2, 3 * u ** 2 * 2)
    return dict(zip(keys, vals))


def computational_graph(w, x, b):
    """Rechengraph vorwaerts und rueckwaerts."""
    z = w * x + b
    up = z + z
    names = "a z L dL_dz dL_da dL_dw dL_dx dL_db".split()
    return dict(zip(names, [w * x, z, z * z, up, up, up * x, up * w, up]))


def single_neuron(x, w, b, y):
    z = b
    for wi, xi in zip(w, x):
        z = z + wi * xi
    a = 1.0 / (1.0 + np.exp(-z))
    L = (y - a) * (y - a) / 2
    dL_da = -(y - a)
    da_dz = np.exp(-z) / (1.0 + np.exp(-z)) ** 2
    dL_dz = dL_da * da_dz
    dL_dw = np.multiply(x, dL_dz)
    dL_db = 1 * dL_dz
    return {"L": L, "a": a, "z": z, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz, "dL_dw": dL_dw, "dL_db": dL_db}


class Activations:
    def relu(self, Z):
        return (Z + np.abs(Z)) / 2

    def relu_derivative(self, Z):
        """Steigung: 0 oder 1."""
        return (Z > 0).astype(float)

    def sigmoid(self, Z):
        """S-Kurve ohne Ueberlauf."""
        return np.exp(-np.logaddexp(0.0, -np.asarray(Z, dtype=float)))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z) * self.sigmoid(-np.asarray(Z))


class NeuralNetworkWithBackprop(Activations):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.W1 = rng.normal(0.0, 0.05, size=(hidden_size, input_size))
        self.W2 = rng.normal(0.0, 0.05, size=(output_size, hidden_size))
        self.b1, self.b2 = np.zeros((hidden_size, 1)), np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X: np.ndarray):
        """Vorwaertsdurchlauf."""
        cache = {"X": X}
        cache["Z1"] = np.dot(self.W1, X) + self.b1
        cache["A1"] = self.relu(cache["Z1"])
        cache["Z2"] = np.dot(self.W2, cache["A1"]) + self.b2
        cache["A2"] = self.sigmoid(cache["Z2"])
        return cache["A2"], cache

    def compute_loss(self, Y: np.ndarray, A2: np.ndarray):
        """Kreuzentropie."""
        anzahl = A2.shape[-1]
        o = A2.clip(1e-15, 1 - 1e-15)
        first = np.einsum("ij,ij->", Y * 1.0, np.log(o))
        second = np.einsum("ij,ij->", 1.0 - Y, np.log(1.0 - o))
        return -(first + second) / anzahl

    def backward(self, Y, cache):
        """Rueckwaertsdurchlauf."""
        anzahl = np.shape(Y)[1]
        Xt = np.transpose(cache["X"])
        Ht = np.transpose(cache["Z1"])
        abw_a = np.subtract(cache["A2"], Y) / anzahl
        abw_h = np.transpose(self.W2) @ abw_a
        abw_h = np.where(cache["Z1"] >= 0, abw_h, 0.0)
        summed = [np.sum(t, axis=-1, keepdims=True) for t in (abw_h, abw_a)]
        return {"dW1": abw_h @ Xt, "db1": summed[0], "dW2": abw_a @ Ht, "db2": summed[1]}

    def update_parameters(self, gradients):
        for key, value in gradients.items():
            old = getattr(self, key[1:])
            setattr(self, key[1:], old - self.learning_rate * np.asarray(value))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Trainingsschleife."""
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

    def predict(self, X: np.ndarray):
        """Klassen 0/1."""
        ausgabe, cache = self.forward(X)
        return np.array([[1 if v > 0.5 else 0 for v in row] for row in ausgabe])


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    deviation = dict.fromkeys(["W1", "b1", "W2", "b2"], 0.0)
    for p in deviation:
        weights_ = getattr(nn, p)
        initial = weights_.copy()
        take = min(10, weights_.size)
        subset = np.random.default_rng(7).permutation(weights_.size)[:take]
        numeric = np.zeros(take)
        for t, i in enumerate(subset):
            weights_.flat[i] = initial.flat[i] + epsilon
            plus = J()
            weights_.flat[i] = initial.flat[i] - epsilon
            minus = J()
            weights_.flat[i] = initial.flat[i]
            numeric[t] = (plus - minus) / (2 * epsilon)
        analytic_part = grads["d" + p].flat[subset]
        den = np.sum(np.abs(analytic_part)) + np.sum(np.abs(numeric))
        if den > 0:
            deviation[p] = np.sum(np.abs(analytic_part - numeric)) / den
    return deviation


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    deviation = {}
    for p in ["W1", "b1", "W2", "b2"]:
        weights_ = getattr(nn, p)
        numeric = []
        for i in range(weights_.size):
            v = weights_.flat[i]
            weights_.flat[i] = v + epsilon
            plus = J()
            weights_.flat[i] = v - epsilon
            numeric.append((plus - J()) / (2 * epsilon))
            weights_.flat[i] = v
        numeric = np.array(numeric)
        analytic_part = grads["d" + p].ravel()
        den = np.linalg.norm(analytic_part) + np.linalg.norm(numeric)
        deviation[p] = 0.0 if den == 0 else np.linalg.norm(analytic_part - numeric) / den
    return deviation


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        sizes = {1: (hidden1_size, input_size), 2: (hidden2_size, hidden1_size), 3: (output_size, hidden2_size)}
        for i, s in sizes.items():
            self.__dict__["W%d" % i] = np.random.normal(0, 0.08, s)
            self.__dict__["b%d" % i] = np.zeros((s[0], 1))

    def forward(self, X):
        acts = {1: self.relu, 2: self.relu, 3: self.sigmoid}
        c = {"X": X, "A0": X}
        for i in acts:
            c["Z%d" % i] = np.dot(self.__dict__["W%d" % i], c["A%d" % (i - 1)]) + self.__dict__["b%d" % i]
            c["A%d" % i] = acts[i](c["Z%d" % i])
        del c["A0"]
        return c["A3"], c

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-12, 1 - 1e-12)
        return -(np.sum(Y * np.log(P)) + np.sum((1 - Y) * np.log(1 - P))) / P.shape[1]

    def backward(self, Y, cache):
        anzahl = Y.shape[1]
        ins = [cache["X"], cache["A1"], cache["A2"]]
        abw = [None, None, (cache["A3"] - Y) / anzahl]
        abw[1] = self.relu_derivative(cache["Z2"]) * (self.W3.T @ abw[2])
        abw[0] = self.relu_derivative(cache["Z1"]) * (self.W2.T @ abw[1])
        table = {}
        for i in range(3):
            table["dW%d" % (i + 1)] = abw[i] @ ins[i].T
            table["db%d" % (i + 1)] = abw[i] @ np.ones((anzahl, 1))
        return table

    def update_parameters(self, gradients):
        """Ein Schritt bergab."""
        steps = {n: -self.learning_rate * gradients["d" + n] for n in ("W1", "b1", "W2", "b2", "W3", "b3")}
        for n, s in steps.items():
            setattr(self, n, np.add(getattr(self, n), s))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = []
        for i in range(num_iterations):
            ausgabe, cache = self.forward(X)
            verlust = self.compute_loss(Y, ausgabe)
            verlauf.append(verlust)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"{i}: {verlust:.5f}")
        return verlauf

    def predict(self, X):
        """Klassen 0/1."""
        ausgabe, _ = self.forward(X)
        return np.where(ausgabe > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    s, d = w1*x1 + w2*x2, w1*x1 - w2*x2
    dL_ds, dL_dd = 2*s, 2*d
    ds = (x1, x2)
    dd = (x1, -x2)
    return tuple(dL_ds*p + dL_dd*q for p, q in zip(ds, dd))


def two_squares_autograd(w1, w2, x1, x2):
    t1, t2 = (torch.tensor(float(v), dtype=torch.float64).requires_grad_() for v in (w1, w2))
    loss = torch.square(t1 * x1 + t2 * x2) + torch.square(t1 * x1 - t2 * x2)
    return torch.autograd.grad(loss, (t1, t2))


def autograd_linear(x, w, b):
    def leaf(v):
        return torch.tensor(v, dtype=torch.double, requires_grad=True)
    tx, tw, tb = leaf(x), leaf(w), leaf(b)
    return torch.autograd.grad(tw * tx + tb, [tx, tw, tb])


def leaf_parameters(shape, scale, generator):
    with torch.no_grad():
        values = scale * torch.randn(*shape, generator=generator)
    return values.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    leaves = []
    for t in (W1, b1, W2, b2):
        c = t.clone()
        c.requires_grad_(True)
        leaves.append(c)

    def net(inp):
        h = (leaves[0].mm(inp) + leaves[1]).relu()
        return (leaves[2].mm(h) + leaves[3]).sigmoid()

    verlauf = []
    for k in range(num_iterations):
        delta_y = net(X) - Y
        verlust = (delta_y * delta_y).sum() / delta_y.numel()
        verlust.backward()
        for t in leaves:
            t.data.sub_(learning_rate * t.grad)
            t.grad.zero_()
        verlauf.append(verlust.item())
    return verlauf


def gradient_flow(model, X, Y):
    layers = [mod for mod in model.modules() if isinstance(mod, torch.nn.Linear)]
    verlust = torch.nn.BCELoss()(model(X), Y)
    grads = torch.autograd.grad(verlust, [l.weight for l in layers])
    return [float(torch.mean(torch.abs(g))) for g in grads]


assert NeuralNetworkWithBackprop(2, 3, 2).W2.shape == (2, 3)
assert leaf_parameters((2, 2), 0.1, torch.Generator()).is_leaf
