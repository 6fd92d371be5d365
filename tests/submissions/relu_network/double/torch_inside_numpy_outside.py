import numpy as np
import torch
import torch.nn.functional as F

dt = torch.float64


def t(v):
    return torch.as_tensor(np.asarray(v), dtype=dt)


def n(v):
    return v.detach().cpu().numpy()


def chain_rule(x):
    u = 2 * x + 1
    out = {"u": u, "f": pow(u, 3), "df_du": 3 * pow(u, 2), "du_dx": 2}
    out["df_dx"] = out["df_du"] * out["du_dx"]
    return out


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    up = 2 * z
    return {"a": a, "z": z, "L": z ** 2, "dL_dz": up, "dL_da": up, "dL_dw": x * up, "dL_dx": w * up, "dL_db": up}


def single_neuron(x, w, b, y):
    xt, wt = t(x), t(w)
    z = torch.dot(wt, xt) + b
    a = torch.sigmoid(z)
    da = a - y
    sl = a * (1 - a)
    dz = da * sl
    return {"z": z.item(), "a": a.item(), "L": (0.5 * da ** 2).item(), "dL_da": da.item(), "da_dz": sl.item(),
            "dL_dz": dz.item(), "dL_dw": n(dz * xt), "dL_db": dz.item()}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = n(torch.randn(hidden_size, input_size, dtype=dt) / 20)
        self.b1 = n(torch.zeros(hidden_size, 1, dtype=dt))
        self.W2 = n(torch.randn(output_size, hidden_size, dtype=dt) / 20)
        self.b2 = n(torch.zeros(output_size, 1, dtype=dt))

    def relu(self, Z):
        return n(F.relu(torch.as_tensor(np.asarray(Z))))

    def relu_derivative(self, Z):
        return n((t(Z) > 0).to(dt))

    def sigmoid(self, Z):
        return n(torch.sigmoid(t(Z)))

    def sigmoid_derivative(self, Z):
        return n(torch.sigmoid(t(Z)) * torch.sigmoid(-t(Z)))

    def forward(self, X):
        Z1 = torch.addmm(t(self.b1), t(self.W1), t(X))
        A1 = F.relu(Z1)
        Z2 = torch.addmm(t(self.b2), t(self.W2), A1)
        A2 = torch.sigmoid(Z2)
        return n(A2), {"X": X, "Z1": n(Z1), "A1": n(A1), "Z2": n(Z2), "A2": n(A2)}

    def compute_loss(self, Y, A2):
        p = torch.clamp(t(A2), 1e-12, 1 - 1e-12)
        return F.binary_cross_entropy(p, t(Y), reduction="sum").item() / p.shape[1]

    def backward(self, Y, cache):
        X, Z1, A1, Z2, A2 = (t(cache[k]) for k in ("X", "Z1", "A1", "Z2", "A2"))
        m = X.shape[1]
        slope = torch.sigmoid(Z2) * (1 - torch.sigmoid(Z2))
        g2 = (A2 - t(Y)) / m * slope
        g1 = torch.mm(t(self.W2).T, g2)
        g1[Z1 <= 0] = 0
        grads = {"dW1": torch.mm(g1, X.T), "dW2": torch.mm(g2, A1.T)}
        grads["db1"] = g1.mean(dim=1, keepdim=True)
        grads["db2"] = g2.mean(dim=1, keepdim=True)
        return {k: n(v) for k, v in grads.items()}

    def update_parameters(self, gradients):
        for k in ("W1", "b1", "W2", "b2"):
            setattr(self, k, n(t(getattr(self, k)) - self.learning_rate * t(gradients["d" + k])))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        hist = []
        for it in range(num_iterations):
            A2, cache = self.forward(X)
            hist.append(self.compute_loss(Y, A2))
            if it % print_every == 0:
                print("it", it, "loss", hist[-1])
            self.update_parameters(self.backward(Y, cache))
        return hist

    def predict(self, X):
        return n((t(self.forward(X)[0]) > 0.5).long())


def _fd(nn, X, Y, key, idx, h):
    p = getattr(nn, key)
    keep = p[idx]
    vals = []
    for q in (keep + h, keep - h):
        p[idx] = q
        vals.append(nn.compute_loss(Y, nn.forward(X)[0]))
    p[idx] = keep
    return (vals[0] - vals[1]) / (2 * h)


def _rel(a, b):
    a, b = t(a), t(b)
    s = a.norm() + b.norm()
    return ((a - b).norm() / s).item() if s > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    res = {}
    for key in ("W1", "b1", "W2", "b2"):
        idx = list(np.ndindex(g["d" + key].shape))[-10:]
        res[key] = _rel([g["d" + key][i] for i in idx], [_fd(nn, X, Y, key, i, epsilon) for i in idx])
    return res


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    res = {}
    for key in ("W1", "b1", "W2", "b2"):
        num = [[_fd(nn, X, Y, key, (r, c), epsilon) for c in range(g["d" + key].shape[1])] for r in range(g["d" + key].shape[0])]
        res[key] = _rel(g["d" + key], num)
    return res


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        s = [input_size, hidden1_size, hidden2_size, output_size]
        for i in range(1, 4):
            setattr(self, f"W{i}", n(torch.randn(s[i], s[i - 1], dtype=dt) / 20))
            setattr(self, f"b{i}", n(torch.zeros(s[i], 1, dtype=dt)))

    def forward(self, X):
        c = {"X": X}
        a = t(X)
        for i, act in ((1, torch.relu), (2, torch.relu), (3, torch.sigmoid)):
            z = t(getattr(self, f"W{i}")) @ a + t(getattr(self, f"b{i}"))
            a = act(z)
            c[f"Z{i}"], c[f"A{i}"] = n(z), n(a)
        return c["A3"], c

    def compute_loss(self, Y, A3):
        p = torch.clamp(t(A3), 1e-12, 1 - 1e-12)
        return F.binary_cross_entropy(p, t(Y), reduction="sum").item() / p.shape[1]

    def backward(self, Y, cache):
        c = {k: t(v) for k, v in cache.items()}
        g3 = (c["A3"] - t(Y)) / c["X"].shape[1]
        g2 = (t(self.W3).T @ g3) * (c["Z2"] > 0)
        g1 = (t(self.W2).T @ g2) * (c["Z1"] > 0)
        return {"dW1": n(g1 @ c["X"].T), "db1": n(g1.sum(1, keepdim=True)),
                "dW2": n(g2 @ c["A1"].T), "db2": n(g2.sum(1, keepdim=True)),
                "dW3": n(g3 @ c["A2"].T), "db3": n(g3.sum(1, keepdim=True))}

    def update_parameters(self, gradients):
        for k in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, k, getattr(self, k) - self.learning_rate * gradients["d" + k])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        hist = []
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            hist.append(self.compute_loss(Y, A3))
            if it % print_every == 0:
                print("it", it, "loss", hist[-1])
            self.update_parameters(self.backward(Y, cache))
        return hist

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    return 4.0 * x1 ** 2 * w1, 4.0 * x2 ** 2 * w2


def two_squares_autograd(w1, w2, x1, x2):
    w = t([w1, w2]).requires_grad_()
    v = w * t([x1, x2])
    loss = (v[0] + v[1]) ** 2 + (v[0] - v[1]) ** 2
    return tuple(torch.autograd.grad(loss, w)[0])


def autograd_linear(x, w, b):
    leaves = [torch.tensor(float(v), dtype=dt, requires_grad=True) for v in (x, w, b)]
    y = leaves[1] * leaves[0] + leaves[2]
    y.backward()
    return tuple(v.grad for v in leaves)


def leaf_parameters(shape, scale, generator):
    p = torch.randn(*shape, generator=generator) * scale
    return p.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    p = [v.clone().requires_grad_(True) for v in (W1, b1, W2, b2)]
    hist = []
    for _ in range(num_iterations):
        A2 = torch.sigmoid(p[2] @ F.relu(p[0] @ X + p[1]) + p[3])
        loss = F.mse_loss(A2, Y)
        hist.append(loss.item())
        g = torch.autograd.grad(loss, p)
        with torch.no_grad():
            torch._foreach_add_(p, g, alpha=-learning_rate)
    return hist


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    F.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]
