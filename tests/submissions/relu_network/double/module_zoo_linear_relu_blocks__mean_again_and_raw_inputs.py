import numpy as np
import torch
from abc import ABCMeta, abstractmethod


def chain_rule(x):
    a, b = 2, 1
    u = a * x + b
    return {"u": u, "f": u ** 3, "du_dx": a, "df_du": 3 * u ** 2, "df_dx": 3 * a * u ** 2}


def computational_graph(w, x, b):
    class Mul:
        def fw(self, p, q): self.p, self.q = p, q; return p * q
        def bw(self, g): return g * self.q, g * self.p

    class Add:
        def fw(self, p, q): return p + q
        def bw(self, g): return g, g

    class Square:
        def fw(self, p): self.p = p; return p * p
        def bw(self, g): return g * 2 * self.p

    mul, add, square = Mul(), Add(), Square()
    a = mul.fw(w, x)
    z = add.fw(a, b)
    L = square.fw(z)
    gz = square.bw(1)
    ga, gb = add.bw(gz)
    gw, gx = mul.bw(ga)
    return {"a": a, "z": z, "L": L, "dL_dz": gz, "dL_da": ga, "dL_dw": gw, "dL_dx": gx, "dL_db": gb}


def single_neuron(x, w, b, y):
    z = np.sum(np.asarray(x) * np.asarray(w)) + b
    a = 1 / (1 + np.exp(-z))
    upstream = a - y
    here = a * (1 - a)
    g = upstream * here
    return {"z": z, "a": a, "L": upstream ** 2 / 2, "dL_da": upstream, "da_dz": here, "dL_dz": g, "dL_db": g, "dL_dw": g * np.asarray(x)}


class Block(metaclass=ABCMeta):
    @abstractmethod
    def __call__(self, v): ...

    @abstractmethod
    def slope(self, v): ...


class ReLU(Block):
    def __call__(self, v): return np.maximum(v, 0)
    def slope(self, v): return np.asarray(v > 0, dtype=float)


class Sigmoid(Block):
    def __call__(self, v): return 1 / (1 + np.exp(-np.clip(v, -709, 709)))
    def slope(self, v): return self(v) * (1 - self(v))


class BCE:
    floor = 1e-15

    def __call__(self, Y, P):
        P = np.clip(P, self.floor, 1 - self.floor)
        return -(Y * np.log(P) + (1 - Y) * np.log(1 - P)).sum() / Y.shape[1]

    def grad_at_logits(self, Y, P):
        return (P - Y) / Y.shape[1]


class NeuralNetworkWithBackprop:
    act, out, crit = ReLU(), Sigmoid(), BCE()

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.b1 = np.random.randn(hidden_size, input_size) * 0.1, np.zeros((hidden_size, 1))
        self.W2, self.b2 = np.random.randn(output_size, hidden_size) * 0.1, np.zeros((output_size, 1))

    def relu(self, Z): return self.act(Z)
    def relu_derivative(self, Z): return self.act.slope(Z)
    def sigmoid(self, Z): return self.out(Z)
    def sigmoid_derivative(self, Z): return self.out.slope(Z)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.act(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.out(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return self.crit(Y, A2)

    def backward(self, Y, cache):
        g = self.crit.grad_at_logits(Y, cache["A2"])
        grads = {"dW2": g @ cache["A1"].T, "db2": g.sum(1, keepdims=True)}
        g = self.act.slope(cache["Z1"]) * (self.W2.T @ g)
        grads.update({"dW1": g @ cache["X"].T, "db1": g.sum(1, keepdims=True)})
        return grads

    def update_parameters(self, gradients):
        for key, g in gradients.items():
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * g)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        curve = []
        for it in range(num_iterations):
            P, cache = self.forward(X)
            curve.append(self.compute_loss(Y, P))
            if it % print_every == 0: print("it", it, "loss", curve[-1])
            self.update_parameters(self.backward(Y, cache))
        return curve

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(int)


class Checker:
    def __init__(self, nn, X, Y, h):
        self.nn, self.X, self.Y, self.h = nn, X, Y, h
        self.grads = nn.backward(Y, nn.forward(X)[1])

    def loss(self):
        return self.nn.compute_loss(self.Y, self.nn.forward(self.X)[0])

    def numeric(self, name, i):
        flat = getattr(self.nn, name).reshape(-1)
        assert flat.base is not None, "need a view"
        v = flat[i]
        flat[i] = v + self.h; up = self.loss()
        flat[i] = v - self.h; down = self.loss()
        flat[i] = v
        return (up - down) / (2 * self.h)

    def report(self, cap):
        r = {}
        for name in ("W1", "b1", "W2", "b2"):
            if not getattr(self.nn, name).flags["C_CONTIGUOUS"]:
                setattr(self.nn, name, np.ascontiguousarray(getattr(self.nn, name)))
            ids = range(getattr(self.nn, name).size)[:cap]
            a = self.grads["d" + name].ravel()[list(ids)]
            n = np.array([self.numeric(name, i) for i in ids])
            total = np.linalg.norm(a) + np.linalg.norm(n)
            r[name] = np.linalg.norm(a - n) / total if total else 0.0
        return r


def gradient_check(nn, X, Y, epsilon=1e-05):
    return Checker(nn, X, Y, epsilon).report(10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return Checker(nn, X, Y, epsilon).report(None)


class Linear:
    """a view on one layer of a net"""
    def __init__(self, net, no):
        self.net, self.no = net, no

    def __call__(self, v):
        return getattr(self.net, f"W{self.no}") @ v + getattr(self.net, f"b{self.no}")

    def weight_grads(self, g, inp):
        m = g.shape[1]
        return {f"dW{self.no}": g @ inp.T / m, f"db{self.no}": g.sum(1, keepdims=True) / m}

    def input_grad(self, g):
        return getattr(self.net, f"W{self.no}").T @ g


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        sizes = input_size, hidden1_size, hidden2_size, output_size
        for no in (1, 2, 3):
            setattr(self, f"W{no}", np.random.randn(sizes[no], sizes[no - 1]) * 0.1)
            setattr(self, f"b{no}", np.zeros((sizes[no], 1)))
        self.lin1, self.lin2, self.lin3 = (Linear(self, no) for no in (1, 2, 3))

    def forward(self, X):
        Z1 = self.lin1(X)
        A1 = self.act(Z1)
        Z2 = self.lin2(A1)
        A2 = self.act(Z2)
        Z3 = self.lin3(A2)
        A3 = self.out(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def backward(self, Y, cache):
        grads = {}
        g = self.crit.grad_at_logits(Y, cache["A3"])
        grads |= self.lin3.weight_grads(g, cache["Z2"])
        g = self.lin3.input_grad(g) * self.act.slope(cache["Z2"])
        grads |= self.lin2.weight_grads(g, cache["Z1"])
        g = self.lin2.input_grad(g) * self.act.slope(cache["Z1"])
        grads |= self.lin1.weight_grads(g, cache["X"])
        return grads


def two_squares(w1, w2, x1, x2):
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    gs, gd = 2 * s, 2 * d
    return gs * x1 + gd * x1, gs * x2 + gd * -x2


def two_squares_autograd(w1, w2, x1, x2):
    p1, p2 = (torch.nn.Parameter(torch.tensor(v)) for v in (w1, w2))
    s, d = p1 * x1 + p2 * x2, p1 * x1 - p2 * x2
    torch.add(s ** 2, d ** 2).backward()
    return p1.grad, p2.grad


def autograd_linear(x, w, b):
    x, w, b = (torch.nn.Parameter(torch.tensor(v)) for v in (x, w, b))
    (w * x + b).backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    return torch.nn.Parameter(scale * torch.randn(*shape, generator=generator))


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    ps = torch.nn.ParameterList([torch.nn.Parameter(t.clone()) for t in (W1, b1, W2, b2)])
    curve = []
    for it in range(num_iterations):
        ps.zero_grad()
        out = torch.sigmoid(ps[2] @ torch.relu(ps[0] @ X + ps[1]) + ps[3])
        loss = torch.nn.functional.mse_loss(out, Y)
        loss.backward()
        curve.append(loss.item())
        with torch.no_grad():
            for p in ps:
                p -= learning_rate * p.grad
    return curve


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.BCELoss()(model(X), Y).backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
