import functools
import operator

import numpy as np
import torch

LAYERS2 = ("W1", "b1", "W2", "b2")
LAYERS3 = LAYERS2 + ("W3", "b3")


def affine(W, A, b): return np.einsum("ij,jm->im", W, A) + b


def outer_sum(D, A): return np.einsum("im,jm->ij", D, A)


def pull_back(W, D): return np.einsum("ij,im->jm", W, D)


def over_samples(D): return np.einsum("im->i", D)[:, None]


def logistic(Z): return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(Z, dtype=float))


def step(Z): return np.heaviside(np.asarray(Z, dtype=float), 0.0)


def cross_entropy(Y, P, tiny=1e-14):
    P = np.clip(P, tiny, 1 - tiny)
    return -(np.einsum("km,km->", Y, np.log(P)) + np.einsum("km,km->", 1 - Y, np.log1p(-P))) / Y.shape[-1]


def descend(net, names, gradients):
    vars(net).update({p: vars(net)[p] - net.learning_rate * gradients["d" + p] for p in names})


def fit(net, X, Y, num_iterations, print_every):
    curve = []
    for t in range(num_iterations):
        P, cache = net.forward(X)
        curve.append(net.compute_loss(Y, P))
        if t % print_every == 0:
            print(t, curve[-1])
        net.update_parameters(net.backward(Y, cache))
    return curve


def chain_rule(x):
    u = 2 * x + 1
    links = {"du_dx": 2, "df_du": 3 * u ** 2}
    return {"u": u, "f": u ** 3, **links, "df_dx": functools.reduce(operator.mul, links.values())}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    g = 2 * z
    return {"a": a, "z": z, "L": z * z, **dict.fromkeys(("dL_dz", "dL_da", "dL_db"), g), "dL_dw": g * x, "dL_dx": g * w}


def single_neuron(x, w, b, y):
    z = np.einsum("i,i->", w, x) + b
    a = logistic(z)
    e, s = a - y, a * (1 - a)
    return {"z": z, "a": a, "L": e * e / 2, "dL_da": e, "da_dz": s, "dL_dz": e * s, "dL_dw": e * s * x, "dL_db": e * s}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.b1 = 0.1 * np.random.randn(hidden_size, input_size), np.zeros((hidden_size, 1))
        self.W2, self.b2 = 0.1 * np.random.randn(output_size, hidden_size), np.zeros((output_size, 1))

    def relu(self, Z): return Z * (Z > 0)

    def relu_derivative(self, Z): return step(Z)

    def sigmoid(self, Z): return logistic(Z)

    def sigmoid_derivative(self, Z): return logistic(Z) * logistic(np.negative(Z))

    def forward(self, X):
        Z1 = affine(self.W1, X, self.b1)
        A1 = self.relu(Z1)
        Z2 = affine(self.W2, A1, self.b2)
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2): return cross_entropy(Y, A2)

    def backward(self, Y, cache):
        m = len(cache["X"])
        D2 = (cache["A2"] - Y) / m
        D1 = pull_back(self.W2, D2) * step(cache["Z1"])
        return dict(dW1=outer_sum(D1, cache["X"]), db1=over_samples(D1), dW2=outer_sum(D2, cache["A1"]), db2=over_samples(D2))

    def update_parameters(self, gradients): descend(self, LAYERS2, gradients)

    def train(self, X, Y, num_iterations=1000, print_every=100): return fit(self, X, Y, num_iterations, print_every)

    def predict(self, X): return np.greater(self.forward(X)[0], 0.5).astype(np.int64)


def numeric_gradient(nn, X, Y, p, where, h):
    theta = vars(nn)[p]

    def loss_at(k, t):
        moved = theta.copy()
        moved.ravel()[k] += t
        vars(nn)[p] = moved
        return nn.compute_loss(Y, nn.forward(X)[0])

    try:
        return np.array([(loss_at(k, h) - loss_at(k, -h)) / (2 * h) for k in where])
    finally:
        vars(nn)[p] = theta


def compare(nn, X, Y, h, most):
    G = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for p in LAYERS2:
        where = np.unique(np.linspace(0, vars(nn)[p].size - 1, min(most, vars(nn)[p].size)).astype(int))
        a, b = np.ravel(G["d" + p])[where], numeric_gradient(nn, X, Y, p, where, h)
        report[p] = np.linalg.norm(a - b) / max(np.linalg.norm(a) + np.linalg.norm(b), np.finfo(float).tiny)
    return report


def gradient_check(nn, X, Y, epsilon=1e-05): return compare(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05): return compare(nn, X, Y, epsilon, 10 ** 9)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.b1 = 0.1 * np.random.randn(hidden1_size, input_size), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = 0.1 * np.random.randn(hidden2_size, hidden1_size), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = 0.1 * np.random.randn(output_size, hidden2_size), np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = affine(self.W1, X, self.b1)
        A1 = Z1 * step(Z1)
        Z2 = affine(self.W2, A1, self.b2)
        A2 = Z2 * step(Z2)
        Z3 = affine(self.W3, A2, self.b3)
        A3 = logistic(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3): return cross_entropy(Y, A3)

    def backward(self, Y, cache):
        _, m = Y.shape
        D3 = (cache["A3"] - Y) / m
        D2 = pull_back(self.W3, D3) * step(cache["Z2"])
        D1 = pull_back(self.W2, D2) * step(cache["Z1"])
        pairs = {1: (D1, cache["X"]), 2: (D2, cache["A1"]), 3: (D3, cache["A2"])}
        return {**{f"dW{l}": outer_sum(D, A) for l, (D, A) in pairs.items()},
                **{f"db{l}": over_samples(D) for l, (D, A) in pairs.items()}}

    def update_parameters(self, gradients): descend(self, LAYERS3, gradients)

    def train(self, X, Y, num_iterations=1000, print_every=100): return fit(self, X, Y, num_iterations, print_every)

    def predict(self, X): return np.greater(self.forward(X)[0], 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    M = np.array([[x1, x2], [x1, -x2]])
    return tuple(np.einsum("ri,rj,j->i", M, M, [w1, w2]) * 2)


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    M = torch.tensor([[x1, x2], [x1, -x2]], dtype=torch.float64)
    g, = torch.autograd.grad(torch.einsum("ri,i->r", M, w).square().sum(), w)
    return tuple(g.tolist())


def autograd_linear(x, w, b):
    leaves = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b)]
    return torch.autograd.grad(torch.addcmul(leaves[2], leaves[1], leaves[0]), leaves)


def leaf_parameters(shape, scale, generator): return torch.randn(*shape, generator=generator).mul_(scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = [t.clone().requires_grad_() for t in (W1, b1, W2, b2)]
    curve = []
    for _ in range(num_iterations):
        H = torch.relu(torch.einsum("ij,jm->im", theta[0], X) + theta[1])
        loss = (torch.sigmoid(torch.einsum("ij,jm->im", theta[2], H) + theta[3]) - Y).square().mean()
        curve.append(loss.item())
        slopes = torch.autograd.grad(loss, theta)
        theta = [(t.detach() - learning_rate * g).requires_grad_() for t, g in zip(theta, slopes)]
    return curve


def gradient_flow(model, X, Y):
    weights = [l.weight for l in model.modules() if isinstance(l, torch.nn.Linear)]
    slopes = torch.autograd.grad(torch.nn.functional.binary_cross_entropy(model(X), Y), weights)
    return [g.abs().mean().item() for g in slopes]
