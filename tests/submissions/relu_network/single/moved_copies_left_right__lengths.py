import numpy as np
import torch


def chain_rule(x):
    inner, outer = (lambda t: 2 * t + 1), (lambda s: s * s * s)
    d_inner, d_outer = (lambda t: 2), (lambda s: 3 * s * s)
    s = inner(x)
    return dict(f=outer(s), u=s, du_dx=d_inner(x), df_du=d_outer(s), df_dx=d_outer(s) * d_inner(x))


def computational_graph(w, x, b):
    table_ = dict(a=w * x)
    table_["z"] = table_["a"] + b
    table_["L"] = table_["z"] * table_["z"]
    g = 2 * table_["z"]
    table_.update(dL_dz=g, dL_da=g, dL_db=g, dL_dw=x * g, dL_dx=w * g)
    return table_


def single_neuron(x, w, b, y):
    z = float(np.sum(np.asarray(w) * np.asarray(x)) + b)
    a = 0.5 * (1.0 + np.tanh(0.5 * z))
    err = y - a
    out = dict(z=z, a=a, L=err * err / 2, dL_da=-err, da_dz=a - a * a)
    out["dL_dz"] = out["dL_da"] * out["da_dz"]
    out["dL_db"] = out["dL_dz"]
    out["dL_dw"] = np.asarray(x) * out["dL_dz"]
    return out


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
        costs = []
        for i in range(num_iterations):
            costs.append(self._one_step(X, Y))
            if print_every and i % print_every == 0:
                print("step", i, "loss", costs[-1])
        return costs

    def predict(self, X):
        return np.asarray(self.forward(X)[0] > 0.5).astype(np.int32)


def gradient_check(nn, X, Y, epsilon=1e-05):
    bp = nn.backward(Y, nn.forward(X)[1])
    rng = np.random.RandomState(42)
    verdict = {}
    for key in ("W1", "b1", "W2", "b2"):
        tensor = getattr(nn, key)
        shape, flat = tensor.shape, tensor.flatten()
        pick = rng.permutation(flat.size)[:10]
        left, right = np.zeros(len(pick)), np.zeros(len(pick))
        for n, j in enumerate(pick):
            for side, box in ((-1, left), (1, right)):
                moved = flat.copy()
                moved[j] += side * epsilon
                setattr(nn, key, moved.reshape(shape))
                box[n] = nn.compute_loss(Y, nn.forward(X)[0])
        setattr(nn, key, tensor)
        g_num = (right - left) / (2 * epsilon)
        g_ana = bp["d" + key].flatten()[pick]
        verdict[key] = np.linalg.norm(g_ana - g_num) / max(np.linalg.norm(g_ana), np.linalg.norm(g_num), 1e-300)
    return verdict


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    bp = nn.backward(Y, nn.forward(X)[1])
    verdict = {}
    for key in ("W1", "b1", "W2", "b2"):
        tensor = getattr(nn, key)
        num = np.zeros(tensor.shape)
        rows, cols = tensor.shape
        for i in range(rows):
            for j in range(cols):
                store = tensor[i, j]
                tensor[i, j] = store + epsilon
                right = nn.compute_loss(Y, nn.forward(X)[0])
                tensor[i, j] = store - epsilon
                left = nn.compute_loss(Y, nn.forward(X)[0])
                tensor[i, j] = store
                num[i, j] = (right - left) / (2 * epsilon)
        ana = bp["d" + key]
        len_ana, len_num = np.linalg.norm(ana), np.linalg.norm(num)
        if len_ana + len_num == 0:
            verdict[key] = 0.0
            continue
        verdict[key] = abs(len_ana - len_num) / (len_ana + len_num)
    return verdict


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.depth = 3
        dims = (input_size, hidden1_size, hidden2_size, output_size)
        for l in range(1, self.depth + 1):
            setattr(self, f"W{l}", np.random.randn(dims[l], dims[l - 1]) * 0.1)
            setattr(self, f"b{l}", np.zeros((dims[l], 1)))

    def forward(self, X):
        cache, A = {"X": X}, X
        for l in range(1, self.depth + 1):
            Z = getattr(self, f"W{l}") @ A + getattr(self, f"b{l}")
            A = np.where(Z > 0, Z, 0) if l < self.depth else 0.5 + 0.5 * np.tanh(Z / 2)
            cache[f"Z{l}"], cache[f"A{l}"] = Z, A
        return A, cache

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-14, 1 - 1e-14)
        return float(-(Y * np.log(P) + (1 - Y) * np.log1p(-P)).sum(axis=0).mean())

    def backward(self, Y, cache):
        bp = {}
        upstream = (cache["A3"] - Y) / Y.shape[1]
        for l in range(self.depth, 0, -1):
            below = cache[f"A{l - 1}"] if l > 1 else cache["X"]
            bp[f"dW{l}"] = upstream @ below.T
            bp[f"db{l}"] = upstream.sum(axis=1, keepdims=True)
            if l > 1:
                upstream = (getattr(self, f"W{l}").T @ upstream) * np.heaviside(cache[f"Z{l - 1}"], 0)
        return bp

    def update_parameters(self, gradients):
        for key, g in gradients.items():
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * g)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        h_loss = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            h_loss.append(self.compute_loss(Y, out))
            if print_every and step % print_every == 0:
                print(step, h_loss[-1])
            self.update_parameters(self.backward(Y, cache))
        return h_loss

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


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
