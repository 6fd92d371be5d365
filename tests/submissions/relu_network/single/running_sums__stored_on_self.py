# TP retropropagation
import numpy as np
import torch


def chain_rule(x):
    u = x + x + 1
    sq = u * u
    return dict(f=sq * u, u=u, du_dx=2, df_du=3 * sq, df_dx=6 * sq)


def computational_graph(w, x, b):
    r = {}
    r["a"] = w * x
    r["z"] = r["a"] + b
    r["L"] = r["z"] ** 2
    r["dL_dz"] = 2 * r["z"]
    r["dL_da"] = r["dL_db"] = r["dL_dz"]
    r["dL_dw"] = r["dL_da"] * x
    r["dL_dx"] = r["dL_da"] * w
    return r


def single_neuron(x, w, b, y):
    ext_x = np.append(x, 1.0)
    ext_w = np.append(w, b)
    z = ext_w.dot(ext_x)
    a = (1 + np.exp(-z)) ** -1
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    grad = dL_dz * ext_x
    return {"z": z, "a": a, "L": 0.5 * np.square(y - a), "dL_da": dL_da, "da_dz": da_dz,
            "dL_dz": dL_dz, "dL_dw": grad[:-1], "dL_db": grad[-1]}


class Activations:
    def relu(self, Z):
        # Partie positive.
        out = np.array(Z)
        out[out < 0] = 0
        return out

    def relu_derivative(self, Z):
        return np.maximum(np.sign(Z), 0).astype(np.float64)

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=float)
        e = np.exp(-np.abs(Z))
        return np.where(Z >= 0, 1 / (1 + e), e / (1 + e))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)


class NeuralNetworkWithBackprop(Activations):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        shapes = {"W1": (hidden_size, input_size), "b1": (hidden_size, 1), "W2": (output_size, hidden_size), "b2": (output_size, 1)}
        for name, shape in shapes.items():
            value = np.random.uniform(-0.1, 0.1, shape) if name[0] == "W" else np.zeros(shape)
            setattr(self, name, value)

    def forward(self, X):
        # Passe avant.
        z1 = np.einsum("hn,nm->hm", self.W1, X) + self.b1
        a1 = self.relu(z1)
        z2 = np.einsum("kh,hm->km", self.W2, a1) + self.b2
        a2 = self.sigmoid(z2)
        return a2, dict(zip(("X", "Z1", "A1", "Z2", "A2"), (X, z1, a1, z2, a2)))

    def compute_loss(self, Y, A2):
        # Entropie croisee.
        safe = np.clip(A2, 1e-13, 1.0 - 1e-13)
        total = 0.0
        for j in range(Y.shape[1]):
            for i in range(Y.shape[0]):
                total -= Y[i, j] * np.log(safe[i, j]) + (1 - Y[i, j]) * np.log(1 - safe[i, j])
        return total / Y.shape[1]

    def backward(self, Y, cache):
        nb = Y.shape[1]
        sums = self.__dict__.setdefault("sums", {})
        for s in range(nb):
            g_sortie = cache["A2"][:, [s]] - Y[:, [s]]
            g_cachee = self.W2.T @ g_sortie * (cache["Z1"][:, [s]] > 0)
            part = {"dW1": g_cachee @ cache["X"][:, [s]].T, "db1": g_cachee, "dW2": g_sortie @ cache["A1"][:, [s]].T, "db2": g_sortie}
            for key in part:
                sums[key] = sums.get(key, 0) + part[key] / nb
        return dict(sums)

    def update_parameters(self, gradients):
        # Descente de gradient.
        pas = self.learning_rate
        self.W1 = self.W1 - pas * gradients["dW1"]
        self.b1 = self.b1 - pas * gradients["db1"]
        self.W2 = self.W2 - pas * gradients["dW2"]
        self.b2 = self.b2 - pas * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        pertes = [None] * num_iterations
        for t, _ in enumerate(pertes):
            pred, cache = self.forward(X)
            gradient = self.backward(Y, cache)
            pertes[t] = self.compute_loss(Y, pred)
            if not t % print_every:
                print(t, round(float(pertes[t]), 6))
            self.update_parameters(gradient)
        return pertes

    def predict(self, X):
        # Seuil a un demi.
        p, *_ = self.forward(X)
        return 1 * (p > 0.5)


def _loss_of(nn, X, Y):
    return nn.compute_loss(Y, nn.forward(X)[0])


def _rel(a, b):
    top = np.linalg.norm(a - b)
    bottom = np.linalg.norm(a) + np.linalg.norm(b)
    return top / bottom if bottom > 0 else 0.0


def _slope(nn, X, Y, P, idx, eps):
    keep = P[idx]
    P[idx] = keep + eps
    hi = _loss_of(nn, X, Y)
    P[idx] = keep - eps
    lo = _loss_of(nn, X, Y)
    P[idx] = keep
    return (hi - lo) / (2 * eps)


def gradient_check(nn, X, Y, epsilon=1e-05):
    all_g = nn.backward(Y, nn.forward(X)[1])
    table = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        spots = list(np.ndindex(*P.shape))
        if len(spots) > 10:
            chosen = np.random.default_rng(0).choice(len(spots), 10, replace=False)
            spots = [spots[c] for c in chosen]
        finite = np.array([_slope(nn, X, Y, P, s, epsilon) for s in spots])
        backprop_g = np.array([all_g["d" + name][s] for s in spots])
        table[name] = _rel(backprop_g, finite)
    return table


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    all_g = nn.backward(Y, nn.forward(X)[1])
    table = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        finite = np.zeros_like(P)
        for s in np.ndindex(*P.shape):
            finite[s] = _slope(nn, X, Y, P, s, epsilon)
        table[name] = _rel(np.asarray(all_g["d" + name]), finite)
    return table


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3 = 0.1 * np.random.randn(output_size, hidden2_size)
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = self.relu(Z2)
        Z3 = self.W3.dot(A2) + self.b3
        A3 = self.sigmoid(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return super().compute_loss(Y, A3)

    def backward(self, Y, cache):
        nb = Y.shape[1]
        g_fin = cache["A3"] - Y
        g_sortie = np.dot(self.W3.T, g_fin) * self.relu_derivative(cache["Z2"])
        g_cachee = np.dot(self.W2.T, g_sortie) * self.relu_derivative(cache["Z1"])
        all_g = {}
        for i, (d, a) in enumerate([(g_cachee, cache["X"]), (g_sortie, cache["A1"]), (g_fin, cache["A2"])], 1):
            all_g["dW" + str(i)] = np.dot(d, a.T) / nb
            all_g["db" + str(i)] = np.mean(d, axis=1, keepdims=True)
        return all_g

    def update_parameters(self, gradients):
        pas = self.learning_rate
        self.W1 = self.W1 - pas * gradients["dW1"]
        self.b1 = self.b1 - pas * gradients["db1"]
        self.W2 = self.W2 - pas * gradients["dW2"]
        self.b2 = self.b2 - pas * gradients["db2"]
        self.W3 = self.W3 - pas * gradients["dW3"]
        self.b3 = self.b3 - pas * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        def one_step():
            sortie, cache = self.forward(X)
            perte = self.compute_loss(Y, sortie)
            self.update_parameters(self.backward(Y, cache))
            return perte
        pertes = []
        while len(pertes) < num_iterations:
            pertes.append(one_step())
            if print_every and (len(pertes) - 1) % print_every == 0:
                print("%6d %.6f" % (len(pertes) - 1, pertes[-1]))
        return pertes

    def predict(self, X):
        # Seuil a un demi.
        sortie, cache = self.forward(X)
        return np.greater(sortie, 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    # Calcul a la main.
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
    xt = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    wt = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    bt = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    out = torch.add(torch.mul(wt, xt), bt)
    out.backward()
    return xt.grad.item(), wt.grad.item(), bt.grad.item()


def leaf_parameters(shape, scale, generator):
    numbers = torch.randn(*shape, generator=generator).mul(scale)
    return numbers.clone().detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    # Meme reseau avec torch.
    P = {n: torch.tensor(t.numpy().copy(), requires_grad=True) for n, t in zip(["W1", "b1", "W2", "b2"], [W1, b1, W2, b2])}
    pertes = []
    for it in range(num_iterations):
        hidden = torch.clamp(P["W1"] @ X + P["b1"], min=0)
        guess = torch.sigmoid(P["W2"] @ hidden + P["b2"])
        mse = torch.nn.functional.mse_loss(guess, Y)
        all_g = torch.autograd.grad(mse, list(P.values()))
        pertes.append(float(mse.detach()))
        P = {n: (t - learning_rate * g).detach().requires_grad_() for (n, t), g in zip(P.items(), all_g)}
    return pertes


def gradient_flow(model, X, Y):
    layers = [mod for mod in model.modules() if isinstance(mod, torch.nn.Linear)]
    perte = torch.nn.BCELoss()(model(X), Y)
    all_g = torch.autograd.grad(perte, [l.weight for l in layers])
    return [float(torch.mean(torch.abs(g))) for g in all_g]


assert NeuralNetworkWithBackprop(2, 3, 2).W2.shape == (2, 3)
assert leaf_parameters((2, 2), 0.1, torch.Generator()).is_leaf
