# hw.c -> hw.py
import numpy as np
import torch

LOSS_EPS = 1e-12
INIT = 1e-2


def chain_rule(x):
    u = 2*x + 1
    f = u*u*u
    df_du = 3*u*u
    du_dx = 2
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": du_dx*df_du}


def computational_graph(w, x, b):
    a = w*x
    z = a + b
    L = z*z
    g = 2*z
    return {"a": a, "z": z, "L": L, "dL_dz": g, "dL_da": g, "dL_dw": x*g, "dL_dx": w*g, "dL_db": g}


def logistic(v):
    v = np.asarray(v, dtype=np.double)
    t = np.exp(-np.fabs(v))
    return np.where(v >= 0, 1/(1 + t), t/(1 + t))


def single_neuron(x, w, b, y):
    z = b + (x*w).sum()
    a = float(logistic(z))
    r = a - y
    s = a*(1 - a)
    g = r*s
    return {"z": z, "a": a, "L": 0.5*r*r, "dL_da": r, "da_dz": s, "dL_dz": g, "dL_db": g, "dL_dw": g*x}


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = INIT*np.random.randn(hidden_size, input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = INIT*np.random.randn(output_size, hidden_size)
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate
        # buffers, "malloc" once
        self.gW1 = np.zeros((hidden_size, input_size))
        self.gb1 = np.zeros((hidden_size, 1))
        self.gW2 = np.zeros((output_size, hidden_size))
        self.gb2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.fmax(Z, 0)

    def relu_derivative(self, Z):
        return (np.asarray(Z) > 0).astype(np.double)

    def sigmoid(self, Z):
        return logistic(Z)

    def sigmoid_derivative(self, Z):
        s = logistic(Z)
        return s*(1 - s)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        p = np.clip(A2, LOSS_EPS, 1 - LOSS_EPS)
        return -np.sum(Y*np.log(p) + (1 - Y)*np.log(1 - p))/Y.shape[1]

    def backward(self, Y, cache):
        X, Z1, A1, A2 = cache["X"], cache["Z1"], cache["A1"], cache["A2"]
        m = X.shape[1]
        i = 0
        while i < m:
            e = (A2[:, i] - Y[:, i])/m
            h = (self.W2.T @ e)*(Z1[:, i] > 0)
            self.gW2 += np.outer(e, A1[:, i])
            self.gb2[:, 0] += e
            self.gW1 += np.outer(h, X[:, i])
            self.gb1[:, 0] += h
            i += 1
        return {"dW1": self.gW1.copy(), "db1": self.gb1.copy(), "dW2": self.gW2.copy(), "db2": self.gb2.copy()}

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate*gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate*gradients["db1"]
        self.W2 = self.W2 - self.learning_rate*gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate*gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        L = []
        for n in range(num_iterations):
            A2, cache = self.forward(X)
            L.append(self.compute_loss(Y, A2))
            if n % print_every == 0:
                print("%d %f" % (n, L[n]))
            self.update_parameters(self.backward(Y, cache))
        return L

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def check_param(nn, X, Y, name, grad, eps, n):
    p = getattr(nn, name)
    num, ana = [], []
    for q in range(n):
        k = np.unravel_index(q, p.shape)
        v = p[k]
        p[k] = v + eps
        lp = nn.compute_loss(Y, nn.forward(X)[0])
        p[k] = v - eps
        lm = nn.compute_loss(Y, nn.forward(X)[0])
        p[k] = v
        num.append((lp - lm)/(2*eps))
        ana.append(grad[k])
    num, ana = np.array(num), np.array(ana)
    d = np.linalg.norm(num) + np.linalg.norm(ana)
    return np.linalg.norm(num - ana)/d if d > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        out[name] = check_param(nn, X, Y, name, g["d" + name], epsilon, min(10, getattr(nn, name).size))
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        out[name] = check_param(nn, X, Y, name, g["d" + name], epsilon, getattr(nn, name).size)
    return out


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        n = (input_size, hidden1_size, hidden2_size, output_size)
        self.learning_rate = learning_rate
        self.W1, self.b1 = INIT*np.random.randn(n[1], n[0]), np.zeros((n[1], 1))
        self.W2, self.b2 = INIT*np.random.randn(n[2], n[1]), np.zeros((n[2], 1))
        self.W3, self.b3 = INIT*np.random.randn(n[3], n[2]), np.zeros((n[3], 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.fmax(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.fmax(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = logistic(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        p = np.clip(A3, LOSS_EPS, 1 - LOSS_EPS)
        return -np.sum(Y*np.log(p) + (1 - Y)*np.log(1 - p))/Y.shape[1]

    def backward(self, Y, cache):
        m = Y.shape[1]
        e3 = (cache["A3"] - Y)/m
        e2 = (self.W3.T @ e3)*(cache["Z2"] > 0)
        e1 = (self.W2.T @ e2)*(cache["Z1"] > 0)
        g = {}
        g["dW3"], g["db3"] = e3 @ cache["A2"].T, e3.sum(1)[:, np.newaxis]
        g["dW2"], g["db2"] = e2 @ cache["A1"].T, e2.sum(1)[:, np.newaxis]
        g["dW1"], g["db1"] = e1 @ cache["X"].T, e1.sum(1)[:, np.newaxis]
        return g

    def update_parameters(self, gradients):
        for s in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, s, getattr(self, s) - self.learning_rate*gradients["d" + s])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        L = []
        for n in range(num_iterations):
            A3, cache = self.forward(X)
            L.append(self.compute_loss(Y, A3))
            if n % print_every == 0:
                print("%d %f" % (n, L[n]))
            self.update_parameters(self.backward(Y, cache))
        return L

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    p = w1*x1 + w2*x2
    q = w1*x1 - w2*x2
    return 2*p*x1 + 2*q*x1, 2*p*x2 - 2*q*x2


def two_squares_autograd(w1, w2, x1, x2):
    a = torch.tensor(w1, requires_grad=True)
    b = torch.tensor(w2, requires_grad=True)
    L = (a*x1 + b*x2)**2 + (a*x1 - b*x2)**2
    L.backward()
    return a.grad, b.grad


def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    y = w*x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    p = torch.randn(*shape, generator=generator)*scale
    p.requires_grad = True
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    L = []
    for n in range(num_iterations):
        A2 = torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2)
        loss = ((A2 - Y)**2).mean()
        L.append(loss.item())
        loss.backward()
        with torch.no_grad():
            W1 -= learning_rate*W1.grad
            b1 -= learning_rate*b1.grad
            W2 -= learning_rate*W2.grad
            b2 -= learning_rate*b2.grad
            W1.grad.zero_()
            b1.grad.zero_()
            W2.grad.zero_()
            b2.grad.zero_()
    return L


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    out = []
    for l in model.modules():
        if isinstance(l, torch.nn.Linear):
            out.append(l.weight.grad.abs().mean().item())
    return out
