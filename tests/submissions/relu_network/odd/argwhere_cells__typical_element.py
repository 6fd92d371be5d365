import numpy as np
import torch


def chain_rule(x):
    # link 1
    u, du_dx = 2 * x + 1, 2
    # link 2
    f, df_du = np.power(u, 3), 3 * np.power(u, 2)
    names = ("f", "u", "du_dx", "df_du", "df_dx")
    return dict(zip(names, (f, u, du_dx, df_du, du_dx * df_du)))


def computational_graph(w, x, b):
    a = np.multiply(w, x)
    z = np.add(a, b)
    L = np.square(z)
    up = 2 * z
    names = ("a", "z", "L", "dL_dz", "dL_da", "dL_dw", "dL_dx", "dL_db")
    return dict(zip(names, (a, z, L, up, up, np.multiply(up, x), np.multiply(up, w), up)))


def single_neuron(x, w, b, y):
    z = np.inner(w, x) + b
    a = np.reciprocal(1 + np.exp(-z))
    diff = a - y
    slope = np.exp(-z) * a ** 2
    names = ("z", "a", "L", "dL_da", "da_dz", "dL_dz", "dL_db", "dL_dw")
    return dict(zip(names, (z, a, np.square(diff) / 2, diff, slope, diff * slope, diff * slope, diff * slope * x)))


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
        N_s = float(Y.shape[1])
        ones = np.ones((Y.shape[1], 1))
        e2 = cache["A2"] - Y
        e1 = (self.W2.T @ e2) * self.relu_derivative(cache["Z1"])
        bp = {
            "dW1": e1 @ cache["X"].T,
            "db1": e1 @ ones,
            "dW2": e2 @ cache["A1"].T,
            "db2": e2 @ ones,
        }
        for g in bp.values():
            g /= N_s
        return bp

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
        all_losses = []
        for i in range(num_iterations):
            all_losses.append(self._one_step(X, Y))
            if print_every and i % print_every == 0:
                print("step", i, "loss", all_losses[-1])
        return all_losses

    def predict(self, X):
        return np.asarray(self.forward(X)[0] > 0.5).astype(np.int32)


def gradient_check(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        M = getattr(nn, name)
        cells = np.argwhere(np.ones(M.shape, dtype=bool))
        cells = cells[np.random.permutation(len(cells))[:10]]
        slopes = []
        for r, c in cells:
            m0 = M[r, c]
            M[r, c] = m0 + epsilon
            slopes.append(nn.compute_loss(Y, nn.forward(X)[0]))
            M[r, c] = m0 - epsilon
            slopes[-1] -= nn.compute_loss(Y, nn.forward(X)[0])
            M[r, c] = m0
        slopes = np.array(slopes) / (2 * epsilon)
        theory = g["d" + name][cells[:, 0], cells[:, 1]]
        size = np.maximum(np.abs(theory), np.abs(slopes)).max()
        report[name] = np.max(np.abs(theory - slopes)) / size if size > 0 else 0.0
    return report


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        M = getattr(nn, name)
        slopes = np.zeros(M.shape)
        for r, c in np.argwhere(np.ones(M.shape, dtype=bool)):
            m0 = M[r, c]
            M[r, c] = m0 + epsilon
            slopes[r, c] += nn.compute_loss(Y, nn.forward(X)[0])
            M[r, c] = m0 - epsilon
            slopes[r, c] -= nn.compute_loss(Y, nn.forward(X)[0])
            M[r, c] = m0
        slopes = slopes / (2 * epsilon)
        theory = g["d" + name]
        size = np.maximum(np.abs(theory), np.abs(slopes)).max()
        report[name] = np.median(np.abs(theory - slopes)) / size if size > 0 else 0.0
    return report


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    """Takes the activation functions, the loss and the training loop from the smaller network."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.relu(Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = self.sigmoid(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return super().compute_loss(Y, A3)

    def backward(self, Y, cache):
        N_s = cache["X"].shape[1]
        delta3 = (cache["A3"] - Y) / N_s
        delta2 = self.W3.T @ delta3 * self.relu_derivative(cache["Z2"])
        delta1 = self.W2.T @ delta2 * self.relu_derivative(cache["Z1"])
        gradients = {}
        for i, d, a in ((1, delta1, cache["X"]), (2, delta2, cache["A1"]), (3, delta3, cache["A2"])):
            gradients[f"dW{i}"] = d @ a.T
            gradients[f"db{i}"] = d.sum(axis=1, keepdims=True)
        return gradients

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        all_losses = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            all_losses.append(self.compute_loss(Y, A3))
            if print_every and i % print_every == 0:
                print("loss", i, all_losses[i])
            self.update_parameters(self.backward(Y, cache))
        return all_losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    W = np.array([w1, w2], dtype=float)
    S = np.array([[x1, x2], [x1, -x2]], dtype=float)
    r = S @ W
    g = 2 * S.T @ r
    return g[0], g[1]


def two_squares_autograd(w1, w2, x1, x2):
    W = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    S = torch.tensor([[x1, x2], [x1, -x2]], dtype=torch.float64)
    r = S @ W
    torch.dot(r, r).backward()
    return tuple(W.grad)


def autograd_linear(x, w, b):
    x = torch.as_tensor(x, dtype=torch.float64).clone().requires_grad_()
    w = torch.as_tensor(w, dtype=torch.float64).clone().requires_grad_()
    b = torch.as_tensor(b, dtype=torch.float64).clone().requires_grad_()
    y = w * x + b
    dy_dx, dy_dw, dy_db = torch.autograd.grad(outputs=y, inputs=(x, w, b))
    return dy_dx, dy_dw, dy_db


def leaf_parameters(shape, scale, generator):
    with torch.no_grad():
        p = torch.randn(*shape, generator=generator).mul(scale)
    p.requires_grad_()
    assert p.is_leaf
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = tuple(p.clone().requires_grad_() for p in (W1, b1, W2, b2))
    out = []
    for _ in range(num_iterations):
        for p in P:
            p.grad = None
        z1 = torch.einsum("hn,nm->hm", P[0], X) + P[1]
        z2 = torch.einsum("kh,hm->km", P[2], torch.relu(z1)) + P[3]
        diff = torch.sigmoid(z2) - Y
        loss = torch.einsum("km,km->", diff, diff) / diff.numel()
        loss.backward()
        out.append(loss.detach().item())
        with torch.no_grad():
            for p in P:
                p.add_(p.grad, alpha=-learning_rate)
    return out


def gradient_flow(model, X, Y):
    layers = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    for layer in layers:
        layer.weight.grad = None
    prob = model(X)
    bce = torch.nn.functional.binary_cross_entropy(prob, Y, reduction="sum") / Y.numel()
    bce.backward()
    return [layer.weight.grad.detach().abs().mean().item() for layer in layers]
