import numpy as np
import torch
from torch import nn as tnn


# ---------- helpers ----------
def relu(z): return np.maximum(z, 0)
def step(z): return (np.asarray(z) > 0).astype(float)
def sigm(z): return 1 / (1 + np.exp(-np.clip(z, -500, 500)))
def affine(W, x, b): return W @ x + b
def bce(y, p):
    p = np.clip(p, 1e-15, 1 - 1e-15)
    return -np.sum(np.where(y == 1, np.log(p), np.log(1 - p))) / y.shape[1]
def weights(rows, cols): return np.random.randn(rows, cols) * 0.05
def zeros(rows): return np.zeros((rows, 1))
def col_sum(d): return np.sum(d, axis=1, keepdims=True)
def leaf(v): return torch.tensor(v, dtype=torch.float64, requires_grad=True)


def chain_rule(x):
    u = 2 * x + 1
    links = {"du_dx": 2, "df_du": 3 * u ** 2}
    return {"f": u ** 3, "u": u, **links, "df_dx": links["du_dx"] * links["df_du"]}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    g = 2 * z
    return {"a": a, "z": z, "L": z * z, "dL_dz": g, "dL_da": g, "dL_db": g, "dL_dw": g * x, "dL_dx": g * w}


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = sigm(z)
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    return {"z": z, "a": a, "L": (y - a) ** 2 / 2, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz,
            "dL_dw": dL_dz * x, "dL_db": dL_dz}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1, self.b1 = weights(hidden_size, input_size), zeros(hidden_size)
        self.W2, self.b2 = weights(output_size, hidden_size), zeros(output_size)
        self.learning_rate = learning_rate

    def relu(self, Z): return relu(Z)
    def relu_derivative(self, Z): return step(Z)
    def sigmoid(self, Z): return sigm(Z)
    def sigmoid_derivative(self, Z): return sigm(Z) * (1 - sigm(Z))

    def forward(self, X):
        Z1 = affine(self.W1, X, self.b1)
        A1 = relu(Z1)
        Z2 = affine(self.W2, A1, self.b2)
        A2 = sigm(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2): return bce(Y, A2)

    def backward(self, Y, cache):
        m = Y.shape[1]
        d2 = (cache["A2"] - Y) / m
        d1 = self.W2.T @ d2 * step(cache["Z1"])
        return {"dW1": d1 @ cache["X"].T, "db1": col_sum(d1), "dW2": d2 @ cache["A1"].T, "db2": col_sum(d2)}

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2"):
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return descend(self, X, Y, num_iterations, print_every)

    def predict(self, X): return np.asarray(self.forward(X)[0] > 0.5, dtype=int)


def descend(net, X, Y, num_iterations, print_every):
    losses = []
    for i in range(num_iterations):
        out, cache = net.forward(X)
        losses.append(net.compute_loss(Y, out))
        net.update_parameters(net.backward(Y, cache))
        if i % print_every == 0:
            print(f"{i}: {losses[-1]:.5f}")
    return losses


def loss_of(nn, X, Y): return nn.compute_loss(Y, nn.forward(X)[0])
def rel(a, n):
    top, bottom = np.sum(np.abs(a - n)), np.sum(np.abs(a)) + np.sum(np.abs(n))
    return top / bottom if bottom else 0.0
def slope(nn, X, Y, P, i, eps):
    kept = P[i]
    P[i] = kept + eps; hi = loss_of(nn, X, Y)
    P[i] = kept - eps; lo = loss_of(nn, X, Y)
    P[i] = kept
    return (hi - lo) / (2 * eps)


def gradient_check(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        where = [tuple(i) for i in np.argwhere(np.ones(P.shape))[-10:]]
        out[name] = rel(np.array([g["d" + name][i] for i in where]),
                        np.array([slope(nn, X, Y, P, i, epsilon) for i in where]))
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        numeric = np.array([slope(nn, X, Y, P, i, epsilon) for i in np.ndindex(P.shape)]).reshape(P.shape)
        out[name] = rel(g["d" + name], numeric)
    return out


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1, self.b1 = weights(hidden1_size, input_size), zeros(hidden1_size)
        self.W2, self.b2 = weights(hidden2_size, hidden1_size), zeros(hidden2_size)
        self.W3, self.b3 = weights(output_size, hidden2_size), zeros(output_size)
        self.learning_rate = learning_rate

    def forward(self, X):
        c = {"X": X, "A0": X}
        for l in (1, 2, 3):
            c[f"Z{l}"] = affine(getattr(self, f"W{l}"), c[f"A{l-1}"], getattr(self, f"b{l}"))
            c[f"A{l}"] = sigm(c[f"Z{l}"]) if l == 3 else relu(c[f"Z{l}"])
        return c["A3"], c

    def compute_loss(self, Y, A3): return bce(Y, A3)

    def backward(self, Y, cache):
        grads, ins = {}, {1: cache["X"], 2: cache["A1"], 3: cache["A2"]}
        d = (cache["A3"] - Y) / Y.shape[1]
        for l in (3, 2, 1):
            grads[f"dW{l}"] = d @ ins[l].T
            grads[f"db{l}"] = np.mean(d, axis=1, keepdims=True)
            if l > 1:
                d = getattr(self, f"W{l}").T @ d * step(cache[f"Z{l-1}"])
        return grads

    def update_parameters(self, gradients):
        for l in (1, 2, 3):
            for p in ("W", "b"):
                setattr(self, f"{p}{l}", getattr(self, f"{p}{l}") - self.learning_rate * gradients[f"d{p}{l}"])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return descend(self, X, Y, num_iterations, print_every)

    def predict(self, X): return np.asarray(self.forward(X)[0] > 0.5, dtype=int)


def two_squares(w1, w2, x1, x2):
    s, t = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * (s + t) * x1, 2 * (s - t) * x2


def two_squares_autograd(w1, w2, x1, x2):
    a, b = leaf(w1), leaf(w2)
    ((a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2).backward()
    return a.grad, b.grad


def autograd_linear(x, w, b):
    tx, tw, tb = leaf(x), leaf(w), leaf(b)
    (tw * tx + tb).backward()
    return tx.grad, tw.grad, tb.grad


def leaf_parameters(shape, scale, generator):
    return torch.randn(*shape, generator=generator).mul(scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    opt, losses = torch.optim.SGD(P, lr=learning_rate), []
    for _ in range(num_iterations):
        out = torch.sigmoid(P[2] @ torch.relu(P[0] @ X + P[1]) + P[3])
        loss = tnn.functional.mse_loss(out, Y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    tnn.functional.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, tnn.Linear)]
