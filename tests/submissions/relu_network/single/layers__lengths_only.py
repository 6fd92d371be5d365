"""Backprop exercise - everything is a layer."""
from dataclasses import dataclass, field

import numpy as np
import torch


# ---------------------------------------------------------------- warm-up

def chain_rule(x):
    u = 2 * x + 1
    du_dx = 2
    df_du = 3 * u ** 2
    return {"f": u ** 3, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


class _Mul:
    def forward(self, p, q):
        self.p, self.q = p, q
        return p * q

    def backward(self, up):
        return up * self.q, up * self.p


class _Add:
    def forward(self, p, q):
        return p + q

    def backward(self, up):
        return up, up


class _Square:
    def forward(self, p):
        self.p = p
        return p * p

    def backward(self, up=1.0):
        return up * 2 * self.p


def computational_graph(w, x, b):
    mul, add, sq = _Mul(), _Add(), _Square()
    a = mul.forward(w, x)
    z = add.forward(a, b)
    L = sq.forward(z)
    dL_dz = sq.backward()
    dL_da, dL_db = add.backward(dL_dz)
    dL_dw, dL_dx = mul.backward(dL_da)
    return dict(a=a, z=z, L=L, dL_dz=dL_dz, dL_da=dL_da, dL_dw=dL_dw, dL_dx=dL_dx, dL_db=dL_db)


def single_neuron(x, w, b, y):
    act = Sigmoid()
    z = np.dot(w, x) + b
    a = act(z)
    dL_da = a - y
    da_dz = act.slope(z)
    dL_dz = dL_da * da_dz
    return dict(z=z, a=a, L=0.5 * (y - a) ** 2, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_dz,
                dL_dw=dL_dz * np.asarray(x), dL_db=dL_dz)


# ---------------------------------------------------------------- layers

class Relu:
    def __call__(self, Z):
        return np.where(np.asarray(Z) > 0, Z, 0)

    def slope(self, Z):
        return np.where(np.asarray(Z) > 0, 1.0, 0.0)


class Sigmoid:
    def __call__(self, Z):
        Z = np.asarray(Z, dtype=float)
        e = np.exp(-np.abs(Z))
        return np.where(Z >= 0, 1.0, e) / (1.0 + e)

    def slope(self, Z):
        s = self(Z)
        return s * (1.0 - s)


@dataclass
class Dense:
    fan_in: int
    fan_out: int
    act: object
    W: np.ndarray = None
    b: np.ndarray = None
    gW: np.ndarray = field(default=None, repr=False)
    gb: np.ndarray = field(default=None, repr=False)

    def __post_init__(self):
        self.W = 0.1 * np.random.randn(self.fan_out, self.fan_in)
        self.b = np.zeros((self.fan_out, 1))

    def zero(self):
        self.gW = np.zeros_like(self.W)
        self.gb = np.zeros_like(self.b)

    def forward(self, A):
        Z = self.W @ A + self.b
        return Z, self.act(Z)

    def backward(self, delta, A_in):
        """delta: dL/dZ of this layer. Keeps the gradients, hands dL/dA_in on."""
        if self.gW is None or self.gW.shape != self.W.shape:
            self.zero()
        self.gW += delta @ A_in.T
        self.gb += delta.sum(axis=1, keepdims=True)
        return self.W.T @ delta

    def step(self, lr, gW, gb):
        self.W = self.W - lr * gW
        self.b = self.b - lr * gb


def _param(layer_index, what):
    def get(self):
        return getattr(self.layers[layer_index], what)

    def set_(self, value):
        setattr(self.layers[layer_index], what, value)

    return property(get, set_)


class _Stack:
    # base class, does not know how many layers there are

    def forward(self, X):
        cache = {"X": X}
        A = X
        for i, layer in enumerate(self.layers, 1):
            Z, A = layer.forward(A)
            cache[f"Z{i}"], cache[f"A{i}"] = Z, A
        return A, cache

    def compute_loss(self, Y, A):
        A = np.clip(A, 1e-12, 1 - 1e-12)
        return float(-(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum() / Y.shape[1])

    def update_parameters(self, gradients):
        for i, layer in enumerate(self.layers, 1):
            layer.step(self.learning_rate, gradients[f"dW{i}"], gradients[f"db{i}"])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for it in range(num_iterations):
            A, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A))
            if it % print_every == 0:
                print(f"step {it:5d}   loss {losses[-1]:.6f}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


class NeuralNetworkWithBackprop(_Stack):
    W1, b1 = _param(0, "W"), _param(0, "b")
    W2, b2 = _param(1, "W"), _param(1, "b")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.layers = [Dense(input_size, hidden_size, Relu()), Dense(hidden_size, output_size, Sigmoid())]

    def relu(self, Z):
        return Relu()(Z)

    def relu_derivative(self, Z):
        return Relu().slope(Z)

    def sigmoid(self, Z):
        return Sigmoid()(Z)

    def sigmoid_derivative(self, Z):
        return Sigmoid().slope(Z)

    def backward(self, Y, cache):
        hidden, out = self.layers
        for layer in self.layers:
            layer.zero()
        up = out.backward((cache["A2"] - Y) / Y.shape[1], cache["A1"])
        hidden.backward(up * hidden.act.slope(cache["Z1"]), cache["X"])
        return {"dW1": hidden.gW, "db1": hidden.gb, "dW2": out.gW, "db2": out.gb}


class ThreeLayerNetwork(_Stack):
    W1, b1 = _param(0, "W"), _param(0, "b")
    W2, b2 = _param(1, "W"), _param(1, "b")
    W3, b3 = _param(2, "W"), _param(2, "b")

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.layers = [
            Dense(input_size, hidden1_size, Relu()),
            Dense(hidden1_size, hidden2_size, Relu()),
            Dense(hidden2_size, output_size, Sigmoid()),
        ]

    def backward(self, Y, cache):
        inputs = [cache["X"], cache["A1"], cache["A2"]]
        delta = (cache["A3"] - Y) / Y.shape[1]
        grads = {}
        for i in (3, 2, 1):
            layer = self.layers[i - 1]
            layer.zero()
            up = layer.backward(delta, inputs[i - 1])
            grads[f"dW{i}"], grads[f"db{i}"] = layer.gW, layer.gb
            if i > 1:
                delta = up * self.layers[i - 2].act.slope(cache[f"Z{i - 1}"])
        return grads


# ---------------------------------------------------------------- gradient check

@dataclass
class Probe:
    """Moves one element of one parameter and measures what the loss does."""
    nn: object
    X: np.ndarray
    Y: np.ndarray
    eps: float

    def loss(self):
        return self.nn.compute_loss(self.Y, self.nn.forward(self.X)[0])

    def slope(self, name, idx):
        P = getattr(self.nn, name)
        old = P[idx]
        P[idx] = old + self.eps
        hi = self.loss()
        P[idx] = old - self.eps
        lo = self.loss()
        P[idx] = old
        return (hi - lo) / (2 * self.eps)


def _relative(a, n):
    size = np.linalg.norm(a) + np.linalg.norm(n)
    if size == 0:
        return 0.0
    return float(np.linalg.norm(a - n) / size)


def gradient_check(nn, X, Y, epsilon=1e-05):
    probe = Probe(nn, X, Y, epsilon)
    analytic = nn.backward(Y, nn.forward(X)[1])
    rng = np.random.default_rng(0)
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        g = np.array(analytic["d" + name])
        spots = rng.permutation(g.size)[:10]
        spots = [np.unravel_index(s, g.shape) for s in spots]
        mine = np.array([g[s] for s in spots])
        theirs = np.array([probe.slope(name, s) for s in spots])
        report[name] = _relative(np.linalg.norm(mine), np.linalg.norm(theirs))
    return report


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    probe = Probe(nn, X, Y, epsilon)
    analytic = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}
    return {
        name: _relative(analytic["d" + name],
                        np.array([probe.slope(name, s) for s in np.ndindex(*getattr(nn, name).shape)])
                        .reshape(getattr(nn, name).shape))
        for name in ("W1", "b1", "W2", "b2")
    }


# ---------------------------------------------------------------- autograd

def two_squares(w1, w2, x1, x2):
    plus, minus = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * plus * x1 + 2 * minus * x1, 2 * plus * x2 - 2 * minus * x2


def _leaf(v):
    return torch.tensor(v, dtype=torch.float64, requires_grad=True)


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2 = _leaf(w1), _leaf(w2)
    L = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x, w, b = _leaf(x), _leaf(w), _leaf(b)
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    values = torch.randn(*shape, generator=generator) * scale
    return values.requires_grad_()


class _TorchNet(torch.nn.Module):
    def __init__(self, *start):
        super().__init__()
        self.W1, self.b1, self.W2, self.b2 = (torch.nn.Parameter(s.clone()) for s in start)

    def forward(self, X):
        return torch.sigmoid(self.W2 @ torch.relu(self.W1 @ X + self.b1) + self.b2)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    net = _TorchNet(W1, b1, W2, b2)
    optimiser = torch.optim.SGD(net.parameters(), lr=learning_rate)
    losses = []
    for _ in range(num_iterations):
        loss = torch.nn.functional.mse_loss(net(X), Y)
        losses.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [mod.weight.grad.abs().mean().item() for mod in model.modules() if isinstance(mod, torch.nn.Linear)]


if __name__ == "__main__":
    np.random.seed(1)
    X = np.random.randn(2, 8)
    Y = (X[:1] * X[1:] > 0).astype(float)
    print(gradient_check(NeuralNetworkWithBackprop(2, 4, 1), X, Y))
