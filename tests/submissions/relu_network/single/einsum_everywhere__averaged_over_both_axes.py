"""All products as einsum: i inputs, h/g hidden units, k outputs, s samples."""
import numpy as np
import torch

es = np.einsum
MARGIN = 1e-14


def chain_rule(x):
    u = 2 * x + 1
    jacobians = np.array([3 * u ** 2, 2.0])
    return {"f": u ** 3, "u": u, "df_du": jacobians[0], "du_dx": jacobians[1], "df_dx": es("a,a->", jacobians[:1], jacobians[1:])}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    dL_dz = 2 * z
    dL_dw, dL_dx = dL_dz * np.array([x, w])
    return {"a": a, "z": z, "L": z ** 2, "dL_dz": dL_dz, "dL_da": dL_dz, "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_dz}


def single_neuron(x, w, b, y):
    z = es("i,i->", w, x) + b
    a = 1 / (1 + np.exp(-z))
    dL_da, da_dz = a - y, a * (1 - a)
    dL_dz = dL_da * da_dz
    return {"z": z, "a": a, "L": 0.5 * (y - a) ** 2, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz,
            "dL_dw": es(",i->i", dL_dz, x), "dL_db": dL_dz}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = np.random.standard_normal((hidden_size, input_size)) / 10
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.standard_normal((output_size, hidden_size)) / 10
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.maximum(Z, np.zeros_like(Z))

    def relu_derivative(self, Z):
        return np.sign(np.maximum(Z, 0)).astype(float)

    def sigmoid(self, Z):
        return np.reciprocal(1 + np.exp(-np.clip(np.asarray(Z, float), -400, 400)))

    def sigmoid_derivative(self, Z):
        S = self.sigmoid(Z)
        return es("...,...->...", S, 1 - S)

    def forward(self, X):
        Z1 = es("hi,is->hs", self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = es("kh,hs->ks", self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        P = np.clip(A2, MARGIN, 1 - MARGIN)
        agreement = es("ks,ks->ks", Y, np.log(P)) + es("ks,ks->ks", 1 - Y, np.log(1 - P))
        return -agreement.mean()

    def backward(self, Y, cache):
        samples = Y.shape[1]
        G2 = (cache["A2"] - Y) / samples
        G1 = es("kh,ks,hs->hs", self.W2, G2, self.relu_derivative(cache["Z1"]))
        return {"dW1": es("hs,is->hi", G1, cache["X"]), "db1": es("hs->h", G1)[:, np.newaxis],
                "dW2": es("ks,hs->kh", G2, cache["A1"]), "db2": es("ks->k", G2)[:, np.newaxis]}

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for it in range(1, num_iterations + 1):
            A2, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A2))
            self.update_parameters(self.backward(Y, cache))
            if it % print_every == 0:
                print(f"{it} {losses[-1]:.4e}")
        return losses

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(int)


def _central(nn, X, Y, P, i, epsilon):
    kept, values = P[i], []
    for sign in (1, -1):
        P[i] = kept + sign * epsilon
        values.append(sign * nn.compute_loss(Y, nn.forward(X)[0]))
    P[i] = kept
    return sum(values) / (2 * epsilon)


def _relative(a, n):
    scale = np.sqrt(es("j,j->", a, a)) + np.sqrt(es("j,j->", n, n))
    return np.sqrt(es("j,j->", a - n, a - n)) / scale if scale > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    G = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for p in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, p)
        ix = list(np.ndindex(P.shape))[:10]
        result[p] = _relative(np.array([G["d" + p][i] for i in ix]), np.array([_central(nn, X, Y, P, i, epsilon) for i in ix]))
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    G = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for p in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, p)
        N = np.zeros(P.shape)
        for i in np.ndindex(P.shape):
            N[i] = _central(nn, X, Y, P, i, epsilon)
        result[p] = _relative(G["d" + p].ravel(), N.ravel())
    return result


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.standard_normal((hidden1_size, input_size)) / 10
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.standard_normal((hidden2_size, hidden1_size)) / 10
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.standard_normal((output_size, hidden2_size)) / 10
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = es("hi,is->hs", self.W1, X) + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = es("gh,hs->gs", self.W2, A1) + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = es("kg,gs->ks", self.W3, A2) + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -400, 400)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        P = np.clip(A3, MARGIN, 1 - MARGIN)
        return -(es("ks,ks->", Y, np.log(P)) + es("ks,ks->", 1 - Y, np.log(1 - P))) / Y.shape[1]

    def backward(self, Y, cache):
        G3 = (cache["A3"] - Y) / Y.shape[1]
        G2 = es("kg,ks,gs->gs", self.W3, G3, (cache["Z2"] > 0).astype(float))
        G1 = es("gh,gs,hs->hs", self.W2, G2, (cache["Z1"] > 0).astype(float))
        grads = {}
        for l, G, A in ((1, G1, cache["X"]), (2, G2, cache["A1"]), (3, G3, cache["A2"])):
            grads[f"dW{l}"] = es("os,is->oi", G, A)
            grads[f"db{l}"] = es("os->o", G).reshape(-1, 1)
        return grads

    def update_parameters(self, gradients):
        for p in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for it in range(1, num_iterations + 1):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, cache))
            if it % print_every == 0:
                print(f"{it} {losses[-1]:.4e}")
        return losses

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    signs = np.array([[1, 1], [1, -1]])
    p = np.array([w1 * x1, w2 * x2])
    g = es("r,rc,c->c", 2 * signs @ p, signs, np.array([x1, x2]))
    return g[0], g[1]


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    x = torch.tensor([x1, x2], dtype=torch.float64)
    signs = torch.tensor([[1.0, 1.0], [1.0, -1.0]], dtype=torch.float64)
    torch.einsum("rc,c,c->r", signs, w, x).square().sum().backward()
    return w.grad[0], w.grad[1]


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    y = torch.einsum(",->", w, x) + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    t = torch.einsum(",...->...", torch.tensor(float(scale)), torch.randn(*shape, generator=generator))
    return t.detach().requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    losses = []
    for _ in range(num_iterations):
        A1 = torch.relu(torch.einsum("hi,is->hs", W1, X) + b1)
        A2 = torch.sigmoid(torch.einsum("kh,hs->ks", W2, A1) + b2)
        loss = torch.einsum("ks,ks->", A2 - Y, A2 - Y) / Y.numel()
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, (W1, b1, W2, b2))
        with torch.no_grad():
            for p, g in zip((W1, b1, W2, b2), grads):
                p -= learning_rate * g
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    result = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            result.append(torch.einsum("oi->", layer.weight.grad.abs()).item() / layer.weight.numel())
    return result
