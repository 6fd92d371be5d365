import numpy as np
import torch


class Dual(object):
    """forward-mode pairs (value, slope) -- I liked these in calculus"""
    __slots__ = ("v", "s")

    def __init__(self, v, s=0):
        self.v, self.s = v, s

    @staticmethod
    def lift(o):
        return o if isinstance(o, Dual) else Dual(o)

    def __add__(self, o):
        o = Dual.lift(o)
        return Dual(self.v + o.v, self.s + o.s)

    def __sub__(self, o):
        return self + Dual.lift(o) * -1

    def __mul__(self, o):
        o = Dual.lift(o)
        return Dual(self.v * o.v, self.s * o.v + self.v * o.s)

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, n):
        return Dual(self.v ** n, n * self.v ** (n - 1) * self.s)


def chain_rule(x):
    u = 2 * Dual(x, 1) + 1
    outer = Dual(u.v, 1) ** 3
    return {"f": outer.v, "u": u.v, "du_dx": u.s, "df_du": outer.s, "df_dx": (u ** 3).s}


def computational_graph(w, x, b):
    def L(dw=0, dx=0, db=0):
        return (Dual(w, dw) * Dual(x, dx) + Dual(b, db)) ** 2
    a = w * x
    z = a + b
    return {"a": a, "z": z, "L": L().v, "dL_dz": (Dual(z, 1) ** 2).s, "dL_da": ((Dual(a, 1) + b) ** 2).s,
            "dL_dw": L(dw=1).s, "dL_dx": L(dx=1).s, "dL_db": L(db=1).s}


def squash(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e, 1) / (1 + e)


def single_neuron(x, w, b, y):
    z = np.dot(x, w) + b
    a = float(squash(z))
    da_dz = a * (1 - a)
    half_square = Dual(a, 1) - y
    half_square = half_square * half_square * 0.5
    d = half_square.s * da_dz
    return {"z": z, "a": a, "L": half_square.v, "dL_da": half_square.s, "da_dz": da_dz, "dL_dz": d, "dL_dw": d * x, "dL_db": d}


def logloss(Y, P):
    Q = np.clip(np.where(np.asarray(Y) > 0, P, 1 - P), 1e-13, 1)
    return np.log(Q).sum() / -P.shape[1]


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden_size, input_size) * .02
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * .02
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    relu = lambda self, Z: np.maximum(Z, 0)
    relu_derivative = lambda self, Z: np.where(Z > 0, 1., 0.)
    sigmoid = lambda self, Z: squash(Z)
    sigmoid_derivative = lambda self, Z: squash(Z) * (1 - squash(Z))

    def forward(self, X):
        Z1 = self.b1 + self.W1 @ X
        A1 = self.relu(Z1)
        Z2 = self.b2 + self.W2 @ A1
        A2 = self.sigmoid(Z2)
        return A2, {k: v for k, v in locals().items() if k != "self"}

    def compute_loss(self, Y, A2):
        return logloss(Y, A2)

    def backward(self, Y, cache):
        g = {}
        err = cache["A2"] - Y
        m = err.shape[1]
        g["dW2"] = err @ cache["A1"].T
        g["db2"] = err.sum(axis=1, keepdims=True)
        err = (self.W2.T @ err) * self.relu_derivative(cache["Z1"]) / m
        g["dW1"] = err @ cache["X"].T
        g["db1"] = err.sum(axis=1, keepdims=True)
        return g

    def update_parameters(self, gradients):
        vars(self).update({p: getattr(self, p) - self.learning_rate * gradients["d" + p] for p in ["W1", "b1", "W2", "b2"]})

    def train(self, X, Y, num_iterations=1000, print_every=100):
        record = []
        while (i := len(record)) < num_iterations:
            P, cache = self.forward(X)
            record.append(logloss(Y, P))
            if i % print_every == 0:
                print(f"{i}\t{record[-1]:.4f}")
            self.update_parameters(self.backward(Y, cache))
        return record

    def predict(self, X):
        return (self.forward(X)[0] > 1 / 2).astype(int)


def _gap(nn, X, Y, eps, top):
    analytic = nn.backward(Y, nn.forward(X)[1])
    gaps = {}
    for p in ["W1", "b1", "W2", "b2"]:
        old = getattr(nn, p)
        diffs, sizes = [], []
        for i in range(min(old.size, top)):
            L = []
            for sgn in (1, -1):
                new = old.copy()
                new.flat[i] += sgn * eps
                setattr(nn, p, new)
                L.append(nn.compute_loss(Y, nn.forward(X)[0]))
            setattr(nn, p, old)
            n, a = (L[0] - L[1]) / (2 * eps), np.asarray(analytic["d" + p]).flat[i]
            diffs.append(a - n)
            sizes.extend([a, n])
        total = np.linalg.norm(sizes)
        gaps[p] = np.linalg.norm(diffs) / total if total > 0 else 0.0
    return gaps


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _gap(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _gap(nn, X, Y, epsilon, 10 ** 9)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden1_size, input_size) * .02
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * .02
        self.W3 = np.random.randn(output_size, hidden2_size) * .02
        self.b1, self.b2, self.b3 = (np.zeros((W.shape[0], 1)) for W in (self.W1, self.W2, self.W3))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.b1 + self.W1 @ X
        A1 = np.maximum(Z1, 0)
        Z2 = self.b2 + self.W2 @ A1
        A2 = np.maximum(Z2, 0)
        Z3 = self.b3 + self.W3 @ A2
        A3 = squash(Z3)
        return A3, {k: v for k, v in locals().items() if k != "self"}

    def compute_loss(self, Y, A3):
        return logloss(Y, A3)

    def backward(self, Y, cache):
        g = {}
        err = (cache["A3"] - Y) / Y.shape[1]
        g["dW3"], g["db3"] = err @ cache["A2"].T, err.sum(axis=1, keepdims=True)
        err = (self.W3.T @ err) * (cache["Z2"] > 0)
        g["dW2"], g["db2"] = err @ cache["A1"].T, err.sum(axis=1, keepdims=True)
        err = (self.W2.T @ err) * (cache["Z1"] > 0)
        g["dW1"], g["db1"] = err @ cache["X"].T, err.sum(axis=1, keepdims=True)
        return g

    def update_parameters(self, gradients):
        vars(self).update({k[1:]: getattr(self, k[1:]) - self.learning_rate * v for k, v in gradients.items()})

    train = NeuralNetworkWithBackprop.train
    predict = NeuralNetworkWithBackprop.predict


def two_squares(w1, w2, x1, x2):
    def L(s1, s2):
        a, b = Dual(w1, s1) * x1, Dual(w2, s2) * x2
        return (a + b) ** 2 + (a - b) ** 2
    return L(1, 0).s, L(0, 1).s


def two_squares_autograd(w1, w2, x1, x2):
    p = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (w1, w2)]
    a, b = p[0] * x1, p[1] * x2
    ((a + b) ** 2 + (a - b) ** 2).backward()
    return p[0].grad, p[1].grad


def autograd_linear(x, w, b):
    x, w, b = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b)]
    y = w * x + b
    y.backward(torch.ones_like(y))
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    p = scale * torch.randn(*shape, generator=generator)
    return p.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = [torch.nn.Parameter(p.clone()) for p in (W1, b1, W2, b2)]
    record = []
    for _ in range(num_iterations):
        out = torch.sigmoid(P[3] + P[2] @ torch.relu(P[1] + P[0] @ X))
        loss = (out - Y).pow(2).mean()
        record.append(loss.item())
        for p in P:
            p.grad = None
        loss.backward()
        for p in P:
            p.data = p.data - learning_rate * p.grad
    return record


def gradient_flow(model, X, Y):
    model.zero_grad()
    p = model(X)
    loss = -(Y * torch.log(p) + (1 - Y) * torch.log(1 - p)).mean()
    loss.backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
