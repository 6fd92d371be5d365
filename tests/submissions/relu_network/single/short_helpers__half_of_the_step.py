import numpy as np
import torch


# --- helpers -------------------------------------------------------------

def sigma(z):
    return 1 / (1 + np.exp(-np.clip(z, -400, 400)))


def gate(z):
    return (np.asarray(z) > 0).astype(float)


def lin(W, b, A):
    return W @ A + b


def rowsum(D):
    return D.sum(axis=1, keepdims=True)


def bce(Y, P):
    P = np.clip(P, 1e-13, 1 - 1e-13)
    return -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)) / Y.shape[1]


def hard(P):
    return (P > 0.5).astype(int)


# --- scalars -------------------------------------------------------------

def chain_rule(x):
    u = 2 * x + 1
    df_du = 3 * u * u
    return {"u": u, "f": u * u * u, "du_dx": 2, "df_du": df_du, "df_dx": 2 * df_du}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    g = 2 * z
    return {"a": a, "z": z, "L": z * z, "dL_dz": g, "dL_da": g, "dL_db": g, "dL_dw": x * g, "dL_dx": w * g}


def single_neuron(x, w, b, y):
    z = w @ x + b
    a = sigma(z)
    e = a - y
    s = a * (1 - a)
    d = e * s
    return {"z": z, "a": a, "L": e * e / 2, "dL_da": e, "da_dz": s, "dL_dz": d, "dL_dw": d * x, "dL_db": d}


# --- one hidden layer ----------------------------------------------------

class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = 0.05 * np.random.randn(hidden_size, input_size)
        self.W2 = 0.05 * np.random.randn(output_size, hidden_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return gate(Z)

    def sigmoid(self, Z):
        return sigma(Z)

    def sigmoid_derivative(self, Z):
        return sigma(Z) * (1 - sigma(Z))

    def forward(self, X):
        Z1 = lin(self.W1, self.b1, X)
        A1 = self.relu(Z1)
        Z2 = lin(self.W2, self.b2, A1)
        A2 = sigma(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return bce(Y, A2)

    def backward(self, Y, cache):
        D2 = (cache["A2"] - Y) / Y.shape[1]
        D1 = gate(cache["Z1"]) * (self.W2.T @ D2)
        return {"dW1": D1 @ cache["X"].T, "db1": rowsum(D1), "dW2": D2 @ cache["A1"].T, "db2": rowsum(D2)}

    def update_parameters(self, gradients):
        eta = self.learning_rate
        self.W1 = self.W1 - eta * gradients["dW1"]
        self.W2 = self.W2 - eta * gradients["dW2"]
        self.b1 = self.b1 - eta * gradients["db1"]
        self.b2 = self.b2 - eta * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for t in range(num_iterations):
            P, cache = self.forward(X)
            history.append(bce(Y, P))
            if t % print_every == 0:
                print(t, history[-1])
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        return hard(self.forward(X)[0])


# --- gradient check ------------------------------------------------------

def loss_of(nn, X, Y):
    return nn.compute_loss(Y, nn.forward(X)[0])


def slope(nn, X, Y, P, i, eps):
    keep = P[i]
    P[i] = keep + eps
    up = loss_of(nn, X, Y)
    P[i] = keep - eps
    down = loss_of(nn, X, Y)
    P[i] = keep
    return (up - down) / (2 * eps)


def rel(a, b):
    a, b = np.asarray(a), np.asarray(b)
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-30)


def check(nn, X, Y, eps, count):
    G = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        where = list(np.ndindex(P.shape))[:count]
        out[name] = rel([G["d" + name][i] for i in where], [slope(nn, X, Y, P, i, eps) for i in where])
    return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    return check(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return check(nn, X, Y, epsilon, None)


# --- two hidden layers ---------------------------------------------------

class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = 0.05 * np.random.randn(hidden1_size, input_size)
        self.W2 = 0.05 * np.random.randn(hidden2_size, hidden1_size)
        self.W3 = 0.05 * np.random.randn(output_size, hidden2_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = lin(self.W1, self.b1, X)
        A1 = np.maximum(Z1, 0)
        Z2 = lin(self.W2, self.b2, A1)
        A2 = np.maximum(Z2, 0)
        Z3 = lin(self.W3, self.b3, A2)
        A3 = sigma(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return bce(Y, A3)

    def backward(self, Y, cache):
        D3 = (cache["A3"] - Y) / Y.shape[1]
        D2 = gate(cache["Z2"]) * (self.W3.T @ D3)
        D1 = gate(cache["Z1"]) * (self.W2.T @ D2)
        return {"dW1": D1 @ cache["X"].T, "db1": rowsum(D1),
                "dW2": D2 @ cache["A1"].T, "db2": rowsum(D2),
                "dW3": D3 @ cache["A2"].T, "db3": rowsum(D3)}

    def update_parameters(self, gradients):
        for key in ("W1", "W2", "W3"):
            setattr(self, key, getattr(self, key) - self.learning_rate * gradients["d" + key])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for t in range(num_iterations):
            P, cache = self.forward(X)
            history.append(bce(Y, P))
            if t % print_every == 0:
                print(t, history[-1])
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        return hard(self.forward(X)[0])


# --- torch ---------------------------------------------------------------

def leaf(v):
    return torch.tensor(v, dtype=torch.float64, requires_grad=True)


def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * p * x1 + 2 * q * x1, 2 * p * x2 - 2 * q * x2


def two_squares_autograd(w1, w2, x1, x2):
    v1, v2 = leaf(w1), leaf(w2)
    ((v1 * x1 + v2 * x2) ** 2 + (v1 * x1 - v2 * x2) ** 2).backward()
    return v1.grad, v2.grad


def autograd_linear(x, w, b):
    tx, tw, tb = leaf(x), leaf(w), leaf(b)
    (tw * tx + tb).backward()
    return tx.grad, tw.grad, tb.grad


def leaf_parameters(shape, scale, generator):
    return (scale * torch.randn(*shape, generator=generator)).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]
    history = []
    for _ in range(num_iterations):
        out = torch.sigmoid(P[2] @ torch.relu(P[0] @ X + P[1]) + P[3])
        loss = ((out - Y) ** 2).mean()
        history.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for t in P:
                t -= learning_rate * t.grad
                t.grad = None
    return history


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]
