from typing import NamedTuple
import numpy as np
import torch


class P2(NamedTuple):
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray


# ---------- pure functions ----------

def g_sigma(t):
    return 1.0 / (1.0 + np.exp(-np.asarray(t, dtype=float)))


def g_sigma_slope(t):
    s = g_sigma(t)
    return s * (1.0 - s)


def g_ramp(t):
    return np.maximum(t, 0)


def g_ramp_slope(t):
    return np.where(np.asarray(t) > 0, 1.0, 0.0)


def push(p: P2, X):
    Z1 = p.W1 @ X + p.b1
    A1 = g_ramp(Z1)
    Z2 = p.W2 @ A1 + p.b2
    return Z1, A1, Z2, g_sigma(Z2)


def score(Y, A):
    A = np.clip(A, 1e-15, 1.0 - 1e-15)
    return -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum() / Y.shape[1]


def pull(p: P2, X, Z1, A1, A2, Y) -> P2:
    delta2 = (A2 - Y) / Y.shape[1]
    delta1 = (p.W2.T @ delta2) * g_sigma_slope(Z1)
    beta1 = delta1.mean(axis=1, keepdims=True)
    beta2 = delta2.mean(axis=1, keepdims=True)
    return P2(W1=delta1 @ X.T, b1=beta1, W2=delta2 @ A1.T, b2=beta2)


def descend(p, g, lr):
    return type(p)(*(a - lr * d for a, d in zip(p, g)))


# ---------- exercises ----------

def chain_rule(x):
    u = 2 * x + 1
    return dict(u=u, f=u ** 3, du_dx=2, df_du=3 * u ** 2, df_dx=3 * u ** 2 * 2)


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    out = dict(a=a, z=z, L=z ** 2)
    out["dL_dz"] = out["dL_da"] = out["dL_db"] = 2 * z
    out["dL_dw"] = 2 * z * x
    out["dL_dx"] = 2 * z * w
    return out


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = g_sigma(z)
    d = (a - y) * g_sigma_slope(z)
    return dict(z=z, a=a, L=(a - y) ** 2 / 2, dL_da=a - y, da_dz=g_sigma_slope(z), dL_dz=d, dL_db=d, dL_dw=d * np.asarray(x))


class NeuralNetworkWithBackprop:
    """thin shell around the pure functions"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self._set(P2(np.random.randn(hidden_size, input_size) * .1, np.zeros((hidden_size, 1)),
                     np.random.randn(output_size, hidden_size) * .1, np.zeros((output_size, 1))))

    def _get(self):
        return P2(self.W1, self.b1, self.W2, self.b2)

    def _set(self, p):
        self.W1, self.b1, self.W2, self.b2 = p

    def relu(self, Z):
        return g_ramp(Z)

    def relu_derivative(self, Z):
        return g_ramp_slope(Z)

    def sigmoid(self, Z):
        return g_sigma(Z)

    def sigmoid_derivative(self, Z):
        return g_sigma_slope(Z)

    def forward(self, X):
        Z1, A1, Z2, A2 = push(self._get(), X)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        return score(Y, A2)

    def backward(self, Y, cache):
        g = pull(self._get(), cache["X"], cache["Z1"], cache["A1"], cache["A2"], Y)
        return {"d" + k: v for k, v in g._asdict().items()}

    def update_parameters(self, gradients):
        self._set(descend(self._get(), P2(**{k[1:]: v for k, v in gradients.items()}), self.learning_rate))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        ls = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            ls.append(self.compute_loss(Y, A2))
            if i % print_every == 0:
                print(i, "->", ls[-1])
            self.update_parameters(self.backward(Y, cache))
        return ls

    def predict(self, X):
        return np.asarray(self.forward(X)[0] > .5, dtype=int)


def numeric(loss, theta, index, h):
    """slope of loss() when theta[index] moves; theta is left as it was"""
    keep = theta[index]
    theta[index] = keep + h
    up = loss()
    theta[index] = keep - h
    down = loss()
    theta[index] = keep
    return (up - down) / (2 * h)


def relative(a, b):
    n = np.linalg.norm
    return n(a - b) / (n(a) + n(b)) if n(a) + n(b) > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    loss = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in P2._fields:
        theta = getattr(nn, name)
        spots = [np.unravel_index(i, theta.shape) for i in np.random.default_rng(5).permutation(theta.size)[:10]]
        out[name] = relative(np.array([g["d" + name][s] for s in spots]), np.array([numeric(loss, theta, s, epsilon) for s in spots]))
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    loss = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in P2._fields:
        theta = getattr(nn, name)
        slopes = np.array([numeric(loss, theta, s, epsilon) for s in np.ndindex(theta.shape)]).reshape(theta.shape)
        out[name] = relative(g["d" + name], slopes)
    return out


class P3(NamedTuple):
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray
    W3: np.ndarray
    b3: np.ndarray


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        dims = (input_size, hidden1_size, hidden2_size, output_size)
        for i in (1, 2, 3):
            setattr(self, f"W{i}", np.random.randn(dims[i], dims[i - 1]) * .1)
            setattr(self, f"b{i}", np.zeros((dims[i], 1)))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = g_ramp(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = g_ramp(Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = g_sigma(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return score(Y, A3)

    def backward(self, Y, cache):
        c = cache
        delta3 = (c["A3"] - Y) / Y.shape[1]
        delta2 = (self.W3.T @ delta3) * g_ramp_slope(c["Z2"])
        delta1 = (self.W2.T @ delta2) * g_ramp_slope(c["Z1"])
        rows = lambda d: d.sum(axis=1, keepdims=True)
        return dict(dW1=delta1 @ c["X"].T, db1=rows(delta1), dW2=delta2 @ c["A1"].T, db2=rows(delta2),
                    dW3=delta3 @ c["A2"].T, db3=rows(delta3))

    def update_parameters(self, gradients):
        old = P3(*(getattr(self, f) for f in P3._fields))
        new = descend(old, P3(*(gradients["d" + f] for f in P3._fields)), self.learning_rate)
        for f, v in new._asdict().items():
            setattr(self, f, v)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return NeuralNetworkWithBackprop.train(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return np.asarray(self.forward(X)[0] > .5, dtype=int)


def two_squares(w1, w2, x1, x2):
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * s * x1 + 2 * d * x1, 2 * s * x2 - 2 * d * x2


def two_squares_autograd(w1, w2, x1, x2):
    v1, v2 = torch.tensor(w1, requires_grad=True), torch.tensor(w2, requires_grad=True)
    s, d = v1 * x1 + v2 * x2, v1 * x1 - v2 * x2
    (s ** 2 + d ** 2).backward()
    return v1.grad, v2.grad


def autograd_linear(x, w, b):
    vs = [torch.tensor(v, requires_grad=True) for v in (x, w, b)]
    return torch.autograd.grad(vs[1] * vs[0] + vs[2], vs)


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    p = P2(*(t.clone().requires_grad_() for t in (W1, b1, W2, b2)))
    ls = []
    for _ in range(num_iterations):
        out = torch.sigmoid(p.W2 @ torch.relu(p.W1 @ X + p.b1) + p.b2)
        loss = ((out - Y) ** 2).mean()
        ls.append(loss.item())
        g = torch.autograd.grad(loss, list(p))
        p = P2(*((a - learning_rate * d).detach().requires_grad_() for a, d in zip(p, g)))
    return ls


def gradient_flow(model, X, Y):
    ws = [m.weight for m in model.modules() if isinstance(m, torch.nn.Linear)]
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    return [g.abs().mean().item() for g in torch.autograd.grad(loss, ws)]
