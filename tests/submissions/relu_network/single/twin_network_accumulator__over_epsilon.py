import copy

import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    f = u ** 3
    du_dx = 2
    df_du = 3 * u ** 2
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w, x, b):
    # forward
    a = w * x
    z = a + b
    L = z ** 2
    # backward
    dL_dz = 2 * z
    dL_da = dL_dz * 1
    dL_db = dL_dz * 1
    dL_dw = dL_da * x
    dL_dx = dL_da * w
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da,
            "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db}


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * (y - a) ** 2
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz,
            "dL_dw": dL_dz * x, "dL_db": dL_dz}


class NeuralNetworkWithBackprop:
    """One hidden ReLU layer, sigmoid outputs, samples in columns."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.1, 0.1, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.uniform(-0.1, 0.1, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return (np.abs(Z) + Z) / 2

    def relu_derivative(self, Z):
        return (np.sign(Z) > 0) * 1.0

    def sigmoid(self, Z):
        return torch.sigmoid(torch.as_tensor(np.asarray(Z, dtype=np.float64))).numpy()

    def sigmoid_derivative(self, Z):
        a = self.sigmoid(Z)
        return np.multiply(a, np.subtract(1, a))

    def forward(self, X):
        Z1 = self.b1 + self.W1 @ X
        A1 = self.relu(Z1)
        Z2 = self.b2 + self.W2 @ A1
        A2 = self.sigmoid(Z2)
        cache = {name: value for name, value in zip(("X", "Z1", "A1", "Z2", "A2"), (X, Z1, A1, Z2, A2))}
        return A2, cache

    def compute_loss(self, Y, A2):
        low = 1e-13
        safe = np.clip(A2, low, 1 - low)
        positives = Y * np.log(safe)
        negatives = (1 - Y) * np.log(1 - safe)
        return -(positives + negatives).sum() / Y.shape[1]

    def backward(self, Y, cache):
        count_m = float(Y.shape[1])
        ones = np.ones((Y.shape[1], 1))
        d_out = cache["A2"] - Y
        d_hidden = (self.W2.T @ d_out) * self.relu_derivative(cache["Z1"])
        gr = {
            "dW1": d_hidden @ cache["X"].T,
            "db1": d_hidden @ ones,
            "dW2": d_out @ cache["A1"].T,
            "db2": d_out @ ones,
        }
        for g in gr.values():
            g /= count_m
        return gr

    def update_parameters(self, gradients):
        for p, g in zip((self.W1, self.b1, self.W2, self.b2),
                        (gradients["dW1"], gradients["db1"], gradients["dW2"], gradients["db2"])):
            p -= self.learning_rate * g

    def _one_step(self, X, Y):
        A2, cache = self.forward(X)
        loss = self.compute_loss(Y, A2)
        self.update_parameters(self.backward(Y, cache))
        return loss

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_list = []
        for i in range(num_iterations):
            loss_list.append(self._one_step(X, Y))
            if print_every and i % print_every == 0:
                print("step", i, "loss", loss_list[-1])
        return loss_list

    def predict(self, X):
        return np.asarray(self.forward(X)[0] > 0.5).astype(np.int32)


def gradient_check(nn, X, Y, epsilon=1e-05):
    def f(net):
        return net.compute_loss(Y, net.forward(X)[0])

    G = nn.backward(Y, nn.forward(X)[1])
    twin = copy.deepcopy(nn)
    table = {}
    for name in ("W1", "b1", "W2", "b2"):
        mine, theirs = getattr(twin, name), getattr(nn, name)
        S = np.random.choice(mine.size, min(mine.size, 10), replace=False)
        N = np.zeros(S.size)
        for q, s in enumerate(S):
            mine.flat[s] = theirs.flat[s] + epsilon
            N[q] += f(twin)
            mine.flat[s] = theirs.flat[s] - epsilon
            N[q] -= f(twin)
            mine.flat[s] = theirs.flat[s]
        N /= epsilon
        A = G["d" + name].flat[S]
        table[name] = np.abs(A - N).sum() / max(np.abs(A).sum() + np.abs(N).sum(), 1e-250)
    return table


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    def f(net):
        return net.compute_loss(Y, net.forward(X)[0])

    G = nn.backward(Y, nn.forward(X)[1])
    twin = copy.deepcopy(nn)
    table = {}
    for name in ("W1", "b1", "W2", "b2"):
        mine, theirs = getattr(twin, name), getattr(nn, name)
        N = np.zeros(mine.shape)
        for at in np.ndindex(*mine.shape):
            mine[at] = theirs[at] + epsilon
            up = f(twin)
            mine[at] = theirs[at] - epsilon
            N[at] = (up - f(twin)) / (2 * epsilon)
            mine[at] = theirs[at]
        A = G["d" + name]
        table[name] = np.abs(A - N).sum() / max(np.abs(A).sum() + np.abs(N).sum(), 1e-250)
    return table


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        init = lambda rows, cols: (np.random.randn(rows, cols) * np.sqrt(0.1 / cols), np.zeros((rows, 1)))
        self.W1, self.b1 = init(hidden1_size, input_size)
        self.W2, self.b2 = init(hidden2_size, hidden1_size)
        self.W3, self.b3 = init(output_size, hidden2_size)

    def forward(self, X):
        cache = dict(X=X)
        cache.update(Z1=self.W1 @ X + self.b1)
        cache.update(A1=np.maximum(cache["Z1"], 0))
        cache.update(Z2=self.W2 @ cache["A1"] + self.b2)
        cache.update(A2=np.maximum(cache["Z2"], 0))
        cache.update(Z3=self.W3 @ cache["A2"] + self.b3)
        cache.update(A3=torch.sigmoid(torch.from_numpy(cache["Z3"])).numpy())
        return cache["A3"], cache

    def compute_loss(self, Y, A3):
        prob = np.clip(A3, 1e-15, 1 - 1e-15)
        return float(np.einsum("km->", -Y * np.log(prob) - (1 - Y) * np.log(1 - prob))) / prob.shape[1]

    def backward(self, Y, cache):
        gW1, gW2, gW3 = np.zeros_like(self.W1), np.zeros_like(self.W2), np.zeros_like(self.W3)
        gb1, gb2, gb3 = np.zeros_like(self.b1), np.zeros_like(self.b2), np.zeros_like(self.b3)
        count = Y.shape[1]
        for s in range(count):
            col = slice(s, s + 1)          # keeps the columns two-dimensional
            err3 = cache["A3"][:, col] - Y[:, col]
            err2 = (self.W3.T @ err3) * (cache["Z2"][:, col] > 0)
            err1 = (self.W2.T @ err2) * (cache["Z1"][:, col] > 0)
            gW3 += err3 @ cache["A2"][:, col].T
            gW2 += err2 @ cache["A1"][:, col].T
            gW1 += err1 @ cache["X"][:, col].T
            gb3 += err3
            gb2 += err2
            gb1 += err1
        sums = {"dW1": gW1, "db1": gb1, "dW2": gW2, "db2": gb2, "dW3": gW3, "db3": gb3}
        return {key: value / count for key, value in sums.items()}

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1, self.b1 = self.W1 - lr * gradients["dW1"], self.b1 - lr * gradients["db1"]
        self.W2, self.b2 = self.W2 - lr * gradients["dW2"], self.b2 - lr * gradients["db2"]
        self.W3, self.b3 = self.W3 - lr * gradients["dW3"], self.b3 - lr * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        track = []
        for n in range(num_iterations):
            A3, cache = self.forward(X)
            current = self.compute_loss(Y, A3)
            track.append(current)
            if print_every and n % print_every == 0:
                print(f"{n}: {current:.4f}")
            self.update_parameters(self.backward(Y, cache))
        return track

    def predict(self, X):
        A3, _ = self.forward(X)
        return np.array([[1 if a > 0.5 else 0 for a in row] for row in A3])


def two_squares(w1, w2, x1, x2):
    A = w1*x1 + w2*x2
    B = w1*x1 - w2*x2
    dL_dA = 2*A
    dL_dB = 2*B
    g1 = dL_dA*x1 + dL_dB*x1
    g2 = dL_dA*x2 + dL_dB*(-x2)
    return g1, g2


def two_squares_autograd(w1, w2, x1, x2):
    t = {}
    for name, val in (('w1', w1), ('w2', w2)):
        t[name] = torch.tensor(val, dtype=torch.float64)
        t[name].requires_grad_()
    A = t['w1']*x1 + t['w2']*x2
    B = t['w1']*x1 - t['w2']*x2
    L = A**2 + B**2
    L.backward()
    return t['w1'].grad, t['w2'].grad


def autograd_linear(x, w, b):
    v = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    y = v[1]*v[0] + v[2]
    y.backward()
    dx, dw, db = v.grad
    return dx, dw, db


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)
    t.mul_(scale)
    return t.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = [p.clone() for p in (W1, b1, W2, b2)]
    for p in (W1, b1, W2, b2):
        p.requires_grad = True
    loss_list = []
    n_el = Y.numel()
    for it in range(num_iterations):
        Z1 = torch.mm(W1, X) + b1
        A1 = torch.relu(Z1)
        Z2 = torch.mm(W2, A1) + b2
        A2 = torch.sigmoid(Z2)
        loss = torch.sum((A2 - Y)**2)/n_el
        loss_list.append(loss.item())
        loss.backward()
        with torch.no_grad():
            W1 -= learning_rate*W1.grad
            b1 -= learning_rate*b1.grad
            W2 -= learning_rate*W2.grad
            b2 -= learning_rate*b2.grad
        W1.grad = None
        b1.grad = None
        W2.grad = None
        b2.grad = None
    return loss_list


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    P = model(X)
    loss = -(Y*torch.log(P) + (1 - Y)*torch.log(1 - P)).mean()
    loss.backward()
    flow = []
    for count_m in model.modules():
        if type(count_m) == torch.nn.Linear:
            g = count_m.weight.grad
            flow.append((g.abs().sum()/g.numel()).item())
    return flow
