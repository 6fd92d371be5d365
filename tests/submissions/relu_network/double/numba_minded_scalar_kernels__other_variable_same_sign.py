import math
import numpy as np
import torch

# no numba on this machine :(
try:
    from numba import njit
except ImportError:
    def njit(f=None, **kw):
        return f if f is not None else (lambda g: g)


@njit
def _k_affine(W, b, V, out):
    for i in range(W.shape[0]):
        for j in range(V.shape[1]):
            s = b[i, 0]
            for l in range(W.shape[1]):
                s += W[i, l] * V[l, j]
            out[i, j] = s


@njit
def _k_relu(Z, out):
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            out[i, j] = Z[i, j] if Z[i, j] > 0 else 0.0


@njit
def _k_logistic(Z, out):
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            if Z[i, j] > 0:
                out[i, j] = 1.0 / (1.0 + math.exp(-Z[i, j]))
            else:
                e = math.exp(Z[i, j])
                out[i, j] = e / (1.0 + e)


@njit
def _k_layer_grad(D, V, gW, gb, scale):
    for j in range(D.shape[1]):
        for i in range(D.shape[0]):
            gb[i, 0] += D[i, j] * scale
            for l in range(V.shape[0]):
                gW[i, l] += D[i, j] * V[l, j] * scale


@njit
def _k_through(W, D, Z, out):
    for j in range(D.shape[1]):
        for l in range(W.shape[1]):
            if Z[l, j] > 0:
                s = 0.0
                for i in range(W.shape[0]):
                    s += W[i, l] * D[i, j]
                out[l, j] = s


def run(kernel, Z):
    Z = np.asarray(Z, dtype=np.float64)
    flat = Z.reshape(1, -1)
    out = np.zeros(flat.shape)
    kernel(flat, out)
    return out.reshape(Z.shape)


def chain_rule(x):
    u = 2 * x + 1
    g = 3 * u * u
    return {"f": u * u * u, "u": u, "du_dx": 2, "df_du": g, "df_dx": g + g}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    bar_L = 1
    bar_z = bar_L * 2 * z
    bar_a, bar_b = bar_z, bar_z
    bar_w, bar_x = bar_a * x, bar_a * w
    return {"a": a, "z": z, "L": z * z, "dL_dz": bar_z, "dL_da": bar_a, "dL_dw": bar_w, "dL_dx": bar_x, "dL_db": bar_b}


def single_neuron(x, w, b, y):
    z = float(b)
    for l in range(len(x)):
        z += float(x[l] * w[l])
    a = 1.0 / (1.0 + math.exp(-z))
    bar_a = a - y
    slope = a * (1.0 - a)
    bar_z = bar_a * slope
    bar_w = np.zeros(len(x))
    for l in range(len(x)):
        bar_w[l] = bar_z * x[l]
    return {"z": z, "a": a, "L": 0.5 * bar_a * bar_a, "dL_da": bar_a, "da_dz": slope, "dL_dz": bar_z, "dL_db": bar_z, "dL_dw": bar_w}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.rand(hidden_size, input_size) * 0.1 - 0.05
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.rand(output_size, hidden_size) * 0.1 - 0.05
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return run(_k_relu, Z)

    def relu_derivative(self, Z):
        return np.array([1.0 if t > 0 else 0.0 for t in np.ravel(Z)]).reshape(np.shape(Z))

    def sigmoid(self, Z):
        return run(_k_logistic, Z)

    def sigmoid_derivative(self, Z):
        s = run(_k_logistic, Z)
        return s * (1.0 - s)

    def forward(self, X):
        m = X.shape[1]
        Z1, Z2 = np.empty((self.W1.shape[0], m)), np.empty((self.W2.shape[0], m))
        A1, A2 = np.empty(Z1.shape), np.empty(Z2.shape)
        _k_affine(self.W1, self.b1, X, Z1)
        _k_relu(Z1, A1)
        _k_affine(self.W2, self.b2, A1, Z2)
        _k_logistic(Z2, A2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        s = 0.0
        for y, p in zip(np.ravel(Y), np.ravel(A2)):
            p = min(max(p, 1e-15), 1.0 - 1e-15)
            s += math.log(p) if y > 0.5 else math.log1p(-p)
        return -s / Y.shape[1]

    def backward(self, Y, cache):
        gW1, gb1 = np.zeros(self.W1.shape), np.zeros(self.b1.shape)
        gW2, gb2 = np.zeros(self.W2.shape), np.zeros(self.b2.shape)
        inv = 1.0 / Y.shape[1]
        D2 = cache["A2"] - Y
        D1 = np.zeros(cache["Z1"].shape)
        _k_layer_grad(D2, cache["A1"], gW2, gb2, inv)
        _k_through(self.W2, D2, cache["Z1"], D1)
        _k_layer_grad(D1, cache["X"], gW1, gb1, inv)
        return {"dW1": gW1, "db1": gb1, "dW2": gW2, "db2": gb2}

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2"):
            p = getattr(self, name).copy()
            for i in range(p.shape[0]):
                for j in range(p.shape[1]):
                    p[i, j] -= self.learning_rate * gradients["d" + name][i, j]
            setattr(self, name, p)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        h = [0.0] * num_iterations
        for it in range(num_iterations):
            A2, cache = self.forward(X)
            h[it] = self.compute_loss(Y, A2)
            if it % print_every == 0:
                print(it, h[it])
            self.update_parameters(self.backward(Y, cache))
        return h

    def predict(self, X):
        A2, _ = self.forward(X)
        out = np.zeros(A2.shape, np.int64)
        for i in range(A2.shape[0]):
            for j in range(A2.shape[1]):
                out[i, j] = int(A2[i, j] > 0.5)
        return out


def _scan(nn, X, Y, h, limit):
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        p = getattr(nn, name)
        worst, scale, seen = 0.0, 0.0, 0
        for i in range(p.shape[0]):
            for j in range(p.shape[1]):
                if seen >= limit:
                    break
                seen += 1
                keep = p[i, j]
                p[i, j] = keep + h
                hi = nn.compute_loss(Y, nn.forward(X)[0])
                p[i, j] = keep - h
                lo = nn.compute_loss(Y, nn.forward(X)[0])
                p[i, j] = keep
                num = (hi - lo) / (2.0 * h)
                ana = g["d" + name][i, j]
                worst = max(worst, abs(num - ana))
                scale = max(scale, abs(num), abs(ana))
        out[name] = worst / scale if scale > 0.0 else 0.0
    return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _scan(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _scan(nn, X, Y, epsilon, math.inf)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        n = (input_size, hidden1_size, hidden2_size, output_size)
        for l in range(3):
            setattr(self, "W%d" % (l + 1), np.random.rand(n[l + 1], n[l]) * 0.1 - 0.05)
            setattr(self, "b%d" % (l + 1), np.zeros((n[l + 1], 1)))

    def forward(self, X):
        cache = {"X": X}
        V = X
        for l in (1, 2, 3):
            W, b = getattr(self, "W%d" % l), getattr(self, "b%d" % l)
            Z = np.empty((W.shape[0], X.shape[1]))
            A = np.empty(Z.shape)
            _k_affine(W, b, V, Z)
            (_k_logistic if l == 3 else _k_relu)(Z, A)
            cache["Z%d" % l], cache["A%d" % l] = Z, A
            V = A
        return V, cache

    def compute_loss(self, Y, A3):
        return NeuralNetworkWithBackprop.compute_loss(self, Y, A3)

    def backward(self, Y, cache):
        g = {}
        inv = 1.0 / Y.shape[1]
        D = cache["A3"] - Y
        for l in (3, 2, 1):
            W = getattr(self, "W%d" % l)
            gW, gb = np.zeros(W.shape), np.zeros((W.shape[0], 1))
            _k_layer_grad(D, cache["X"] if l == 1 else cache["A%d" % (l - 1)], gW, gb, inv)
            g["dW%d" % l], g["db%d" % l] = gW, gb
            if l > 1:
                below = np.zeros(cache["Z%d" % (l - 1)].shape)
                _k_through(W, D, cache["Z%d" % (l - 1)], below)
                D = below
        return g

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return NeuralNetworkWithBackprop.train(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return NeuralNetworkWithBackprop.predict(self, X)


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    inner1, inner2 = w1, w2
    g1 = 2 * s * inner1
    g2 = 2 * s * inner2
    g1 += 2 * d * inner1
    g2 += 2 * d * inner2
    return g1, g2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    (s * s + d * d).backward()
    return w1.grad.item(), w2.grad.item()


def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    (w * x + b).backward()
    return x.grad.item(), w.grad.item(), b.grad.item()


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)
    t = torch.mul(t, scale)
    t.requires_grad = True
    return t


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    t1, c1, t2, c2 = (v.clone().requires_grad_() for v in (W1, b1, W2, b2))
    h = [0.0] * num_iterations
    for it in range(num_iterations):
        e = torch.sigmoid(t2 @ torch.relu(t1 @ X + c1) + c2) - Y
        L = (e * e).mean()
        h[it] = L.item()
        L.backward()
        with torch.no_grad():
            for p in (t1, c1, t2, c2):
                p -= learning_rate * p.grad
                p.grad.zero_()
    return h


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    out = []
    for m in model.modules():
        if isinstance(m, torch.nn.Linear):
            out.append(float(torch.mean(torch.abs(m.weight.grad))))
    return out
