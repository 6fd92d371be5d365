import numpy as np, torch
from torch.nn.functional import binary_cross_entropy as bce

S = lambda z: 1 / (1 + np.exp(-np.clip(z, -500, 500)))
R = lambda z: np.maximum(z, 0)
H = lambda z: np.where(np.asarray(z) > 0, 1., 0.)
E = lambda Y, P: -(Y * np.log(P := np.clip(P, 1e-15, 1 - 1e-15)) + (1 - Y) * np.log(1 - P)).sum() / Y.shape[1]


def chain_rule(x):
    u = 2*x + 1; v = 3*u**2
    return {"f": u**3, "u": u, "du_dx": 2, "df_du": v, "df_dx": 2*v}


def computational_graph(w, x, b):
    a = w*x; z = a + b; d = 2*z
    return {"a": a, "z": z, "L": z**2, "dL_dz": d, "dL_da": d, "dL_dw": d*x, "dL_dx": d*w, "dL_db": d}


def single_neuron(x, w, b, y):
    z = w @ x + b; a = S(z)
    e = a - y; s = a*(1 - a); d = e*s
    return {"z": z, "a": a, "L": e**2/2, "dL_da": e, "da_dz": s, "dL_dz": d, "dL_db": d, "dL_dw": d*x}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        n, h, k, r = input_size, hidden_size, output_size, np.random.randn
        self.W1, self.b1 = r(h, n)*.1, np.zeros((h, 1)); self.W2, self.b2 = r(k, h)*.1, np.zeros((k, 1))
        self.learning_rate = learning_rate

    def relu(self, Z): return R(Z)
    def relu_derivative(self, Z): return H(Z)
    def sigmoid(self, Z): return S(Z)
    def sigmoid_derivative(self, Z): return S(Z)*(1 - S(Z))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1; A1 = R(Z1)
        Z2 = self.W2 @ A1 + self.b2; A2 = S(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2): return E(Y, A2)

    def backward(self, Y, cache):
        d2 = (cache["A2"] - Y)/Y.shape[1]; d1 = self.W2.T @ d2 * H(cache["Z1"])
        return {"dW1": d1 @ cache["X"].T, "db1": d1.sum(1, keepdims=True),
                "dW2": d2 @ cache["A1"].T, "db2": d2.sum(1, keepdims=True)}

    def update_parameters(self, gradients):
        a, g = self.learning_rate, gradients
        self.W1 = self.W1 - a*g["dW1"]; b1 = self.b1 - a*g["db1"]
        self.W2 = self.W2 - g["dW2"]; self.b2 = self.b2 - a*g["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        L = []
        for i in range(num_iterations):
            A, c = self.forward(X); L.append(self.compute_loss(Y, A)); self.update_parameters(self.backward(Y, c))
            if i % print_every == 0: print(i, L[-1])
        return L

    def predict(self, X): return (self.forward(X)[0] > .5).astype(int)


def _num(nn, p, X, Y, e, N):
    T = getattr(nn, p); out = []
    for i in list(np.ndindex(T.shape))[:N]:
        t = T[i]
        T[i] = t + e; u = nn.compute_loss(Y, nn.forward(X)[0])
        T[i] = t - e; v = nn.compute_loss(Y, nn.forward(X)[0])
        T[i] = t; out.append((u - v)/(2*e))
    return np.array(out)


def _rel(a, b):
    s = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a - b)/s if s else 0.


def gradient_check(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    return {p: _rel(g["d" + p].ravel()[:10], _num(nn, p, X, Y, epsilon, 10)) for p in ("W1", "b1", "W2", "b2")}


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    return {p: _rel(g["d" + p].ravel(), _num(nn, p, X, Y, epsilon, None)) for p in ("W1", "b1", "W2", "b2")}


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        n, h, j, k, r = input_size, hidden1_size, hidden2_size, output_size, np.random.randn
        self.W1, self.W2, self.W3 = r(h, n)*.1, r(j, h)*.1, r(k, j)*.1
        self.b1, self.b2, self.b3 = (np.zeros((s, 1)) for s in (h, j, k))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1; A1 = R(Z1)
        Z2 = self.W2 @ A1 + self.b2; A2 = R(Z2)
        Z3 = self.W3 @ A2 + self.b3; A3 = S(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3): return E(Y, A3)

    def backward(self, Y, cache):
        d3 = (cache["A3"] - Y)/Y.shape[1]
        d2 = self.W3.T @ d3 * H(cache["Z2"]); d1 = self.W2.T @ d2 * H(cache["Z1"]); g = {}
        for i, d, A in (("1", d1, "X"), ("2", d2, "A1"), ("3", d3, "A2")):
            g["dW" + i] = d @ cache[A].T; g["db" + i] = d.sum(1, keepdims=True)
        return g

    def update_parameters(self, gradients):
        a, g = self.learning_rate, gradients
        self.W1 = self.W1 - a*g["dW1"]; self.b1 = self.b1 - a*g["db1"]
        self.W2 = self.W2 - a*g["dW2"]; self.b2 = self.b2 - a*g["db2"]
        self.W3 = self.W3 - a*g["dW3"]; self.b3 = self.b3 - a*g["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        L = []
        for i in range(num_iterations):
            A, c = self.forward(X); L.append(self.compute_loss(Y, A)); self.update_parameters(self.backward(Y, c))
            if i % print_every == 0: print(i, L[-1])
        return L

    def predict(self, X): return (self.forward(X)[0] > .5).astype(int)


def two_squares(w1, w2, x1, x2):
    p = w1*x1 + w2*x2; q = w1*x1 - w2*x2
    return 2*p*x1 + 2*q*x1, 2*p*x2 - 2*q*x2


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2 = torch.tensor(w1, requires_grad=True), torch.tensor(w2, requires_grad=True)
    ((w1*x1 + w2*x2)**2 + (w1*x1 - w2*x2)**2).backward(); return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(t, requires_grad=True) for t in (x, w, b))
    (w*x + b).backward(); return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    return (scale*torch.randn(*shape, generator=generator)).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = [t.clone().requires_grad_() for t in (W1, b1, W2, b2)]; L = []
    for _ in range(num_iterations):
        V, c, W, d = P
        l = ((torch.sigmoid(W @ torch.relu(V @ X + c) + d) - Y)**2).mean(); L.append(l.item())
        for t, g in zip(P, torch.autograd.grad(l, P)): t.data -= learning_rate*g
    return L


def gradient_flow(model, X, Y):
    w = [l.weight for l in model.modules() if isinstance(l, torch.nn.Linear)]
    return [g.abs().mean().item() for g in torch.autograd.grad(bce(model(X), Y), w)]
