"""Homework in the notation of our regression course: residual matrix E = P - Y, design matrices with an intercept row."""
import numpy as np
import torch
from numpy.linalg import norm

PARAMETERS = ["W1", "b1", "W2", "b2"]
expit = lambda eta: np.exp(np.minimum(eta, 0)) / (1 + np.exp(-np.abs(eta)))
one_row = lambda M: np.ones((1, M.shape[1]))


def chain_rule(x):
    u = 2 * x + 1
    return {"u": u, "f": u ** 3, "du_dx": 2, "df_du": 3 * u ** 2, "df_dx": 6 * u ** 2}


def computational_graph(w, x, b):
    fitted = w * x + b
    score = 2 * fitted
    return {"a": w * x, "z": fitted, "L": fitted ** 2, "dL_dz": score, "dL_da": score,
            "dL_dw": score * x, "dL_dx": score * w, "dL_db": score}


def single_neuron(x, w, b, y):
    eta = np.r_[1, x] @ np.r_[b, w]
    mu = expit(eta)
    variance = mu * (1 - mu)
    score = -(y - mu) * variance * np.r_[1, x]
    return {"z": eta, "a": mu, "L": (y - mu) ** 2 / 2, "dL_da": -(y - mu), "da_dz": variance,
            "dL_dz": score[0], "dL_db": score[0], "dL_dw": score[1:]}


def deviance(Y, P):
    P = P.clip(1e-13, 1 - 1e-13)
    loglik = Y * np.log(P) + (1 - Y) * np.log1p(-P)
    return -loglik.sum() / loglik.shape[1]


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        draw = np.random.default_rng(2024).normal
        self.W1, self.b1 = draw(scale=0.1, size=(hidden_size, input_size)), np.zeros((hidden_size, 1))
        self.W2, self.b2 = draw(scale=0.1, size=(output_size, hidden_size)), np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.where(Z > 0, Z, 0)

    def relu_derivative(self, Z):
        return np.where(Z > 0, 1.0, 0.0)

    def sigmoid(self, Z):
        return expit(Z)

    def sigmoid_derivative(self, Z):
        return expit(Z) * expit(-1.0 * np.asarray(Z))

    def forward(self, X):
        Z1 = np.c_[self.b1, self.W1] @ np.r_[one_row(X), X]
        A1 = self.relu(Z1)
        Z2 = np.c_[self.b2, self.W2] @ np.r_[one_row(A1), A1]
        A2 = expit(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return deviance(Y, A2)

    def backward(self, Y, cache):
        E = cache["A2"] - Y
        m = E.shape[1]
        score2 = E @ np.r_[one_row(E), cache["A1"]].T / m
        H = (self.W2.T @ E) * (cache["Z1"] > 0)
        score1 = H @ np.r_[one_row(H), cache["X"]].T / m
        return {"db1": score1[:, :1], "dW1": score1[:, 1:], "db2": score2[:, :1], "dW2": score2[:, 1:]}

    def update_parameters(self, gradients):
        for p in PARAMETERS:
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients[f"d{p}"])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        trace = []
        for i in range(num_iterations):
            P, memory = self.forward(X)
            trace.append(self.compute_loss(Y, P))
            if i % print_every == 0:
                print(f"iteration {i}: deviance/2m = {trace[-1]:.4f}")
            self.update_parameters(self.backward(Y, memory))
        return trace

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def central_difference(nn, X, Y, p, index, epsilon):
    theta = getattr(nn, p)
    value = theta[index]
    J = []
    for shift in (epsilon, -epsilon):
        theta[index] = value + shift
        J.append(nn.compute_loss(Y, nn.forward(X)[0]))
    theta[index] = value
    return (J[0] - J[1]) / (2 * epsilon)


def gradient_check(nn, X, Y, epsilon=1e-05):
    G = nn.backward(Y, nn.forward(X)[1])
    table = {}
    for p in PARAMETERS:
        where = list(np.ndindex(G[f"d{p}"].shape))
        sample = [where[i] for i in np.random.permutation(len(where))[:10]]
        a = np.array([G[f"d{p}"][i] for i in sample])
        n = np.array([central_difference(nn, X, Y, p, i, epsilon) for i in sample])
        table[p] = norm(a - n) / max(norm(a) + norm(n), 1e-20)
    return table


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    G = nn.backward(Y, nn.forward(X)[1])
    table = {}
    for p in PARAMETERS:
        analytic = G[f"d{p}"]
        numeric = np.array([central_difference(nn, X, Y, p, i, epsilon) for i in np.ndindex(analytic.shape)])
        size_a, size_n = norm(analytic), norm(numeric)
        table[p] = abs(size_a - size_n) / max(size_a + size_n, 1e-20)
    return table


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        draw = np.random.default_rng(2025).normal
        self.W1, self.b1 = draw(scale=0.1, size=(hidden1_size, input_size)), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = draw(scale=0.1, size=(hidden2_size, hidden1_size)), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = draw(scale=0.1, size=(output_size, hidden2_size)), np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def _B(self, i):
        return np.c_[getattr(self, f"b{i}"), getattr(self, f"W{i}")]

    def forward(self, X):
        keep = {"X": X, "A0": X}
        for i in (1, 2, 3):
            below = keep[f"A{i-1}"]
            keep[f"Z{i}"] = self._B(i) @ np.r_[one_row(below), below]
            keep[f"A{i}"] = expit(keep[f"Z{i}"]) if i == 3 else np.where(keep[f"Z{i}"] > 0, keep[f"Z{i}"], 0)
        del keep["A0"]
        return keep["A3"], keep

    def compute_loss(self, Y, A3):
        return deviance(Y, A3)

    def backward(self, Y, cache):
        R = (cache["A3"] - Y) / Y.shape[1]
        G = {}
        for i, source in ((3, "A2"), (2, "A1"), (1, "X")):
            S = R @ np.r_[one_row(R), cache[source]].T
            G[f"db{i}"], G[f"dW{i}"] = S[:, :1], S[:, 1:]
            if i > 1:
                R = np.where(cache[f"Z{i-1}"] > 0, getattr(self, f"W{i}").T @ R, 0)
        return G

    def update_parameters(self, gradients):
        for p in PARAMETERS + ["W3", "b3"]:
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients[f"d{p}"])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return NeuralNetworkWithBackprop.train(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return NeuralNetworkWithBackprop.predict(self, X)


def two_squares(w1, w2, x1, x2):
    D = np.array([[x1, x2], [x1, -x2]])
    return tuple(2 * D.T @ D @ np.array([w1, w2]))


def two_squares_autograd(w1, w2, x1, x2):
    D = torch.tensor([[x1, x2], [x1, -x2]], dtype=torch.float64)
    beta = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    (g,) = torch.autograd.grad((D @ beta).square().sum(), beta)
    return g[0], g[1]


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    return torch.autograd.grad(w * x + b, (x, w, b))


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = [t.detach().clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    trace = []
    for _ in range(num_iterations):
        P = torch.sigmoid(theta[2] @ torch.relu(theta[0] @ X + theta[1]) + theta[3])
        mse = torch.mean((P - Y) ** 2)
        trace.append(mse.item())
        scores = torch.autograd.grad(mse, theta)
        theta = [(t - learning_rate * s).detach().requires_grad_(True) for t, s in zip(theta, scores)]
    return trace


def gradient_flow(model, X, Y):
    W = [layer.weight for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    risk = torch.nn.functional.binary_cross_entropy(model(X), Y)
    return [s.abs().mean().item() for s in torch.autograd.grad(risk, W)]
