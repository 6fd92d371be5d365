"""Backpropagation with a little autograd of my own: class V records what was done to it and walks back."""
import numpy as np
import torch


class V:
    """An array that remembers where it came from.  v.pull(seed) fills .g of everything below it."""

    __array_priority__ = 1000        # so that ndarray + V ends up here

    def __init__(self, value, parents=()):
        self.value = np.asarray(value, dtype=float)
        self.parents = parents       # [(parent, function: upstream -> parent's share)]
        self.g = None

    @staticmethod
    def _of(other):
        return other if isinstance(other, V) else V(other)

    @staticmethod
    def _fit(g, shape):
        """undo broadcasting: add up over the axes that were stretched"""
        while g.ndim > len(shape):
            g = g.sum(axis=0)
        for axis, size in enumerate(shape):
            if size == 1 and g.shape[axis] != 1:
                g = g.sum(axis=axis, keepdims=True)
        return g

    # ---- operators
    def __add__(self, other):
        other = V._of(other)
        return V(self.value + other.value, [(self, lambda u: u), (other, lambda u: u)])

    __radd__ = __add__

    def __neg__(self):
        return V(-self.value, [(self, lambda u: -u)])

    def __sub__(self, other):
        return self + (-V._of(other))

    def __rsub__(self, other):
        return V._of(other) + (-self)

    def __mul__(self, other):
        other = V._of(other)
        return V(self.value * other.value, [(self, lambda u: u * other.value), (other, lambda u: u * self.value)])

    __rmul__ = __mul__

    def __pow__(self, n):
        return V(self.value ** n, [(self, lambda u: u * n * self.value ** (n - 1))])

    def __matmul__(self, other):
        other = V._of(other)
        return V(self.value @ other.value, [(self, lambda u: u @ other.value.T), (other, lambda u: self.value.T @ u)])

    def relu(self):
        return V(np.maximum(self.value, 0), [(self, lambda u: u * (self.value > 0))])

    def sigmoid(self):
        s = sigmoid(self.value)
        return V(s, [(self, lambda u: u * s * (1 - s))])

    def sum(self):
        return V(self.value.sum(), [(self, lambda u: u * np.ones_like(self.value))])

    # ---- the way back
    def _order(self, seen, out):
        if id(self) not in seen:
            seen.add(id(self))
            for parent, _ in self.parents:
                parent._order(seen, out)
            out.append(self)
        return out

    def pull(self, seed=1.0):
        nodes = self._order(set(), [])
        for node in nodes:
            node.g = np.zeros_like(node.value)
        self.g = self.g + seed
        for node in reversed(nodes):
            for parent, share in node.parents:
                parent.g = parent.g + V._fit(np.asarray(share(node.g)), parent.value.shape)
        return self

    def __str__(self):
        return "V(%s)" % self.value


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    return np.exp(-np.logaddexp(0, -z))


def num(a):
    return float(np.squeeze(a))


def chain_rule(x):
    vx = V(x)
    u = 2 * vx + 1
    f = u ** 3
    f.pull()
    df_du, df_dx = num(u.g), num(vx.g)
    u.pull()
    return dict(f=num(f.value), u=num(u.value), du_dx=num(vx.g), df_du=df_du, df_dx=df_dx)


def computational_graph(w, x, b):
    w, x, b = V(w), V(x), V(b)
    a = w * x
    z = a + b
    L = (z ** 2).pull()
    values = {name: num(v.value) for name, v in dict(a=a, z=z, L=L).items()}
    slopes = {"dL_d" + name: num(v.g) for name, v in dict(z=z, a=a, w=w, x=x, b=b).items()}
    return {**values, **slopes}


def single_neuron(x, w, b, y):
    vw, vb = V(w), V(b)
    z = (vw * x).sum() + vb
    a = z.sigmoid()
    L = 0.5 * (y - a) ** 2
    L.pull()
    return dict(z=num(z.value), a=num(a.value), L=num(L.value), dL_da=num(a.g), da_dz=num(a.value * (1 - a.value)),
                dL_dz=num(z.g), dL_dw=vw.g, dL_db=num(vb.g))


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden_size, input_size) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.1
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        v = V(Z)
        v.relu().pull(np.ones(np.shape(Z)))
        return v.g

    def sigmoid(self, Z):
        return sigmoid(Z)

    def sigmoid_derivative(self, Z):
        v = V(Z)
        v.sigmoid().pull(np.ones(np.shape(Z)))
        return v.g

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        P = np.clip(A2, 1e-12, 1 - 1e-12)
        return -float(np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P))) / Y.shape[1]

    def backward(self, Y, cache):
        # run the network once more on the tape; sigmoid + cross-entropy together: seed Z2 with (A2 - Y) / m
        p = {name: V(getattr(self, name)) for name in ("W1", "b1", "W2", "b2")}
        hidden = p["W1"] @ cache["X"] + p["b1"]
        out = p["W2"] @ hidden.relu() + p["b2"]
        out.pull(seed=(cache["A2"] - Y) / Y.shape[1])
        return {"d" + name: v.g for name, v in p.items()}

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2"):
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A2))
            if i % print_every == 0:
                print(f"[{i}] {losses[-1]}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


class Nudge:
    """with Nudge(P, idx, h): P[idx] is moved by h, and put back at the end."""

    def __init__(self, P, idx, h):
        self.P, self.idx, self.h = P, idx, h

    def __enter__(self):
        self.old = self.P[self.idx]
        self.P[self.idx] = self.old + self.h

    def __exit__(self, *exc):
        self.P[self.idx] = self.old
        return False


def central_difference(nn, X, Y, P, idx, h):
    with Nudge(P, idx, h):
        right = nn.compute_loss(Y, nn.forward(X)[0])
    with Nudge(P, idx, -h):
        left = nn.compute_loss(Y, nn.forward(X)[0])
    return (right - left) / (2 * h)


def distance(a, n):
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    both = np.linalg.norm(a) + np.linalg.norm(n)
    return np.linalg.norm(a - n) / both if both else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        some = sorted(np.ndindex(*P.shape), key=lambda ij: (ij[0] * 7 + ij[1] * 5) % 11)[:10]    # mixed up, the same every time
        out[name] = distance([g["d" + name][ij] for ij in some],
                             [central_difference(nn, X, Y, P, ij, epsilon) for ij in some])
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        numeric = [central_difference(nn, X, Y, P, ij, epsilon) for ij in np.ndindex(*P.shape)]
        out[name] = distance(np.ravel(g["d" + name]), numeric)
    return out


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    NAMES = "W1", "b1", "W2", "b2", "W3", "b3"

    def _tape(self, X):
        W1, b1, W2, b2, W3, b3 = leaves = [V(getattr(self, name)) for name in self.NAMES]
        Z1 = W1 @ X + b1
        A1 = Z1.relu()
        Z2 = W2 @ A1 + b2
        A2 = Z2.relu()
        Z3 = W3 @ A2 + b3
        return leaves, dict(Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=Z3.sigmoid())

    def forward(self, X):
        _, nodes = self._tape(X)
        cache = {name: node.value for name, node in nodes.items()}
        return cache["A3"], {"X": X, **cache}

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-12, 1 - 1e-12)
        return -float(np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P))) / Y.shape[1]

    def backward(self, Y, cache):
        leaves, nodes = self._tape(cache["X"])
        nodes["Z3"].pull((cache["A3"] - Y) / Y.shape[1])
        return {"d" + name: leaf.g for name, leaf in zip(self.NAMES, leaves)}

    def update_parameters(self, gradients):
        for name in self.NAMES:
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    train = NeuralNetworkWithBackprop.train
    predict = NeuralNetworkWithBackprop.predict


def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * p * x1 + 2 * q * x1, 2 * p * x2 + 2 * q * -x2


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2 = (torch.tensor(w, dtype=torch.float64, requires_grad=True) for w in (w1, w2))
    L = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    torch.addcmul(b, w, x).backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    noise = torch.randn(*shape, generator=generator)
    for what in ("track", "scale"):
        if what == "scale":
            noise = noise * scale
        if what == "track":
            noise.requires_grad_()
    return noise


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    leaves = [torch.nn.Parameter(p.clone()) for p in (W1, b1, W2, b2)]
    losses = []
    for _ in range(num_iterations):
        W1, b1, W2, b2 = leaves
        loss = (torch.sigmoid(torch.addmm(b2, W2, torch.relu(torch.addmm(b1, W1, X)))) - Y).pow(2).mean()
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, leaves)
        with torch.no_grad():
            for p, g in zip(leaves, grads):
                p.add_(g, alpha=-learning_rate)
    return losses


def gradient_flow(model, X, Y):
    layers = [module for module in model.modules() if isinstance(module, torch.nn.Linear)]
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [layer.weight.grad.abs().mean().item() for layer in layers]


if __name__ == "__main__":
    a = V(3.0)
    ((a * a) + 2 * a).pull()
    assert a.g == 8, a.g
