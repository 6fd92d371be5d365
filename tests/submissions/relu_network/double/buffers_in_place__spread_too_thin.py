"""No temporary where a buffer will do: ufuncs write with out=, sums and products go in place."""
import numpy as np
import torch


def chain_rule(x):
    u = 2 * x
    u += 1
    square = u * u
    return {"f": square * u, "u": u, "du_dx": 2, "df_du": 3 * square, "df_dx": 6 * square}


def computational_graph(w, x, b):
    z = a = w * x
    z = z + b
    up = z + z
    return {"a": a, "z": z, "L": z * z, "dL_dz": up, "dL_da": up, "dL_dw": x * up, "dL_dx": w * up, "dL_db": up}


def sigmoid_into(Z, out):
    """out = 1 / (1 + exp(-Z)), without overflow; out may be Z itself."""
    np.multiply(Z, 0.5, out=out)
    np.tanh(out, out=out)
    out += 1
    out *= 0.5
    return out


def single_neuron(x, w, b, y):
    z = float(np.dot(w, x)) + b
    a = 0.5 * (1 + np.tanh(0.5 * z))
    e = a - y
    s = a - a * a
    dw = np.array(x, dtype=float)
    dw *= e * s
    return {"z": z, "a": a, "L": 0.5 * e * e, "dL_da": e, "da_dz": s, "dL_dz": e * s, "dL_dw": dw, "dL_db": e * s}


def affine(W, b, A):
    Z = np.matmul(W, A)
    Z += b
    return Z


def entropy(Y, P):
    Q = np.clip(P, 1e-13, 1 - 1e-13)
    R = np.subtract(1, Q)
    np.log(Q, out=Q)
    np.log(R, out=R)
    Q *= Y
    R *= 1 - Y
    Q += R
    return float(Q.sum() / -Y.shape[1])


def subtract_scaled(P, rate, G):
    """A new array P - rate G (the old one may still be in somebody's hands)."""
    new = np.multiply(G, -rate)
    new += P
    return new


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size)
        self.W2 = np.random.randn(output_size, hidden_size)
        self.W1 *= 0.1
        self.W2 *= 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.maximum(Z, 0, out=np.empty_like(Z))

    def relu_derivative(self, Z):
        return np.greater(Z, 0).astype(np.float64)

    def sigmoid(self, Z):
        Z = np.asarray(Z)
        return sigmoid_into(Z, np.empty(Z.shape))

    def sigmoid_derivative(self, Z):
        S = self.sigmoid(Z)
        S -= S * S
        return S

    def forward(self, X):
        cache = {"X": X}
        cache["Z1"] = affine(self.W1, self.b1, X)
        cache["A1"] = self.relu(cache["Z1"])
        cache["Z2"] = affine(self.W2, self.b2, cache["A1"])
        cache["A2"] = self.sigmoid(cache["Z2"])
        return cache["A2"], cache

    def compute_loss(self, Y, A2):
        return entropy(Y, A2)

    def backward(self, Y, cache):
        D = np.subtract(cache["A2"], Y, dtype=np.float64)
        D /= Y.shape[1]
        g = {"dW2": np.matmul(D, cache["A1"].T), "db2": np.add.reduce(D, axis=1, keepdims=True)}
        D = np.matmul(self.W2.T, D)
        D[cache["Z1"] <= 0] = 0
        g["dW1"] = np.matmul(D, cache["X"].T)
        g["db1"] = np.add.reduce(D, axis=1, keepdims=True)
        return g

    def update_parameters(self, gradients):
        for p in ("W1", "b1", "W2", "b2"):
            setattr(self, p, subtract_scaled(getattr(self, p), self.learning_rate, gradients["d" + p]))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.zeros(num_iterations)
        for i in range(num_iterations):
            P, cache = self.forward(X)
            losses[i] = self.compute_loss(Y, P)
            if i % print_every == 0:
                print(i, losses[i])
            self.update_parameters(self.backward(Y, cache))
        return list(losses)

    def predict(self, X):
        P, _ = self.forward(X)
        out = np.zeros(P.shape, dtype=np.int64)
        np.greater(P, 0.5, out=out, casting="unsafe")
        return out


def slopes(nn, X, Y, theta, ks, h):
    """Central differences at the flat positions ks of theta, put back each time."""
    out = np.empty(len(ks))
    flat = theta.reshape(-1)
    for place, k in enumerate(ks):
        keep = flat[k]
        flat[k] = keep + h
        out[place] = nn.compute_loss(Y, nn.forward(X)[0])
        flat[k] = keep - h
        out[place] -= nn.compute_loss(Y, nn.forward(X)[0])
        flat[k] = keep
    out /= 2 * h
    return out


def gap(a, b):
    scale = np.hypot(np.linalg.norm(a), np.linalg.norm(b))
    return np.linalg.norm(np.subtract(a, b)) / scale if scale else 0.0


def check(nn, X, Y, h, most):
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for p in ("W1", "b1", "W2", "b2"):
        start = getattr(nn, p)
        setattr(nn, p, np.array(start, dtype=np.float64, order="C"))
        ks = np.arange(start.size)[:most]
        out[p] = gap(np.ravel(g["d" + p])[ks], slopes(nn, X, Y, getattr(nn, p), ks, h))
        setattr(nn, p, start)
    return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    return check(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return check(nn, X, Y, epsilon, None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        sizes = [input_size, hidden1_size, hidden2_size, output_size]
        for l in (1, 2, 3):
            W = np.random.randn(sizes[l], sizes[l - 1])
            W *= 0.1
            setattr(self, f"W{l}", W)
            setattr(self, f"b{l}", np.zeros((sizes[l], 1)))

    def forward(self, X):
        Z1 = affine(self.W1, self.b1, X)
        A1 = np.maximum(Z1, 0)
        Z2 = affine(self.W2, self.b2, A1)
        A2 = np.maximum(Z2, 0)
        Z3 = affine(self.W3, self.b3, A2)
        A3 = sigmoid_into(Z3, np.empty_like(Z3))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return entropy(Y, A3)

    def backward(self, Y, cache):
        g = {}
        D = np.subtract(cache["A3"], Y, dtype=np.float64)
        D /= D.size
        np.matmul(D, cache["A2"].T, out=g.setdefault("dW3", np.empty_like(self.W3)))
        np.add.reduce(D, axis=1, keepdims=True, out=g.setdefault("db3", np.empty_like(self.b3)))

        D = np.matmul(self.W3.T, D)
        np.multiply(D, cache["Z2"] > 0, out=D)
        np.matmul(D, cache["Z1"].T, out=g.setdefault("dW2", np.empty_like(self.W2)))
        np.add.reduce(D, axis=1, keepdims=True, out=g.setdefault("db2", np.empty_like(self.b2)))

        D = np.matmul(self.W2.T, D)
        np.multiply(D, cache["Z1"] > 0, out=D)
        np.matmul(D, cache["X"].T, out=g.setdefault("dW1", np.empty_like(self.W1)))
        np.add.reduce(D, axis=1, keepdims=True, out=g.setdefault("db1", np.empty_like(self.b1)))
        return g

    def update_parameters(self, gradients):
        for p in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, p, subtract_scaled(getattr(self, p), self.learning_rate, gradients["d" + p]))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.zeros(num_iterations)
        for i in range(num_iterations):
            P, cache = self.forward(X)
            losses[i] = self.compute_loss(Y, P)
            if i % print_every == 0:
                print(i, losses[i])
            self.update_parameters(self.backward(Y, cache))
        return list(losses)

    def predict(self, X):
        P, _ = self.forward(X)
        out = np.zeros(P.shape, dtype=np.int64)
        np.greater(P, 0.5, out=out, casting="unsafe")
        return out


def two_squares(w1, w2, x1, x2):
    g1, g2 = w1 * x1, w2 * x2
    g1, g2 = 2 * (g1 + g2) + 2 * (g1 - g2), 2 * (g1 + g2) - 2 * (g1 - g2)
    g1 *= x1
    g2 *= x2
    return g1, g2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    terms = w * torch.tensor([x1, x2], dtype=torch.float64)
    L = (terms[0] + terms[1]) ** 2 + (terms[0] - terms[1]) ** 2
    L.backward()
    return tuple(w.grad.unbind())


def autograd_linear(x, w, b):
    v = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    (v[1] * v[0] + v[2]).backward()
    return tuple(v.grad.unbind())


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)
    t.mul_(scale)
    t.requires_grad_()
    return t


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    leaves = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]
    losses = []
    for _ in range(num_iterations):
        A = torch.relu(leaves[0] @ X + leaves[1])
        A = torch.sigmoid(leaves[2] @ A + leaves[3])
        loss = A.sub(Y).square().mean()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for t in leaves:
                t.sub_(t.grad, alpha=learning_rate)
                t.grad.zero_()
    return losses


def gradient_flow(model, X, Y):
    for p in model.parameters():
        if p.grad is not None:
            p.grad.zero_()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]
